"""Well-known medicines and the shipped catalogue under the lists of four European States."""

import csv
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from tests.conftest import verdict

CATALOGUE = Path(__file__).parents[2] / "examples/catalogue.csv"
DAYS = {"DE": "2026-08-19", "GB": "2025-01-15", "IE": "2017-05-04", "NL": "2007-07-01"}
"""The days up to which the lists of these places were compared."""

SCHEDULED = {
    "diazepam": "anlage-3 class-c-psychotropic paragraph-1b lijst-2",
    "methylphenidate": "anlage-3 class-b-psychotropic paragraph-1 lijst-1",
    "morphine": "anlage-3 class-a paragraph-1 lijst-1",
    "codeine": "anlage-3 class-b paragraph-1 lijst-1",
    "phenobarbital": "anlage-3 class-b-psychotropic paragraph-1 lijst-2",
    "ketamine": "- class-b-psychotropic paragraph-1b -",
    "zolpidem": "anlage-3 class-c-psychotropic paragraph-1b lijst-2",
    "midazolam": "anlage-3 class-c-psychotropic paragraph-1b lijst-2",
    "buprenorphine": "anlage-3 class-c-psychotropic paragraph-1b lijst-2",
    "tramadol": "- class-c - -",
    "pregabalin": "- class-c-psychotropic - -",
    "testosterone": "- class-c-psychotropic - -",
    "amfetamine": "anlage-3 class-b-psychotropic paragraph-1 lijst-1",
    "oxycodone": "anlage-3 class-a paragraph-1 lijst-1",
    "phentermine": "anlage-3 class-c-psychotropic paragraph-1b lijst-2",
}

UNION = {"acetone", "methyl ethyl ketone", "diethyl ether", "toluene", "acetic anhydride", "hydrochloric acid"} | {
    "sulfuric acid",
    "potassium permanganate",
    "piperidine",
    "phenylacetic acid",
    "anthranilic acid",
    "safrole",
    "isosafrole",
    "piperonal",
    "ephedrine",
    "pseudoephedrine",
}
OPIOIDS = {"fentanyl", "sufentanil", "morphine", "methadone", "pethidine"}
CONTROLLED = {
    "DE": UNION | OPIOIDS,
    "GB": UNION | OPIOIDS | {"tramadol", "gamma-butyrolactone", "1,4-butanediol"},
    "IE": UNION | OPIOIDS | {"gamma-butyrolactone", "1,4-butanediol"},
    "NL": UNION | OPIOIDS,
}


@pytest.mark.parametrize("name", SCHEDULED)
def test_a_medicine_is_found_in_the_list_of_each_place(checker: Checker, name: str) -> None:
    found = []
    for place, day in DAYS.items():
        given = verdict(checker, name, day, place)
        found.append(given.findings[0].schedule if given.status == "controlled" else "-")
    assert found == SCHEDULED[name].split()


def controlled_of_the_catalogue(checker: Checker, place: str) -> set[str]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    given = {row["name"]: verdict(checker, row["smiles"], "2023-04-06", place, read_as="smiles") for row in rows}
    return {name for name, answer in given.items() if answer.status == "controlled"}


@pytest.mark.parametrize("place", DAYS)
def test_of_the_catalogue_only_what_is_listed_is_controlled(checker: Checker, place: str) -> None:
    assert controlled_of_the_catalogue(checker, place) == CONTROLLED[place]
