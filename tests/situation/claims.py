"""What the tests of claims share: days, short forms of outcomes, and figures that are made up (SIMULATION)."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from drugcontrol.dates import LegalDate
from drugcontrol.law import Law
from drugcontrol.situation import Dataset, Figures, Observation, Release, Series
from drugcontrol.situation.claims import Checked, Grounds, Judged
from drugcontrol.situation.measures import Measures
from drugcontrol.situation.model import Period
from drugcontrol.situation.rows import DatasetRow, DefinitionRow, PatternRow

SAID = date(2023, 4, 6)
TODAY = date(2026, 11, 25)
TEXT = {"en": "x", "es": "x", "zh": "x"}


def outcomes(item: Checked) -> dict[str, tuple[str, str]]:
    return {reading.row.id: (reading.then.outcome, reading.now.outcome) for reading in item.readings}


def codes(judged: Judged) -> set[str]:
    return {item.code for item in judged.remarks}


def made(*releases: tuple[str, dict[int, int]], redefined_from: str = "") -> Figures:
    """One fictional series of years; each release is a day of publication and its figures."""
    pattern = PatternRow(
        key="deaths",
        id="xa-deaths",
        title=TEXT,
        indicator="deaths",
        unit="deaths",
        nature="final",
        frequency="year",
        event_basis="occurrence",
        places=("XA",),
    )
    definition = DefinitionRow(from_release=redefined_from, settled="yes", text=TEXT)
    row = DatasetRow(
        id="xa",
        title=TEXT,
        publisher="SIMULATION",
        address="",
        licence="",
        population=TEXT,
        every="irregular",
        revises="yes",
        caveats=(),
        patterns=(pattern,),
        definitions=(definition,) if redefined_from else (),
    )
    series = Series(
        id="xa-deaths",
        dataset="xa",
        pattern=pattern,
        place="XA",
        term="",
        term_id="",
        title=TEXT,
        rate="",
        population="",
    )
    held, observations = [], []
    for day, values in releases:
        release = Release(
            id=day,
            dataset="xa",
            published=LegalDate.parse(day),
            basis="stated",
            reading="file",
            held="whole",
            source="SIMULATION",
            address="",
            sha256="",
            entered_on=TODAY,
            note="",
        )
        held.append(release)
        for year, value in values.items():
            period = Period(first=date(year, 1, 1), last=date(year, 12, 31))
            observations.append(
                Observation(series=series.id, release=release, period=period, value=Decimal(value), status="final")
            )
    dataset = Dataset(
        row=row,
        terms=(),
        series={series.id: series},
        releases=tuple(held),
        read=lambda: {series.id: tuple(observations)},
    )
    return Figures(datasets={"xa": dataset})


def asked(figures: Figures, law: Law) -> Grounds:
    return Grounds(figures=figures, law=law, measures=Measures(all=(), covers={}))


def replace_struct(row: Any, **changes: object) -> Any:
    """Give a row with other values."""
    return msgspec.structs.replace(row, **changes)
