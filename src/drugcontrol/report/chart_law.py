"""The law as a strip below figures: a row for each place, bars of class control, marks of acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from drugcontrol.law import Law
from drugcontrol.law.rows import Family
from drugcontrol.report.lines import wrapped
from drugcontrol.report.timeline import COLOURS as NATURES
from drugcontrol.report.timeline import of_public
from drugcontrol.report.words import Words
from drugcontrol.situation.acts import Act

if TYPE_CHECKING:
    import altair as alt

WIDTH = 720
LINE_CELLS = 132
"""Width of a line of text over a chart, in terminal cells."""

_OPEN_SQUARE = "M-.9,-.9L.9,-.9L.9,.9L-.9,.9ZM-.5,-.5L-.5,.5L.5,.5L.5,-.5Z"
_TICK = "M-.15,-1.1L.15,-1.1L.15,1.1L-.15,1.1Z"
_ACTS: Mapping[str, str] = {"acts_named": _TICK, "acts_class": "diamond", "acts_end": _OPEN_SQUARE}
_ROW_HEIGHT = 26


@dataclass(frozen=True, kw_only=True)
class Strip:
    """The law to stand below the figures."""

    law: Law
    family: Family
    places: tuple[str, ...]
    acts: tuple[Act, ...]


def strip_chart(
    alt: Any, strip: Strip, day: date, window: tuple[date, date], axis: "alt.X", words: Words
) -> "alt.LayerChart":
    """Draw bars of class control and marks of acts, a row for each place, on the axis of the figures."""
    first, last = window
    rows = [_place(strip.law, place, words) for place in strip.places]
    spans = [
        {
            "place": _place(strip.law, place, words),
            "day": max(span.first, first).isoformat(),
            "until": min(span.drawn_until, last).isoformat(),
            "nature": words("nature", span.nature),
        }
        for place in strip.places
        for span in of_public(strip.law, strip.family, place, day, words)
        if span.first <= last and span.last >= first
    ]
    acts = [
        {
            "place": _place(strip.law, act.place, words),
            "day": act.on.earliest.isoformat(),
            "act": words("figures", act_mark(act)),
        }
        for act in strip.acts
        if first <= act.on.earliest <= last
    ]
    natures = [nature for nature in NATURES if any(span["nature"] == words("nature", nature) for span in spans)]
    kinds = [kind for kind in _ACTS if any(act["act"] == words("figures", kind) for act in acts)]
    y = alt.Y(
        "place:N",
        sort=rows,
        scale=alt.Scale(domain=rows),
        title=None,
        axis=alt.Axis(labelLimit=200, domain=False, ticks=False),
    )
    legend = {"orient": "bottom", "direction": "vertical", "title": None}
    bars = (
        alt.Chart(alt.InlineData(values=spans))
        .mark_bar(height=7, opacity=0.55)
        .encode(
            x=axis,
            x2="until:T",
            y=y,
            color=alt.Color(
                "nature:N",
                scale=alt.Scale(
                    domain=[words("nature", nature) for nature in natures],
                    range=[NATURES[nature] for nature in natures],
                ),
                legend=alt.Legend(**legend) if natures else None,
            ),
        )
    )
    domain = [words("figures", kind) for kind in kinds]
    ticks = (
        alt.Chart(alt.InlineData(values=acts))
        .mark_point(size=70, color="#222222", filled=True, opacity=1)
        .encode(
            x=axis,
            y=y,
            shape=alt.Shape(
                "act:N",
                scale=alt.Scale(domain=domain, range=[_ACTS[kind] for kind in kinds]),
                legend=alt.Legend(**legend) if kinds else None,
            ),
        )
    )
    said = {"family": strip.family, "date": day.isoformat(), "edition": strip.law.edition_name}
    title = alt.TitleParams(
        text=wrapped(words("figures", "law_strip", **said), LINE_CELLS),
        subtitle=wrapped(words("figures", "side_by_side"), LINE_CELLS),
        anchor="start",
        fontSize=12,
    )
    height = _ROW_HEIGHT * len(rows)
    return (bars + ticks).properties(width=WIDTH, height=height, title=title)  # type: ignore[no-any-return]


def act_mark(act: Act) -> str:
    """Say as what an act is drawn: naming substances, on a class, or ending control."""
    if act.change in {"ends", "removed", "membership_ends"}:
        return "acts_end"
    return "acts_class" if act.by == "class" else "acts_named"


def _place(law: Law, place: str, words: Words) -> str:
    return f"{place}  {words.text(law.jurisdictions[place].name)}"
