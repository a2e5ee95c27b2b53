"""What the conventions list is found in the States whose lists are held whole, or the list says why not."""

from datetime import date

import pytest

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from tests.conftest import verdict

NOT_IN_THE_REGULATION = "no line of 21 CFR 1308.11 to 1308.15 names it"
OTHERWISE = {
    "US": dict.fromkeys(
        [
            *("4-chloro-2-5-dma", "4-mta", "6-acetylmorphine", "brotizolam", "codoxime", "diphenidine"),
            *("dmhp", "nicodicodine", "norcodeine", "phenazepam"),
        ],
        NOT_IN_THE_REGULATION,
    ),
    "DE": {
        **dict.fromkeys(
            ("cannabis-and-cannabis-resin", "cannabis-oil", "hashish", "marihuana-extract"),
            "left the annexes on 1 April 2024",
        ),
        "morphine-methobromide": "no annex names it",
        "tetrahydrocannabinols": "the annex names the isomers",
    },
    "CN": {"tetrahydrocannabinols": "the catalogue names the isomers"},
}
DAYS = {"US": "2026-09-21", "DE": "2026-08-19", "CN": "2025-08-01"}


@pytest.mark.parametrize("place", OTHERWISE)
def test_what_the_conventions_list_is_found_there(checker: Checker, place: str) -> None:
    listed = {
        listing.substance.id
        for listing in checker.law.listings
        if listing.instrument.id in ("un-1961", "un-1971")
        and listing.in_force(date(2024, 6, 1))[0] is Certainty.YES
        and listing.substance.no_structure != "preparation"  # limits for each dose differ
    }
    assert len(listed) > 250
    missed = {
        name
        for name in listed
        if verdict(checker, checker.law.substances[name].name, DAYS[place], place).status == "not_listed"
    }
    assert missed <= OTHERWISE[place].keys()


TETRAHYDROCANNABINOLS = ("THC", "delta8-thc", "delta10-thc", "delta6a-10a-thc")
OPIUM = ("raw opium", "powdered opium", "opium tincture", "opium extract")


@pytest.mark.parametrize("name", [*TETRAHYDROCANNABINOLS, *OPIUM, "hashish", "cannabis oil"])
@pytest.mark.parametrize("place", ["US", "CA", "GB", "DE", "MX", "CN"])
def test_a_form_that_the_words_of_an_entry_take_in_is_found_under_them(checker: Checker, name: str, place: str) -> None:
    day = "2018-01-01" if place in ("CA", "DE", "MX") else "2023-04-06"  # before cannabis had acts of its own
    assert verdict(checker, name, day, place).status == "controlled"


@pytest.mark.parametrize(("name", "place"), [("coca leaf", "DE"), ("parahexyl", "GB")])
def test_a_part_of_a_named_plant_and_a_homologue_of_a_named_group_are_found(
    checker: Checker, name: str, place: str
) -> None:
    assert verdict(checker, name, "2023-04-06", place).status == "controlled"
