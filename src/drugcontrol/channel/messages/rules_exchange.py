"""Rules of requests, their replies, and messages about messages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from drugcontrol.channel.deadlines import Rule
from drugcontrol.channel.messages.codes import code_list
from drugcontrol.channel.messages.control import Change, Closure, Correction, Extension
from drugcontrol.channel.messages.forms import fault_of, instant
from drugcontrol.channel.messages.rfi import Answer, Question, Reply, Request
from drugcontrol.channel.messages.rules_parts import Problems, answer_needed
from drugcontrol.errors import UsageError

_FORMS = {"country_from": "country", "country_to": "country", "hs": "hs", "first_day": "day", "last_day": "day"}
"""Parameters of coded questions that have a form."""


def question(part: Question) -> Problems:
    """Check that a coded question has what it needs to be answered."""
    given = {parameter.name for parameter in part.parameters}
    code = code_list("question").get(part.code)
    for name in code.needs if code else ():
        if name not in given:
            yield "parameters", f"{part.code} needs {name}", f"Add a parameter with the name {name}"
    if part.code == "Q00" and part.details is None:
        yield "details", "It is missing, and the question is none that a code names", "Put it into words"
    for index, parameter in enumerate(part.parameters):
        fault = fault_of(_FORMS[parameter.name], parameter.value) if parameter.name in _FORMS else None
        if fault:
            yield f"parameters[{index}].value", *fault


def request(part: Request) -> Problems:
    """Check the request as a whole."""
    yield from answer_needed(part)
    yield from _numbered_once("questions", (item.number for item in part.questions))
    if part.procedure == "legal-assistance" and "1988-7" not in part.legal_basis:
        yield "legal_basis", "It names no article 7, and this is formal legal assistance", "Add 1988-7"
    if part.answer_by is not None and part.urgency_reason is None and _in_hours(part.answer_by.rule):
        yield "urgency_reason", "It is missing, and the time to answer is in hours", "Say why it is urgent"


def answer(part: Answer) -> Problems:
    """Check that each state of an answer says what it needs."""
    if part.state in ("answered", "partial") and part.answer is None and not part.parties:
        yield "answer", f"It is missing, and the question is {part.state}", "Write the answer"
    if part.state == "partial" and part.missing is None:
        yield "missing", "It is missing, and the answer is partial", "Say what is left out, and why"
    if part.state == "none-held" and part.search is None:
        yield "search", "It is missing, and nothing was found", "Say where was searched, and on which day"
    if (part.state == "refused") != bool(part.refusal):
        yield "refusal", "State and reason of a refusal do not go together", "Write the reason, or another state"
    if part.refusal == "other" and part.refusal_text is None:
        yield "refusal_text", "It is missing, and the reason is none that a code names", "Put it into words"
    if (part.state == "postponed") != bool(part.postponed_until):
        yield "postponed_until", "State and new time do not go together", "Write until when, or another state"


def reply(part: Reply) -> Problems:
    """Check that each question is answered once."""
    yield from _numbered_once("answers", (item.number for item in part.answers))


def unanswered(request: Request, reply: Reply) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare a reply with its request.

    Returns
    -------
    tuple of tuple of str
        The numbers of the questions without an answer, and those of the answers without a question.
    """
    asked = [item.number for item in request.questions]
    answered = [item.number for item in reply.answers]
    return tuple(n for n in asked if n not in answered), tuple(n for n in answered if n not in asked)


def extension(part: Extension) -> Problems:
    """Check that a later time is later, and an agreement names the proposal."""
    if (part.role == "agreed") != (part.agrees_to is not None):
        yield "agrees_to", "Role and proposal do not go together", "An agreement names the message that proposed it"
    if part.role == "proposed" and part.reason is None:
        yield "reason", "It is missing, and a later time is asked for", "Say why"
    both = (part.old.at, part.new.at)
    if all(both) and not any(fault_of("instant", text) for text in both) and instant(both[1]) <= instant(both[0]):
        yield "new.at", "The new time is not later than the old one", "Compare both"


def correction(part: Correction) -> Problems:
    """Check that a reason that no code names is put into words."""
    if part.reason == "other" and part.explanation is None:
        yield "explanation", "It is missing, and the reason is none that a code names", "Put it into words"


def change(part: Change) -> Problems:
    """Check that something changes."""
    if part.was == part.now:
        yield "now", "It says the same as before", "Write what it should have said"


def closure(part: Closure) -> Problems:
    """Check that an outcome that no code names is put into words."""
    if part.outcome == "other" and part.summary is None:
        yield "summary", "It is missing, and the outcome is none that a code names", "Put it into words"


def _numbered_once(field: str, numbers: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    seen = set()
    for index, number in enumerate(numbers):
        if number in seen:
            yield f"{field}[{index}].number", f"Number {number} is given twice", "Number each once"
        seen.add(number)


def _in_hours(rule: str) -> bool:
    try:
        return Rule.parse(rule).unit == "hours"
    except UsageError:
        return False


RULES: Mapping[type, tuple[Any, ...]] = {
    Question: (question,),
    Request: (request,),
    Answer: (answer,),
    Reply: (reply,),
    Extension: (extension,),
    Correction: (correction,),
    Change: (change,),
    Closure: (closure,),
}
