"""Messages about messages. Each is a new one; the one that it is about stays as it is."""

from typing import Annotated

import msgspec

from drugcontrol.channel.messages import values as v
from drugcontrol.channel.messages.parts import AnswerBy, FreeText, Message, MessageId, Part


class Extension(Message, frozen=True, kw_only=True, tag_field="type", tag="extend"):
    """A later deadline, asked for by one side and agreed by the other: it holds when both have signed.

    Attributes
    ----------
    agrees_to : MessageId or None
        The proposal that is agreed to.
    """

    about: MessageId
    role: v.ExtensionRole
    old: AnswerBy
    new: AnswerBy
    agrees_to: MessageId | None = None
    reason: FreeText | None = None


class Change(Part, frozen=True, kw_only=True):
    """One value that was wrong: where it stood, and as text what it said and should have said."""

    field: str
    was: str
    now: str


class Correction(Message, frozen=True, kw_only=True, tag_field="type", tag="correction"):
    """What was wrong in an earlier message.

    Attributes
    ----------
    replaced_by : MessageId or None
        A whole new message that takes its place, if one was sent.
    """

    about: MessageId
    reason: v.CorrectionReason
    explanation: FreeText | None = None
    changes: Annotated[tuple[Change, ...], msgspec.Meta(min_length=1)]
    replaced_by: MessageId | None = None


class Withdrawal(Message, frozen=True, kw_only=True, tag_field="type", tag="withdrawal"):
    """The sender no longer stands by an earlier message."""

    about: MessageId
    reason: v.WithdrawalReason
    explanation: FreeText


class Closure(Message, frozen=True, kw_only=True, tag_field="type", tag="closure"):
    """The matter is closed, and how it ended."""

    about: MessageId
    outcome: v.ClosureOutcome
    closed_on: v.Day
    summary: FreeText | None = None
