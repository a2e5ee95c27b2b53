"""European Union: the categories of Regulations (EC) No 273/2004 and No 111/2005, entry by entry and both ways."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drugcontrol.law import Law
from drugcontrol.law.official import OfficialRow, read_official
from tests.official.listed import differences, official, table

TEXTS = Path(__file__).parent / "texts"
ENTRIES = table("eu-precursors.csv", "eu/precursors.csv")


def entry(line: dict[str, str]) -> OfficialRow:
    return OfficialRow(
        schedule=f"Category {line['category']}",
        item=f"CN {line['cn_code'].replace('|', ', ')}",
        printed=line["name"],
        names=(line["name"], *filter(None, line["synonyms"].split("|"))),
        cas=line["cas"],
        since=date.fromisoformat(line["effective"]) if line["effective"] else None,
    )


@pytest.mark.parametrize(("number", "instrument"), [("273/2004", "eu-273-2004"), ("111/2005", "eu-111-2005")])
def test_every_entry_of_the_categories_is_held_with_its_day_and_nothing_else(
    law: Law, number: str, instrument: str
) -> None:
    entries = [entry(line) for line in ENTRIES if line["regulation"] == number]
    assert len(entries) > 59
    assert differences(law, official(instrument, "2025-08-14", entries)) == set()


@pytest.mark.parametrize(
    ("name", "instrument", "categories"),
    [
        ("eu-273-2004.html", "eu-273-2004", {"Category 1": 8, "Category 2A": 2, "Category 2B": 4, "Category 3": 6}),
        ("eu-111-2005.fmx.xml", "eu-111-2005", {"Category 1": 6, "Category 2": 6, "Category 3": 6, "Category 4": 2}),
    ],
)
def test_the_publishers_formats_give_the_same_entries(
    law: Law, name: str, instrument: str, categories: dict[str, int]
) -> None:
    """Extracts in the forms of EUR-Lex: consolidated HTML, and Formex."""
    file = read_official(TEXTS / name)
    assert (file.instruments, file.text_of) == ((instrument,), date(2025, 8, 14))
    assert Counter(row.schedule for row in file.rows) == categories
    assert differences(law, replace(file, schedules=frozenset())) == set()
    whole = {(entry(line).schedule, entry(line).item, line["name"]) for line in ENTRIES}
    assert {(row.schedule, row.item, row.printed) for row in file.rows} <= whole
