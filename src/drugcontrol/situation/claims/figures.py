"""Tests over series, as they were known on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from drugcontrol.dates import LegalDate
from drugcontrol.situation.claims.outcome import FigureFact, Grounds, Judged, Outcome, Remark, Step
from drugcontrol.situation.claims.rows import ChangeBetween, Greatest, RisesEachPeriod
from drugcontrol.situation.known import Row, View, as_of
from drugcontrol.situation.model import Observation, Series
from drugcontrol.situation.periods import follows, period_label

_HUNDREDTH = Decimal("0.01")


def rises_each_period(test: RisesEachPeriod, grounds: Grounds, day: date) -> Judged:
    """Say whether a series rose at every step that was known by a day.

    A step over a missing period is none, and one from a definition to another decides nothing by itself: it can only
    stand in the way of a yes.
    """
    first = LegalDate.parse(test.since).earliest if test.since else date.min
    view = as_of(grounds.figures, grounds.figures.series(test.series), day, first, rates=False)
    rows = [row for row in view.decided if _whole(row)]
    remarks = list(_remarks(view, rows))
    frequency = view.series.pattern.frequency
    pairs = list(pairwise(rows))
    steps = [pair for pair in pairs if follows(frequency, pair[0].period, pair[1].period)]
    if not steps:
        return Judged(outcome="undecided", code="rises_unknown", remarks=tuple(remarks), facts=_facts(view, rows))
    gaps = [pair for pair in pairs if pair not in steps]
    remarks += [Remark(code="gap", params=_ends(view, *pair)) for pair in gaps]
    crossing = [pair for pair in steps if pair[0].segment != pair[1].segment]
    remarks += [Remark(code="definition", params=_ends(view, *pair)) for pair in crossing]
    ups = [pair for pair in steps if _value(pair[1]) > _value(pair[0])]
    downs = [pair for pair in steps if pair not in ups]
    held_up = bool(gaps) or any(row.state == "undecided" for row in view.rows)
    return Judged(
        outcome=_rising(ups, downs, crossing, held_up=held_up),
        code="rises_mixed" if ups and downs else "rises_all" if ups else "rises_none",
        params={
            **_ends(view, rows[0], rows[-1]),
            "value_first": _value(rows[0]),
            "value_last": _value(rows[-1]),
            "count": len(steps),
            "ups": len(ups),
            "steps": tuple(_step(view, *pair) for pair in downs),
        },
        facts=_facts(view, rows),
        remarks=tuple(remarks),
    )


def change_between(test: ChangeBetween, grounds: Grounds, day: date) -> Judged:
    """Say how a series moved between two periods, as one release had them.

    Figures of two releases decide nothing where the newer may have changed the older.
    """
    view = as_of(grounds.figures, grounds.figures.series(test.series), day, rates=False)
    wanted = [LegalDate.parse(text).latest for text in (test.first, test.last)]
    found = [next((row for row in view.decided if row.period.last == last and _whole(row)), None) for last in wanted]
    remarks = list(_remarks(view, [row for row in found if row is not None]))
    missing = tuple(text for text, row in zip((test.first, test.last), found, strict=True) if row is None)
    before, after = found
    if before is None or after is None:
        newest = [Remark(code="period_not_held", params={"periods": missing})]
        return Judged(outcome="undecided", code="change_unknown", remarks=(*newest, *remarks))
    outcome: Outcome = "undecided"
    ends = _ends(view, before, after)
    if before.segment != after.segment:
        remarks.append(Remark(code="definition", params=ends))
    elif _release(before) != _release(after) and "may-have-changed" in {before.state, after.state}:
        remarks.append(Remark(code="two_releases", params=ends))
    else:
        moved = _value(after) - _value(before)
        outcome = "supported" if (moved > 0 if test.direction == "up" else moved < 0) else "not_supported"
    later = [row for row in view.decided if row.period.last > after.period.last and _whole(row)]
    if later:
        remarks.append(_afterwards(view, later))
    step = _step(view, before, after)
    values = {"value_first": _value(before), "value_last": _value(after)}
    return Judged(
        outcome=outcome,
        code="change",
        params={**ends, **values, "percent": step.percent if step.percent is not None else ""},
        facts=_facts(view, [before, after, *_highest_and_newest(later)]),
        remarks=tuple(remarks),
    )


def greatest(test: Greatest, grounds: Grounds, day: date) -> Judged:
    """Say whether a series is the greatest of those held; of the world it can only be refuted."""
    last = LegalDate.parse(test.period).latest
    names = (test.series, *test.others)
    views = [as_of(grounds.figures, grounds.figures.series(name), day, rates=False) for name in names]
    rows = [next((row for row in view.decided if row.period.last == last and _whole(row)), None) for view in views]
    known = [(view, row) for view, row in zip(views, rows, strict=True) if row is not None]
    facts = tuple(FigureFact(series=view.series, row=row) for view, row in known)
    remarks = [Remark(code="other_places"), Remark(code="measures_differ")]
    missing = tuple(view.series.place for view, row in zip(views, rows, strict=True) if row is None)
    if missing:
        remarks.append(Remark(code="places_not_held", params={"places": missing, "period": test.period}))
    if rows[0] is None or len(known) == 1:
        return Judged(outcome="undecided", code="greatest_unknown", params={"period": test.period}, facts=facts)
    own = _value(rows[0])
    top, top_row = max(known[1:], key=lambda pair: _value(pair[1]))
    exceeded = _value(top_row) > own
    return Judged(
        outcome="not_supported" if exceeded else "undecided",
        code="greatest_exceeded" if exceeded else "greatest_held",
        params={
            "place": views[0].series.place,
            "other": top.series.place,
            "value_first": own,
            "value_last": _value(top_row),
            "period": test.period,
            "count": len(known),
        },
        facts=facts,
        remarks=tuple(remarks),
    )


def _rising(
    ups: Sequence[tuple[Row, Row]],
    downs: Sequence[tuple[Row, Row]],
    crossing: Sequence[tuple[Row, Row]],
    *,
    held_up: bool,
) -> Outcome:
    sure_ups = [pair for pair in ups if pair not in crossing]
    sure_downs = [pair for pair in downs if pair not in crossing]
    if sure_ups and sure_downs:
        return "mixed"
    if sure_downs:
        return "undecided" if ups else "not_supported"
    return "undecided" if held_up or downs or not sure_ups else "supported"


def _whole(row: Row) -> bool:
    """Leave out years to date and figures that the publisher suppressed."""
    item = row.observation
    return item is not None and item.value is not None and item.status != "year-to-date"


def _remarks(view: View, used: Sequence[Row]) -> Iterator[Remark]:
    if view.newest is None:
        yield Remark(code="nothing_published", params={"series": view.series.id})
    elif view.releases_missing:
        yield Remark(code="releases_missing", params={"published": view.newest.published})
    if any(row.state == "may-have-changed" for row in used):
        yield Remark(code="may_have_changed")
    if any(_observed(row).release.reading == "hand-read" for row in used):
        yield Remark(code="hand_read")


def _afterwards(view: View, later: Sequence[Row]) -> Remark:
    highest, newest = _highest_and_newest(later)
    frequency = view.series.pattern.frequency
    return Remark(
        code="afterwards",
        params={
            "highest": _value(highest),
            "at": period_label(frequency, highest.period),
            "newest": _value(newest),
            "until": period_label(frequency, newest.period),
        },
    )


def _highest_and_newest(later: Sequence[Row]) -> list[Row]:
    return [max(later, key=_value), later[-1]] if later else []


def _facts(view: View, rows: Sequence[Row]) -> tuple[FigureFact, ...]:
    unique = {row.period: row for row in rows}
    return tuple(FigureFact(series=view.series, row=row) for row in unique.values())


def _ends(view: View, before: Row, after: Row) -> dict[str, str]:
    return {"first": _label(view.series, before), "last": _label(view.series, after)}


def _step(view: View, before: Row, after: Row) -> Step:
    base = _value(before)
    percent = ((_value(after) - base) * 100 / base).quantize(_HUNDREDTH, ROUND_HALF_EVEN) if base else None
    return Step(first=_label(view.series, before), last=_label(view.series, after), percent=percent)


def _label(series: Series, row: Row) -> str:
    return period_label(series.pattern.frequency, row.period)


def _observed(row: Row) -> Observation:
    if row.observation is None:
        raise AssertionError("only rows with a figure are compared")
    return row.observation


def _value(row: Row) -> Decimal:
    value = _observed(row).value
    if value is None:
        raise AssertionError("only rows with a figure are compared")
    return value


def _release(row: Row) -> str:
    return _observed(row).release.id
