"""What changed between two days: the difference of the answers of ``check``, with the acts that made it."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drugcontrol.check import Checker, Verdict
from drugcontrol.check.change import Changed, changes
from drugcontrol.check.survey import Survey

DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 1))
PLACES = st.sampled_from(["UN", "CN", "US", "MX", "CA", "GB", "DE", "NL", "EU", "CH"])


@pytest.fixture(scope="module")
def survey(checker: Checker) -> Survey:
    return Survey(checker)


def told(survey: Survey, earlier: str, later: str, place: str) -> dict[str, Changed]:
    days = (date.fromisoformat(earlier), date.fromisoformat(later))
    return {row.substance.id: row for row in changes(survey, *days, [place])}


def schedules(verdict: Verdict, *statuses: str) -> set[tuple[str, str]]:
    return {
        (finding.instrument, finding.schedule)
        for finding in verdict.findings
        if finding.role != "displaced" and finding.status in statuses
    }


def expected(before: Verdict, after: Verdict) -> str:
    """Read the change off two whole answers, without knowing what changed in the law."""
    came = schedules(after, "controlled") - schedules(before, "controlled", "review")
    went = schedules(before, "controlled") - schedules(after, "controlled", "review")
    questions = [{(finding.listing, finding.question) for finding in verdict.findings} for verdict in (before, after)]
    turned = {
        ("none", "controlled"): "controlled",
        ("none", "review"): "review",
        ("controlled", "none"): "ceased",
        ("controlled", "review"): "review",
        ("review", "none"): "review_ended",
        ("review", "controlled"): "controlled" if came else "settled",
        ("review", "review"): "review" if questions[1] - questions[0] else "",
        ("controlled", "controlled"): {(1, 1): "moved", (1, 0): "added", (0, 1): "dropped", (0, 0): ""}[
            (bool(came), bool(went))
        ],
        ("none", "none"): "",
    }
    was, now = (verdict.status if verdict.status in ("controlled", "review") else "none" for verdict in (before, after))
    return turned[was, now]


@given(DAYS, DAYS, PLACES)
@example(date(2020, 12, 31), date(2021, 1, 1), "GB")  # law of the Union ends there
@example(date(2010, 1, 1), date(2026, 1, 1), "DE")  # days of doubt
@settings(max_examples=8)
def test_what_is_told_is_the_difference_of_all_answers(survey: Survey, one: date, other: date, place: str) -> None:
    earlier, later = sorted((one, other))
    difference = {
        substance.id: became
        for substance in survey.substances()
        if (became := expected(*(survey.verdict(substance, place, day) for day in (earlier, later))))
    }
    assert {row.substance.id: row.became for row in changes(survey, earlier, later, [place])} == difference


@given(DAYS, DAYS, PLACES)
@settings(max_examples=8)
def test_what_came_names_its_act_and_what_comes_back_ceases(survey: Survey, one: date, other: date, place: str) -> None:
    earlier, later = sorted((one, other))
    forth = list(changes(survey, earlier, later, [place]))
    back = {row.substance.id: row.became for row in changes(survey, later, earlier, [place])}
    for row in forth:
        if row.became == "controlled":
            assert row.acts, row
            assert back[row.substance.id] == ("ceased" if row.was != "review" else "review")


def test_the_announcement_of_the_class_changed_what_it_took_in(survey: Survey) -> None:
    found = told(survey, "2019-04-30", "2019-05-01", "CN")
    assert found["benzylfentanyl"].became == "controlled"
    assert found["benzylfentanyl"].by_class
    assert found["fentanyl-carbamate"].became == "review"
    assert "fentanyl" not in found


def test_a_listing_by_name_is_no_change_by_class(survey: Survey) -> None:
    found = told(survey, "2018-08-31", "2018-09-01", "CN")
    assert not found["4-fibf"].by_class
    assert {row.became for row in found.values()} == {"controlled"}


def test_a_transfer_is_told_as_a_move_with_its_act(survey: Survey) -> None:
    moved = told(survey, "2009-01-01", "2021-01-01", "UN")["phenylacetic-acid"]
    assert moved.became == "moved"
    assert [finding.schedule for finding in (*moved.before, *moved.after)] == ["table-2", "table-1"]
    assert "March 2010" in moved.acts[0]


def test_doubt_that_is_settled_is_no_move_and_no_new_control(survey: Survey) -> None:
    found = told(survey, "2010-01-01", "2026-01-01", "UN")
    assert "heroin" not in found
    assert told(survey, "2010-01-01", "2026-01-01", "DE")["fentanyl"].became == "settled"


def test_what_ceased_names_the_act_that_took_it_out(survey: Survey) -> None:
    """Cannabis left the annexes of the German act on 1 April 2024; dronabinol left one of two."""
    left = told(survey, "2024-03-31", "2024-04-01", "DE")
    became = {name: row.became for name, row in left.items()}
    cannabis = ("cannabis-and-cannabis-resin", "cannabis-oil", "hashish", "marihuana-extract")
    assert became == {**dict.fromkeys(cannabis, "ceased"), "dronabinol": "dropped"}
    assert all("Act of 27 March 2024" in row.acts[0] for row in left.values())
    assert not left["cannabis-and-cannabis-resin"].after


def test_what_ended_with_membership_has_no_act_of_its_own(survey: Survey) -> None:
    gone = told(survey, "2020-12-31", "2021-01-01", "GB")["ephedra-extract"]
    assert (gone.became, gone.acts, gone.before[0].until) == ("ceased", (), "2020-12-31")
