"""Figures as a chart: a panel for each unit, and the law as a strip of acts below, on the same axis of time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from drugcontrol.report import figures as text
from drugcontrol.report import measures as measure_text
from drugcontrol.report.chart_law import LINE_CELLS, WIDTH, Strip, act_mark, strip_chart
from drugcontrol.report.chart_measures import MeasureStrip, measures_chart
from drugcontrol.report.environment import environment
from drugcontrol.report.figure_values import kilograms
from drugcontrol.report.lines import wrapped
from drugcontrol.report.words import Words
from drugcontrol.situation.known import Row, View
from drugcontrol.situation.model import Figures
from drugcontrol.situation.periods import follows, period_label
from drugcontrol.situation.rows import Nature, Unit

if TYPE_CHECKING:
    import altair as alt

Mark = Literal["final", "provisional", "year-to-date", "rounded", "may-have-changed"]

_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb")
"""The bright scheme of Paul Tol; dashes and the words of the legend stand beside, so nothing hangs on colour alone."""

_DASHES: Mapping[Nature, list[int]] = {
    "final": [1, 0],
    "published": [1, 0],
    "reported": [7, 4],
    "predicted": [2, 3],
    "not-stated": [8, 3, 2, 3],
}
_RING = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0ZM.5,0A.5,.5,0,1,0,-.5,0A.5,.5,0,1,0,.5,0Z"
_OPEN_TRIANGLE = "M0,-1L1,.8L-1,.8ZM0,-.1L-.35,.45L.35,.45Z"
_OPEN_DIAMOND = "M0,-1.2L1.2,0L0,1.2L-1.2,0ZM0,-.6L-.6,0L0,.6L.6,0Z"
_SALTIRE = "M-.9,-.6L-.6,-.9L0,-.3L.6,-.9L.9,-.6L.3,0L.9,.6L.6,.9L0,.3L-.6,.9L-.9,.6L-.3,0Z"
_MARKS: Mapping[Mark, str] = {
    "final": "circle",
    "provisional": _RING,
    "year-to-date": _OPEN_TRIANGLE,
    "rounded": _OPEN_DIAMOND,
    "may-have-changed": _SALTIRE,
}
_PANEL_HEIGHT = 260
_MARK_SIZE = 55
_MANY = 40
"""From so many points on, marks stand only where a line begins, ends, or changes; they would hide the dashes."""
_QUIET_DAYS = timedelta(days=730)
"""How far the axis goes on after the last figure, at most, when the day asked about is later."""

_SANS = "Noto Sans, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
_FONTS = {"zh": _SANS.removeprefix("Noto Sans, ")}


def draw(
    figures: Figures, views: Sequence[View], strip: Strip | None, words: Words, measures: MeasureStrip | None = None
) -> str:
    """Draw series as known on a day, as SVG.

    Raises
    ------
    UsageError
        When no series has a figure in that time, or there are more series than colours.
    """
    from vl_convert import vegalite_to_svg

    return str(vegalite_to_svg(specification(figures, views, strip, words, measures)))


def specification(
    figures: Figures, views: Sequence[View], strip: Strip | None, words: Words, measures: MeasureStrip | None = None
) -> dict[str, Any]:
    """Give the chart as a Vega-Lite specification with its data inside."""
    import altair as alt  # slow to load, and few need it

    from drugcontrol.errors import UsageError

    if len(views) > len(_COLOURS):
        raise UsageError(
            f"{len(views)} series cannot be told apart in one chart.",
            f"Draw {len(_COLOURS)} at most.",
            code="many_series",
        )
    drawn = [view for view in views if any(_points(view, words))]
    if not drawn:
        raise UsageError(
            "No figure of these series and that time can be drawn.",
            "“figures show” says what is held.",
            code="no_figures",
        )
    first, last = _domain(drawn)
    axis = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=[first.isoformat(), last.isoformat()]),
        axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True),
    )
    units = list(dict.fromkeys(view.series.pattern.unit for view in drawn))
    panels: list[Any] = [_panel(alt, unit, drawn, axis, words) for unit in units]
    if strip is not None:
        panels.append(strip_chart(alt, strip, views[0].day, (first, last), axis, words))
    if measures is not None:
        panels.append(measures_chart(alt, measures, views[0].day, (first, last), axis, words))
    title = alt.TitleParams(
        text=wrapped(_title(views, words), 100), subtitle=list(_subtitle(figures, views, words)), anchor="start"
    )
    chart = alt.vconcat(*panels, spacing=14, title=title).resolve_scale(
        color="independent", shape="independent", strokeDash="independent"
    )
    font = _FONTS.get(words.language, _SANS)
    framed = (
        chart.configure(font=font, background="white", padding=14)
        .configure_view(stroke=None)
        .configure_axis(gridColor="#dddddd", domainColor="#888888", labelColor="#333333", titleColor="#333333")
        .configure_title(font=font, fontSize=15, subtitleFont=font, subtitleFontSize=11, subtitleColor="#444444")
        .configure_legend(labelLimit=680, titleColor="#444444", symbolSize=70)
    )
    spec: dict[str, Any] = framed.to_dict()
    spec["description"] = f"{_title(views, words)}. {words('figures', 'as_known', date=views[0].day.isoformat())}"
    return spec


def page(
    figures: Figures,
    views: Sequence[View],
    strip: Strip | None,
    drawn: str,
    words: Words,
    measures: MeasureStrip | None = None,
) -> str:
    """Put a chart on a page with its table, sources and caveats: no script runs, nothing is loaded from elsewhere."""
    template = environment().get_template("figures.html")
    return template.render(
        w=words,
        title=_title(views, words),
        views=views,
        heading="",
        datasets=figures.datasets,
        strip=strip,
        drawn=drawn,
        label=period_label,
        number=text.number,
        shown=text.shown,
        kilograms=kilograms,
        published=text.published,
        remarks=text.remarks,
        act_mark=act_mark,
        measures=measures,
        measure_title=measure_text.title,
        measure_day=measure_text.day_text,
    )


def _panel(alt: Any, unit: Unit, views: Sequence[View], axis: "alt.X", words: Words) -> "alt.LayerChart":
    shown = [view for view in views if view.series.pattern.unit == unit]
    data = [datum for view in shown for datum in _points(view, words)]
    for index, datum in enumerate(data):
        datum["marked"] = len(data) < _MANY or _stands_out(data, index)
    names = [words.text(view.series.title) for view in shown]
    natures = list(dict.fromkeys(view.series.pattern.nature for view in shown))
    marks = [mark for mark in _MARKS if any(datum["mark"] == words("mark", mark) for datum in data)]
    colours = [_COLOURS[views.index(view) % len(_COLOURS)] for view in shown]
    colour = alt.Scale(domain=names, range=colours)
    legend = {"orient": "bottom", "direction": "vertical", "title": None}
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=axis,
        y=alt.Y("value:Q", title=words("unit", unit), scale=alt.Scale(zero=True, nice=True)),
        color=alt.Color("series:N", scale=colour, legend=alt.Legend(**legend)),
    )
    line = base.mark_line(strokeWidth=1.8).encode(
        detail="run:N",
        strokeDash=alt.StrokeDash(
            "nature:N",
            scale=alt.Scale(
                domain=[words("series_nature", nature) for nature in natures],
                range=[_DASHES[nature] for nature in natures],
            ),
            legend=alt.Legend(**legend, symbolType="stroke"),
        ),
    )
    domain = [words("mark", mark) for mark in marks]
    points = (
        base.transform_filter("datum.marked")
        .mark_point(filled=True, opacity=1, size=_MARK_SIZE)
        .encode(
            shape=alt.Shape(
                "mark:N",
                scale=alt.Scale(domain=domain, range=[_MARKS[mark] for mark in marks]),
                legend=alt.Legend(**legend),
            ),
        )
    )
    return (line + points).properties(width=WIDTH, height=_PANEL_HEIGHT)  # type: ignore[no-any-return]


def _joined(view: View, before: Row, row: Row) -> bool:
    """Say whether a line may lead from one row to the next.

    Of two rows that a newer release may have changed, only those of one release make a line: what lies between two
    releases is revision as well as time.
    """
    one, other = before.observation, row.observation
    if one is None or other is None or other.status == "year-to-date" or before.segment != row.segment:
        return False
    alike = one.release.id == other.release.id or before.state == row.state == "known"
    return alike and follows(view.series.pattern.frequency, before.period, row.period)


def _stands_out(data: Sequence[dict[str, Any]], index: int) -> bool:
    """Say whether a point begins or ends a line, or has another mark than its neighbours on it."""
    around = (data[index - 1] if index else None, data[index + 1] if index + 1 < len(data) else None)
    here = (data[index]["run"], data[index]["mark"])
    return any(other is None or (other["run"], other["mark"]) != here for other in around)


def _points(view: View, words: Words) -> Iterator[dict[str, Any]]:
    run = 0
    before: Row | None = None
    for row in view.rows:
        item = row.observation
        if item is None or item.value is None:
            before = None
            continue
        if before is None or not _joined(view, before, row):
            run += 1
        before = row
        yield {
            "day": _drawn_on(view, row).isoformat(),
            "value": float(item.value),
            "series": words.text(view.series.title),
            "nature": words("series_nature", view.series.pattern.nature),
            "mark": words("mark", _mark(row)),
            "run": f"{view.series.id} {run}",
        }


def _drawn_on(view: View, row: Row) -> date:
    """Give the day under which a figure stands: the middle of its period; sums of 12 months under the last of them."""
    first, last = row.period.first, row.period.last
    return last if view.series.pattern.frequency == "12-months" else first + (last - first) // 2


def _mark(row: Row) -> Mark:
    if row.state == "may-have-changed":
        return "may-have-changed"
    match row.observation.status if row.observation else "suppressed":
        case "year-to-date":
            return "year-to-date"
        case "rounded":
            return "rounded"
        case "final":
            return "final"
        case _:
            return "provisional"


def _domain(views: Sequence[View]) -> tuple[date, date]:
    lasts = [row.period.last for view in views for row in view.rows]
    first = min(_drawn_on(view, row) for view in views for row in view.rows)
    margin = timedelta(days=60)
    return first - margin, max(max(lasts) + margin, min(views[0].day, max(lasts) + _QUIET_DAYS))


def _title(views: Sequence[View], words: Words) -> str:
    joiner = "；" if words.language == "zh" else "; "
    return joiner.join(words.text(view.series.title) for view in views)


def _notes(view: View, words: Words, *, several: bool) -> Iterator[str]:
    named = f"[{words.text(view.series.title)}]" if several else ""
    lines = text.remarks(view, words) if view.rows else [words("figures", "nothing")]
    yield from (words.sentences(named, line) for line in lines)


def _subtitle(figures: Figures, views: Sequence[View], words: Words) -> Iterator[str]:
    yield words("figures", "as_known", date=views[0].day.isoformat())
    for publisher, of_publisher in groupby(views, key=lambda view: figures.dataset_of(view.series).row.publisher):
        newest = dict.fromkeys(view.newest for view in of_publisher if view.newest is not None)
        said = [words("figures", "newest", published=text.published(release, words)) for release in newest]
        yield from wrapped(" · ".join([publisher, *said]), LINE_CELLS)
    notes = [note for view in views for note in _notes(view, words, several=len(views) > 1)]
    undecided = [
        period_label(view.series.pattern.frequency, row.period)
        for view in views
        for row in view.rows
        if row.state == "undecided"
    ]
    if undecided:
        notes.append(words("figures", "undrawn", periods=", ".join(undecided)))
    for note in dict.fromkeys(notes):
        yield from wrapped(note, LINE_CELLS)
