"""The record that an entry is about, where it is not the statement itself: a few fields in CBOR, stored and hashed."""

from collections.abc import Mapping
from typing import Any

from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.ladder import ATTEMPTS, NOTICES, Event
from drugcontrol.errors import ReadError

ABOUT_THE_STATEMENT = (Event.REGISTERED, Event.COURIERED, Event.DELIVERED)
"""Entries about the bytes of the statement."""

MAX_RECORD = 64 * 1024
MAX_NOTE = 200

_FIELDS: Mapping[Event, Mapping[str, type]] = {
    Event.READABLE: {"type": str},
    Event.UNREADABLE: {"reason": str},
    Event.OPENED: {"by": str},
    Event.ACCEPTED: {"reply": bytes},
    Event.REFUSED: {"reply": bytes},
    Event.COURIER_REFUSED: {"note": str},
    Event.ATTEMPT_FAILED: {"note": str, "way": str},
    Event.NOTIFIED_OTHERWISE: {"note": str, "way": str},
    Event.OVERDUE: {"due": int},
}
_WAYS = {Event.ATTEMPT_FAILED: ATTEMPTS, Event.NOTIFIED_OTHERWISE: NOTICES}


def write_record(event: Event, **fields: Any) -> bytes:
    """Write the record of an event.

    Raises
    ------
    ReadError
        When the fields are not those of the event.
    """
    data = encode({**fields, "version": 1})
    read_record(event, data)
    return data


def read_record(event: Event, data: bytes) -> dict[str, Any]:
    """Read the record of an event.

    Raises
    ------
    ReadError
        When it is of another kind.
    """
    record, fields = decode(data, MAX_RECORD), _FIELDS.get(event, {})
    if not isinstance(record, dict) or set(record) != {*fields, "version"} or not fields:
        raise ReadError(f"The record of “{event}” is of another kind.")
    if type(record["version"]) is not int or record["version"] != 1:
        raise ReadError(f"The record of “{event}” is of another version.")
    for name, kind in fields.items():
        value: Any = record[name]
        if type(value) is not kind or (isinstance(value, str) and not (value.isprintable() and len(value) <= MAX_NOTE)):
            raise ReadError(f"The record of “{event}” does not give “{name}” as it must.")
    if event in _WAYS and record["way"] not in _WAYS[event]:
        raise ReadError(f"The record of “{event}” names a way that is none.", f"Ways: {', '.join(_WAYS[event])}.")
    return record
