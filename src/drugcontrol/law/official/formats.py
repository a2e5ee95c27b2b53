"""The formats of official files that are known, and how a file is recognised as one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from drugcontrol.errors import ReadError
from drugcontrol.law.official import clml, dea_codes, ecfr, eurlex, gesetze, justice_canada
from drugcontrol.law.official.documents import read_bytes
from drugcontrol.law.official.rows import OfficialFile

_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Format:
    """A format: its name for people, how the beginning of a file tells it, and its reader."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[Path, bytes], OfficialFile]


FORMATS: tuple[Format, ...] = (
    Format("Canada: Justice Laws XML", justice_canada.recognises, justice_canada.read),
    Format("United States: eCFR XML", ecfr.recognises, ecfr.read),
    Format("United States: DEA drug codes of NIEM (CSV)", dea_codes.recognises_csv, dea_codes.read_csv),
    Format("United States: DEA drug codes of NIEM (Markdown)", dea_codes.recognises_markdown, dea_codes.read_markdown),
    Format(gesetze.FORMAT_XML, gesetze.recognises_xml, gesetze.read_xml),
    Format(gesetze.FORMAT_MARKDOWN, gesetze.recognises_markdown, gesetze.read_markdown),
    Format(clml.FORMAT, clml.recognises, clml.read),
    Format(eurlex.FORMAT, eurlex.recognises, eurlex.read),
)


def read_official(path: Path) -> OfficialFile:
    """Recognise the format of an official file and read its entries.

    Raises
    ------
    ReadError
        When the file cannot be read, is of no known format, or has no entry of an instrument that is held.
    """
    content = read_bytes(path)
    head = content[:_HEAD_BYTES].decode("utf-8-sig", errors="replace")
    for known in FORMATS:
        if known.recognises(head):
            try:
                file = known.read(path, content)
            except ValueError as error:  # a day inside, for instance
                hint = "Get the file again, whole and unchanged."
                raise ReadError(f"{path} has a value that cannot be read: {error}.", hint) from None
            if not file.rows:
                raise ReadError(f"{path} holds no entry of a list.", "Give the file with the schedules.")
            return file
    names = "; ".join(known.name for known in FORMATS)
    raise ReadError(f"{path} is of no format that is known here.", f"Known are: {names}.")
