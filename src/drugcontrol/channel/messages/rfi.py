"""A request for information in coded questions, and its reply, question by question.

References
----------
The 1988 Convention, articles 9 and 7(10); Directive (EU) 2023/977, article 5, for urgency, purpose and grounds.
"""

from typing import Annotated

import msgspec

from drugcontrol.channel.messages import values as v
from drugcontrol.channel.messages.parts import FreeText, Message, MessageId, Part, Party


class Parameter(Part, frozen=True, kw_only=True):
    """One value of a coded question: the company, the HS code, the first day asked about."""

    name: Annotated[str, msgspec.Meta(extra={"codes": "parameter"}, extra_json_schema={"x-codes": "parameter"})]
    value: str


class Question(Part, frozen=True, kw_only=True):
    """A coded question; ``number`` is how the reply names it."""

    number: str
    code: v.QuestionCode
    parameters: tuple[Parameter, ...] = ()
    details: FreeText | None = None


class PersonAsked(Part, frozen=True, kw_only=True):
    """A person that the request is about."""

    name: str
    original_name: FreeText | None = None
    born_on: v.LooseDay = ""
    nationality: v.Country = ""
    location: str = ""
    link: FreeText


class Request(Message, frozen=True, kw_only=True, tag_field="type", tag="rfi"):
    """A request for information.

    Attributes
    ----------
    procedure : str
        Regulatory or police information, or formal legal assistance under article 7: what comes back is evidence only
        under the latter.
    """

    procedure: v.Procedure
    urgency_reason: FreeText | None = None
    subject: FreeText
    nature: v.CaseKind
    facts: FreeText
    purpose: FreeText
    link_to_purpose: FreeText
    why_held: FreeText
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    parties: tuple[Party, ...] = ()
    persons: tuple[PersonAsked, ...] = ()
    languages: Annotated[tuple[v.LanguageTag, ...], msgspec.Meta(min_length=1)]
    onward_use_asked: v.OnwardUse
    restrictions: FreeText | None = None


class Search(Part, frozen=True, kw_only=True):
    """Where was searched and when: "searched this on that day, nothing found" is an answer."""

    scope: FreeText
    on: v.Day


class Answer(Part, frozen=True, kw_only=True):
    """The reply to one question."""

    number: str
    state: v.AnswerState
    answer: FreeText | None = None
    parties: tuple[Party, ...] = ()
    search: Search | None = None
    missing: FreeText | None = None
    refusal: v.RefusalReason = ""
    refusal_text: FreeText | None = None
    postponed_until: v.Instant = ""
    conditions: FreeText | None = None
    court_use: v.YesNo


class Reply(Message, frozen=True, kw_only=True, tag_field="type", tag="rfi.reply"):
    """The reply to a request, question by question."""

    about: MessageId
    answers: Annotated[tuple[Answer, ...], msgspec.Meta(min_length=1)]
