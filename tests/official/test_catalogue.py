"""The shipped catalogue of everyday chemicals: what is found there is truly listed."""

import csv
from pathlib import Path

import pytest

from drugcontrol.check import Checker, Verdict
from tests.conftest import verdict

CATALOGUE = Path(__file__).parents[2] / "examples/catalogue.csv"
PLACES = ("UN", "CN", "US", "MX", "CA", "EU")
DAY = "2023-04-06"


def rows() -> list[dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_catalogue_is_large_enough_and_names_everything() -> None:
    assert len(rows()) >= 300
    assert all(row["name"] and row["cas"] and row["smiles"] for row in rows())


def test_structure_and_name_give_the_same_findings(checker: Checker) -> None:
    differ = []
    for row in rows():
        if row["cas"] not in checker.names.cas:
            continue
        for place in PLACES:
            drawn, numbered = by_structure(checker, row, place), verdict(checker, row["cas"], DAY, place)
            one, other = ({finding.listing for finding in given.findings} for given in (drawn, numbered))
            if not other <= one:
                differ.append((row["name"], place, one ^ other))
    assert differ == []


def test_what_is_controlled_is_what_the_lists_name_and_nothing_else(checker: Checker) -> None:
    found = {
        row["name"]: places
        for row in rows()
        if (places := [place for place in PLACES if by_structure(checker, row, place).status == "controlled"])
    }
    assert found == {name: places.split() for name, places in LISTED.items()}


@pytest.mark.parametrize("place", PLACES)
def test_review_stays_rare(checker: Checker, place: str) -> None:
    asked = [by_structure(checker, row, place).status for row in rows()]
    assert asked.count("review") < len(asked) / 200


def by_structure(checker: Checker, row: dict[str, str], place: str) -> Verdict:
    return verdict(checker, row["smiles"], DAY, place, read_as="smiles")


LISTED = {
    "acetone": "UN CN US MX CA EU",
    "methyl ethyl ketone": "UN CN US MX CA EU",
    "methyl isobutyl ketone": "US",
    "diethyl ether": "UN CN US MX CA EU",
    "chloroform": "CN",
    "toluene": "UN CN US MX CA EU",
    "nitromethane": "MX",
    "acetic anhydride": "UN CN US MX CA EU",
    "hydrochloric acid": "UN CN US MX CA EU",
    "sulfuric acid": "UN CN US MX CA EU",
    "potassium permanganate": "UN CN US MX CA EU",
    "iodine": "US",
    "piperidine": "UN CN US MX CA EU",
    "benzaldehyde": "US MX",
    "phenylacetic acid": "UN CN US MX CA EU",
    "anthranilic acid": "UN CN US MX CA EU",
    "propionic anhydride": "US MX",
    "propionyl chloride": "MX CA",
    "benzyl chloride": "US MX",
    "phenethyl alcohol": "MX",
    "benzyl cyanide": "CN US MX",
    "gamma-butyrolactone": "CN US CA",
    "1,4-butanediol": "CA",
    "methylamine": "US MX",
    "safrole": "UN CN US MX CA EU",
    "isosafrole": "UN CN US MX CA EU",
    "piperonal": "UN CN US MX CA EU",
    "ephedrine": "UN CN US MX CA EU",
    "pseudoephedrine": "UN CN US MX CA EU",
    "fentanyl": "UN CN US MX CA",
    "sufentanil": "UN CN US MX CA",
    "morphine": "UN CN US MX CA",
    "methadone": "UN CN US MX CA",
    "pethidine": "UN CN US MX CA",
    "tramadol": "CN US MX CA",
    "caffeine": "CN MX",
    "haloperidol": "MX",
    "chlorpromazine": "MX",
    "clozapine": "MX",
    "amitriptyline": "MX",
    "imipramine": "MX",
    "trazodone": "MX",
    "carbamazepine": "MX",
    "valproic acid": "MX",
    "naloxone": "MX",
    "diazepam": "UN CN US MX CA",
    "alprazolam": "UN CN US MX CA",
    "lorazepam": "UN CN US MX CA",
    "clonazepam": "UN CN US MX CA",
    "midazolam": "UN CN US MX CA",
    "zolpidem": "UN CN US CA",
    "zopiclone": "CN US MX",
    "phenobarbital": "UN CN US MX CA",
    "thiopental": "US MX CA",
    "butalbital": "UN CN US MX CA",
    "methylphenidate": "UN CN US MX CA",
    "amfetamine": "UN CN US MX CA",
    "lisdexamfetamine": "US",
    "modafinil": "CN US",
    "phentermine": "UN CN US MX CA",
    "ketamine": "CN US MX CA",
    "codeine": "UN CN US MX CA",
    "oxycodone": "UN CN US MX CA",
    "hydrocodone": "UN CN US MX CA",
    "hydromorphone": "UN CN US MX CA",
    "buprenorphine": "UN CN US MX CA",
    "butorphanol": "CN US MX CA",
    "tapentadol": "CN US CA",
    "remifentanil": "UN CN US CA",
    "dronabinol": "UN CN US MX",
    "pregabalin": "US",
    "testosterone": "US CA",
    "carisoprodol": "US MX",
}
"""What the lists of these places name, by the rows of the data that cite them; everything else must stay free."""
