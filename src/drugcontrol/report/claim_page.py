"""Claims on one page that opens from disk: readings side by side, rows used, charts with their tables, no script."""

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from drugcontrol.errors import UsageError
from drugcontrol.law import Law
from drugcontrol.report import claims as said
from drugcontrol.report import figures as text
from drugcontrol.report.chart import draw
from drugcontrol.report.environment import environment
from drugcontrol.report.figure_values import kilograms
from drugcontrol.report.words import Words
from drugcontrol.situation.claims import Checked
from drugcontrol.situation.claims.outcome import Fact, LawFact, MeasureFact
from drugcontrol.situation.known import View, as_of
from drugcontrol.situation.model import Figures
from drugcontrol.situation.periods import period_label


@dataclass(frozen=True, kw_only=True)
class ClaimChart:
    """A chart as an image, with the series that it draws; ``key`` is ``then`` or ``now``."""

    key: str
    address: str
    alt: str
    views: tuple[View, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimPage:
    """A claim with its charts: of the day on which it was said, and of the day asked about."""

    item: Checked
    charts: tuple[ClaimChart, ...]


def claim_page(checked: Sequence[Checked], figures: Figures, law: Law, words: Words) -> str:
    """Put checked claims on a page."""
    template = environment().get_template("claims.html")
    pages = [
        ClaimPage(item=item, charts=tuple(charts(item, figures, words, _inside(figures, words)))) for item in checked
    ]
    return template.render(
        w=words,
        law=law,
        title=words("claim_word", "page_title"),
        pages=pages,
        notes=list(dict.fromkeys(words.text(item.claim.statement.words_note) for item in checked)),
        series_table="series_table.html",
        **HELPERS,
    )


def charts(
    item: Checked, figures: Figures, words: Words, address: Callable[[str, tuple[View, ...]], str]
) -> Iterator[ClaimChart]:
    """Give the charts of the series that the readings ask for, as known then and as known now.

    Parameters
    ----------
    address : callable
        Gives where the picture of the views is found, by ``then`` or ``now``; empty where nothing can be drawn.
    """
    series = [figures.series(name) for name in series_asked(item)]
    for key, day in (("then", item.claim.said_on), ("now", item.as_of)) if series else ():
        views = tuple(as_of(figures, one, day) for one in series)
        if picture := address(key, views):
            titles = "; ".join(words.text(view.series.title) for view in views)
            alt = f"{titles}. {words('figures', 'as_known', date=day.isoformat())}. {words('figures', 'table')}."
            yield ClaimChart(key=key, address=picture, alt=alt, views=tuple(view for view in views if view.rows))


def series_asked(item: Checked) -> tuple[str, ...]:
    """Name the series that the readings of a claim ask for."""
    tests = [reading.row.test for reading in item.readings]
    names = (name for test in tests for name in (getattr(test, "series", ""), *getattr(test, "others", ())))
    return tuple(dict.fromkeys(name for name in names if name))


def _inside(figures: Figures, words: Words) -> Callable[[str, tuple[View, ...]], str]:
    def address(key: str, views: tuple[View, ...]) -> str:
        del key
        try:
            drawn = draw(figures, views, None, words)
        except UsageError:
            return ""  # nothing of these series was known that day; the readings say so
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"

    return address


def fact_address(fact: Fact) -> str:
    """Give the official address of a row that was used; empty where it has none of its own."""
    match fact:
        case LawFact():
            return fact.address
        case MeasureFact(measure=measure):
            return measure.row.instrument.address
        case _:
            return ""


HELPERS: dict[str, Any] = {
    "marks": said.MARKS,
    "quoted": said.quoted,
    "labelled": said.labelled,
    "said_by": said.said_by,
    "outcome": said.outcome,
    "sentence": said.sentence,
    "remark": said.remark,
    "fact_cells": said.fact_cells,
    "fact_address": fact_address,
    "label": period_label,
    "number": text.number,
    "shown": text.shown,
    "kilograms": kilograms,
    "published": text.published,
}
"""What ``templates/claim.html`` writes with; the pages of the web use the same template."""
