"""Labels of the printed document, from ``data/channel/labels.yaml`` and the code lists."""

from drugcontrol.channel.messages.codes import code_list
from drugcontrol.channel.texts import say, texts
from drugcontrol.law.rows import Language, Text


def type_label(kind: str, language: Language) -> str:
    """Name a type of message."""
    return say("labels", "types", kind, language)


def word(key: str, language: Language, **params: str) -> str:
    """Give a word or sentence, with its placeholders filled in."""
    return say("labels", "words", key, language, **params)


def field_label(part: type, field: str, language: Language) -> str:
    """Name a field of a part: by the entry of that part or of one of its bases, else by the field's own."""
    fields = texts("labels")["fields"]
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
