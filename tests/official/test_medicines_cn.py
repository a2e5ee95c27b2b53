"""Well-known medicines and the shipped catalogue under the lists of China."""

import csv
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from tests.conftest import verdict

CATALOGUE = Path(__file__).parents[2] / "examples/catalogue.csv"

SCHEDULED = {
    "alprazolam": "category-2",
    "amfetamine": "category-1",
    "buprenorphine": "category-1",
    "butorphanol": "category-2",
    "caffeine": "category-2",
    "codeine": "narcotic",
    "dextromethorphan": "category-2",
    "diazepam": "category-2",
    "etomidate": "category-2",
    "fentanyl": "narcotic",
    "ketamine": "category-1",
    "methadone": "narcotic",
    "methylphenidate": "category-1",
    "midazolam": "category-1",
    "modafinil": "category-2",
    "morphine": "narcotic",
    "nalfurafine": "category-2",
    "oxycodone": "narcotic",
    "phenobarbital": "category-2",
    "phentermine": "category-2",
    "tapentadol": "category-1",
    "tegileridine": "narcotic",
    "tramadol": "category-2",
    "zolpidem": "category-2",
}
UNSCHEDULED = ["pregabalin", "gabapentin", "testosterone", "suvorexant", "lasmiditan"]
"""Medicines that other places schedule; suvorexant was listed from 1 July 2023 until the catalogue of 2025."""

PRECURSORS = {
    "acetic anhydride",
    "acetone",
    "anthranilic acid",
    "benzyl cyanide",
    "chloroform",
    "diethyl ether",
    "ephedrine",
    "gamma-butyrolactone",
    "hydrochloric acid",
    "isosafrole",
    "methyl ethyl ketone",
    "phenylacetic acid",
    "piperidine",
    "piperonal",
    "potassium permanganate",
    "pseudoephedrine",
    "safrole",
    "sulfuric acid",
    "toluene",
}
DRUGS = {"caffeine", "fentanyl", "methadone", "morphine", "pethidine", "sufentanil", "tramadol"}


@pytest.mark.parametrize("name", SCHEDULED)
def test_a_medicine_is_found_in_its_catalogue(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2025-08-01", "CN")
    assert (given.status, given.findings[0].schedule) == ("controlled", SCHEDULED[name])


@pytest.mark.parametrize("name", UNSCHEDULED)
def test_a_medicine_that_no_catalogue_names_is_not_controlled(checker: Checker, name: str) -> None:
    assert verdict(checker, name, "2025-08-01", "CN").status == "not_listed"


@pytest.mark.parametrize(("day", "more"), [("2023-04-06", set()), ("2025-08-01", {"dextromethorphan"})])
def test_of_the_catalogue_only_what_is_listed_is_controlled(checker: Checker, day: str, more: set[str]) -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {
        row["name"]
        for row in rows
        if verdict(checker, row["smiles"], day, "CN", read_as="smiles").status == "controlled"
    }
    assert found == PRECURSORS | DRUGS | more
