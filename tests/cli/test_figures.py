"""``drugcontrol figures``: list and show, as text, JSON and CSV."""

import csv
import json

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli
from drugcontrol.errors import UsageError
from drugcontrol.report.words import LANGUAGES, Words

PREDICTED = "us-overdose-deaths-all-drugs-12m-predicted"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["figures", *arguments])


@pytest.mark.parametrize("language", LANGUAGES)
def test_show_says_publisher_caveats_and_what_cannot_be_decided(language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    done = run("show", "us-overdose-deaths-t40.4-12m-predicted", "--as-of", "2023-04-06", "--lang", language)
    assert done.exit_code == 0, done.output
    published = f"2019-09, {words('figures', 'inferred')}"
    assert words("figures", "missing", published=published) in done.output
    assert words("figures", "caveats") in done.output


def test_figures_differ_by_day_where_the_releases_do() -> None:
    then, now = (
        json.loads(run("show", PREDICTED, "--as-of", day, "--from", "2022-10", "--to", "2022-10", "--json").output)
        for day in ("2023-04-06", "2026-11-25")
    )
    assert [row["value"] for row in then["rows"]] == ["107689"]
    assert [row["value"] for row in now["rows"]] == ["109345"]
    assert then["rows"][0]["reading"] == "hand-read"


def test_pounds_stay_pounds_and_kilograms_are_marked_as_computed() -> None:
    rows = json.loads(run("show", "us-cbp-fentanyl-lb-fy", "--from", "2023", "--to", "2023", "--json").output)["rows"]
    assert [(row["value"], row["unit"], row["kg_computed"]) for row in rows] == [("27022.8509", "lb", "12257.4")]
    assert "kg (computed)" in run("show", "us-cbp-fentanyl-lb-fy").output


def test_csv_has_a_row_for_each_period() -> None:
    rows = list(csv.DictReader(run("show", "us-drug-induced-deaths-t40.4", "--csv").output.splitlines()))
    assert [row["value"] for row in rows][-2:] == ["36359", "56518"]
    assert [row["rate"] for row in rows][-2:] == ["11.1", "17.2"]


def test_revisions_show_every_release_of_a_period() -> None:
    rows = json.loads(
        run("show", "ca-opioids-deaths", "--revisions", "--from", "2021", "--to", "2021", "--json").output
    )
    assert [(row["value"], row["change"]) for row in rows] == [("7993", "first"), ("7546", "revised-or-redefined")]
    printed = run("show", "ca-opioids-deaths", "--revisions").output
    assert "revised or redefined: not settled" in printed


def test_the_day_counts_for_revisions_too() -> None:
    rows = json.loads(run("show", "ca-opioids-deaths", "--revisions", "--as-of", "2023-04-06", "--json").output)
    assert {row["release"] for row in rows} == {"2021-03", "2022-12"}


def test_list_finds_series_by_words_of_any_language() -> None:
    assert PREDICTED in run("list", "drugs", "12m-predicted").output
    assert "us-cbp-fentanyl-lb-fy" in run("list", "芬太尼", "seizures").output
    rows = json.loads(run("list", "seizures", "--json").output)
    assert {row["indicator"] for row in rows} == {"seizures"}
    assert all(row["publisher"] and row["caveats"] and row["licence"] for row in rows)


def test_list_of_laboratory_names_says_nothing_on_control() -> None:
    printed = run("list", "dea-nflis").output
    assert "says nothing on whether a substance is controlled" in printed
    rows = json.loads(run("list", "dea-nflis", "--json").output)
    assert len(rows) > 180
    assert not {key for row in rows for key in row} & {"status", "jurisdiction", "listing", "controlled"}


def test_list_says_that_no_traffic_of_notices_is_held() -> None:
    assert "Traffic of notices: no series is held" in run("list").output
    assert "No series has these words." in run("list", "nothing-like-it").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "us-overdose-death-all-drugs-final"), "Did you mean us-overdose-death"),
        (("show", PREDICTED, "--as-of", "2023-02-30"), "no calendar day"),
        (("show", PREDICTED, "--from", "soon"), "no date"),
        (("show", PREDICTED, "--from", "2023", "--to", "2022"), "lies after"),
        (("show", PREDICTED, "--json", "--csv"), "exclude each other"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert isinstance(done.exception, UsageError)
    assert said in str(done.exception)


def test_before_the_first_release_nothing_is_known() -> None:
    assert "No figure that was published by that day is held." in run("show", PREDICTED, "--as-of", "2010-01-01").output
