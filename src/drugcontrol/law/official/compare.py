"""Comparing an official text with the data held: what was added, removed, renamed or re-dated."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from drugcontrol.dates import Certainty, LegalDate
from drugcontrol.law.model import Law, Listing, Substance
from drugcontrol.law.names import NameIndex, normal_name, without_salt
from drugcontrol.law.official.rows import OfficialFile, OfficialRow, without_tail
from drugcontrol.law.rows import ApartRow, ScheduleRow

Kind = Literal["added", "removed", "renamed", "redated"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between an official text and the data.

    Attributes
    ----------
    kind : {"added", "removed", "renamed", "redated"}
        As seen from the data: an added entry is one that they do not hold yet.
    reason : str
        Code of the sentence that says what differs.
    row : OfficialRow or None
        The entry of the text; None if it has none any more.
    listing : Listing or None
        What is held; None if nothing is.
    apart : ApartRow or None
        Entry held as no listing, where that is what differs.
    substances : tuple of Substance
        Registered substances that the entry names.
    schedules : tuple of ScheduleRow
        Schedules of the data under whose heading the entry stands.
    """

    kind: Kind
    reason: Literal[
        "not_held", "gone", "other_name", "other_item", "later_than_text", "inexact", "other_end", "named_outside"
    ]
    row: OfficialRow | None = None
    listing: Listing | None = None
    apart: ApartRow | None = None
    substances: tuple[Substance, ...] = ()
    schedules: tuple[ScheduleRow, ...] = ()


def compare(law: Law, file: OfficialFile) -> tuple[Change, ...]:
    """Compare the entries of an official text with what is held, as of the day of the text, both ways.

    Entries meet by heading and substance: an entry names a substance by a registered or printed name, a chemical name
    or a CAS number. What remains meets by heading and item. A list without headings can only show what is not held.
    """
    index = NameIndex.of(law)
    held = _Held.of(law, file)
    open_rows: list[OfficialRow] = []
    changes: list[Change] = []
    for row in file.rows:
        found = substances_of(row, index)
        listings = [item for item in held.under(row.schedule) if _names(item, row, found)]
        if row.excluded:
            changes += [Change(kind="removed", reason="named_outside", row=row, listing=item) for item in listings]
        elif listings:
            held.met.update(item.id for item in listings)
            changes += _differences(row, listings)
        elif not held.is_apart(row):
            open_rows.append(row)
    for row in open_rows:
        changes.append(_by_item(row, held) or _added(row, substances_of(row, index), held))
    return (*changes, *held.gone())


def substances_of(row: OfficialRow, index: NameIndex) -> tuple[Substance, ...]:
    """Find the registered substances that an entry names: by number, else by name, else by chemical name."""
    if row.cas and (numbered := index.cas.get(row.cas)):
        return tuple(numbered)
    for name in (row.printed, without_tail(row.printed), *row.names, row.chemical):
        for form in (name, without_salt(name) or ""):
            if form and (found := index.by_name(form)):
                return found
    return ()


@dataclass(frozen=True)
class _Held:
    file: OfficialFile
    schedules: tuple[ScheduleRow, ...]
    listings: tuple[Listing, ...]
    apart: tuple[tuple[str, ApartRow], ...]
    met: set[str]
    met_apart: set[int]

    @classmethod
    def of(cls, law: Law, file: OfficialFile) -> "_Held":
        instruments = [law.instruments[item] for item in file.instruments]
        headings = {(row.id, part.id): part.official for row in instruments for part in row.schedules}
        return cls(
            file,
            tuple(part for row in instruments for part in row.schedules if part.official),
            tuple(
                item
                for item in law.listings
                if item.instrument.id in file.instruments
                and item.schedule.official
                and item.in_force(file.text_of)[0] is not Certainty.NO
            ),
            tuple((headings[row.id, item.schedule], item) for row in instruments for item in row.apart),
            set(),
            set(),
        )

    def under(self, heading: str) -> Iterator[Listing]:
        return (item for item in self.listings if not heading or item.schedule.official == heading)

    def is_apart(self, row: OfficialRow) -> bool:
        """Say whether the entry is held as one that is no listing, and remember that it was met."""
        for place, (heading, item) in enumerate(self.apart):
            if (not row.schedule or heading == row.schedule) and _prints(item, row):
                self.met_apart.add(place)
                return True
        return False

    def gone(self) -> Iterator[Change]:
        """Give what is held under a heading of which the file has every entry, and met none."""
        for item in self.listings:
            if item.schedule.official in self.file.schedules and item.id not in self.met and not item.row.wording:
                yield Change(kind="removed", reason="gone", listing=item, schedules=(item.schedule,))
        for place, (heading, row) in enumerate(self.apart):
            if heading in self.file.schedules and place not in self.met_apart:
                yield Change(kind="removed", reason="gone", apart=row)


def _prints(apart: ApartRow, row: OfficialRow) -> bool:
    """Say whether an entry reads as written in the data; long entries may be cut there, with "…" at the end."""
    held, printed = normal_name(apart.printed.rstrip("…")), normal_name(row.printed)
    return printed.startswith(held) if apart.printed.endswith("…") else printed == held


def _names(listing: Listing, row: OfficialRow, found: Iterable[Substance]) -> bool:
    if listing.row.printed and normal_name(listing.row.printed) == normal_name(row.printed):
        return True
    return any(substance.id == listing.substance.id for substance in found)


def _differences(row: OfficialRow, listings: Sequence[Listing]) -> Iterator[Change]:
    if row.schedule and row.item and all(item.row.item != row.item for item in listings):
        yield Change(kind="renamed", reason="other_item", row=row, listing=listings[0])
    for listing in listings:
        begun = listing.chain[0].effective
        if row.since and begun.earliest > row.since:
            yield Change(kind="redated", reason="later_than_text", row=row, listing=listing)
        elif row.since and begun.latest > row.since:
            yield Change(kind="redated", reason="inexact", row=row, listing=listing)
        ends = [item.expires for item in listing.chain if item.expires]
        if row.until and ends and all(end != LegalDate.parse(row.until.isoformat()) for end in ends):
            yield Change(kind="redated", reason="other_end", row=row, listing=listing)


def _by_item(row: OfficialRow, held: _Held) -> Change | None:
    """Find the one listing that stands at the item of an entry that names nothing held: the name may have changed."""
    same = [item for item in held.under(row.schedule) if row.item and item.row.item == row.item]
    left = [item for item in same if item.id not in held.met]
    if not row.schedule or len(left) != 1:
        return None
    held.met.add(left[0].id)
    return Change(kind="renamed", reason="other_name", row=row, listing=left[0])


def _added(row: OfficialRow, found: tuple[Substance, ...], held: _Held) -> Change:
    schedules = tuple(part for part in held.schedules if part.official == row.schedule)
    return Change(kind="added", reason="not_held", row=row, substances=found, schedules=schedules)
