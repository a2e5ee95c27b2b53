"""Days of measures equal those in extracts of the official texts, read here with the standard library alone."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from drugcontrol.situation import Measure, load_measures

SOURCES = Path(__file__).parent / "measures"
IN_FORCE = "{http://justice.gc.ca/lims}inforce-start-date"
HELD: dict[str, Measure] = {item.row.id: item for item in load_measures().all}
CANADA = ElementTree.parse(SOURCES / "ca.xml").getroot()
CHINA = {
    block.partition("\n")[0]: block for block in (SOURCES / "cn.txt").read_text(encoding="utf-8").split("# ") if block
}


def sections() -> dict[str, str]:
    return {section.findtext("Label", ""): section.attrib[IN_FORCE] for section in CANADA.iter("Section")}


@pytest.mark.parametrize(
    ("measure", "section"),
    [("ca-inspection-2018", "31"), ("ca-devices-2017", "46.3"), ("ca-consumption-sites-2017", "56.1")],
)
def test_days_of_canada_are_those_of_the_consolidated_act(measure: str, section: str) -> None:
    assert HELD[measure].row.effective == sections()[section]


def test_the_precursor_regulations_of_canada_have_their_number() -> None:
    assert HELD["ca-precursor-regulations-2002"].row.instrument.number == CANADA.findtext(".//InstrumentNumber")
    registered = date(*(int(CANADA.findtext(f".//RegistrationDate/Date/{part}", "")) for part in ("YYYY", "MM", "DD")))
    assert HELD["ca-precursor-regulations-2002"].row.decided == registered.isoformat()


def chinese_days(text: str) -> list[str]:
    found = re.findall(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
    return [date(int(year), int(month), int(day)).isoformat() for year, month, day in found]


@pytest.mark.parametrize(
    ("title", "measures"),
    [
        ("中华人民共和国邮政法", ["cn-postal-law-2009"]),
        (
            "中华人民共和国禁毒法",
            ["cn-law-2008-checks", "cn-law-2008-licence", "cn-law-2008-mail", "cn-law-2008-maintenance"],
        ),
        ("快递暂行条例", ["cn-express-2018"]),
        ("戒毒条例", ["cn-rehabilitation-2011"]),
        (
            "易制毒化学品管理条例",
            [
                "cn-precursor-inspection-2005",
                "cn-precursor-licence-2005",
                "cn-precursor-reports-2005",
                "cn-precursor-verification-2005",
            ],
        ),
        ("艾滋病防治条例", ["cn-aids-regulations-2006"]),
    ],
)
def test_days_and_numbers_of_china_are_those_of_the_text(title: str, measures: list[str]) -> None:
    text = CHINA[title]
    commencement = text.strip().splitlines()[-1]
    given_out = [line for line in text.splitlines() if "号公布" in line]
    for name in measures:
        row = HELD[name].row
        if given_out:
            (promulgated,) = chinese_days(given_out[0])
            assert row.published == promulgated
            assert row.instrument.number == re.sub(r".*(国务院令第\d+号).*", r"\1", given_out[0])
        else:
            assert row.decided in chinese_days(text)
        expected = row.published if "公布之日" in commencement else chinese_days(commencement)[0]
        assert row.effective == expected
