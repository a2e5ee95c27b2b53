"""Texts of the channel in English, Spanish and Chinese: ``data/channel/NAME.yaml``, by group and key."""

from collections.abc import Mapping
from functools import cache

from drugcontrol.law.files import DATA
from drugcontrol.law.rows import Language, Text
from drugcontrol.law.yamlfile import LinedFile


@cache
def texts(name: str) -> Mapping[str, Mapping[str, Text]]:
    """Read a file of texts once: the groups, each with its texts by key."""
    return LinedFile(DATA / "channel" / f"{name}.yaml").convert(dict[str, dict[str, Text]])


def say(name: str, group: str, key: str, language: Language, /, **params: str) -> str:
    """Give a text of a file, with its placeholders filled in."""
    return texts(name)[group][key][language].format(**params)
