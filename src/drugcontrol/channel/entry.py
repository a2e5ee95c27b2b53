"""One entry of a register: what happened to which message, and when - as hashes, without case data."""

import re
from dataclasses import dataclass
from datetime import datetime

from drugcontrol.channel import instant
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.errors import ReadError

_EVENT = re.compile(r"[a-z][a-z0-9.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry.

    Attributes
    ----------
    event : str
        What happened, a code in lower case, for instance ``registered`` or ``delivered``.
    message_id : bytes
        Of the statement it happened to, 32 bytes.
    digest : bytes
        SHA-256 of the bytes that were stored: the statement, or the record of the event.
    recorded_at : datetime
        UTC, whole seconds, by the clock of the register.
    """

    event: str
    message_id: bytes
    digest: bytes
    recorded_at: datetime

    def __post_init__(self) -> None:
        if not isinstance(self.event, str) or not _EVENT.fullmatch(self.event):
            raise ReadError("The event of an entry is a code in lower case.")
        for value in (self.message_id, self.digest):
            if not isinstance(value, bytes) or len(value) != 32:
                raise ReadError("An entry needs a message id and a digest of 32 bytes.")
        instant.seconds(self.recorded_at)

    @property
    def record(self) -> bytes:
        """The bytes that the register holds and hashes."""
        return encode([1, self.event, self.message_id, self.digest, instant.seconds(self.recorded_at)])

    @classmethod
    def read(cls, record: bytes) -> "Entry":
        """Read the bytes of an entry.

        Raises
        ------
        ReadError
        """
        match decode(record):
            case [int(version), event, message_id, digest, at] if version == 1 and version is not True:
                moment = instant.from_seconds(at)
                return cls(event=event, message_id=message_id, digest=digest, recorded_at=moment)
        raise ReadError("The bytes are no entry of a register.")
