"""China: the annex of the Regulations on precursor chemicals, entry by entry and both ways, and what came later."""

import re
from datetime import date
from pathlib import Path

import pytest

from drugcontrol.check import Checker
from drugcontrol.dates import Certainty
from drugcontrol.law import Law
from drugcontrol.law.official import OfficialRow
from tests.conftest import verdict
from tests.official.listed import SHARED, differences, official

WHOLE = SHARED / "cn/precursor-chemicals-regulation-2018-09-18.md"
EXTRACT = Path(__file__).parent / "texts/cn-precursors-2018-annex.md"
CATEGORIES = ("第一类", "第二类", "第三类")

ADDED = [
    ("hydroxylimine", "category-1", "2008-08-01"),
    ("1-苯基-2-溴-1-丙酮", "category-unread", "[2008-08-02..2016-04-11]"),
    ("3-氧-2-苯基丁腈", "category-unread", "[2008-08-02..2016-04-11]"),
    ("邻氯苯基环戊酮", "category-unread", "[2008-08-02..2016-04-11]"),
    ("NPP", "category-unread", "2018-02-01"),
    ("ANPP", "category-unread", "2018-02-01"),
    ("methyl alpha-phenylacetoacetate", "category-2", "[2021-05-28..2021-06-07]"),
    ("alpha-phenylacetoacetamide", "category-2", "[2021-05-28..2021-06-07]"),
    ("PMK glycidic acid", "category-2", "[2021-05-28..2021-06-07]"),
    ("PMK methyl glycidate", "category-2", "[2021-05-28..2021-06-07]"),
    ("benzyl cyanide", "category-3", "[2021-05-28..2021-06-07]"),
    ("gamma-butyrolactone", "category-3", "[2021-05-28..2021-06-07]"),
    ("4-anilinopiperidine", "category-2", "2024-09-01"),
    ("1-boc-4-AP", "category-2", "2024-09-01"),
    ("norfentanyl", "category-2", "2024-09-01"),
    ("cannabidiol", "category-2", "2024-09-01"),
    ("BMK glycidic acid", "category-unread", "2024-09-01"),
    ("3-oxo-2-phenylbutanoic acid", "category-unread", "2024-09-01"),
    ("4-piperidone", "category-unread", "2025-07-20"),
    ("1-boc-4-piperidone", "category-unread", "2025-07-20"),
]
"""Announcements that were read; the annex as printed with the Regulations does not follow them."""


COURT = [
    "麻黄碱",
    "伪麻黄碱",
    "消旋麻黄碱",
    "1-苯基-2-丙酮",
    "1-苯基-2-溴-1-丙酮",
    "3,4-亚甲基二氧苯基-2-丙酮",
    "羟亚胺",
    "3-氧-2-苯基丁腈",
    "邻氯苯基环戊酮",
    "去甲麻黄碱",
    "甲基麻黄碱",
    "醋酸酐",
    "麻黄浸膏",
    "麻黄浸膏粉",
    "胡椒醛",
    "黄樟素",
    "黄樟油",
    "异黄樟素",
    "麦角酸",
    "麦角胺",
    "麦角新碱",
    "苯乙酸",
    "N-乙酰邻氨基苯酸",
    "邻氨基苯甲酸",
    "三氯甲烷",
    "乙醚",
    "哌啶",
    "甲苯",
    "丙酮",
    "甲基乙基酮",
    "高锰酸钾",
    "硫酸",
    "盐酸",
]
"""What the Supreme People's Court names in article 7 of the interpretation in force since 11 April 2016."""


def annex() -> list[OfficialRow]:
    """Read the annex; the last entry of the first category names seven substances."""
    text = (WHOLE if WHOLE.exists() else EXTRACT).read_text(encoding="utf-8")
    rows, category = [], ""
    for line in text[text.rindex("\n附表\n") if WHOLE.exists() else 0 :].splitlines():
        if line.strip() in CATEGORIES:
            category = line.strip()
        elif found := re.fullmatch(r"(\d+)．(.*?)(等麻黄素类物质)?(\*?)", line.strip()):
            names = found[2].replace("—", "-").replace("，", ",").split("、")
            rows += [OfficialRow(schedule=category, item=found[1] + found[4], printed=name, names=()) for name in names]
    return rows


def test_every_entry_of_the_annex_is_held_and_nothing_else(law: Law) -> None:
    rows = annex()
    assert [len([row for row in rows if row.schedule == name]) for name in CATEGORIES] == [18, 5, 6]
    assert differences(law, official("cn-precursors", "2005-11-01", rows)) == set()


@pytest.mark.parametrize(("name", "schedule", "since"), ADDED)
def test_what_later_announcements_add_stands_there_since_their_day(
    checker: Checker, name: str, schedule: str, since: str
) -> None:
    given = verdict(checker, name, "2025-07-20", "CN")
    found = [finding for finding in given.findings if finding.instrument == "cn-precursors"]
    assert (given.status, found[0].schedule, found[0].since) == ("controlled", schedule, since)


def test_no_later_addition_is_held_beyond_those(law: Law) -> None:
    later = {
        listing.substance.id
        for listing in law.listings
        if listing.instrument.id == "cn-precursors"
        and listing.row.by != ("cn-precursors-2005",)
        and not listing.row.wording
    }
    assert len(later) == len(ADDED)


def test_what_the_court_names_in_2016_is_what_the_catalogue_holds_on_that_day(checker: Checker) -> None:
    named = set()
    for name in COURT:
        found = checker.names.by_name(name.replace("麻黄碱", "麻黄素")) or checker.names.by_name(name)
        assert len(found) == 1, name
        named.add(found[0].id)
    on = date(2016, 4, 11)
    held = {
        listing.row.substance
        for listing in checker.law.listings
        if listing.instrument.id == "cn-precursors"
        and not listing.row.wording
        and listing.in_force(on)[0] is Certainty.YES
    }
    assert named == held
