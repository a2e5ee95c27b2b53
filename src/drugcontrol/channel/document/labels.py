"""Labels of the printed document, from ``data/channel/labels.yaml`` and the code lists."""

from functools import cache
from typing import Literal

import msgspec

from drugcontrol.channel.messages.codes import code_list
from drugcontrol.law.files import DATA
from drugcontrol.law.rows import Text
from drugcontrol.law.yamlfile import LinedFile

Language = Literal["en", "es", "zh"]


class LabelFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``data/channel/labels.yaml``: labels by key and language."""

    types: dict[str, Text]
    words: dict[str, Text]
    fields: dict[str, Text]


@cache
def label_file() -> LabelFile:
    """Read the labels once."""
    return LinedFile(DATA / "channel" / "labels.yaml").convert(LabelFile)


def type_label(kind: str, language: Language) -> str:
    """Name a type of message."""
    return label_file().types[kind][language]


def word(key: str, language: Language, **params: str) -> str:
    """Give a word or sentence, with its placeholders filled in."""
    return label_file().words[key][language].format(**params)


def field_label(part: type, field: str, language: Language) -> str:
    """Name a field of a part: by the entry of that part or of one of its bases, else by the field's own."""
    fields = label_file().fields
    keys = [f"{base.__name__}.{field}" for base in part.__mro__]
    key = next((key for key in keys if key in fields), field)
    return fields[key][language]


def code_label(name: str, code: str, language: Language) -> str:
    """Name a code of a list; the code itself if the list has no such code."""
    found = code_list(name).get(code)
    return found.label(language) if found else code


def text_label(text: Text, language: Language) -> str:
    """Pick the language of a text of the law data; English where it has no other."""
    return text.get(language) or text.get("en", "")
