"""The command line: a click group whose subcommands each live in their own module and are loaded when called.

Exit status: 0 read and adds up, 1 findings of severity ``error``, 2 something could not be read, 64 wrong usage,
70 a mistake in gouji itself (with a traceback), 130 interrupted. The commands choose 0, 1 and 2; the rest is done here.

>>> from click.testing import CliRunner
>>> CliRunner().invoke(main, ["no-such-command"]).exit_code
64
"""

import contextlib
import errno
import importlib
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, Final

import click

_COMMANDS: Final = {
    "parse": "gouji.cli.parse:parse",
    "check": "gouji.cli.check:check",
    "batch": "gouji.cli.batch:batch",
    "export": "gouji.cli.export:export",
    "summary": "gouji.cli.summary:summary",
    "coverage": "gouji.cli.coverage:coverage",
    "compare": "gouji.cli.compare:compare",
    "draw": "gouji.cli.draw:draw",
    "forms": "gouji.cli.forms:forms",
    "explain": "gouji.cli.explain:explain",
}
"""Command name to ``module:attribute``, in the order of the help. A command whose module is missing is not listed."""

_OUR_SURROUNDINGS: Final = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENAMETOOLONG,
)
"""What the disk or its owner refuses: no mistake in gouji."""

EXIT_UNREADABLE: Final = 2
EXIT_USAGE: Final = 64
EXIT_INTERNAL: Final = 70
EXIT_INTERRUPTED: Final = 130


@contextlib.contextmanager
def _statuses() -> Iterator[None]:
    """Replace click's own exit statuses (1 and 2), which mean something else here."""
    try:
        yield
    except click.UsageError as error:
        error.show()
        raise click.exceptions.Exit(EXIT_USAGE) from None
    except click.ClickException as error:
        error.show()
        chosen = error.exit_code != click.ClickException.exit_code
        raise click.exceptions.Exit(error.exit_code if chosen else EXIT_UNREADABLE) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
    except (click.exceptions.Exit, BrokenPipeError):
        raise
    except OSError as error:
        if error.errno not in _OUR_SURROUNDINGS:
            traceback.print_exc()
            raise click.exceptions.Exit(EXIT_INTERNAL) from None
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"Error: {place}{error.strerror}", err=True)
        raise click.exceptions.Exit(EXIT_UNREADABLE) from None
    except Exception:  # noqa: BLE001 - shown in full; Python's own exit status for it, 1, means "findings" here
        traceback.print_exc()
        raise click.exceptions.Exit(EXIT_INTERNAL) from None


class LazyGroup(click.Group):
    """A group that imports a subcommand's module only when that subcommand (or the help) is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands that exist, in the order of the help."""
        return [name for name, target in _COMMANDS.items() if find_spec(target.partition(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]} is not a click command")
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the group's own arguments; wrong usage exits with 64."""
        with _statuses():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; wrong usage exits with 64, a mistake in gouji with 70."""
        with _statuses():
            return super().invoke(ctx)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gouji", message="gouji %(version)s")
def main() -> None:
    """Read 政府信息公开工作年度报告 as data, and check their figures.

    JSON goes to standard output and everything else to standard error.
    """
