"""Measures of States as a panel below figures and law: a row for each place, a mark for each measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from drugcontrol.law.rows import Text
from drugcontrol.report.chart_law import LINE_CELLS, WIDTH
from drugcontrol.report.lines import wrapped
from drugcontrol.report.measures import day_text, title
from drugcontrol.report.words import Words
from drugcontrol.situation.measure_rows import Side
from drugcontrol.situation.measures import Measure

if TYPE_CHECKING:
    import altair as alt

_SIDES: Mapping[Side, tuple[str, str]] = {"demand": ("circle", "#228833"), "supply": ("triangle-down", "#aa3377")}
_SPREAD = 7
"""How far, in pixels, the two sides stand above and below the middle of a row."""
_ROW_HEIGHT = 32


@dataclass(frozen=True, kw_only=True)
class MeasureStrip:
    """The measures to stand below the figures: those public and in force or given out by the day asked about."""

    places: tuple[str, ...]
    names: Mapping[str, Text]
    measures: tuple[Measure, ...]


def measures_chart(
    alt: Any, strip: MeasureStrip, day: date, window: tuple[date, date], axis: "alt.X", words: Words
) -> "alt.LayerChart":
    """Draw a mark for each measure on its first possible day, demand above and supply below the middle of a row."""
    first, last = window
    rows = {place: f"{place}  {words.text(strip.names[place])}" for place in strip.places}
    shown = [item for item in strip.measures if first <= item.on.earliest <= last]
    data = [
        {
            "place": rows[item.place],
            "day": item.on.earliest.isoformat(),
            "side": words("measure_side", item.side),
            "measure": f"{day_text(item.on, words)}  {title(item, words)}",
            "above": item.side == "demand",
        }
        for item in shown
    ]
    sides = [side for side in _SIDES if any(item.side == side for item in shown)]
    domain = [words("measure_side", side) for side in sides]
    legend = alt.Legend(orient="bottom", direction="vertical", title=None) if sides else None
    base = alt.Chart(alt.InlineData(values=data))

    def marks(test: str, offset: int) -> Any:
        return (
            base.transform_filter(test)
            .mark_point(filled=True, opacity=0.8, size=60, yOffset=offset)
            .encode(
                x=axis,
                y=alt.Y(
                    "place:N",
                    sort=list(rows.values()),
                    scale=alt.Scale(domain=list(rows.values())),
                    title=None,
                    axis=alt.Axis(labelLimit=200, domain=False, ticks=False, grid=True),
                ),
                shape=alt.Shape(
                    "side:N",
                    scale=alt.Scale(domain=domain, range=[_SIDES[side][0] for side in sides]),
                    legend=legend,
                ),
                color=alt.Color(
                    "side:N",
                    scale=alt.Scale(domain=domain, range=[_SIDES[side][1] for side in sides]),
                    legend=legend,
                ),
                description="measure:N",
            )
        )

    counts = {
        place: sum(item.place == place and item not in shown for item in strip.measures) for place in strip.places
    }
    outside = ", ".join(f"{place} {count}" for place, count in counts.items() if count)
    heading = alt.TitleParams(
        text=wrapped(words("measures", "strip", date=day.isoformat()), LINE_CELLS),
        subtitle=[
            *wrapped(words("figures", "side_by_side"), LINE_CELLS),
            *(wrapped(words("measures", "outside", counts=outside), LINE_CELLS) if outside else ()),
            *wrapped(words("measures", "notice"), LINE_CELLS),
        ],
        anchor="start",
        fontSize=12,
    )
    layers = marks("datum.above", -_SPREAD) + marks("!datum.above", _SPREAD)
    return layers.properties(width=WIDTH, height=_ROW_HEIGHT * len(rows), title=heading)  # type: ignore[no-any-return]
