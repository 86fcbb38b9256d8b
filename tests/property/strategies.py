"""Hypothesis strategies: reports, the ways of authors, layouts and styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from gouji.model.report import Report
from gouji.renderers.html import HtmlStyle
from gouji.renderers.layout import Layout
from gouji.renderers.look import Look
from tests.generate import SIZES, ZEROS, Wish, invent
from tests.variety import any_layout, any_look, any_style


@dataclass(frozen=True)
class Case:
    """A report by the seed that makes it: its own text would fill a page of a failure's message."""

    seed: int
    wish: Wish

    @property
    def report(self) -> Report:
        """The report itself."""
        return invent(self.seed, wish=self.wish)


def cases(**fixed: Any) -> st.SearchStrategy[Case]:
    """Consistent reports of both editions, all sizes, all conventions for zeros."""
    chosen: dict[str, st.SearchStrategy[Any]] = {
        "edition": st.sampled_from(("2019", "2021")),
        "size": st.sampled_from(tuple(SIZES)),
        "zeros": st.sampled_from(ZEROS),
        "absent": st.booleans(),
        "prose": st.booleans(),
        **{name: st.just(value) for name, value in fixed.items()},
    }
    return st.builds(Case, st.integers(0, 10**6), st.builds(Wish, **chosen))


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Authors' ways."""
    return any_look(lambda items: draw(st.sampled_from(items)))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Extractors, and mixtures of them."""
    return any_layout(lambda items: draw(st.sampled_from(items)))


@st.composite
def styles(draw: st.DrawFn) -> HtmlStyle:
    """Pages."""
    return any_style(lambda items: draw(st.sampled_from(items)))
