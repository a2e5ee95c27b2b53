"""The law with its references resolved: what the rest of the package asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.errors import UsageError
from drugcontrol.law.control import Control, Provision, period_of
from drugcontrol.law.rows import (
    ClassRuleRow,
    CoverageRow,
    Edition,
    Extent,
    InstrumentRow,
    JurisdictionRow,
    Kind,
    Known,
    ListingRow,
    Membership,
    RuleTextRow,
    ScheduleRow,
    Source,
    SubstanceRow,
)

Substance = SubstanceRow

STRONGEST_FIRST: tuple[Known, ...] = ("official", "two-sources", "one-source", "inferred")
KINDS: tuple[Kind, ...] = ("narcotic", "psychotropic", "nps", "precursor", "export")
OTHER_CODES: Mapping[str, str] = {"UK": "GB"}
"""Codes that people use for a place besides the one of ISO 3166."""


def weakest(known: Iterable[Known]) -> Known:
    """Give the weakest of several degrees of knowledge."""
    return max(known, key=STRONGEST_FIRST.index)


@dataclass(frozen=True)
class Listing(Control):
    """A substance in a schedule of an instrument."""

    row: ListingRow
    substance: Substance
    extent: Extent

    @property
    def id(self) -> str:
        """Give the id of the row."""
        return self.row.id

    @property
    def only_to(self) -> tuple[str, ...]:
        """Give the destinations that alone it concerns, by its own words or those of its list; none: all of them."""
        return self.row.only_to or self.schedule.only_to


@dataclass(frozen=True)
class ClassRule(Control):
    """A text by which a class rule controls every structure of a class, in a schedule of an instrument."""

    row: RuleTextRow
    rule: ClassRuleRow

    @property
    def id(self) -> str:
        """Give the id of the row."""
        return self.row.id


@dataclass(frozen=True)
class CoveredInterval:
    """What is held of a schedule from a day to the day of the text that was compared."""

    row: CoverageRow
    instrument: InstrumentRow
    schedule: ScheduleRow
    since: date
    to: date


@dataclass(frozen=True)
class Law:
    """One edition of the law, ready to be asked.

    Attributes
    ----------
    version : str
        Version of the data, by date.
    digest : str
        Name of the exact rows; two editions with the same digest answer the same.
    """

    version: str
    digest: str
    jurisdictions: Mapping[str, JurisdictionRow]
    substances: Mapping[str, Substance]
    instruments: Mapping[str, InstrumentRow]
    listings: tuple[Listing, ...]
    rules: tuple[ClassRule, ...]
    coverage: tuple[CoveredInterval, ...]
    edition: Edition
    _by_substance: Mapping[str, tuple[Listing, ...]] = field(repr=False, default_factory=dict)
    _covered: Mapping[tuple[str, str], tuple[CoveredInterval, ...]] = field(repr=False, default_factory=dict)
    _applying: Mapping[str, Mapping[str, tuple[Period | None, ...]]] = field(repr=False, default_factory=dict)

    @classmethod
    def of(cls, edition: Edition, digest: str) -> Self:
        """Resolve the references of an edition."""
        substances = {row.id: row for row in edition.substances}
        jurisdictions = {row.id: row for row in edition.jurisdictions}
        listings = tuple(listing for instrument in edition.instruments for listing in _listings(instrument, substances))
        coverage = tuple(
            CoveredInterval(
                row,
                instrument,
                _schedule(instrument, row.schedule),
                LegalDate.parse(row.since).latest,
                LegalDate.parse(row.to).earliest,
            )
            for instrument in edition.instruments
            for row in instrument.coverage
        )
        by_substance: dict[str, list[Listing]] = defaultdict(list)
        for listing in listings:
            by_substance[listing.substance.id].append(listing)
        covered: dict[tuple[str, str], list[CoveredInterval]] = defaultdict(list)
        for interval in coverage:
            covered[interval.instrument.id, interval.schedule.id].append(interval)
        return cls(
            version=edition.version,
            digest=digest,
            jurisdictions=jurisdictions,
            substances=substances,
            instruments={row.id: row for row in edition.instruments},
            listings=listings,
            rules=tuple(_rules(edition)),
            coverage=coverage,
            edition=edition,
            _by_substance={key: tuple(value) for key, value in by_substance.items()},
            _covered={key: tuple(value) for key, value in covered.items()},
            _applying={code: _applying(row, edition) for code, row in jurisdictions.items()},
        )

    @property
    def edition_name(self) -> str:
        """Name the edition as answers print it."""
        return f"{self.version}+{self.digest}"

    def listings_of(self, substance_id: str) -> tuple[Listing, ...]:
        """Give every listing of a substance, of all places and times."""
        return self._by_substance.get(substance_id, ())

    def coverage_of(self, instrument: InstrumentRow, schedule: ScheduleRow) -> tuple[CoveredInterval, ...]:
        """Give what is held of a schedule, by the texts that were compared."""
        return self._covered.get((instrument.id, schedule.id), ())

    def applies(self, instrument: InstrumentRow, jurisdiction: str, day: date) -> Certainty:
        """Say whether an instrument is law of a jurisdiction on a day, by itself or through membership."""
        answers = [
            Certainty.YES if period is None else period.covers(day)
            for period in self._applying[jurisdiction].get(instrument.id, ())
        ]
        for certainty in (Certainty.YES, Certainty.OPEN):
            if certainty in answers:
                return certainty
        return Certainty.NO

    def membership(self, instrument: InstrumentRow, jurisdiction: str) -> tuple[Period, ...]:
        """Give the times in which an instrument of a group is law of a member; empty if it is the place's own law."""
        return tuple(period for period in self._applying[jurisdiction].get(instrument.id, ()) if period is not None)

    def source(self, instrument: InstrumentRow, source_id: str) -> Source:
        """Find what was read under an id in an instrument's file."""
        return next(source for source in instrument.sources if source.id == source_id)

    def place(self, code: str) -> str:
        """Give the code of a jurisdiction as the data write it.

        Raises
        ------
        UsageError
            When no law of that place is held.
        """
        wanted = code.strip().upper()
        wanted = OTHER_CODES.get(wanted, wanted)
        if wanted not in self.jurisdictions:
            held = ", ".join(self.jurisdictions)
            raise UsageError(f"No law is held for “{code}”.", f"Held are: {held}.", code="no_place", field="in")
        return wanted


def _listings(instrument: InstrumentRow, substances: Mapping[str, Substance]) -> Iterator[Listing]:
    provisions = {row.id: Provision.of(row) for row in instrument.provisions}
    for row in instrument.listings:
        schedule = _schedule(instrument, row.schedule)
        chain = tuple(provisions[provision] for provision in row.by)
        removed_by = provisions[row.until] if row.until else None
        yield Listing(
            row=row,
            instrument=instrument,
            schedule=schedule,
            substance=substances[row.substance],
            chain=chain,
            removed_by=removed_by,
            extent=_changed(schedule.extent, row),
            periods=tuple(period_of(provision, removed_by) for provision in chain),
        )


def _rules(edition: Edition) -> Iterator[ClassRule]:
    instruments = {row.id: row for row in edition.instruments}
    for rule in edition.rules:
        instrument = instruments[rule.instrument]
        provisions = {item.id: Provision.of(item) for item in instrument.provisions}
        for row in rule.texts:
            chain = tuple(provisions[item] for item in row.by)
            removed_by = provisions[row.until] if row.until else None
            yield ClassRule(
                row=row,
                rule=rule,
                instrument=instrument,
                schedule=_schedule(instrument, row.schedule),
                chain=chain,
                removed_by=removed_by,
                periods=tuple(period_of(provision, removed_by) for provision in chain),
            )


def _schedule(instrument: InstrumentRow, schedule_id: str) -> ScheduleRow:
    found = next((schedule for schedule in instrument.schedules if schedule.id == schedule_id), None)
    if found is None:
        raise KeyError(schedule_id)
    return found


def _changed(extent: Extent, row: ListingRow) -> Extent:
    change = row.extent
    return Extent(
        salts=change.salts or extent.salts,
        stereoisomers=change.stereoisomers or extent.stereoisomers,
        esters=change.esters or extent.esters,
        ethers=change.ethers or extent.ethers,
        preparations=change.preparations or extent.preparations,
    )


def _applying(row: JurisdictionRow, edition: Edition) -> dict[str, tuple[Period | None, ...]]:
    """Give, by instrument, the times in which it is law of a place; None for its own law, which has no such limit."""
    found: dict[str, tuple[Period | None, ...]] = {}
    for instrument in edition.instruments:
        if instrument.jurisdiction == row.id or row.id in instrument.applies_in:
            found[instrument.id] = (None,)
        elif not instrument.applies_in:
            memberships = [item for item in row.member_of if item.group == instrument.jurisdiction]
            if memberships:
                found[instrument.id] = tuple(_time_of(item) for item in memberships)
    return found


def _time_of(membership: Membership) -> Period:
    last = LegalDate.parse(membership.until) if membership.until else None
    return Period(LegalDate.parse(membership.since), last)
