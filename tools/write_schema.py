"""Write the JSON Schema of an answer, from its types, to ``data/schema/answer.schema.json``."""

from pathlib import Path

import msgspec

from drugcontrol.check.verdict import Answer

TARGET = Path(__file__).parents[1] / "src/drugcontrol/data/schema/answer.schema.json"


def schema() -> bytes:
    """Give the schema as it stands in the package."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answer of drugcontrol check",
        **msgspec.json.schema(Answer),
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


if __name__ == "__main__":
    TARGET.write_bytes(schema())
    print(TARGET.name)
