from typing import Any

import pytest
from msgspec import inspect

from drugcontrol.channel.document.labels import field_label
from drugcontrol.channel.messages import MESSAGE_TYPES
from drugcontrol.channel.messages.parts import LegalStatus
from drugcontrol.channel.texts import texts
from drugcontrol.law.rows import LANGUAGES


def parts(kind: Any) -> set[type]:
    """Give every part that a type of message is made of, but for the legal status, which has words of its own."""
    found: set[type] = set()
    todo = [kind]
    while todo:
        match todo.pop():
            case inspect.StructType(cls=cls, fields=fields) if cls is not LegalStatus and cls not in found:
                found.add(cls)
                todo += [field.type for field in fields]
            case inspect.Metadata(type=inner):
                todo.append(inner)
            case inspect.VarTupleType(item_type=inner):
                todo.append(inner)
            case inspect.UnionType(types=types):
                todo += types
            case _:
                pass
    return found


PARTS = set[type]().union(*(parts(inspect.type_info(kind)) for kind in MESSAGE_TYPES.values()))
FIELDS = [(part, name) for part in PARTS for name in part.__struct_fields__]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_every_message_has_a_label(language: Any) -> None:
    assert [(part.__name__, name) for part, name in FIELDS if not field_label(part, name, language)] == []


def test_no_label_is_left_over() -> None:
    used = {name for _, name in FIELDS} | {f"{part.__name__}.{name}" for part, name in FIELDS}
    assert set(texts("labels")["fields"]) - used == set()


def test_every_label_stands_in_each_language_and_chinese_is_chinese() -> None:
    for key, labels in ((key, labels) for group in texts("labels").values() for key, labels in group.items()):
        assert tuple(labels) == LANGUAGES, key
        assert all(text.strip() for text in labels.values()), key
        assert labels["zh"] == labels["en"] == "SHA-256" or any("一" <= c <= "鿿" for c in labels["zh"]), key


def test_placeholders_are_the_same_in_each_language() -> None:
    for key, labels in texts("labels")["words"].items():
        assert len({("{date}" in text, "{name}" in text) for text in labels.values()}) == 1, key


def test_every_type_of_message_has_a_name() -> None:
    assert set(texts("labels")["types"]) == set(MESSAGE_TYPES)
