"""Deterministic CBOR: one value has one sequence of bytes, and any other sequence is refused.

The subset of RFC 8949 section 4.2.1 that signed statements need: integers of 64 bits, byte and text strings, arrays,
maps with integer or text keys, true, false and null. No floats, no tags, no lengths left open.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import cbor2

from drugcontrol.errors import ReadError

MAX_BYTES = 64 * 1024
"""Longest encoding read unless told otherwise: a register entry must fit a tile (C2SP tlog-tiles)."""

MAX_DEPTH = 12
"""Deepest nesting read; statements use five levels."""

Value = Any
"""None, bool, int, bytes, str, a sequence or a mapping of them."""

# Tags that cbor2 turns into dates, big numbers or regular expressions by itself. All are refused before that happens.
_TAGS_OF_THE_LIBRARY = (
    *(0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37),
    *(52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799),
)


def encode(value: Value) -> bytes:
    """Give the one encoding of a value.

    Raises
    ------
    ReadError
        When the value holds something outside the subset, for instance a float.
    """
    try:
        return cbor2.dumps(_ordered(value, MAX_DEPTH))
    except (cbor2.CBOREncodeError, UnicodeEncodeError, RecursionError):
        raise ReadError("A value has no deterministic encoding.", "Use text without lone surrogates.") from None


def decode(data: bytes, limit: int = MAX_BYTES) -> Value:
    """Read the one encoding of a value.

    Parameters
    ----------
    data : bytes
    limit : int
        Longest input that is looked at, in bytes.

    Raises
    ------
    ReadError
        When the bytes are too long, damaged, followed by more, or not the deterministic encoding.

    References
    ----------
    RFC 8949, sections 3 and 4.2.1.
    """
    if len(data) > limit:
        raise ReadError(f"{len(data)} bytes are more than the {limit} allowed here.")
    try:
        value = cbor2.loads(
            data,
            tag_hook=_refuse_tag,
            semantic_decoders=dict.fromkeys(_TAGS_OF_THE_LIBRARY, _refuse_tag),
            max_depth=MAX_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, RecursionError):
        raise ReadError(
            "The bytes are no CBOR of the kind used here.", "The file is damaged or is another kind."
        ) from None
    if encode(value) != data:
        raise ReadError("The bytes are not the deterministic encoding of their content.", "Use the bytes as sent.")
    return value


def _refuse_tag(*_: object) -> NoReturn:
    raise ValueError("tag")


def _ordered(value: Value, depth: int) -> Value:
    """Sort the keys of every map by their encoding and refuse what is outside the subset."""
    if depth < 0:
        raise ReadError(f"A value is nested more than {MAX_DEPTH} deep.")
    match value:
        case None | bool() | bytes() | str():
            return value
        case int() if -(2**64) <= value < 2**64:
            return value
        case Mapping():
            if not all(type(key) in (int, str) and _ordered(key, 0) is key for key in value):
                raise ReadError("A map has a key that is neither an integer nor text.")
            return {key: _ordered(value[key], depth - 1) for key in sorted(value, key=cbor2.dumps)}
        case Sequence():
            return [_ordered(item, depth - 1) for item in value]
        case _:
            raise ReadError(f"A value of type {type(value).__name__} has no place in a statement.")
