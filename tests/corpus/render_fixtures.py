"""Write the documents of fixtures/layouts and fixtures/corpus again. They are rendered, never edited by hand.

python tests/corpus/render_fixtures.py          # a test says when they are out of date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.forms.aliases import Alias, aliases  # noqa: E402
from gouji.forms.load import editions  # noqa: E402
from gouji.forms.spec import Form  # noqa: E402
from gouji.model.finding import Number, number_to_json  # noqa: E402
from gouji.model.report import Report, State, Value  # noqa: E402
from gouji.renderers.docx import DocxStyle, render_docx  # noqa: E402
from gouji.renderers.html import STYLES, render_html  # noqa: E402
from gouji.renderers.layout import LAYOUTS, Layout  # noqa: E402
from gouji.renderers.look import Look  # noqa: E402
from gouji.renderers.pdf import render_pdf  # noqa: E402
from gouji.renderers.pipe import render_text  # noqa: E402
from tests.generate import Wish, invent, with_value  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """One text in fixtures/layouts: what it shows, and how it is made."""

    name: str
    seed: int
    wish: Wish
    layout: Layout = LAYOUTS["seed"]
    look: Look = field(default_factory=Look)

    @property
    def truth(self) -> Report:
        """The report behind it; headings are worded as the author does."""
        report = invent(self.seed, wish=self.wish)
        words = dict(self.look.rewords)
        sections = tuple(
            replace(section, heading=section.heading[:2] + words.get(section.heading[2:], section.heading[2:]))
            for section in report.sections
        )
        return replace(report, sections=sections)

    def text(self) -> str:
        """The document."""
        return render_text(self.truth, layout=self.layout, look=self.look)


def printed_labels(form: Form) -> set[str]:
    """Every label of a form, and the headings of its sections."""
    labels = {spec.heading for spec in form.sections}
    for table in form.tables:
        for block in table.blocks:
            labels |= {text for row in block.rows for text in row.label}
            labels |= {text for column in block.columns for text in column.label}
            labels |= {text for text in (block.title, block.stub, table.title) if text}
    return labels


def reworded() -> Iterator[Specimen]:
    """For every fixture that aliases.toml names: a report of each edition, with each spelling in turn."""
    groups: dict[str, list[Alias]] = {}
    for alias in aliases():
        groups.setdefault(Path(alias.fixture).stem, []).append(alias)
    groups.pop("seed-2023", None)
    known = {name for name, _ in NAMED}
    for name, group in groups.items():
        number = 0
        for form in editions().values():
            mine = [alias for alias in group if alias.means in printed_labels(form)]
            for variant in range(max((len(alias.labels) for alias in mine), default=0)):
                pairs = tuple((alias.means, alias.labels[min(variant, len(alias.labels) - 1)]) for alias in mine)
                number += 1
                if name not in known:
                    yield Specimen(
                        name=name if number == 1 else f"{name}-{number}",
                        seed=100 + number,
                        wish=Wish(edition=form.edition, size="middle"),
                        look=Look(rewords=pairs),
                    )


def specimens() -> Iterator[Specimen]:
    """All texts of fixtures/layouts."""
    yield from reworded()
    for number, (name, layout) in enumerate(NAMED):
        edition, zeros = ("2021", "2019")[number % 2], ("mixed", "0", "slash", "blank")[number % 4]
        yield Specimen(
            name=name,
            seed=120 + number,
            wish=Wish(edition=edition, size="middle", zeros=zeros),
            layout=LAYOUTS[layout],
            look=Look(break_headers=4) if LAYOUTS[layout].breaks else Look(),
        )


NAMED = (
    ("traditional", "traditional"),
    ("regional", "regional"),
    ("a-row-pads", "seed_stripped"),
    ("a-row-leading-pipe", "leading_pipe"),
    ("a-row-blanks-as-pads", "blanks_as_pads"),
    ("b-row-bare", "html2text"),
    ("c-cell-pads", "cell_lines"),
    ("d-cell-pad-lines", "seed_lines"),
    ("e-pipe-lines", "pipe_lines"),
    ("f-pipe-lines-bare", "pipe_lines_bare"),
    ("g-empty-lines", "empty_lines"),
    ("g-broken-labels", "broken_over_lines"),
    ("h-plain-lines", "plain_lines"),
    ("h-repeats-dropped", "repeats_dropped"),
    ("i-spaces", "spaces"),
    ("i-pdf-text", "pdf_text"),
    ("j-run-together", "run_together"),
    ("j-one-line", "one_line"),
    ("k-page-wrapper", "page_wrapper"),
    ("inscriptis", "inscriptis"),
    ("w3m", "w3m"),
    ("pandoc-grid", "pandoc_grid"),
    ("gfm", "gfm"),
    ("tabs", "tabs_grid"),
)
"""Fixtures named after a family or a tool, and the layout of each."""


def expected(truth: Report) -> str:
    """The values as JSON: a number, a string for money and for what is no number, null for a blank."""
    values: dict[str, Number | str | None] = {}
    for key, cell in truth.cells.items():
        if cell.state is not State.ABSENT:
            values[key] = printed(cell)
    data = {"form": truth.edition, "agency": truth.agency, "year": truth.year, "values": values}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def printed(cell: Value) -> Number | str | None:
    """What a truth file says of a cell."""
    if cell.state is State.NOT_APPLICABLE:
        return cell.raw
    return number_to_json(cell.value)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One folder in fixtures/corpus: a report of an invented body, perhaps with mistakes of its author."""

    name: str
    file: str
    seed: int
    wish: Wish
    render: Callable[[Report], str | bytes]
    slips: tuple[tuple[str, int], ...] = ()
    encoding: str = "utf-8"

    @property
    def clean(self) -> Report:
        """As it should have been."""
        return invent(self.seed, wish=self.wish)

    @property
    def truth(self) -> Report:
        """As it is printed: the slips are in."""
        report = self.clean
        for cell, value in self.slips:
            report = with_value(report, cell, value)
        return report

    def data(self) -> bytes:
        """The document."""
        made = self.render(self.truth)
        return made.encode(self.encoding) if isinstance(made, str) else made

    def meta(self) -> str:
        """What a person should know of it."""
        clean = self.clean.cells
        lines = [
            'origin = "invented, written by tests/corpus/render_fixtures.py"',
            f"seed = {self.seed}",
            f'edition = "{self.truth.edition}"',
            'split = "build"',
        ]
        for cell, value in self.slips:
            lines += ["", "[[slip]]", f'cell = "{cell}"', f"printed = {value}", f"true = {clean[cell].value}"]
        return "\n".join(lines) + "\n"


def corpus() -> Iterator[Whole]:
    """All folders of fixtures/corpus."""
    old, new = Wish(edition="2019", size="middle", zeros="0"), Wish(edition="2021", size="middle", zeros="0")
    yield Whole(
        name="donghu-statistics-2021",
        file="input.html",
        seed=201,
        wish=new,
        render=partial(render_html, style=STYLES["layout_table"]),
    )
    yield Whole(
        name="yunling-health-2019",
        file="input.html",
        seed=202,
        wish=replace(old, zeros="slash"),
        render=partial(render_html, style=replace(STYLES["word_soup"], charset="gb2312")),
        encoding="gb18030",
    )
    yield Whole(
        name="yonghe-government-2022",
        file="input.txt",
        seed=203,
        wish=replace(new, size="large"),
        render=partial(render_text, layout=LAYOUTS["seed"]),
        slips=(("requests.granted.business", 68),),
    )
    yield Whole(
        name="wangjiang-personnel-2021",
        file="input.html",
        seed=204,
        wish=new,
        render=partial(render_html, style=STYLES["wide_total"]),
        slips=(("requests.granted.research", 0), ("requests.granted.public_welfare", 1)),
    )
    yield Whole(
        name="nanshan-health-2019",
        file="input.txt",
        seed=205,
        wish=replace(old, size="large"),
        render=partial(render_text, layout=LAYOUTS["empty_lines"]),
        slips=(("review.review.total", 96),),
    )
    yield Whole(
        name="ningyuan-personnel-2025",
        file="input.docx",
        seed=206,
        wish=replace(new, zeros="totals"),
        render=partial(render_docx, style=DocxStyle(runs=True)),
    )
    yield Whole(
        name="changle-finance-2022", file="input.pdf", seed=207, wish=replace(new, zeros="mixed"), render=render_pdf
    )
    yield Whole(
        name="shimen-education-2025",
        file="input.txt",
        seed=208,
        wish=replace(new, size="none"),
        render=partial(render_text, layout=LAYOUTS["trafilatura"]),
    )


def documents() -> Iterator[tuple[Path, bytes]]:
    """Every file to be written, and its content."""
    for specimen in specimens():
        path = ROOT / "fixtures" / "layouts" / f"{specimen.name}.txt"
        yield path, specimen.text().encode()
        yield path.with_name(f"{path.name}.truth.json"), expected(specimen.truth).encode()
    for whole in corpus():
        path = ROOT / "fixtures" / "corpus" / whole.name / whole.file
        yield path, whole.data()
        yield path.with_name("truth.json"), expected(whole.truth).encode()
        yield path.with_name("meta.toml"), whole.meta().encode()


def main() -> None:
    """Write them all."""
    for path, data in documents():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
