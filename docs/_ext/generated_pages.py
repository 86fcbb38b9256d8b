"""Write the reference pages that follow from the code, whenever the documentation is built: none goes stale."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gouji.cli import main


def cli_page() -> str:
    """Describe every command of the command line, from click's own help."""
    parts = [
        "# Command line\n",
        "JSON goes to standard output, everything else to standard error. See also [](exit-status.md).\n",
    ]
    group = click.Context(main, info_name="gouji")
    parts.append(f"```text\n{main.get_help(group)}\n```\n")
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        if command is not None:
            text = command.get_help(click.Context(command, info_name=name, parent=group))
            parts.append(f"## gouji {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
}
"""Path below docs/ to the function that gives the page's Markdown. Name each page in .gitignore as well."""


def write_pages(app: Any) -> None:
    """Write each page, only where its text has changed."""
    for name, page in PAGES.items():
        path = Path(app.srcdir) / name
        text = page()
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Hook into Sphinx before it looks for source files."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
