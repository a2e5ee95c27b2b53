"""Control over time as rows of bars that fit any width: what :mod:`drugcontrol.report.timeline` draws on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drugcontrol.report.timeline import Nature, Span, row_note

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""Years between two that are written; the last suits all time that a calendar has."""

_SHORTEST = 0.4
"""Percent of the width that a bar takes at least, so that a short control is seen."""


@dataclass(frozen=True)
class Bar:
    """A stretch of a row: where it begins and how long it is, in percent of the width."""

    at: float
    width: float
    nature: Nature
    certain: bool


@dataclass(frozen=True)
class Track:
    """A row: its name, the words beside it, its bars."""

    name: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Timeline:
    """All rows on one axis.

    Attributes
    ----------
    years : tuple of (int, float)
        Years to be written below the axis, with their place in percent.
    asked : float or None
        Place of the day that is asked about; None when it lies outside.
    """

    tracks: tuple[Track, ...]
    years: tuple[tuple[int, float], ...]
    asked: float | None
    natures: tuple[Nature, ...]
    doubt: bool


def timeline(spans: Sequence[Span], today: date, asked: date) -> Timeline | None:
    """Lay out spans from the first year that occurs to today; None when there are none."""
    if not spans:
        return None
    begin = date(min(span.first for span in spans).year, 1, 1)
    end = max(today, *(span.last for span in spans))
    days = max((end - begin).days, 1)

    def at(day: date) -> float:
        return round(100 * (day - begin).days / days, 2)

    names = list(dict.fromkeys(span.row for span in spans))
    tracks = []
    for name in names:
        own = [span for span in spans if span.row == name]
        bars = tuple(
            Bar(at(span.first), max(round(at(span.last) - at(span.first), 2), _SHORTEST), span.nature, span.certain)
            for span in own
        )
        tracks.append(Track(name, row_note(name, spans), bars))
    inside = begin <= asked and at(asked) <= 100
    return Timeline(
        tracks=tuple(tracks),
        years=tuple((year, at(date(year, 1, 1))) for year in _years(begin.year, end.year)),
        asked=at(asked) if inside else None,
        natures=tuple(dict.fromkeys(span.nature for span in spans)),
        doubt=any(not span.certain for span in spans),
    )


def _years(first: int, last: int) -> list[int]:
    """Choose round years, six at most."""
    step = next(step for step in _STEPS if (last - first) // step <= 5)
    start = -(-first // step) * step
    return list(range(start, last + 1, step))
