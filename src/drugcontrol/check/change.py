"""What became of the registered substances between two days, as ``check`` answers on both."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drugcontrol.check.survey import Survey
from drugcontrol.check.verdict import Finding, Verdict
from drugcontrol.dates import Certainty
from drugcontrol.law import Substance
from drugcontrol.law.model import ClassRule, Law, Listing
from drugcontrol.law.rows import Family

Became = Literal["controlled", "ceased", "moved", "added", "dropped", "review", "settled", "review_ended"]


@dataclass(frozen=True)
class Changed:
    """A substance whose answer in a place is another one on the later day.

    Attributes
    ----------
    became : Became
        ``controlled``: it was not for certain, and is. ``ceased``: it was, and is not. ``moved``: it left a schedule
        for another. ``added``: it stands in a further schedule. ``dropped``: it left one schedule of several.
        ``review``: the answer depends on a question now, and did not, or not on this one.
        ``settled``: the answer was open, and is controlled now by what held it then, as where the day on which control
        began is in doubt. ``review_ended``: the answer was open, and nothing is found now.
    was, now : str
        The status on either day; a negative from a partial list is told apart.
    before, after : tuple of Finding
        What holds it on either day, or may; a class that gives way is left out.
    acts : tuple of str
        The acts that made the difference; empty where a temporary control ran out or a membership ended.
    """

    place: str
    substance: Substance
    became: Became
    was: str
    now: str
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    acts: tuple[str, ...]

    @property
    def by_class(self) -> bool:
        """Whether only a class rule holds the substance: on the later day or, where nothing does, on the earlier."""
        return all(finding.basis == "class" for finding in self.after or self.before)


def changes(
    survey: Survey, earlier: date, later: date, places: Sequence[str], family: Family | None = None
) -> Iterator[Changed]:
    """Give every registered substance whose answer differs between two days, by place.

    Only substances of which a listing or class rule changed in between are asked about; the others cannot differ.
    """
    law = survey.checker.law
    moved = _moved(law, earlier, later)
    candidates = [(substance, list(_controls(survey, substance))) for substance in survey.substances(family)]
    for place in places:
        joined, applying = _standing(law, place, earlier, later)
        for substance, controls in candidates:
            if any(
                item.instrument.id in joined or (item.id in moved and item.instrument.id in applying)
                for item in controls
            ):
                before, after = (survey.verdict(substance, place, day) for day in (earlier, later))
                became = _became(before, after)
                if became is not None:
                    yield Changed(
                        place=place,
                        substance=substance,
                        became=became,
                        was=before.shown_status,
                        now=after.shown_status,
                        before=_holding(before),
                        after=_holding(after),
                        acts=tuple(dict.fromkeys(_acts(before, after, controls, later))),
                    )


def _controls(survey: Survey, substance: Substance) -> Iterator[Listing | ClassRule]:
    """Give every listing and class rule that can hold a substance, by itself or as an isomer of another."""
    recognised = survey.recognised(substance)
    for match in recognised.matches:
        yield from survey.checker.law.listings_of(match.substance.id)
    for hit in recognised.classes:
        yield hit.rule


def _moved(law: Law, earlier: date, later: date) -> set[str]:
    """Give the controls that are in force on one of two days and not on the other, or on one only perhaps."""
    controls: tuple[Listing | ClassRule, ...] = (*law.listings, *law.rules)
    return {item.id for item in controls if item.in_force(earlier)[0] is not item.in_force(later)[0]}


def _standing(law: Law, place: str, earlier: date, later: date) -> tuple[set[str], set[str]]:
    """Give the instruments that became or ceased to be law of a place, and those that are its law on either day."""
    then, now = ({row.id: law.applies(row, place, day) for row in law.instruments.values()} for day in (earlier, later))
    joined = {key for key in then if then[key] is not now[key]}
    return joined, joined | {key for key in then if then[key] is not Certainty.NO}


def _became(before: Verdict, after: Verdict) -> Became | None:
    gained = _schedules(after, certain=True) - _schedules(before, certain=False)
    lost = _schedules(before, certain=True) - _schedules(after, certain=False)
    match before.status, after.status:
        case "controlled", "controlled":
            return "moved" if gained and lost else "added" if gained else "dropped" if lost else None
        case "review", "controlled" if not gained:
            return "settled"
        case _, "controlled":
            return "controlled"
        case "review", "review":
            return "review" if _questions(after) - _questions(before) else None
        case _, "review":
            return "review"
        case "controlled", _:
            return "ceased"
        case "review", _:
            return "review_ended"
        case _:
            return None


def _acts(before: Verdict, after: Verdict, controls: Iterable[Listing | ClassRule], later: date) -> Iterator[str]:
    """Give the acts by which new findings came, then those by which lost ones went."""
    stood = {(finding.listing, finding.status) for finding in _holding(before)}
    stays = {finding.listing for finding in _holding(after)}
    for finding in _holding(after):
        if (finding.listing, finding.status) not in stood:
            yield from finding.provisions
    lost = {finding.listing for finding in _holding(before)} - stays
    for control in controls:
        if control.id in lost and control.removed_by and control.in_force(later)[0] is not Certainty.YES:
            yield control.removed_by.row.act


def _holding(verdict: Verdict) -> tuple[Finding, ...]:
    return tuple(finding for finding in verdict.findings if finding.role != "displaced")


def _schedules(verdict: Verdict, *, certain: bool) -> set[tuple[str, str]]:
    """Give the schedules that hold a substance for certain, or that hold it or may."""
    return {
        (finding.instrument, finding.schedule)
        for finding in _holding(verdict)
        if finding.status == "controlled" or not certain
    }


def _questions(verdict: Verdict) -> set[tuple[str, str]]:
    return {(finding.listing, finding.question) for finding in verdict.findings}
