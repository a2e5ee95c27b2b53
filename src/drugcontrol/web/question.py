"""What is asked besides the substance - day, places, kinds, destination - from a form or an address, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from drugcontrol.check.question import read_destination, read_kinds, read_places
from drugcontrol.law import Law
from drugcontrol.law.rows import Kind

Several = str | Sequence[str]
"""A part that may have several values: one text with commas, or a text for each, as forms send them."""


@dataclass(frozen=True)
class Question:
    """Day, places, kinds of control and destination.

    Attributes
    ----------
    places : tuple of str
        Codes, in the order of the data or as asked.
    every_place : bool
        No place was named: all that are held.
    """

    day: date
    places: tuple[str, ...]
    every_place: bool
    kinds: tuple[Kind, ...] = ()
    to: str = ""

    @classmethod
    def read(cls, law: Law, day: date, places: Several = "", kinds: Several = "", to: str = "") -> Self:
        """Read the parts as people write them.

        Raises
        ------
        UsageError
            When a part is no place, kind or country.
        """
        named = _joined(places)
        return cls(
            day=day,
            places=read_places(law, named or "all"),
            every_place=named in ("", "all"),
            kinds=read_kinds(_joined(kinds)),
            to=read_destination(to),
        )

    def query(self, edition: str = "") -> dict[str, str]:
        """Give the parts as they stand in an address; what is asked of all is left out."""
        return {
            "on": self.day.isoformat(),
            "in": "" if self.every_place else ",".join(self.places),
            "kind": ",".join(self.kinds),
            "to": self.to,
            "edition": edition,
        }


def _joined(values: Several) -> str:
    return values if isinstance(values, str) else ",".join(values)
