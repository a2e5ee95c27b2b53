"""The commands over registered substances: compare, diff, first."""

import json

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=True)


@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "UN", "CN", "--date", "2018-09-01", "--family", "fentanyl"),
        ("diff", "2018-08-31", "2018-09-01", "--in", "CN"),
        ("first", "fentanyl"),
    ],
)
def test_each_answers_in_three_languages(arguments: tuple[str, ...], language: str) -> None:
    done = run(*arguments, "--lang", language)
    assert done.exit_code == 0, done.output
    assert len(done.output.splitlines()) > 4


def test_comparison_as_json() -> None:
    row = json.loads(run("compare", "UN", "CN", "--date", "2018-09-01", "--family", "fentanyl", "--json").output)
    assert [side["named"] for side in row["sides"]] == [21, 25]
    assert [side["at_least"] for side in row["sides"]] == [False, False]
    assert len(row["both"]) == 21


def test_uk_is_accepted_for_gb() -> None:
    assert run("compare", "UK", "EU", "--date", "2019-01-01", "--json").exit_code == 0


def test_changes_as_json_name_the_act() -> None:
    rows = json.loads(run("diff", "2019-04-30", "2019-05-01", "--in", "CN", "--json").output)
    benzylfentanyl = next(row for row in rows if row["substance"] == "benzylfentanyl")
    assert benzylfentanyl["after"] == ["cn-fentanyl-related-2019"]
    assert "1 April 2019" in benzylfentanyl["acts"][0]


def test_two_days_in_the_wrong_order_are_named() -> None:
    done = run("diff", "2020-01-01", "2019-01-01")
    assert done.exit_code == 2
    assert "earlier day first" in done.output


def test_the_same_day_has_no_change() -> None:
    assert json.loads(run("diff", "2020-01-01", "2020-01-01", "--json").output) == []


def test_first_as_json() -> None:
    found = json.loads(run("first", "fentanyl", "--json").output)
    assert [row["jurisdiction"] for row in found["structural_permanent"]] == ["GB", "CN", "US"]


def test_a_family_without_class_control_says_so() -> None:
    assert "none that is held" in run("first", "opioid").output
