"""Reading files from elsewhere: bounded in size, XML without entities, so that none can be expanded or fetched."""

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from drugcontrol.errors import ReadError
from drugcontrol.law.official.rows import one_line

MOST_BYTES = 64 * 1024 * 1024
"""Largest file that is read; the largest official text known here has 10 MB."""


def read_bytes(path: Path) -> bytes:
    """Read a file of bounded size.

    Raises
    ------
    ReadError
        When it cannot be read, or is larger than any official text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    if len(content) > MOST_BYTES:
        raise ReadError(f"{path} has more than {MOST_BYTES >> 20} MB.", "Give the file of one instrument.")
    return content


def parse_xml(path: Path, content: bytes) -> Element:
    """Parse XML that came from elsewhere.

    Raises
    ------
    ReadError
        When it is no XML, or declares entities. A document type without them is skipped: German files name one.
    """
    try:
        return fromstring(content)
    except DefusedXmlException:
        hint = "Remove the DOCTYPE declaration: official files need no entities."
        raise ReadError(
            f"{path} declares entities, which are not read from files that come from elsewhere.", hint
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"{path} is no well-formed XML: {error}.", "Get the file again, whole.") from None


def decode(path: Path, content: bytes) -> str:
    """Read a file as UTF-8 text.

    Raises
    ------
    ReadError
        When it is none.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(f"{path} is no UTF-8 text.", "Save it as UTF-8.") from None


def read_day(path: Path, text: str, form: str = "%Y-%m-%d") -> date:
    """Read the day of a text.

    Raises
    ------
    ReadError
        When it is none.
    """
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a civil day, no clock
    except ValueError:
        said = f"is of “{text}”, which is no day" if text else "does not say of which day it is"
        raise ReadError(f"{path} {said}.", "Get the file again, whole and unchanged.") from None


def require_whole(path: Path, text: str, *tags: str) -> None:
    """Refuse a text of tags that ends inside one of them: what is missing would read as taken out of the law.

    Raises
    ------
    ReadError
        When a tag is opened more often than it is closed.
    """
    for tag in tags:
        opened, closed = (len(re.findall(rf"<{mark}{tag}\b", text, re.IGNORECASE)) for mark in ("", "/"))
        if opened > closed:
            raise ReadError(f"{path} is cut off: it ends inside <{tag}>.", "Get the file again, whole.")


def line_of(element: Element) -> str:
    """Give all text below an element on one line."""
    return one_line("".join(element.itertext()))
