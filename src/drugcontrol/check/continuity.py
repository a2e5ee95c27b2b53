"""Control that goes on from one list to the next: since when, and on days when only the list is in doubt."""

from collections.abc import Iterable, Sequence

import msgspec

from drugcontrol.check.verdict import Finding
from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.law.control import joined
from drugcontrol.law.model import ClassRule, Law, Listing


def settled(found: Sequence[tuple[Listing | ClassRule, Finding]]) -> list[Finding]:
    """Give the findings, decided where one act takes a thing out of a list and puts it into another.

    The day of such an act may be known only in part; control is certain all the same, by the one list or the other.
    """
    doubtful = [(control, finding) for control, finding in found if finding.question == "date_in_doubt"]
    moved = {
        finding.listing
        for control, finding in doubtful
        if any(_hands_over(one, control) or _hands_over(control, one) for one, _ in doubtful)
    }
    return [_decided(finding) if finding.listing in moved else finding for _, finding in found]


def unbroken_since(
    law: Law, controls: Iterable[Listing | ClassRule], place: str, until: LegalDate | None
) -> LegalDate | None:
    """Give the day since which control has gone on without a break up to a day on which it stands.

    Parameters
    ----------
    controls : iterable of Listing or ClassRule
        Those that reach the substance without a question.
    until : LegalDate or None
        Begin of the control that governs on the day; None when nothing does.
    """
    if until is None:
        return None
    runs = [run for control in controls for run in _runs(law, control, place)]
    first = until
    while earlier := [run for run in runs if run.first.earliest < first.earliest and _reaches(run, first)]:
        first = min((run.first for run in earlier), key=lambda begin: begin.earliest)
    return first


def _runs(law: Law, control: Listing | ClassRule, place: str) -> list[Period]:
    if control.instrument.jurisdiction == place or place in control.instrument.applies_in:
        return control.runs()
    memberships = law.membership(control.instrument, place)
    return [
        Period(max(run.first, membership.first, key=lambda begin: begin.earliest), run.last)
        for run in control.runs()
        for membership in memberships
        if membership.covers(run.first.latest) is not Certainty.NO or run.first.latest < membership.first.earliest
    ]


def _reaches(run: Period, first: LegalDate) -> bool:
    return joined(run, Period(first, None))


def _hands_over(old: Listing | ClassRule, new: Listing | ClassRule) -> bool:
    same_act = old.removed_by is not None and old.removed_by.row.id == new.chain[0].row.id
    return same_act and old.instrument.id == new.instrument.id


def _decided(finding: Finding) -> Finding:
    reason = msgspec.structs.replace(finding.reason, code="moved")
    return msgspec.structs.replace(finding, status="controlled", question="", reason=reason)
