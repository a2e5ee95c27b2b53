"""What the pages say: one file a page below ``wording``, its three languages side by side, beside the words of answers.

``wording/ask.yaml`` is group ``ask``; a template writes ``w("ask", "title")``.
"""

from functools import cache
from pathlib import Path

import yaml

from drugcontrol.report.words import Language, Words

DIRECTORY = Path(__file__).parent / "wording"


@cache
def page_words(language: Language) -> Words:
    """Give the words of answers and of all pages in one language."""
    return Words.of(language).with_groups({name: _one(texts, language) for name, texts in groups().items()})


@cache
def groups() -> dict[str, dict[str, dict[str, str]]]:
    """Give every group with its texts in every language."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
        for path in sorted(DIRECTORY.glob("*.yaml"))
    }


def _one(texts: dict[str, dict[str, str]], language: Language) -> dict[str, str]:
    return {key: text[language] for key, text in texts.items()}
