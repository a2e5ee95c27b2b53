"""Tests over registers of authorities: only a verified bundle that is no simulation is evidence, and none is a no.

That a message was *not* sent or delivered is proven by no bundle: it needs the whole registers of both sides.
"""

from datetime import date

from drugcontrol.situation.claims.outcome import Evidence, Grounds, Judged, Params, Remark
from drugcontrol.situation.claims.rows import MessageDelivered, NoNotice


def no_notice(test: NoNotice, grounds: Grounds, said_on: date) -> Judged:
    """Refute, with a proven delivery, that no message of a type was delivered by a day; else it cannot be decided."""
    against = [
        item
        for item in _accepted(grounds)
        if (item.sender, item.type) == (test.sender, test.message) and _delivered(item, test.recipient, said_on)
    ]
    params: Params = {"place": test.sender, "other": test.recipient, "on": said_on, "message": test.message}
    remarks = (*_remarks(grounds), Remark(code="registers", params={"places": (test.sender, test.recipient)}))
    if against:
        facts = tuple(against)
        remarks = (*_remarks(grounds), Remark(code="content_not_read"))
        return Judged(outcome="not_supported", code="notice_delivered", params=params, facts=facts, remarks=remarks)
    return Judged(outcome="undecided", code="notice_unknown", params=params, remarks=remarks)


def message_delivered(test: MessageDelivered, grounds: Grounds, said_on: date) -> Judged:
    """Support, with a proven delivery, that a message went between two places by a day; else it cannot be decided."""
    first, second = test.places
    found = [
        item
        for item in _accepted(grounds)
        for sender, recipient in ((first, second), (second, first))
        if item.sender == sender and _delivered(item, recipient, said_on)
    ]
    params: Params = {"place": first, "other": second, "on": said_on}
    if found:
        facts = tuple(found)
        return Judged(
            outcome="supported", code="delivery_proven", params=params, facts=facts, remarks=_remarks(grounds)
        )
    remarks = (*_remarks(grounds), Remark(code="registers", params={"places": test.places}))
    return Judged(outcome="undecided", code="delivery_unknown", params=params, remarks=remarks)


def _accepted(grounds: Grounds) -> list[Evidence]:
    return [item for item in grounds.evidence if not item.refused]


def _delivered(item: Evidence, recipient: str, by: date) -> bool:
    return recipient in item.delivered and item.delivered[recipient] <= by


def _remarks(grounds: Grounds) -> tuple[Remark, ...]:
    return tuple(
        Remark(code=f"evidence_{item.refused or 'accepted'}", params={"name": item.name}) for item in grounds.evidence
    )
