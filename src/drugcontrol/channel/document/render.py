"""A message as a page to print (HTML, A4, nothing loaded from elsewhere, no script) and as plain text."""

from functools import cache
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from drugcontrol.channel.document import law
from drugcontrol.channel.document.labels import type_label, word
from drugcontrol.channel.document.lines import Header, Line, Pair, lines_of
from drugcontrol.channel.messages.parts import Message
from drugcontrol.channel.messages.types import type_of
from drugcontrol.law.rows import Language


def as_html(message: Message, languages: tuple[Language, Language], header: Header | None = None) -> str:
    """Write a message as one page in two languages side by side.

    Parameters
    ----------
    languages : tuple of {"en", "es", "zh"}
        Left and right.
    header : Header, optional
        Message id, which is printed as text and as QR code, and further facts of the signed header.
    """
    facts = _facts(message, languages, header or Header())
    message_id = facts["header"].message_id
    code = segno.make(message_id, error="m").svg_inline(scale=3, border=2) if message_id else ""
    return _templates().get_template("message.html").render(**facts, code=code)


def as_text(message: Message, languages: tuple[Language, Language], header: Header | None = None) -> str:
    """Write a message as plain text, each label and value in both languages."""
    facts = _facts(message, languages, header or Header())
    return _templates().get_template("message.txt").render(**facts)


def _facts(message: Message, languages: tuple[Language, Language], header: Header) -> dict[str, Any]:
    statuses = law.statuses_of(message)
    return {
        "message": message,
        "header": header,
        "languages": languages,
        "kind": _both(languages, lambda language: type_label(type_of(message), language)),
        "lines": list(lines_of(message, languages)),
        "w": lambda key, **params: _both(languages, lambda language: word(key, language, **params)),
        "rows": lambda status: list(zip(*(law.rows_of(status, language) for language in languages), strict=True)),
        "missing": [law.missing_of(statuses, language) for language in languages],
        "notes": [law.notes_of(statuses, language) for language in languages],
        "sources": law.sources_of(statuses),
        "editions": list(dict.fromkeys(status.edition for status in statuses)),
        "as_of": next((place.as_of for status in statuses for place in status.places), ""),
    }


def _both(languages: tuple[Language, Language], give: Any) -> Pair:
    return give(languages[0]), give(languages[1])


def _joined(pair: Pair) -> str:
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def _indent(line: Line) -> str:
    return "  " * line.depth


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("drugcontrol.channel.document"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["joined"] = _joined
    templates.filters["indent_of"] = _indent
    return templates
