"""Reading a message: every problem at once, each with its field, what is wrong and the cure.

The walk follows the types of :mod:`.parts`. Where something is missing or cannot be read it notes that and goes on with
an empty value, so the rules between fields (:mod:`.rules`) are always looked at too; what a rule says of a field that
is already known to be wrong is dropped.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from msgspec import NODEFAULT, inspect

from drugcontrol.channel.messages.codes import code_list
from drugcontrol.channel.messages.forms import fault_of
from drugcontrol.channel.messages.parts import Message
from drugcontrol.channel.messages.rules import rules_of
from drugcontrol.channel.messages.types import MESSAGE_TYPES
from drugcontrol.errors import FieldProblem, MessageError

MAX_BYTES = 8 * 1024 * 1024
"""Longest payload that is read; files go beside a message, by their hash."""

MAX_PROBLEMS = 1000
"""Problems after which a message is not read further."""

_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def encode(message: Message) -> bytes:
    """Write a message as JSON in UTF-8; these bytes are what is signed."""
    return msgspec.json.encode(message)


def decode(payload: bytes, name: str = "the message") -> Message:
    """Read a message.

    Parameters
    ----------
    name : str
        What errors call it.

    Raises
    ------
    MessageError
        With every problem.
    """
    if len(payload) > MAX_BYTES:
        what = f"The payload has {len(payload):,} bytes; {MAX_BYTES:,} is the most"
        raise MessageError(name, [FieldProblem("", what, "Send files beside it, by their hash")])
    try:
        content = json.loads(payload, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, _Refused) else "The payload is no JSON in UTF-8"
        raise MessageError(name, [FieldProblem("", what, "Ask the sender for the bytes that were signed")]) from None
    return from_content(content, name)


def from_content(content: object, name: str = "the message", *, as_text: bool = False) -> Message:
    """Read a message from plain values.

    Parameters
    ----------
    as_text : bool
        Numbers and yes or no may stand as text, as in a file that a person wrote.

    Raises
    ------
    MessageError
        With every problem.
    """
    message, problems = examine(content, as_text=as_text)
    if problems or message is None:
        raise MessageError(name, problems)
    return message


def examine(content: object, *, as_text: bool = False) -> tuple[Message | None, list[FieldProblem]]:
    """Give a message as far as it can be read, and everything that does not fit."""
    if not isinstance(content, dict):
        return None, [FieldProblem("", "A message is an object with named fields", "Write it as one")]
    kind = content.get("type")
    if not isinstance(kind, str) or kind not in MESSAGE_TYPES:
        known = ", ".join(MESSAGE_TYPES)
        return None, [FieldProblem("type", f"“{kind}” is no type of message", f"Write one of {known}")]
    walk = _Walk(as_text)
    try:
        message = walk.struct(content, _shape(MESSAGE_TYPES[kind]), "")
    except _TooMany:
        rest = FieldProblem(
            "", f"There are more than {MAX_PROBLEMS:,} problems; the rest was not looked at", "Mend these"
        )
        return None, [*walk.problems, rest]
    return message, walk.problems


@cache
def _shape(kind: type[Message]) -> inspect.Type:
    return inspect.type_info(kind)


class _Walk:
    def __init__(self, as_text: bool) -> None:
        self.problems: list[FieldProblem] = []
        self._as_text = as_text

    def value(self, content: Any, kind: inspect.Type, path: str, required: bool) -> Any:
        match kind:
            case inspect.Metadata():
                self._look(content, kind.extra or {}, path)
                return self.value(content, kind.type, path, required)
            case inspect.UnionType():
                return None if content is None else self.value(content, _without_none(kind), path, required)
            case inspect.StructType():
                return self.struct(content, kind, path)
            case inspect.VarTupleType():
                return self._list(content, kind, path)
            case inspect.DictType():
                return self._texts(content, path)
            case inspect.StrType():
                return self._text(content, kind, path, required)
            case inspect.LiteralType():
                if content in kind.values:
                    return content
                return self._bad(path, f"“{content}” is not known here", f"Write one of {_listed(kind.values)}", kind)
            case inspect.BoolType():
                return self._bool(content, kind, path)
            case inspect.IntType():
                return self._int(content, kind, path)
            case inspect.DecimalType():
                return self._decimal(content, kind, path)
            case _:
                raise TypeError(f"no reader for {kind}")

    def struct(self, content: Any, kind: inspect.Type, path: str) -> Any:
        assert isinstance(kind, inspect.StructType)  # noqa: S101 - every caller has looked
        if not isinstance(content, dict):
            return self._bad(path, "It should have named fields", f"Write {_listed(f.name for f in kind.fields)}", kind)
        names = {field.encode_name for field in kind.fields}
        if kind.tag_field:
            names.add(kind.tag_field)
        for key in sorted(map(str, content.keys() - names)):
            self._note(_join(path, key), "There is no such field", f"Use {_listed(sorted(names))}, or leave it out")
        values = {}
        for field in kind.fields:
            inner = _join(path, field.encode_name)
            if field.encode_name in content:
                values[field.name] = self.value(content[field.encode_name], field.type, inner, field.required)
            elif field.required:
                values[field.name] = self._bad(inner, "It is missing", "It is mandatory; write it", field.type)
        built = kind.cls(**values)
        self._rules(built, path)
        return built

    def _rules(self, built: msgspec.Struct, path: str) -> None:
        for rule in rules_of(type(built)):
            for field, what, cure in rule(built):
                place = _join(path, field)
                if not any(_on_the_way(problem.field, place) for problem in self.problems):
                    self._note(place, what, cure)

    def _look(self, content: Any, extra: Mapping[str, Any], path: str) -> None:
        """Look at the form or code of a text that could be read."""
        if not isinstance(content, str) or not content:
            return
        if name := extra.get("codes"):
            codes = code_list(name)
            if content not in codes:
                self._note(path, f"“{content}” is no code of the list {name}", f"Write one of {_listed(codes)}")
        elif form := extra.get("form"):
            fault = fault_of(form, content)
            if fault:
                self._note(path, *fault)

    def _list(self, content: Any, kind: inspect.VarTupleType, path: str) -> tuple[Any, ...]:
        if not isinstance(content, list | tuple):
            self._note(path, "It should be a list", "Write a list, even for one entry")
            return ()
        if kind.min_length and len(content) < kind.min_length:
            self._note(path, f"It has {len(content)} entries; at least {kind.min_length} are mandatory", "Write them")
        return tuple(
            self.value(item, kind.item_type, f"{path}[{index}]", required=True) for index, item in enumerate(content)
        )

    def _texts(self, content: Any, path: str) -> dict[str, str]:
        if not isinstance(content, dict) or not all(isinstance(text, str) for text in content.values()):
            self._note(path, "It should be text by language", "Write en, es and zh")
            return {}
        return dict(content)

    def _text(self, content: Any, kind: inspect.StrType, path: str, required: bool) -> str:
        if not isinstance(content, str):
            self._note(path, "It should be text", "Write it in quotation marks")
            return ""
        if required and not content.strip():
            self._note(path, "It is empty", "It is mandatory; write it")
        elif _HIDDEN.search(content) or any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in content):
            self._note(path, "The text holds characters that cannot be seen", "Write it anew without them")
        elif kind.pattern and not re.search(kind.pattern, content):
            self._note(path, f"“{content}” has not the form {kind.pattern}", "Write it in that form")
        return content

    def _bool(self, content: Any, kind: inspect.Type, path: str) -> Any:
        if self._as_text and content in ("true", "false"):
            return content == "true"
        return (
            content if isinstance(content, bool) else self._bad(path, "It is no yes or no", "Write true or false", kind)
        )

    def _int(self, content: Any, kind: inspect.Type, path: str) -> Any:
        if self._as_text and isinstance(content, str) and re.fullmatch(r"\d{1,9}", content):
            return int(content)
        whole = isinstance(content, int) and not isinstance(content, bool) and 0 <= content < 2**53
        return content if whole else self._bad(path, "It is no whole number", "Write digits only", kind)

    def _decimal(self, content: Any, kind: inspect.Type, path: str) -> Any:
        if isinstance(content, str) and fault_of("decimal", content) is None and len(content) <= 30:
            return Decimal(content)
        if isinstance(content, str):
            return Decimal(0)  # its form, looked at before, says what is wrong
        return self._bad(path, "It should be a decimal number as text", "Write “25.00” in quotation marks", kind)

    def _bad(self, path: str, what: str, cure: str, kind: inspect.Type) -> Any:
        self._note(path, what, cure)
        return _empty(kind)

    def _note(self, path: str, what: str, cure: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            raise _TooMany
        self.problems.append(FieldProblem(path, what, cure))


def _empty(kind: inspect.Type) -> Any:
    """Give the value that stands where none could be read."""
    match kind:
        case inspect.Metadata():
            return _empty(kind.type)
        case inspect.StructType():
            return kind.cls(**{field.name: _empty(field.type) for field in kind.fields if _has_no_default(field)})
        case inspect.VarTupleType():
            return ()
        case inspect.DictType():
            return {}
        case inspect.StrType():
            return ""
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.BoolType():
            return False
        case inspect.IntType():
            return 0
        case inspect.DecimalType():
            return Decimal(0)
        case _:
            return None


def _has_no_default(field: inspect.Field) -> bool:
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


def _without_none(kind: inspect.UnionType) -> inspect.Type:
    return next(item for item in kind.types if not isinstance(item, inspect.NoneType))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


def _on_the_way(known: str, place: str) -> bool:
    """Say whether a field with a known problem is the place, lies around it or in it."""
    return (
        known == place or place.startswith((f"{known}.", f"{known}[")) or known.startswith((f"{place}.", f"{place}["))
    )


def _listed(names: Any) -> str:
    return ", ".join(str(name) for name in names)


class _TooMany(Exception):
    """So many problems that the rest is not worth the memory."""


class _Refused(ValueError):
    """JSON that has more than one meaning."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise _Refused("A field is given twice in the same object")
    return content


def _no_constant(name: str) -> Iterator[None]:
    raise _Refused(f"{name} is no number")
