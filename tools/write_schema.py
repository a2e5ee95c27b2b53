"""Write the JSON Schemas of answers and of messages, from their types, to ``data/schema/``."""

from pathlib import Path

import msgspec

from drugcontrol.channel.messages.schema import message_schema
from drugcontrol.channel.messages.types import MESSAGE_TYPES
from drugcontrol.check.verdict import Answer

DIRECTORY = Path(__file__).parents[1] / "src/drugcontrol/data/schema"


def schema() -> bytes:
    """Give the schema of an answer as it stands in the package."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answer of drugcontrol check",
        **msgspec.json.schema(Answer),
    }
    return _written(described)


def schemas() -> dict[str, bytes]:
    """Give every schema by the name of its file."""
    messages = {f"message.{name}.schema.json": _written(message_schema(name)) for name in MESSAGE_TYPES}
    return {"answer.schema.json": schema(), **messages}


def _written(described: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


if __name__ == "__main__":
    for file_name, content in schemas().items():
        (DIRECTORY / file_name).write_bytes(content)
        print(file_name)
