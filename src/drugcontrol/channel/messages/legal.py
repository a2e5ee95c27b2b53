"""The legal status of substance lines: filled in by the law engine, computed again by whoever receives it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from drugcontrol.channel.messages.notice import IncidentNotice, SubstanceLine
from drugcontrol.channel.messages.parts import LawAsked, LegalStatus, Message
from drugcontrol.channel.messages.pen import ExportedSubstance, PreExportNotification
from drugcontrol.check.status import Checker, Identified, identify, legal_status
from drugcontrol.codes import is_cas_shaped
from drugcontrol.errors import AmbiguousName, FieldProblem, MessageError, UnknownName, UsageError


@dataclass(frozen=True, slots=True)
class StatusDifference:
    """A value of a legal status that the law engine does not give.

    Attributes
    ----------
    field : str
        Where it stands, for example ``substances[0].legal_status.places[1].scheduled``.
    carried, computed : str
        What the message says and what the engine says, as JSON; empty where one has no such value.
    """

    field: str
    carried: str
    computed: str


@dataclass(frozen=True, slots=True)
class StatusCheck:
    """A message's legal status compared with what the law engine says.

    Attributes
    ----------
    differences : tuple of StatusDifference
        Empty when every line is what the engine gives.
    editions : tuple of str
        Editions of the law that the message names.
    computed_with : str
        Edition with which it was computed again. If it is another one, a difference may come from new data, not from
        an edit: compute with the edition that the message names.
    """

    differences: tuple[StatusDifference, ...]
    editions: tuple[str, ...]
    computed_with: str

    @property
    def same_edition(self) -> bool:
        """Whether the comparison was made with the edition that the message names."""
        return set(self.editions) <= {self.computed_with}


def status_of(checker: Checker, names: Sequence[str], law: LawAsked, field: str = "") -> LegalStatus:
    """Ask the law engine about one substance line.

    Parameters
    ----------
    names : sequence of str
        Names and CAS number of the line, the first that is known is asked with; empty ones are passed over.
    field : str
        What errors call the line.

    Raises
    ------
    MessageError
        When two of the names belong to different substances, or no law of a place is held.
    """
    known = [(name, found) for name in names if name and (found := _identified(checker, name)) is not None]
    edition = checker.law.edition_name
    if not known:
        return LegalStatus(asked=next((name for name in names if name), ""), recognised="", edition=edition, places=())
    asked, identified = known[0]
    substance = _name(identified)
    for other, found in known[1:]:
        if _name(found) != substance:
            what = f"“{asked}” is {substance}, “{other}” is {_name(found)}"
            raise MessageError("the message", [FieldProblem(field, what, "Compare both with the laboratory report")])
    try:
        places = legal_status(checker, identified, date.fromisoformat(law.as_of), [item.place for item in law.places])
    except UsageError as error:
        raise MessageError("the message", [FieldProblem("law.places", error.message.rstrip("."), error.hint)]) from None
    return LegalStatus(asked=asked, recognised=substance, edition=edition, places=places)


def names_of(line: Any) -> tuple[str, ...]:
    """Give the names by which a substance line, as plain values, is known: as identified, INN, CAS number."""
    names = (line.get(key) for key in ("identified_name", "name", "inn", "cas"))
    return tuple(name for name in names if isinstance(name, str) and name)


def check_status(message: Message, checker: Checker) -> StatusCheck:
    """Compute every legal status of a message again and say what differs.

    Returns
    -------
    StatusCheck
        Without differences for a message that carries no legal status.
    """
    if not isinstance(message, IncidentNotice | PreExportNotification):
        return StatusCheck((), (), checker.law.edition_name)
    differences: list[StatusDifference] = []
    lines: Sequence[SubstanceLine | ExportedSubstance] = message.substances
    for index, line in enumerate(lines):
        field = f"substances[{index}].legal_status"
        carried = msgspec.to_builtins(line.legal_status)
        try:
            computed = msgspec.to_builtins(status_of(checker, names_of(msgspec.to_builtins(line)), message.law, field))
        except MessageError as error:
            differences += [StatusDifference(problem.field, "", problem.what) for problem in error.problems]
            continue
        differences += _differences(field, carried, computed)
    editions = tuple(dict.fromkeys(line.legal_status.edition for line in lines))
    return StatusCheck(tuple(differences), editions, checker.law.edition_name)


def _identified(checker: Checker, name: str) -> Identified | None:
    try:
        return identify(name, checker.names, "cas" if is_cas_shaped(name) else "name")
    except (UnknownName, AmbiguousName):
        return None
    except UsageError:
        return None  # a CAS number whose check digit is wrong; the form of the field says so


def _name(identified: Identified) -> str:
    assert identified.substance is not None  # noqa: S101 - it was identified by name or number
    return identified.substance.name


def _differences(field: str, carried: Any, computed: Any) -> Iterator[StatusDifference]:
    """Walk two plain values side by side."""
    if isinstance(carried, dict) and isinstance(computed, dict):
        for key in dict.fromkeys([*carried, *computed]):
            yield from _differences(f"{field}.{key}", carried.get(key), computed.get(key))
    elif isinstance(carried, list | tuple) and isinstance(computed, list | tuple):
        for index in range(max(len(carried), len(computed))):
            pair = [values[index] if index < len(values) else None for values in (carried, computed)]
            yield from _differences(f"{field}[{index}]", *pair)
    elif carried != computed:
        yield StatusDifference(field, _shown(carried), _shown(computed))


def _shown(value: Any) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
