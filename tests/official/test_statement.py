"""The table behind the statement of 6 April 2023: which fentanyl precursor was scheduled where that day.

And its counts: "the controlled varieties far exceed the conventions", said on 29 August 2018 and again on that day.
"""

from datetime import date

import pytest

from drugcontrol.check import Checker
from drugcontrol.check.compare import Comparison, compare
from drugcontrol.check.survey import Survey
from tests.conftest import verdict

DAY = "2023-04-06"


@pytest.mark.parametrize("name", ["NPP", "ANPP", "4-AP", "1-boc-4-AP", "norfentanyl"])
def test_five_precursors_stood_in_the_tables_of_the_un(checker: Checker, name: str) -> None:
    given = verdict(checker, name, DAY, "UN")
    assert (given.status, given.findings[0].schedule, given.findings[0].kind) == ("controlled", "table-1", "precursor")


@pytest.mark.parametrize(("name", "since"), [("NPP", "2017-10-18"), ("ANPP", "2017-10-18")])
def test_since_when_in_the_un(checker: Checker, name: str, since: str) -> None:
    assert verdict(checker, name, DAY, "UN").findings[0].since == since


@pytest.mark.parametrize("name", ["4-AP", "1-boc-4-AP", "norfentanyl"])
def test_three_of_them_since_23_november_2022(checker: Checker, name: str) -> None:
    assert verdict(checker, name, "2022-11-22", "UN").status != "controlled"
    assert verdict(checker, name, "2022-11-23", "UN").findings[0].since == "2022-11-23"


@pytest.mark.parametrize("name", ["NPP", "ANPP"])
def test_china_controlled_two_of_them(checker: Checker, name: str) -> None:
    given = verdict(checker, name, DAY, "CN")
    assert (given.status, given.findings[0].since) == ("controlled", "2018-02-01")


@pytest.mark.parametrize("name", ["4-AP", "1-boc-4-AP", "norfentanyl"])
def test_china_did_not_yet_control_three_of_them_as_precursors(checker: Checker, name: str) -> None:
    given = verdict(checker, name, DAY, "CN")
    assert not [finding for finding in given.findings if finding.kind == "precursor"]
    assert verdict(checker, name, "2025-01-01", "CN").findings[0].kind == "precursor"


@pytest.mark.parametrize("name", ["NPP", "ANPP", "4-AP", "1-boc-4-AP", "norfentanyl"])
def test_what_is_not_held_of_mexico_is_a_gap_and_no_no(checker: Checker, name: str) -> None:
    given = verdict(checker, name, DAY, "MX")
    assert given.status == "controlled" or given.coverage.state != "complete"


@pytest.mark.parametrize(
    ("name", "day", "status"),
    [
        ("ANPP", "2010-08-29", "not_listed"),
        ("ANPP", "2010-08-30", "controlled"),
        ("NPP", "2007-04-22", "not_listed"),
        ("NPP", "2007-04-23", "controlled"),
        ("4-AP", "2020-05-14", "not_listed"),
        ("4-AP", "2020-05-15", "controlled"),
        ("4-piperidone", "2023-04-06", "not_listed"),
        ("4-piperidone", "2023-05-11", "not_listed"),
        ("4-piperidone", "2023-05-12", "controlled"),
    ],
)
def test_days_of_the_united_states(checker: Checker, name: str, day: str, status: str) -> None:
    assert verdict(checker, name, day, "US").status == status


@pytest.fixture(scope="module")
def survey(checker: Checker) -> Survey:
    return Survey(checker)


def un_and_china(survey: Survey, day: str) -> Comparison:
    found = compare(survey, "UN", "CN", date.fromisoformat(day), "fentanyl")
    assert found.first.complete
    assert found.second.complete  # or the counts would be no test of the sentence
    return found


def test_on_29_august_2018_china_controlled_23_fentanyls_and_had_announced_two_more(survey: Survey) -> None:
    """The 25 of that day count an announcement in force from 1 September; four of them went beyond the conventions."""
    found = un_and_china(survey, "2018-08-29")
    assert (found.first.controlled, found.second.controlled, found.second.pending) == (21, 23, 2)
    assert len(found.only_second) == 4
    assert {pair.substance.id for pair in found.only_first} == {"4-fibf", "tetrahydrofuranylfentanyl"}
    assert found.second.by_class == 0


def test_from_1_september_2018_china_named_25_and_all_of_the_conventions(survey: Survey) -> None:
    found = un_and_china(survey, "2018-09-01")
    assert (found.first.named, found.second.named, found.second.by_class) == (21, 25, 0)
    assert found.only_first == []


def test_on_6_april_2023_the_names_did_not_exceed_the_conventions_and_the_class_did(survey: Survey) -> None:
    found = un_and_china(survey, "2023-04-06")
    assert (found.first.named, found.second.named) == (28, 25)
    assert found.second.by_class == 40
    assert [pair.substance.id for pair in found.only_first] == ["norfentanyl"]
