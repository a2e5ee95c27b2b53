"""Well-known medicines and the shipped catalogue under the lists of eight States."""

import csv
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from tests.conftest import verdict

CATALOGUE = Path(__file__).parents[2] / "examples/catalogue.csv"
DAYS = {
    "CN": "2025-08-01",
    "US": "2026-09-21",
    "CA": "2026-06-14",
    "MX": "2023-04-06",
    "GB": "2025-01-15",
    "DE": "2026-08-19",
    "IE": "2017-05-04",
    "NL": "2007-07-01",
}
"""A day on which the lists of a place are held whole, up to which they were compared with an official text."""

SCHEDULED = {
    "CN": {
        "category-1": ("amfetamine", "buprenorphine", "ketamine", "methylphenidate", "midazolam", "tapentadol"),
        "category-2": (
            "alprazolam",
            "butorphanol",
            "caffeine",
            "dextromethorphan",
            "diazepam",
            "etomidate",
            "modafinil",
            "nalfurafine",
            "phenobarbital",
            "phentermine",
            "tramadol",
            "zolpidem",
        ),
        "narcotic": ("codeine", "fentanyl", "methadone", "morphine", "oxycodone", "tegileridine"),
    },
    "US": {
        "schedule-2-stimulants": ("amfetamine", "methylphenidate"),
        "schedule-2-vegetable": ("codeine", "morphine", "oxycodone"),
        "schedule-3": ("butalbital", "ketamine", "testosterone", "thiopental"),
        "schedule-3-narcotics": ("buprenorphine",),
        "schedule-4": ("diazepam", "midazolam", "phenobarbital", "phentermine", "zolpidem"),
        "schedule-4-narcotics": ("tramadol",),
        "schedule-5": ("pregabalin",),
    },
    "CA": {
        "schedule-1": ("buprenorphine", "codeine", "morphine", "oxycodone", "tramadol"),
        "schedule-1-other": ("amfetamine", "ketamine"),
        "schedule-3": ("methylphenidate",),
        "schedule-4": ("diazepam", "midazolam", "phenobarbital", "phentermine", "testosterone", "zolpidem"),
    },
    "MX": {
        "art-234": ("buprenorphine", "codeine phosphate", "methylphenidate", "morphine", "oxycodone"),
        "art-245-2": ("amfetamine",),
        "art-245-3": ("diazepam", "ketamine", "midazolam", "phentermine"),
        "art-245-4": ("haloperidol", "phenobarbital", "tramadol"),
    },
    "GB": {
        "class-a": ("morphine", "oxycodone"),
        "class-b": ("codeine",),
        "class-b-psychotropic": ("amfetamine", "ketamine", "methylphenidate", "phenobarbital"),
        "class-c": ("tramadol",),
        "class-c-psychotropic": (
            "buprenorphine",
            "diazepam",
            "midazolam",
            "phentermine",
            "pregabalin",
            "testosterone",
            "zolpidem",
        ),
    },
    "DE": {
        "anlage-3": (
            "amfetamine",
            "buprenorphine",
            "codeine",
            "diazepam",
            "methylphenidate",
            "midazolam",
            "morphine",
            "oxycodone",
            "phenobarbital",
            "phentermine",
            "zolpidem",
        ),
    },
    "IE": {
        "paragraph-1": ("amfetamine", "codeine", "methylphenidate", "morphine", "oxycodone", "phenobarbital"),
        "paragraph-1b": ("buprenorphine", "diazepam", "ketamine", "midazolam", "phentermine", "zolpidem"),
    },
    "NL": {
        "lijst-1": ("amfetamine", "codeine", "methylphenidate", "morphine", "oxycodone"),
        "lijst-2": ("buprenorphine", "diazepam", "midazolam", "phenobarbital", "phentermine", "zolpidem"),
    },
}
"""The medicines that a place lists, by schedule."""

UNSCHEDULED = {
    "CN": ("pregabalin", "gabapentin", "testosterone", "suvorexant", "lasmiditan"),
    "DE": ("ketamine", "tramadol", "pregabalin", "testosterone"),
    "IE": ("tramadol", "pregabalin", "testosterone"),
    "NL": ("ketamine", "tramadol", "pregabalin", "testosterone"),
}
"""Medicines that other places schedule; suvorexant was listed in China from 1 July 2023 until the catalogue of 2025."""

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
MEDICINES = {
    "diazepam": "CN US CA GB IE DE NL",
    "alprazolam": "CN US CA GB IE DE NL",
    "lorazepam": "CN US CA GB IE DE NL",
    "clonazepam": "CN US CA GB IE DE NL",
    "midazolam": "CN US CA GB IE DE NL",
    "zolpidem": "CN US CA GB IE DE NL",
    "zopiclone": "CN US GB IE",
    "phenobarbital": "CN US CA GB IE DE NL",
    "thiopental": "US CA",
    "butalbital": "CN US CA GB IE DE NL",
    "methylphenidate": "CN US CA GB IE DE NL",
    "amfetamine": "CN US CA GB IE DE NL",
    "lisdexamfetamine": "US GB IE DE",
    "modafinil": "CN US",
    "phentermine": "CN US CA GB IE DE NL",
    "ketamine": "CN US CA GB IE",
    "codeine": "CN US CA GB IE DE NL",
    "oxycodone": "CN US CA GB IE DE NL",
    "hydrocodone": "CN US CA GB IE DE NL",
    "hydromorphone": "CN US CA GB IE DE NL",
    "buprenorphine": "CN US CA GB IE DE NL",
    "butorphanol": "CN US CA IE",
    "tapentadol": "CN US CA GB IE DE",
    "remifentanil": "CN US CA GB IE DE NL",
    "dronabinol": "CN US GB IE DE NL",
    "pregabalin": "US GB",
    "testosterone": "US CA GB",
    "carisoprodol": "US",
}
"""Where the lists that were put side by side in the source collection name each on that day, by one of its own names
or by the words of an entry; the conventions and Mexico stand in ``test_catalogue``. For tapentadol the Dutch day is in
doubt."""

OPIOIDS = {"fentanyl", "sufentanil", "morphine", "methadone", "pethidine"}
CHINA = {"chloroform", "gamma-butyrolactone", "tramadol", "caffeine", "benzyl cyanide"}
DAY = "2023-04-06"
CONTROLLED = {
    ("CN", DAY): UNION | OPIOIDS | CHINA,
    ("CN", "2025-08-01"): UNION | OPIOIDS | CHINA | {"dextromethorphan", "carisoprodol"},
    ("US", DAY): UNION
    | OPIOIDS
    | {"methyl isobutyl ketone", "iodine", "benzaldehyde", "propionic anhydride", "benzyl chloride", "benzyl cyanide"}
    | {"gamma-butyrolactone", "methylamine", "tramadol"},
    ("CA", DAY): UNION | OPIOIDS | {"propionyl chloride", "tramadol", "gamma-butyrolactone", "1,4-butanediol"},
    ("GB", DAY): UNION | OPIOIDS | {"tramadol", "gamma-butyrolactone", "1,4-butanediol"},
    ("IE", DAY): UNION | OPIOIDS | {"gamma-butyrolactone", "1,4-butanediol"},
    ("DE", DAY): UNION | OPIOIDS,
    ("NL", DAY): UNION | OPIOIDS,
}
"""What a place controls of the shipped catalogue on a day."""


@pytest.mark.parametrize(
    ("place", "schedule", "name"),
    [
        (place, schedule, name)
        for place, lists in SCHEDULED.items()
        for schedule, names in lists.items()
        for name in names
    ],
)
def test_a_medicine_is_found_in_its_schedule(checker: Checker, place: str, schedule: str, name: str) -> None:
    given = verdict(checker, name, DAYS[place], place)
    assert (given.status, given.findings[0].schedule) == ("controlled", schedule)


@pytest.mark.parametrize(("place", "name"), [(place, name) for place, names in UNSCHEDULED.items() for name in names])
def test_a_medicine_that_no_list_names_is_not_controlled(checker: Checker, place: str, name: str) -> None:
    assert verdict(checker, name, DAYS[place], place).status == "not_listed"


def controlled_of_the_catalogue(checker: Checker, place: str, day: str = DAY) -> set[str]:
    """Give the names of the rows whose structure a place controls on a day."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    given = {row["name"]: verdict(checker, row["smiles"], day, place, read_as="smiles") for row in rows}
    return {name for name, answer in given.items() if answer.status == "controlled"}


@pytest.mark.parametrize(("place", "day"), CONTROLLED)
def test_of_the_catalogue_only_what_is_listed_is_controlled(checker: Checker, place: str, day: str) -> None:
    medicines = {name for name, places in MEDICINES.items() if place in places.split()}
    assert controlled_of_the_catalogue(checker, place, day) == CONTROLLED[place, day] | medicines
