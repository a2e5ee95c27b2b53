"""The YAML of claims, as written: what was said, and the small vocabulary of tests by which it is read.

``docs/claims.md`` is its description for people.
"""

from typing import Literal

import msgspec

from drugcontrol.law.first import Reading as ClassReading
from drugcontrol.law.rows import Family, Kind, Row, Text
from drugcontrol.situation.measure_rows import MeasureKind

ClaimKind = Literal["checkable", "undecidable", "opinion"]
"""``undecidable``: not from public records. ``opinion``: opinion, intent or demand; not checked."""


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Test(Row, frozen=True, kw_only=True, tag_field="test", tag=_snake):
    """Base of the tests; ``test`` in the YAML names one."""

    __test__ = False  # or pytest takes it for a collection of tests


class RisesEachPeriod(Test, frozen=True, kw_only=True):
    """The series rises from each period to the next, as far back as it was known (or from `since` on)."""

    series: str
    since: str = ""


class ChangeBetween(Test, frozen=True, kw_only=True):
    """The series rises (or falls) from the period that ends with `first` to the one that ends with `last`."""

    series: str
    first: str
    last: str
    direction: Literal["up", "down"] = "up"


class Greatest(Test, frozen=True, kw_only=True):
    """In the period that ends with `period` the series is the greatest: of the others, and of the world."""

    series: str
    others: tuple[str, ...]
    period: str


class ClassControl(Test, frozen=True, kw_only=True):
    """Class control of a family is (or is not) in force in a place, under a reading of “class control”."""

    place: str
    family: Family
    reading: ClassReading
    expect: Literal["in_force", "not_in_force"]
    on: str = ""


class ClassControlBy(Test, frozen=True, kw_only=True):
    """Class control of a family began in a place on a day or before."""

    place: str
    family: Family
    reading: ClassReading
    by: str


class FirstClassControl(Test, frozen=True, kw_only=True):
    """A place had class control of a family before every other place of the world."""

    place: str
    family: Family
    reading: ClassReading


class MoreSubstances(Test, frozen=True, kw_only=True):
    """More registered substances of a family are controlled in a place than in another.

    ``named`` counts those that stand in a list by name; ``controlled`` takes in those that a class reaches.
    """

    place: str
    other: str
    family: Family
    count: Literal["named", "controlled"]
    on: str = ""


class EachScheduled(Test, frozen=True, kw_only=True):
    """Each of the substances is scheduled in every one of the places, as one kind of control."""

    substances: tuple[str, ...]
    places: tuple[str, ...]
    kind: Kind
    on: str = ""


class NoNotice(Test, frozen=True, kw_only=True):
    """No message of a type from one place was delivered to another by the day on which the claim was made."""

    sender: str
    recipient: str
    message: str


class MessageDelivered(Test, frozen=True, kw_only=True):
    """A message between the authorities of two places was delivered by the day on which the claim was made."""

    places: tuple[str, str]


class MeasureInForce(Test, frozen=True, kw_only=True):
    """Of each of the kinds at least one measure stood in a place."""

    place: str
    kinds: tuple[MeasureKind, ...]
    on: str = ""


AnyTest = (
    RisesEachPeriod
    | ChangeBetween
    | Greatest
    | ClassControl
    | ClassControlBy
    | FirstClassControl
    | MoreSubstances
    | EachScheduled
    | NoNotice
    | MessageDelivered
    | MeasureInForce
)


class ReadingRow(Row, frozen=True, kw_only=True):
    """One way to take the words, and the test that it comes to."""

    id: str
    says: Text
    test: AnyTest


class ClaimRow(Row, frozen=True, kw_only=True):
    """One sentence.

    Attributes
    ----------
    words : Text
        In the language in which they were reported, and our translations.
    why : Text
        Why it is not checked, for a claim that is not ``checkable``.
    source : str
        Id of the source of the words.
    """

    id: str
    words: Text
    source: str
    kind: ClaimKind
    why: Text = msgspec.field(default_factory=dict)
    readings: tuple[ReadingRow, ...] = ()


class ClaimSource(Row, frozen=True, kw_only=True):
    """Where the words were read."""

    id: str
    title: str
    address: str
    published: str
    read: Literal["whole", "extract", "opening", "none"]
    note: Text = msgspec.field(default_factory=dict)


class StatementRow(Row, frozen=True, kw_only=True):
    """A file of claims: one statement, sentence by sentence.

    Attributes
    ----------
    said_in : str
        Language that was spoken.
    reported_in : str
        Language of the words that are quoted; the others are our translations.
    """

    id: str
    title: Text
    said_by: Text
    said_on: str
    place: Text
    said_in: str
    reported_in: str
    words_note: Text
    sources: tuple[ClaimSource, ...]
    claims: tuple[ClaimRow, ...]
