"""Messages between authorities: types, drafts, reading with every problem at once, and the legal status in them."""

from drugcontrol.channel.messages.legal import StatusCheck, StatusDifference, check_status
from drugcontrol.channel.messages.parts import Message
from drugcontrol.channel.messages.prepare import Prepared, prepare, read_draft
from drugcontrol.channel.messages.reading import decode, encode
from drugcontrol.channel.messages.rules_exchange import unanswered
from drugcontrol.channel.messages.types import MESSAGE_TYPES, type_of

__all__ = [
    "MESSAGE_TYPES",
    "Message",
    "Prepared",
    "StatusCheck",
    "StatusDifference",
    "check_status",
    "decode",
    "encode",
    "prepare",
    "read_draft",
    "type_of",
    "unanswered",
]
