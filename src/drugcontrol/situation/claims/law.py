"""Tests over the law of a day. A partial list never answers no."""

from collections.abc import Sequence
from datetime import date
from functools import reduce

from drugcontrol.check.status import Identified, PlaceStatus, legal_status
from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.law import Law
from drugcontrol.law.control import later, merged
from drugcontrol.law.coverage import State, lists_held, state_of
from drugcontrol.law.first import ClassControl as Began
from drugcontrol.law.first import counts_as, first_controls, leaders, texts_of
from drugcontrol.law.model import ClassRule
from drugcontrol.law.rows import Family, ProvisionRow
from drugcontrol.situation.claims.outcome import (
    CountFact,
    Grounds,
    Judged,
    LawFact,
    Outcome,
    Param,
    Remark,
    StatusFact,
)
from drugcontrol.situation.claims.rows import (
    ClassControl,
    ClassControlBy,
    EachScheduled,
    FirstClassControl,
    MoreSubstances,
)


def class_control(test: ClassControl, grounds: Grounds, day: date) -> Judged:
    """Say whether class control is in force in a place on a day, under a reading of these words.

    A class in force under another reading only (a temporary order, where a permanent one is asked) is a no: the term of
    a text that is held is known. Where no text is in force, only lists that are held whole say no.
    """
    on = _on(test.on, day)
    texts = [text for text in texts_of(grounds.law, test.family) if text.instrument.jurisdiction == test.place]
    fitting = [text for text in texts if counts_as(text, test.reading)]
    standing = [text for text in texts if text.in_force(on)[0] is Certainty.YES]
    yes = [text for text in standing if counts_as(text, test.reading)]
    in_doubt = [text for text in fitting if text.in_force(on)[0] is Certainty.OPEN]
    params: dict[str, Param] = {"place": test.place, "reading": test.reading, "on": on}
    expected = test.expect == "in_force"
    if yes:
        facts = tuple(_law_fact(text, on) for text in yes)
        run = next(run for run in merged(period for text in fitting for period in text.periods) if _within(run, on))
        params |= {"act": facts[-1].act, "since": run.first}
        return Judged(outcome=_said(expected), code="class_in_force", params=params, facts=facts)
    if in_doubt:
        facts = tuple(_first_fact(text, on) for text in in_doubt)
        return Judged(outcome="undecided", code="class_date_open", params=params, facts=facts)
    if standing:
        facts = tuple(_law_fact(text, on) for text in standing)
        params |= {"act": facts[-1].act, "term": facts[-1].term}
        return Judged(outcome=_said(not expected), code="class_other_term", params=params, facts=facts)
    coverage = _coverage(grounds.law, test.place, on, test.family)
    facts = tuple(_first_fact(text, on) for text in fitting)
    if coverage == "complete":
        return Judged(outcome=_said(not expected), code="class_none", params=params, facts=facts)
    remark = Remark(code="partial_list", params={"place": test.place, "on": on})
    return Judged(outcome="undecided", code="class_none_held", params=params, facts=facts, remarks=(remark,))


def class_control_by(test: ClassControlBy, grounds: Grounds, day: date) -> Judged:
    """Say whether class control began in a place by a day, as far as it had begun on the day of the question."""
    limit = LegalDate.parse(test.by).latest
    own = _own(_begun(grounds.law, test.family, test.reading, day), test.place)
    params: dict[str, Param] = {"place": test.place, "reading": test.reading, "by": test.by}
    if own is None:
        remark = Remark(code="class_texts_held")
        return Judged(outcome="undecided", code="class_never_held", params=params, remarks=(remark,))
    began = own.runs[0].first
    params |= {"since": began, "act": own.act}
    reached = began.reached_on(limit)
    said: dict[Certainty, Outcome] = {
        Certainty.YES: "supported",
        Certainty.NO: "not_supported",
        Certainty.OPEN: "undecided",
    }
    return Judged(outcome=said[reached], code="class_began", params=params, facts=(_first_fact(own.text, day),))


def first_class_control(test: FirstClassControl, grounds: Grounds, day: date) -> Judged:
    """Say whether a place was the first; of the world it can only be refuted, by an earlier place that is held."""
    controls = _begun(grounds.law, test.family, test.reading, day)
    own = _own(controls, test.place)
    facts = tuple(_first_fact(control.text, day) for control in controls)
    params: dict[str, Param] = {"place": test.place, "reading": test.reading, "count": len(grounds.law.jurisdictions)}
    remarks = (Remark(code="other_places"),)
    if own is None:
        return Judged(outcome="undecided", code="class_never_held", params=params, remarks=remarks)
    params["since"] = own.runs[0].first
    first = leaders(controls)
    if own in first:
        code = "first_held" if len(first) == 1 else "first_open"
        return Judged(outcome="undecided", code=code, params=params, facts=facts, remarks=remarks)
    leader = first[0]
    params |= {"other": leader.place, "since_other": leader.runs[0].first, "act": leader.act}
    return Judged(outcome="not_supported", code="first_other", params=params, facts=facts)


def more_substances(test: MoreSubstances, grounds: Grounds, day: date) -> Judged:
    """Compare how many registered substances of a family two places control on a day.

    A count from a partial list is one at least: it can be greater, and not smaller, than what is held.
    """
    on = _on(test.on, day)
    own, other = _counts(grounds, test.family, (test.place, test.other), on)
    counts = [fact.named if test.count == "named" else fact.controlled for fact in (own, other)]
    more = counts[0] > counts[1]
    deciding = other if more else own
    sure = deciding.coverage == "complete"
    remarks = [Remark(code="registered_only")]
    if not sure:
        remarks.append(Remark(code="partial_list", params={"place": deciding.place, "on": on}))
    facts = (own, other)
    if test.count == "controlled":
        texts = [text for text in texts_of(grounds.law, test.family) if text.in_force(on)[0] is Certainty.YES]
        held = {text.instrument.jurisdiction: _law_fact(text, on) for text in texts}
        facts = (own, other, *(held[place] for place in (test.place, test.other) if place in held))  # type: ignore[assignment]
    return Judged(
        outcome="undecided" if not sure else "supported" if more else "not_supported",
        code=f"more_{test.count}",
        params={
            "place": test.place,
            "other": test.other,
            "on": on,
            "value_first": counts[0],
            "value_last": counts[1],
            "by_class": own.by_class,
        },
        facts=facts,
        remarks=tuple(remarks),
    )


def each_scheduled(test: EachScheduled, grounds: Grounds, day: date) -> Judged:
    """Say whether each of some substances was scheduled in every one of some places, as one kind of control."""
    on = _on(test.on, day)
    facts = []
    for substance in test.substances:
        for status in _status(grounds, substance, test.places, on):
            found = next((answer.scheduled for answer in status.kinds if answer.kind == test.kind), "undecided")
            entry = next((entry for entry in status.entries if entry.kind == test.kind), None)
            facts.append(
                StatusFact(
                    substance=grounds.law.substances[substance].name,
                    place=status.place,
                    on=on,
                    scheduled=found,
                    since=entry.since if entry else "",
                    acts=entry.acts if entry else (),
                )
            )
    said = {answer: [fact for fact in facts if fact.scheduled == answer] for answer in ("yes", "no", "undecided")}
    outcome: Outcome = "supported" if len(said["yes"]) == len(facts) else "undecided"
    if said["no"]:
        outcome = "mixed" if said["yes"] else "not_supported"
    return Judged(
        outcome=outcome,
        code="each_scheduled",
        params={
            "on": on,
            "yes": _listed(said["yes"]),
            "no": _listed(said["no"]),
            "undecided": _listed(said["undecided"]),
        },
        facts=tuple(facts),
        remarks=(Remark(code="not_in_part_held"),) if said["undecided"] else (),
    )


def _listed(facts: Sequence[StatusFact]) -> tuple[str, ...]:
    return tuple(f"{fact.substance} ({fact.place})" for fact in facts)


def _on(text: str, day: date) -> date:
    return LegalDate.parse(text).latest if text else day


def _said(holds: bool) -> Outcome:
    return "supported" if holds else "not_supported"


def _begun(law: Law, family: Family, reading: str, day: date) -> list[Began]:
    """Give the class controls of every place that had begun, or may have, by a day."""
    found: list[Began] = next(items for name, items in first_controls(law, family).items() if name == reading)
    return [control for control in found if control.runs[0].first.earliest <= day]


def _within(run: Period, on: date) -> bool:
    return run.covers(on) is not Certainty.NO


def _own(controls: Sequence[Began], place: str) -> Began | None:
    return next((control for control in controls if control.place == place), None)


def _law_fact(text: ClassRule, on: date) -> LawFact:
    """Give the text as it stood on a day: by the newest of the acts in force."""
    act = text.in_force(on)[1][-1]
    return _fact(text, act.row, text.span(on).first, _end(text, on))


def _first_fact(text: ClassRule, day: date) -> LawFact:
    """Give the text by the act with which it began, with its end as that was known on a day."""
    return _fact(text, text.chain[0].row, text.runs()[0].first, _end(text, day))


def _end(text: ClassRule, day: date) -> LegalDate | None:
    """Give the last day of a text as known on a day: what later acts made of it is left out."""
    if text.removed_by is not None and text.removed_by.public_on(day):
        return text.removed_by.effective.day_before()
    known = [act for act in text.chain if act.public_on(day) or act.effective.earliest <= day]
    return reduce(later, (act.expires for act in known)) if known else text.runs()[-1].last


def _fact(text: ClassRule, act: ProvisionRow, first: LegalDate, last: LegalDate | None) -> LawFact:
    return LawFact(
        place=text.instrument.jurisdiction,
        instrument=text.instrument.title,
        text=text.row.title,
        item=text.row.item,
        act=act.act,
        first=first,
        last=last,
        known=text.row.known,
        address=act.address or text.row.address,
        term=text.row.term,
    )


def _counts(grounds: Grounds, family: Family, places: tuple[str, str], on: date) -> tuple[CountFact, ...]:
    """Count for both places at once: recognising a substance takes longer than reading its status."""
    key = (family, places, on)
    if key not in grounds.counts:
        members = [row for row in grounds.law.substances.values() if family in row.families]
        statuses = [_status(grounds, row.id, places, on) for row in members]
        grounds.counts[key] = tuple(
            _count([found[index] for found in statuses], place, on, _coverage(grounds.law, place, on, family))
            for index, place in enumerate(places)
        )
    return grounds.counts[key]


def _count(statuses: Sequence[PlaceStatus], place: str, on: date, coverage: State) -> CountFact:
    named = by_class = 0
    for status in statuses:
        entries = [entry for entry in status.entries if entry.status == "controlled"]
        named += any(not entry.clauses for entry in entries)
        by_class += bool(entries) and all(entry.clauses for entry in entries)
    review = sum(status.status == "review" for status in statuses)
    return CountFact(place=place, on=on, named=named, by_class=by_class, review=review, coverage=coverage)


def _coverage(law: Law, place: str, on: date, family: Family) -> State:
    return state_of(lists_held(law, place, on, (family,)))


def _status(grounds: Grounds, substance: str, places: Sequence[str], on: date) -> tuple[PlaceStatus, ...]:
    row = grounds.law.substances[substance]
    if grounds.ask is not None:
        return grounds.ask(row, places, on)
    return legal_status(grounds.checker, Identified(row.id, "name", substance=row), on, places)
