"""What is held of the lists of a place on a day: what a negative answer rests on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drugcontrol.dates import Certainty
from drugcontrol.law.model import CoveredInterval, Law
from drugcontrol.law.rows import Family, InstrumentRow, Kind, ScheduleRow, Text

State = Literal["complete", "partial", "none"]

NOT_READ_FOR_FAMILY: Text = {
    "en": "entries of other families were not read",
    "es": "no se leyeron las entradas de otras familias",
    "zh": "其他类别的条目未读",
}
LATER_THAN_TEXT: Text = {
    "en": "the text compared is older than the day asked about",
    "es": "el texto cotejado es anterior al día consultado",
    "zh": "所核对的文本早于查询日期",
}


@dataclass(frozen=True)
class ListHeld:
    """One list of a place on a day, and how much of it is held.

    Attributes
    ----------
    state : {"complete", "partial", "none"}
        For the families asked about. ``none``: the list exists and nothing of it is held.
    text_of : date or None
        Day of the text with which the rows were compared.
    missing : tuple of Text
        What is not held, in words.
    """

    kind: Kind
    name: Text
    instrument: InstrumentRow | None
    schedule: ScheduleRow | None
    state: State
    text_of: date | None
    missing: tuple[Text, ...]


def lists_held(
    law: Law,
    jurisdiction: str,
    day: date,
    families: Collection[Family] | None = None,
    kinds: Collection[Kind] | None = None,
    to: str = "",
) -> tuple[ListHeld, ...]:
    """Give every list of a place on a day with the state in which it is held.

    Parameters
    ----------
    families : collection of Family, optional
        Families of the substance asked about; None when they are not known, as for an unregistered structure. Then only
        a list that is held for all families is complete.
    kinds : collection of Kind, optional
        Only lists of these kinds of control; None for all.
    to : str
        Country of destination: a list that concerns other destinations only is left out.
    """
    held = [
        line
        for instrument in law.instruments.values()
        if law.applies(instrument, jurisdiction, day) is not Certainty.NO
        for line in _schedules(law, instrument, day, families)
    ]
    held += [
        ListHeld(row.kind, row.what, None, None, "none", None, ())
        for row in law.jurisdictions[jurisdiction].not_covered
    ]
    return tuple(line for line in held if (kinds is None or line.kind in kinds) and _concerns(line, to))


def _concerns(line: ListHeld, to: str) -> bool:
    only_to = line.schedule.only_to if line.schedule else ()
    return not to or not only_to or to in only_to


def state_of(lists: Collection[ListHeld]) -> State:
    """Sum up: complete only if every list that counts is; none if nothing of any is held."""
    if all(line.state == "none" for line in lists):
        return "none"
    return "complete" if all(line.state == "complete" for line in counted(lists)) else "partial"


def held_whole(law: Law, jurisdiction: str, day: date, families: Collection[Family] | None = None) -> bool:
    """Say whether every list that counts is complete, so that a negative of the place is a "no" that day."""
    return state_of(lists_held(law, jurisdiction, day, families)) == "complete"


def counted(lists: Iterable[ListHeld]) -> list[ListHeld]:
    """Leave out a list whose entries all stand in another one too: it cannot name what the other does not."""
    return [line for line in lists if line.schedule is None or not line.schedule.within]


def _schedules(
    law: Law, instrument: InstrumentRow, day: date, families: Collection[Family] | None
) -> Iterator[ListHeld]:
    for schedule in instrument.schedules:
        begun = [interval for interval in law.coverage_of(instrument, schedule) if interval.since <= day]
        if begun:
            yield _held(schedule, begun, day, families)


def _held(
    schedule: ScheduleRow, begun: list[CoveredInterval], day: date, families: Collection[Family] | None
) -> ListHeld:
    newest = max(interval.to for interval in begun)
    current = [interval for interval in begun if interval.to >= min(day, newest)]
    missing = [interval.row.missing for interval in current if _touches(interval, families) and interval.row.missing]
    complete = _is_complete(current, families)
    if not complete and not missing:
        missing.append(NOT_READ_FOR_FAMILY)
    if day > newest:
        missing.append(LATER_THAN_TEXT)
    state: State = "complete" if complete and day <= newest else "partial"
    return ListHeld(
        kind=schedule.kind,
        name=schedule.name,
        instrument=current[0].instrument,
        schedule=schedule,
        state=state,
        text_of=newest,
        missing=tuple(missing) if state == "partial" else (),
    )


def _is_complete(current: list[CoveredInterval], families: Collection[Family] | None) -> bool:
    if families is None:
        return all(i.row.state == "complete" for i in current) and any("all" in i.row.families for i in current)
    return any(
        all(interval.row.state == "complete" for interval in reaching)
        for family in families
        if (reaching := [i for i in current if family in i.row.families or "all" in i.row.families])
    )


def _touches(interval: CoveredInterval, families: Collection[Family] | None) -> bool:
    return families is None or "all" in interval.row.families or any(f in interval.row.families for f in families)
