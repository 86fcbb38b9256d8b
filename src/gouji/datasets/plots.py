"""Figures that can stand in a paper. Chinese names are set in a Chinese font, or numbered where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.datasets.coverage import Cover, Coverage
from gouji.datasets.summary import Part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK JP",  # the only face of the collection that matplotlib sees; it has all characters
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "PingFang SC",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)
"""Fonts with Chinese characters, the best first."""

COLOURS = {
    Cover.PRESENT: "#009e73",
    Cover.FINDINGS: "#e69f00",
    Cover.PARTIAL: "#56b4e9",
    Cover.FAILED: "#d55e00",
    Cover.MISSING: "#eeeeee",
}
"""Okabe and Ito's colours, which colour-blind readers can tell apart."""

_STATUS_COLOURS = {"ok": "#009e73", "partial": "#56b4e9", "with errors": "#e69f00"}
_MOST_NAMES = 250
_LATIN = 0x2E80


def can_plot() -> bool:
    """Whether the extra ``plot`` is installed."""
    return find_spec("matplotlib") is not None


@cache
def chinese_font() -> str | None:
    """The best font with Chinese characters that is installed."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in installed), None)


def names_to_print(names: Sequence[str]) -> list[str]:
    """The names, or numbers for them where no font could print them (the CSV beside the figure has the names)."""
    if chinese_font() is not None or all(ord(character) < _LATIN for name in names for character in name):
        return list(names)
    return [f"unit {number}" for number, _ in enumerate(names, start=1)]


def _style() -> AbstractContextManager[None]:
    import matplotlib as mpl

    family = [name for name in (chinese_font(), "DejaVu Sans") if name]
    settings: Mapping[Any, Any] = {
        "font.family": family,
        "font.size": 8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 9,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "legend.frameon": False,
        "pdf.fonttype": 42,
        "savefig.dpi": 300,
        "svg.hashsalt": "gouji",
    }
    return mpl.rc_context(dict(settings))


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _save(figure: Figure, folder: Path, name: str, *, formats: Sequence[str]) -> list[Path]:
    paths = []
    for kind in formats:
        path = folder / f"{name}.{kind}"
        dates = {"CreationDate": None, "ModDate": None} if kind == "pdf" else {}
        figure.savefig(path, metadata={"Creator": "gouji", **dates} if kind == "pdf" else {"Software": "gouji"})
        paths.append(path)
    return paths


def plot_coverage(coverage: Coverage, folder: Path) -> list[Path]:
    """The matrix of bodies and years as a picture, ``coverage.png``."""
    from matplotlib.colors import BoundaryNorm, ListedColormap
    from matplotlib.patches import Patch

    covers = list(Cover)
    matrix = [[covers.index(coverage.at(unit, year)) for year in coverage.years] for unit in coverage.units]
    count = len(coverage.units)
    with _style():
        figure = _figure(max(3.5, 0.45 * len(coverage.years) + 2.8), min(1.3 + 0.17 * count, 60))
        axes = figure.add_subplot()
        colours = ListedColormap([COLOURS[cover] for cover in covers])
        axes.pcolormesh(
            matrix,
            cmap=colours,
            norm=BoundaryNorm(range(len(covers) + 1), len(covers)),
            edgecolors="white",
            linewidth=0.6,
        )
        axes.invert_yaxis()
        axes.set_xticks([index + 0.5 for index in range(len(coverage.years))], [str(year) for year in coverage.years])
        if count <= _MOST_NAMES:
            axes.set_yticks([index + 0.5 for index in range(count)], names_to_print(coverage.units))
        else:
            axes.set_ylabel(f"{count} bodies, in the order of coverage.csv")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        found = coverage.counts()
        handles = [Patch(facecolor=COLOURS[cover], label=f"{cover.value} ({found[cover]})") for cover in covers]
        figure.legend(handles=handles, loc="outside upper center", ncols=min(5, len(handles)), handlelength=1)
        return _save(figure, folder, "coverage", formats=["png"])


def plot_summary(parts: Sequence[Part], folder: Path) -> list[Path]:
    """Reports by year, findings by rule, documents by format: ``summary.png`` and ``summary.pdf``."""
    by_key = {part.key: part for part in parts}
    panels = [(by_key[key], draw) for key, draw in _PANELS if key in by_key]
    if not panels:
        return []
    with _style():
        figure = _figure(7.0, sum(0.9 + 0.2 * min(len(part.rows), 12) for part, _ in panels))
        heights = [0.9 + 0.2 * min(len(part.rows), 12) for part, _ in panels]
        grid = figure.add_gridspec(len(panels), 1, height_ratios=heights)
        for row, (part, draw) in enumerate(panels):
            axes = figure.add_subplot(grid[row])
            axes.set_title(f"{'abcdef'[row]}  {part.title}")
            draw(axes, part)
        return _save(figure, folder, "summary", formats=["png", "pdf"])


def _draw_years(axes: Axes, part: Part) -> None:
    rows = [row for row in part.rows if row[0] is not None]
    positions = range(len(rows))
    bottom = [0] * len(rows)
    for name in ("ok", "partial"):
        column = part.header.index(name)
        counts = [row[column] for row in rows]
        axes.bar(positions, counts, 0.7, bottom=bottom, label=name, color=_STATUS_COLOURS[name])
        bottom = [old + new for old, new in zip(bottom, counts, strict=True)]
    errors = [row[part.header.index("with errors")] for row in rows]
    axes.plot(
        positions, errors, "D", color=_STATUS_COLOURS["with errors"], label="with findings of severity error", ms=4
    )
    axes.set_xticks(positions, [str(row[0]) for row in rows])
    axes.set_ylabel("reports")
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def _draw_findings(axes: Axes, part: Part) -> None:
    rows = list(reversed(part.rows))
    positions = range(len(rows))
    bars = axes.barh(positions, [row[3] for row in rows], 0.7, color="#0072b2")
    axes.bar_label(bars, [f"{row[4]:.1%}" for row in rows], padding=2, fontsize=7)
    axes.set_yticks(positions, [f"{row[0]} ({row[1]})" for row in rows])
    axes.set_xlabel("reports with the finding, and share of all reports")
    axes.margins(x=0.1)


def _draw_formats(axes: Axes, part: Part) -> None:
    rows = list(reversed(part.rows[:8]))
    positions = range(len(rows))
    left = [0] * len(rows)
    colours = ("#009e73", "#56b4e9", "#bbbbbb", "#d55e00")
    for column, colour in zip(range(2, 6), colours, strict=True):
        counts = [row[column] for row in rows]
        axes.barh(positions, counts, 0.7, left=left, color=colour, label=part.header[column])
        left = [old + new for old, new in zip(left, counts, strict=True)]
    axes.set_yticks(positions, [_short(row[0]) for row in rows])
    axes.set_xlabel("documents")
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


_PANELS = (("years", _draw_years), ("formats", _draw_formats), ("findings", _draw_findings))


def _short(media_type: str) -> str:
    """A media type as people call it.

    >>> _short("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), _short("text/html")
    ('Word', 'HTML')
    """
    known = {
        "wordprocessingml": "Word",
        "msword": "Word (old)",
        "html": "HTML",
        "pdf": "PDF",
        "plain": "text",
        "ofd": "OFD",
    }
    return next((name for part, name in known.items() if part in media_type), media_type or "unknown")
