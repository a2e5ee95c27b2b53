"""Mexico: articles 234 and 245 of the General Health Law, entry by entry and both ways."""

import csv
import re
from datetime import date

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.listed import LISTS
from tests.official.test_medicines import controlled_of_the_catalogue

SCHEDULES = {"": "art-234", "I": "art-245-1", "II": "art-245-2", "III": "art-245-3", "IV": "art-245-4"}
DAY = date(2026, 7, 16)
"""The text prints already what the second transitory article of the decree of 15 January 2026 puts off to this day."""


def plain(entry: str) -> str:
    """Take the chemical name and what follows away, and write numbers as the data do."""
    joined = re.sub(r" ?- ?", "-", entry)
    head = re.split(r" \(| sativa| y sus sales| sus ésteres| y otros derivados", joined)[0]
    return head.removesuffix(" de la").strip(" .,")


def printed() -> set[tuple[str, str]]:
    """Give the entries of the consolidated text of 21 March 2026, by list."""
    with (LISTS / "mx-lgs.csv").open(encoding="utf-8", newline="") as file:
        return {(SCHEDULES[row["group"]], plain(row["printed"])) for row in csv.DictReader(file)}


def held(law: Law) -> set[tuple[str, str]]:
    """Give the entries that the data hold for the day; what an acuerdo added has no entry in the text."""
    listings = [row for row in law.listings if row.instrument.id == "mx-lgs" and row.schedule.id in SCHEDULES.values()]
    current = [row for row in listings if row.in_force(DAY)[0] is not Certainty.NO]
    items = {(row.schedule.id, item) for row in current for item in row.row.item.split("; ")}
    apart = {(row.schedule, row.item) for row in law.instruments["mx-lgs"].apart}
    return {(schedule, plain(item)) for schedule, item in items | apart if item}


def test_every_entry_of_both_articles_is_held_and_nothing_else(law: Law) -> None:
    assert held(law) - printed() == set()
    assert printed() - held(law) == set()


def test_what_the_decree_of_2026_struck_was_listed_until_then(checker: Checker) -> None:
    for name in ("caffeine", "carbamazepine", "levodopa", "valproic acid"):
        before, after = (verdict(checker, name, day, "MX") for day in ("2026-01-15", "2026-01-16"))
        assert (before.status, before.findings[0].schedule) == ("controlled", "art-245-4")
        assert after.status == "not_listed"


def test_no_medicine_of_the_catalogue_is_controlled_that_no_article_names(checker: Checker) -> None:
    neuroleptics = {"haloperidol", "chlorpromazine", "clozapine", "amitriptyline", "imipramine", "trazodone"}
    opioids = {"fentanyl", "sufentanil", "morphine", "methadone", "pethidine", "tramadol", "naloxone"}
    opioids |= {"codeine", "oxycodone", "hydrocodone", "hydromorphone", "buprenorphine"}
    more = {"caffeine", "carbamazepine", "valproic acid", "methylphenidate", "amfetamine", "butorphanol", "dronabinol"}
    named = neuroleptics | opioids | more | {"butalbital", "phenobarbital", "thiopental"}
    found = controlled_of_the_catalogue(checker, "MX")
    assert named <= found
    for name in found - named:
        schedules = {finding.schedule for finding in verdict(checker, name, "2023-04-06", "MX").findings}
        assert schedules & {"fraction-1", "fraction-2", "art-245-1", "art-245-3", "art-245-5"}, name
