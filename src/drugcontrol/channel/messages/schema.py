"""The JSON Schema of each type of message, with the codes of its coded fields.

A schema says what a form can say: fields, types, codes. Check digits, the rules between fields and the legal status are
looked at by :mod:`.reading` and :mod:`.legal`.
"""

from typing import Any

import msgspec

from drugcontrol.channel.messages.codes import code_list
from drugcontrol.channel.messages.types import MESSAGE_TYPES


def message_schema(name: str) -> dict[str, Any]:
    """Give the schema of a type of message, JSON Schema 2020-12."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Message between authorities: {name}",
        **msgspec.json.schema(MESSAGE_TYPES[name]),
    }
    return {key: _with_codes(value) for key, value in described.items()}


def _with_codes(value: Any) -> Any:
    """Write out the codes of every coded field; one that may be left out may also be empty."""
    if isinstance(value, list):
        return [_with_codes(item) for item in value]
    if not isinstance(value, dict):
        return value
    written = {key: _with_codes(item) for key, item in value.items()}
    if "x-codes" in value:
        empty = [""] if value.get("default") == "" else []
        written["enum"] = [*code_list(value["x-codes"]), *empty]
    return written
