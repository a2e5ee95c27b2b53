"""The evidence ladder: what can be proven of a message, rung by rung, with the event names of ETSI EN 319 522-1.

Each rung is an entry in the register of the one who makes it. E4 never waits for a person, and E6 and E7 never stand in
for E4. E2, E3 and X2 need a third party; the form is fixed here, so that evidence with them stays readable.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Event(StrEnum):
    """What happened to a message, as entries of registers name it."""

    REGISTERED = "registered"
    POSTED = "posted"
    COURIERED = "couriered"
    DELIVERED = "delivered"
    READABLE = "readable"
    UNREADABLE = "unreadable"
    OPENED = "opened"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"
    ATTEMPT_FAILED = "attempt-failed"
    NOTIFIED_OTHERWISE = "notified-otherwise"
    OVERDUE = "overdue"


Maker = Literal["sender", "recipient", "witness", "courier"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung.

    Attributes
    ----------
    number : str
        E1 to E8, X1 to X3.
    made_by : Maker
        In whose register the entry stands; another's word is no evidence of it.
    etsi : str
        Event of ETSI EN 319 522-1; empty where there is none.
    """

    number: str
    made_by: Maker
    etsi: str


LADDER: dict[Event, Rung] = {
    Event.REGISTERED: Rung("E1", "sender", "SubmissionAcceptance"),
    Event.POSTED: Rung("E2", "witness", ""),
    Event.COURIERED: Rung("E3", "courier", "RelayAcceptance"),
    Event.DELIVERED: Rung("E4", "recipient", "ContentConsignment"),
    Event.READABLE: Rung("E5", "recipient", "ContentHandover"),
    Event.UNREADABLE: Rung("E5", "recipient", "ContentHandoverFailure"),
    Event.OPENED: Rung("E6", "recipient", "ContentAccessTracking"),
    Event.ACCEPTED: Rung("E7", "recipient", "ConsignmentAcceptance"),
    Event.REFUSED: Rung("E7", "recipient", "ConsignmentRejection"),
    Event.ANSWERED: Rung("E8", "recipient", ""),
    Event.ATTEMPT_FAILED: Rung("X1", "sender", "RelayFailure"),
    Event.NOTIFIED_OTHERWISE: Rung("X2", "courier", "ConsignmentNotification"),
    Event.OVERDUE: Rung("X3", "sender", "AcceptanceRejectionExpiry"),
}
