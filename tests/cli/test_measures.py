"""``drugcontrol measures`` and the panel of ``figures plot``: three languages, JSON, and gaps that are said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli
from drugcontrol.errors import UsageError
from drugcontrol.report.words import LANGUAGES, Words

DEATHS = "us-overdose-deaths-t40.4-12m-predicted"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_what_is_not_held(language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    done = run("measures", "list", "--in", "MX", "--kind", "naloxone,postal", "--lang", language)
    assert done.exit_code == 0, done.output
    kind = words("measure_kind", "naloxone")
    assert kind in done.output
    assert words("measures", "not_held") in done.output
    assert words("measures", "notice") in done.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_never_says_none(language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    done = run("measures", "compare", "US", "MX", "--kind", "naloxone", "--lang", language)
    assert done.exit_code == 0, done.output
    assert words("measures", "not_held") in done.output


def test_json_names_the_places_of_which_nothing_is_held() -> None:
    (row,) = json.loads(run("measures", "compare", "us", "mx", "--kind", "naloxone", "--json").output)
    assert row["not_held"] == ["MX"]
    assert set(row["held"]) == {"US"}
    listed = json.loads(run("measures", "list", "--in", "CA", "--from", "2017", "--to", "2017", "--json").output)
    assert listed
    assert all(item["place"] == "CA" and item["on"].startswith("2017") for item in listed)
    assert all(item["instrument"]["address"].startswith("http") and item["read"] for item in listed)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--in", "GB"), "not held"),
        (("list", "--kind", "sorcery"), "no such kind"),
        (("list", "--from", "2020", "--to", "2019"), "lies after"),
        (("compare", "US", "US"), "Two places"),
    ],
)
def test_errors_say_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    done = run("measures", *arguments)
    assert isinstance(done.exception, UsageError)
    assert said in str(done.exception)


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_stand_below_law_and_figures_and_move_with_the_day(tmp_path: Path, language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    pages = {}
    for day in ("2023-04-06", "2026-11-25"):
        file = tmp_path / f"{day}.html"
        asked = ("--with-law", "US,CN", "--with-measures", "US,CN", "--as-of", day, "--lang", language)
        done = run("figures", "plot", DEATHS, *asked, "-o", str(file))
        assert done.exit_code == 0, (done.output, done.exception)
        pages[day] = file.read_text(encoding="utf-8")
        assert words("measures", "strip", date=day) in pages[day]
        assert words("figures", "side_by_side") in pages[day]
    stop = words("measures", "outside", counts="").split("{")[0].rstrip("。. :：")
    assert stop in pages["2026-11-25"]
    title = json.loads(run("measures", "list", "--in", "US", "--from", "2024-04", "--json", "--lang", language).output)
    named = title[0]["says"][:12]
    assert named in pages["2026-11-25"]
    assert named not in pages["2023-04-06"]


def test_traffic_of_notices_can_be_asked_for_and_is_not_held() -> None:
    assert "no series is held" in run("figures", "list", "--indicator", "notifications").output
    listed = json.loads(run("figures", "list", "--indicator", "laboratory", "--json").output)
    assert {row["indicator"] for row in listed} == {"laboratory-reports"}
