"""What became of the registered substances between two days, as ``check`` answers on both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drugcontrol.check.survey import Survey
from drugcontrol.check.verdict import Finding, Verdict
from drugcontrol.law import Substance
from drugcontrol.law.model import ClassRule, Law, Listing

Became = Literal["controlled", "ceased", "moved", "review"]


@dataclass(frozen=True)
class Changed:
    """A substance whose answer in a place is another one on the later day.

    Attributes
    ----------
    became : {"controlled", "ceased", "moved", "review"}
        ``controlled``: it was not, and is. ``ceased``: it was, and is not. ``moved``: it stands in other schedules.
        ``review``: the answer depends on a question now, and did not, or not on this one.
    before, after : tuple of Finding
        What held it, and holds it; those that give way are left out.
    """

    place: str
    substance: Substance
    became: Became
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]


def changes(survey: Survey, earlier: date, later: date, places: Sequence[str]) -> Iterator[Changed]:
    """Give every registered substance whose answer differs between two days, by place.

    Only substances of which a listing or class rule changed in between are asked about; the others cannot differ.
    """
    law = survey.checker.law
    for place in places:
        for substance in survey.substances():
            if any(
                _stands(law, item, place, earlier) != _stands(law, item, place, later)
                for item in _of(survey, substance)
            ):
                before, after = (survey.verdict(substance, place, day) for day in (earlier, later))
                became = _became(before, after)
                if became is not None:
                    yield Changed(place, substance, became, _holding(before), _holding(after))


def _of(survey: Survey, substance: Substance) -> Iterator[Listing | ClassRule]:
    """Give every listing and class rule that can hold a substance, by itself or as an isomer of another."""
    recognised = survey.recognised(substance)
    for match in recognised.matches:
        yield from survey.checker.law.listings_of(match.substance.id)
    for hit in recognised.classes:
        yield hit.rule


def _stands(law: Law, control: Listing | ClassRule, place: str, day: date) -> tuple[str, str]:
    certainty, _ = control.in_force(day)
    return certainty.value, law.applies(control.instrument, place, day).value


def _became(before: Verdict, after: Verdict) -> Became | None:
    was, now = before.status == "controlled", after.status == "controlled"
    if was != now:
        return "review" if after.status == "review" else "controlled" if now else "ceased"
    if was and _schedules(before) != _schedules(after):
        return "moved"
    if after.status == "review" and _questions(before) != _questions(after):
        return "review"
    return "ceased" if before.status == "review" and after.status != "review" else None


def _holding(verdict: Verdict) -> tuple[Finding, ...]:
    return tuple(finding for finding in verdict.findings if finding.role != "displaced")


def _schedules(verdict: Verdict) -> set[tuple[str, str]]:
    holding = [finding for finding in _holding(verdict) if finding.status == "controlled"]
    return {(finding.instrument, finding.schedule) for finding in holding}


def _questions(verdict: Verdict) -> set[tuple[str, str]]:
    return {(finding.listing, finding.question) for finding in verdict.findings}
