"""The evidence ladder: what can be proven of a message, rung by rung, with the event names of ETSI EN 319 522-1.

Each rung is an entry in the register of the one who makes it; E2 is the signature of witnesses under a register's
state. E4 never waits for a person, and E6 and E7 never stand in for E4. What failed is a rung as well: X1 to X3, and
the refusals beside E3, E5 and E7.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from drugcontrol.errors import ReadError


class Event(StrEnum):
    """What happened to a message, as entries of registers name it."""

    REGISTERED = "registered"
    POSTED = "posted"
    COURIERED = "couriered"
    COURIER_REFUSED = "courier-refused"
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


Maker = Literal["sender", "recipient", "courier", "witness"]
"""A courier is neither sender nor recipient; a witness signs states of registers and makes no entries about them."""

Way = Literal["email", "network", "hand", "post", "paper", "stamped", "listed"]
"""How delivery was attempted (the first four) or the recipient was told otherwise (the last three)."""

ATTEMPTS: tuple[Way, ...] = get_args(Way)[:4]
NOTICES: tuple[Way, ...] = get_args(Way)[4:]

_NUMBERED = re.compile(r"([a-z-]+)\.([2-9]|[1-9][0-9])")
_NOTICE_EVENTS: dict[str, str] = {
    "paper": "RelayToNonERDS",
    "stamped": "NotificationDelivered",
    "listed": "ConsignmentNotification",
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung.

    Attributes
    ----------
    number : str
        E1 to E8, X1 to X3.
    made_by : tuple of Maker
        In whose register the entry stands; another's word is no evidence of it.
    etsi : str
        Event of ETSI EN 319 522-1; empty where there is none.
    """

    number: str
    made_by: tuple[Maker, ...]
    etsi: str


LADDER: dict[Event, Rung] = {
    Event.REGISTERED: Rung("E1", ("sender",), "SubmissionAcceptance"),
    Event.POSTED: Rung("E2", ("witness",), ""),
    Event.COURIERED: Rung("E3", ("courier",), "RelayAcceptance"),
    Event.COURIER_REFUSED: Rung("E3", ("courier",), "RelayRejection"),
    Event.DELIVERED: Rung("E4", ("recipient",), "ContentConsignment"),
    Event.READABLE: Rung("E5", ("recipient",), "ContentHandover"),
    Event.UNREADABLE: Rung("E5", ("recipient",), "ContentHandoverFailure"),
    Event.OPENED: Rung("E6", ("recipient",), "ContentAccessTracking"),
    Event.ACCEPTED: Rung("E7", ("recipient",), "ConsignmentAcceptance"),
    Event.REFUSED: Rung("E7", ("recipient",), "ConsignmentRejection"),
    Event.ANSWERED: Rung("E8", ("recipient",), ""),
    Event.ATTEMPT_FAILED: Rung("X1", ("sender",), "RelayFailure"),
    Event.NOTIFIED_OTHERWISE: Rung("X2", ("sender", "courier"), "ConsignmentNotification"),
    Event.OVERDUE: Rung("X3", ("sender",), "AcceptanceRejectionExpiry"),
}


def event_of(name: str) -> Event:
    """Give the event that an entry names; the second failed attempt is ``attempt-failed.2``, and so on to 99.

    Raises
    ------
    ReadError
        When it names none of the ladder.
    """
    match = _NUMBERED.fullmatch(name)
    if match is not None and match[1] == Event.ATTEMPT_FAILED:
        return Event.ATTEMPT_FAILED
    if name not in list(Event):
        raise ReadError(f"“{name}” is no event of the ladder.")
    return Event(name)


def may_say(event: Event, origin: str, issuer: str, recipients: Container[str]) -> bool:
    """Say whether the register of `origin` can know of an event of a message."""
    maker: Maker = "sender" if origin == issuer else "recipient" if origin in recipients else "courier"
    return maker in LADDER[event].made_by


def etsi_name(event: Event, way: str = "") -> str:
    """Give the event name of ETSI EN 319 522-1; for X2 it depends on how the recipient was told."""
    return _NOTICE_EVENTS.get(way, LADDER[event].etsi) if event == Event.NOTIFIED_OTHERWISE else LADDER[event].etsi
