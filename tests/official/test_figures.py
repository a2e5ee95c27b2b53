"""Every shipped figure equals its official row.

The publishers' files stand in ``tests/official/figures``, whole and byte by byte as they were read. They are read here
by means of the standard library alone, not by the readers of the package.
"""

import calendar
import csv
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from drugcontrol.situation import Figures, load_figures

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).parent / "figures"

Key = tuple[str, str, date]
"""Series, release, last day of the period."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return load_figures(own=tmp_path_factory.mktemp("own"))


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def shipped(held: Figures, dataset: str, releases: set[str]) -> dict[Key, Decimal | None]:
    return {
        (item.series, item.release.id, item.period.last): item.value
        for found in held.datasets[dataset].observations.values()
        for item in found
        if item.release.id in releases
    }


def compare(ours: dict[Key, Decimal | None], official: dict[Key, Decimal | None]) -> None:
    assert official
    different = {key: (ours.get(key, "missing"), value) for key, value in official.items() if ours.get(key) != value}
    assert different == {}
    assert ours.keys() == official.keys()


VSRR_IDS = {
    "Number of Drug Overdose Deaths": "all-drugs",
    "Opioids (T40.0-T40.4,T40.6)": "opioids",
    "Natural, semi-synthetic, & synthetic opioids, incl. methadone (T40.2-T40.4)": "t40.2-t40.4",
    "Natural & semi-synthetic opioids, incl. methadone (T40.2, T40.3)": "t40.2-t40.3",
}


def vsrr_series(indicator: str, column: str) -> str:
    if indicator == "Number of Deaths":
        return "us-deaths-all-causes-12m-reported"
    if indicator == "Percent with drugs specified":
        return "us-overdose-deaths-drugs-specified-12m-percent"
    code = VSRR_IDS.get(indicator) or re.findall(r"\((.*)\)", indicator)[0].lower()
    return f"us-overdose-deaths-{code}-12m-{column}"


def vsrr(name: str, release: str | None) -> Iterator[tuple[Key, Decimal]]:
    for row in rows(name):
        year, month = map(int, row["period_end"].split("-"))
        for column in ("reported", "predicted"):
            if row[column]:
                key = (vsrr_series(row["indicator"], column), release or f"to-{row['latest_period']}")
                yield (*key, month_end(year, month)), Decimal(row[column])


def test_cdc_vsrr(held: Figures) -> None:
    official = dict(vsrr("cdc-vsrr-us-vintages.csv", None))
    releases = {f"to-{period}" for period in ("2017-05", "2018-03", "2018-09", "2018-11", "2019-02")}
    compare(shipped(held, "cdc-vsrr", releases), dict(official))


def test_cdc_vsrr_copied_by_hand(held: Figures) -> None:
    official = dict(vsrr("cdc-vsrr-us-2025-09-handread.csv", "2025-09"))
    compare(shipped(held, "cdc-vsrr", {"2025-09"}), dict(official))
    assert held.datasets["cdc-vsrr"].release("2025-09").reading == "hand-read"


def test_cdc_wonder(held: Figures) -> None:
    official: dict[Key, Decimal | None] = {}
    codes = ("T40.1", "T40.2", "T40.4", "T43.6")
    for code in codes:
        for row in rows(f"cdc-wonder-{code}-2013-2020.tsv", "\t"):
            if row["Notes"] == "---":
                break
            if not row["Year"]:
                continue
            sex = {"F": "-female", "M": "-male", "": ""}[row["Gender Code"]]
            last, release = date(int(row["Year"]), 12, 31), f"2021-{code.lower()}"
            cells = (
                (f"us-drug-induced-deaths-{code.lower()}{sex}", "Deaths"),
                (f"us-drug-induced-death-rate-{code.lower()}{sex}", "Crude Rate"),
                (f"us-population{sex}", "Population"),
            )
            official.update({(series, release, last): Decimal(row[column]) for series, column in cells})
    compare(shipped(held, "cdc-wonder", {f"2021-{code.lower()}" for code in codes}), official)


CBP_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr)}
CBP_NAMES = {"Khat (Catha Edulis)": "khat", "Other Drugs**": "other"}


def cbp(name: str, prefix: str, release: str) -> dict[Key, Decimal | None]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    newest: dict[int, date] = {}
    content = rows(name)

    def end(row: dict[str, str]) -> date:
        month, year = CBP_MONTHS[row["Month (abbv)"]], int(row["FY"][:4])
        return month_end(year - (month >= 10), month)

    for row in content:
        year = int(row["FY"][:4])
        newest[year] = max(newest.get(year, date.min), end(row))
    for row in content:
        cuts = {"Office of Field Operations": ["", "-ports"], "U.S. Border Patrol": ["", "-border-patrol"]}
        drug = CBP_NAMES.get(row["Drug Type"], row["Drug Type"].lower())
        for cut in cuts.get(row["Component"], [""]):
            for unit, column in (("lb", "Sum Qty (lbs)"), ("events", "Count of Event")):
                base = f"{prefix}-{drug}{cut}-{unit}"
                sums[base, release, end(row)] += Decimal(row[column])
                sums[f"{base}-fy", release, newest[int(row["FY"][:4])]] += Decimal(row[column])
    return {key: round(value, 4) for key, value in sums.items()}


@pytest.mark.parametrize(
    ("name", "dataset", "prefix", "release"),
    [
        ("cbp-nationwide-drugs-fy19-fy22.csv", "cbp-nationwide", "us-cbp", "fy19-fy22"),
        ("cbp-nationwide-drugs-fy23-fy26-apr.csv", "cbp-nationwide", "us-cbp", "fy23-fy26-apr"),
        ("cbp-amo-drug-seizures-fy19-fy22.csv", "cbp-amo", "us-cbp-amo", "fy19-fy22"),
        ("cbp-amo-drug-seizures-fy23-fy26-dec.csv", "cbp-amo", "us-cbp-amo", "fy23-fy26-dec"),
    ],
)
def test_cbp(held: Figures, name: str, dataset: str, prefix: str, release: str) -> None:
    compare(shipped(held, dataset, {release}), cbp(name, prefix, release))


def test_the_control_figures_of_fentanyl_seizures(held: Figures) -> None:
    control = (2803.6, 4791.1, 11201.3, 14699.9, 27022.9, 21889.2, 12027.3, 6725.6)
    ours = shipped(held, "cbp-nationwide", {"fy19-fy22", "fy23-fy26-apr"})
    totals = {last: value for (series, _, last), value in ours.items() if series == "us-cbp-fentanyl-lb-fy"}
    assert [round(float(totals[last] or 0), 1) for last in sorted(totals)] == list(control)


CANADA = {"Canada": "ca", "Alberta": "ca-ab", "British Columbia": "ca-bc", "Ontario": "ca-on", "Quebec": "ca-qc"}


def canada_series(row: dict[str, str]) -> str:
    place, substance = CANADA[row["region"]], row["substance"].lower()
    match row["unit"]:
        case "Percent":
            return f"{place}-opioid-deaths-{row['breakdown'].lower().replace(' ', '-')}-percent"
        case "Crude rate":
            return f"{place}-{substance}-death-rate"
        case _:
            return f"{place}-{substance}-deaths{'-quarter' if row['time_period'] == 'By quarter' else ''}"


def canada_end(text: str) -> date:
    year = int(text[:4])
    if "Q" in text:
        return month_end(year, 3 * int(text[-1]))
    return month_end(year, CBP_MONTHS[text[-4:-1].upper()] if "(" in text else 12)


def test_canada(held: Figures) -> None:
    official: dict[Key, Decimal | None] = {
        (canada_series(row), row["vintage"][:7], canada_end(row["period"])): (
            None if row["value"] in {"", "-2"} else Decimal(row["value"])
        )
        for row in rows("canada-opioid-stimulant-deaths-vintages.csv")
    }
    compare(shipped(held, "phac-harms", {"2021-03", "2022-12", "2026-03"}), official)


def test_nflis(held: Figures) -> None:
    ids = {series.term: series.id for series in held.datasets["dea-nflis"].series.values()}
    official: dict[Key, Decimal | None] = {}
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for row in rows("nflis-fentanyl-related-us-2026-03-03.csv"):
        last = date(int(row["year"]), 6, 30) if row["half_year"] == "SA1" else date(int(row["year"]), 12, 31)
        official[ids[row["substance"]], "2026-03-03", last] = Decimal(row["drug_reports"])
        sums["us-nflis-fentanyl-and-related", "2026-03-03", last] += Decimal(row["drug_reports"])
        year = date(int(row["year"]), 12, 31)
        sums["us-nflis-fentanyl-and-related-year", "2026-03-03", year] += Decimal(row["drug_reports"])
    compare(shipped(held, "dea-nflis", {"2026-03-03"}), official | dict(sums))


def test_ons(held: Figures) -> None:
    ids = {(series.term, series.pattern.key): series.id for series in held.datasets["ons-poisoning"].series.values()}
    keys = {
        "On the death certificate": "mentioned",
        "Without other drugs": "without-other-drugs",
        "With alcohol": "with-alcohol",
        "Without alcohol": "without-alcohol",
    }
    official: dict[Key, Decimal | None] = {
        (ids[row["substance"], keys[row["mentioned"]]], "2021-08", date(int(row["year"]), 12, 31)): Decimal(
            row["deaths"]
        )
        for row in rows("ons-england-wales-drug-poisoning-by-substance-registrations-1993-2020.csv")
    }
    compare(shipped(held, "ons-poisoning", {"2021-08"}), official)


def test_ons_by_age(held: Figures) -> None:
    official: dict[Key, Decimal | None] = {}
    ids = {
        (series.term, series.pattern.key): series.id for series in held.datasets["ons-poisoning-age"].series.values()
    }
    for row in rows("ons-england-wales-drug-poisoning-by-substance-age-registrations-1993-2020.csv"):
        term = re.sub(r" [\d,]+$", "", row["substance"])
        for age in ("Under 20", "20-29", "30-39", "40-49", "50-69", "70 and over"):
            series = ids[term, age.lower().replace(" ", "-")]
            official[series, "2021-08", date(int(row["year"]), 12, 31)] = Decimal(row[age])
    compare(shipped(held, "ons-poisoning-age", {"2021-08"}), official)


def test_the_two_files_of_ons_agree_on_fentanyl(held: Figures) -> None:
    ages = [
        item
        for name, found in held.datasets["ons-poisoning-age"].observations.items()
        for item in found
        if "-fentanyl-age" in name
    ]
    for item in held.datasets["ons-poisoning"].observations["ew-poisoning-deaths-fentanyl"]:
        if item.release.id == "2021-08":
            assert item.value == sum(other.value or 0 for other in ages if other.period == item.period)


def test_the_digest_of_every_file_is_that_of_its_release(held: Figures) -> None:
    digests = {release.sha256 for dataset in held.datasets.values() for release in dataset.releases} - {""}
    assert len(digests) == 14
    files = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SOURCES.iterdir() if path.is_file()}
    assert digests <= files


def test_the_shipped_tables_come_out_of_the_readers_byte_by_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import figures as tool

    made = list(tool.tables(SOURCES))
    sys.modules.pop("figures")
    assert len(made) == 20
    assert [path.name for path, text in made if path.read_text(encoding="utf-8") != text] == []


STATISTICS = {
    "overdose-deaths-all-drugs-final": "us-overdose-deaths-all-drugs-final",
    "overdose-death-rate-all-drugs-final": "us-overdose-death-rate-all-drugs-final",
    "overdose-deaths-synthetic-opioids-T40.4-final": "us-overdose-deaths-t40.4-final",
    "overdose-deaths-all-drugs-12m-reported": "us-overdose-deaths-all-drugs-12m-reported",
    "overdose-deaths-all-drugs-12m-predicted": "us-overdose-deaths-all-drugs-12m-predicted",
    "overdose-deaths-all-drugs-12m-basis-not-stated": "us-overdose-deaths-all-drugs-12m-basis-not-stated",
    "overdose-deaths-synthetic-opioids-T40.4-12m-reported": "us-overdose-deaths-t40.4-12m-reported",
    "overdose-deaths-synthetic-opioids-T40.4-12m-predicted": "us-overdose-deaths-t40.4-12m-predicted",
    "cbp-fentanyl-seized": "us-cbp-fentanyl-lb-fy",
    "cbp-fentanyl-seized-ports-only": "us-cbp-fentanyl-ports-lb-fy",
    "apparent-opioid-toxicity-deaths": "ca-opioids-deaths",
    "drug-poisoning-deaths": "ew-poisoning-deaths-all-drug-poisonings",
    "deaths-involving-fentanyl": "ew-poisoning-deaths-fentanyl",
    "deaths-nitazenes-laboratory-confirmed": "gb-deaths-nitazenes-laboratory-confirmed",
    "drug-induced-deaths": "eu-drug-induced-deaths",
    "deaths-involving-fentanyls": "eu-deaths-involving-fentanyls",
}
NITAZENES = {
    "GB-EAW": "ew-poisoning-deaths-nitazenes",
    "EE": "ee-deaths-involving-nitazenes",
    "LV": "lv-deaths-involving-nitazenes",
}


def statistics_period(text: str) -> date:
    if "to" in text.split():
        year, month = map(int, text.split()[-1].split("-"))
        return month_end(year, month)
    digits = re.findall(r"\d{4}", text)[0]
    if months := re.search(r"-([A-Z][a-z]{2})$", text):
        return month_end(int(digits), CBP_MONTHS[months[1].upper()])
    return date(int(digits), 9, 30) if text.startswith("FY") else date(int(digits), 12, 31)


def test_every_figure_read_by_hand_is_held(held: Figures) -> None:
    missing = []
    with (SOURCES / "hand-read" / "headlines.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["series"].startswith("nflis"):
                continue  # sums of rows that test_nflis compares one by one
            series = STATISTICS.get(row["series"]) or NITAZENES[row["jurisdiction"]]
            series = "us-cbp-fentanyl-12m-lb" if row["publisher"] == "ONDCP" else series
            found = held.dataset_of(held.series(series)).observations[series]
            value = Decimal(row["value"].removeprefix("about "))
            places = -int(value.as_tuple().exponent)  # type: ignore[arg-type]  # the values are finite
            alike = [
                item
                for item in found
                if item.period.last == statistics_period(row["period"])
                and item.value is not None
                and round(item.value, places) == value
                and (item.status == "rounded") == row["value"].startswith("about ")
            ]
            if not alike:
                missing.append(row)
    assert missing == []


def test_what_was_read_by_hand_says_so_and_names_its_source(held: Figures) -> None:
    for dataset in held.datasets.values():
        for release in dataset.releases:
            assert release.source
            assert (release.reading == "file") <= bool(release.sha256)
            assert (release.held == "part") == (release.reading == "hand-read"), release.id
