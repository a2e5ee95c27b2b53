"""The types of message by the name that their headers and payloads carry."""

from collections.abc import Mapping

from drugcontrol.channel.messages.control import Closure, Correction, Extension, Withdrawal
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.channel.messages.parts import Message
from drugcontrol.channel.messages.pen import PenArrival, PenOutcome, PenReply, PreExportNotification
from drugcontrol.channel.messages.rfi import Reply, Request

MESSAGE_TYPES: Mapping[str, type[Message]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        IncidentNotice,
        PreExportNotification,
        PenReply,
        PenOutcome,
        PenArrival,
        Request,
        Reply,
        Extension,
        Correction,
        Withdrawal,
        Closure,
    )
}


def type_of(message: Message) -> str:
    """Give the type of a message as its header carries it."""
    return str(message.__struct_config__.tag)
