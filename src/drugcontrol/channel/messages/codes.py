"""Code lists: the closed answers of coded fields, each with its label in English, Spanish and Chinese.

The lists are data: ``data/channel/codes/NAME.yaml`` maps each code to its labels.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from drugcontrol.law.files import DATA
from drugcontrol.law.rows import Language
from drugcontrol.law.yamlfile import LinedFile

DIRECTORY = DATA / "channel" / "codes"


class Code(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code with its labels.

    Attributes
    ----------
    needs : tuple of str
        For a coded question: the parameters without which it cannot be answered.
    """

    en: str
    es: str
    zh: str
    needs: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Give the label in a language."""
        return {"en": self.en, "es": self.es, "zh": self.zh}[language]


@cache
def code_list(name: str) -> Mapping[str, Code]:
    """Give a code list in the order of its file."""
    return LinedFile(DIRECTORY / f"{name}.yaml").convert(dict[str, Code])


def code_list_paths() -> list[Path]:
    """List the files of all code lists."""
    return sorted(DIRECTORY.glob("*.yaml"))
