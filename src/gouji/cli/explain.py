"""The ``explain`` command: what a code means."""

import json
import re

import click

from gouji.cli.inputs import LANGUAGES, choose_language


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language; by default that of the locale.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a code.")
def explain(*, codes: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Say what a rule, a note or an error means; without a CODE, list them all."""
    from gouji.exporters.explanations import explanations

    known = explanations()
    language = choose_language(lang)
    if not codes and not as_json:
        for known_code, explanation in known.items():
            first = re.split(r"[。:：]|\. ", explanation.message.to_dict()[language])[0]
            click.echo(f"{known_code:18} {explanation.kind:6} {first}")
        return
    for code in codes or known:
        entry = known.get(code.upper())
        if entry is None:
            raise click.BadParameter(f"no code {code!r}; `gouji explain` lists them all", param_hint="CODE")
        if as_json:
            data = {"code": entry.code, "kind": entry.kind, "message": entry.message.to_dict()}
            rule = {"severity": entry.severity, "basis": list(entry.basis), "terms": list(entry.terms)}
            click.echo(json.dumps(data | (rule if entry.kind == "rule" else {}), ensure_ascii=False))
            continue
        severity = f", {entry.severity}" if entry.severity else ""
        click.echo(f"{entry.code} ({entry.kind}{severity})")
        click.echo(f"  {entry.message.to_dict()[language]}")
        for line in (*entry.terms, *entry.basis):
            click.echo(f"  {line}")
