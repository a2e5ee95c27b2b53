"""From a message to the lines of a document: groups, labelled values in two languages, and tables of legal status."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import inspect

from drugcontrol.channel.document.labels import code_label, field_label, word
from drugcontrol.channel.messages.forms import fault_of
from drugcontrol.channel.messages.parts import (
    Bill,
    FreeText,
    LawPlace,
    LegalStatus,
    Message,
    Moment,
    Quantity,
    Reference,
    RegistrationNumber,
)
from drugcontrol.errors import UsageError
from drugcontrol.law.rows import Language

Pair = tuple[str, str]
"""The same in the first and in the second language."""

Languages = tuple[Language, Language]


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the signed header outside the payload, as far as the caller knows it.

    Attributes
    ----------
    message_id : str
        Hexadecimal SHA-256 by which the message is known; empty for a draft.
    others : mapping of str to str
        Further facts by word: ``issued_at``, ``thread``, ``sequence``, ``priority``, ``signer``.

    Raises
    ------
    UsageError
        When the message id is none.
    """

    message_id: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.message_id and fault_of("sha256", self.message_id) is not None:
            raise UsageError(f"“{self.message_id}” is no message id.", "Give the 64 hexadecimal digits of a SHA-256.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: a group's heading if it has no value."""

    depth: int
    label: Pair
    value: Pair | None = None
    status: LegalStatus | None = None


def lines_of(message: Message, languages: Languages) -> Iterator[Line]:
    """Give the lines of a message, in the order of its fields; what is not said is left out."""
    yield from _struct(message, languages, 0)


def _struct(part: Any, languages: Languages, depth: int) -> Iterator[Line]:
    kind = inspect.type_info(type(part))
    assert isinstance(kind, inspect.StructType)  # noqa: S101 - a part is a struct
    for item in kind.fields:
        value = getattr(part, item.name)
        if value in ("", (), None):
            continue
        label = _both(languages, lambda language, name=item.name: field_label(type(part), name, language))
        yield from _field(value, _code_list(item.type), label, languages, depth)


def _field(value: Any, codes: str, label: Pair, languages: Languages, depth: int) -> Iterator[Line]:
    if isinstance(value, LegalStatus):
        yield Line(depth, label, status=value)
    elif isinstance(value, tuple) and all(_is_group(item) for item in value):
        for number, item in enumerate(value, start=1):
            of = f" {number}/{len(value)}" if len(value) > 1 else ""
            yield Line(depth, (label[0] + of, label[1] + of))
            yield from _struct(item, languages, depth + 1)
    elif _is_group(value):
        yield Line(depth, label)
        yield from _struct(value, languages, depth + 1)
    else:
        yield Line(depth, label, _both(languages, lambda language: shown(value, codes, language)))


def shown(value: Any, codes: str, language: Language) -> str:
    """Put a single value, or a list of such, into words."""
    match value:
        case (FreeText(), *_) if mine := [text for text in value if text.lang.split("-")[0] == language]:
            return "; ".join(text.text for text in mine)
        case tuple():
            return "; ".join(shown(item, codes, language) for item in value)
        case FreeText():
            return value.text if value.lang.split("-")[0] == language else f"[{value.lang}] {value.text}"
        case Moment():
            return f"{value.at} ({code_label('precision', value.precision, language)})"
        case Quantity():
            basis = code_label("quantity-basis", value.basis, language)
            method = code_label("quantity-method", value.method, language)
            return f"{value.value} {value.unit} ({basis}; {method})"
        case LawPlace():
            return f"{value.place} ({code_label('law-role', value.role, language)})"
        case RegistrationNumber():
            return f"{code_label('number-kind', value.kind, language)} {value.value} ({value.country})"
        case Bill():
            return f"{code_label('bill-kind', value.kind, language)} {value.number}"
        case Reference():
            return f"{code_label('reference-kind', value.kind, language)} {value.value}"
        case bool():
            return word("true" if value else "false", language)
        case Decimal() | int():
            return str(value)
        case _ if codes:
            return code_label(codes, value, language)
        case _:
            return str(value)


def _both(languages: Languages, give: Any) -> Pair:
    return give(languages[0]), give(languages[1])


def _is_group(value: Any) -> bool:
    return isinstance(value, msgspec.Struct) and not isinstance(value, _ON_ONE_LINE)


_ON_ONE_LINE = (Bill, FreeText, LawPlace, LegalStatus, Moment, Quantity, Reference, RegistrationNumber)


def _code_list(kind: inspect.Type) -> str:
    """Give the name of the code list of a field, or of the entries of a list of codes; else empty."""
    match kind:
        case inspect.Metadata():
            return str((kind.extra or {}).get("codes", "")) or _code_list(kind.type)
        case inspect.VarTupleType():
            return _code_list(kind.item_type)
        case _:
            return ""
