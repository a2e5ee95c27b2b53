"""China's export licences that depend on the buyer's country: what `--to` changes, and what it does not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from drugcontrol.check import Checker
from drugcontrol.cli.main import cli
from tests.conftest import verdict

METHYL, ETHYL = (f"{ester} 1-phenethyl-4-oxopiperidine-3-carboxylate" for ester in ("methyl", "ethyl"))
DAY = "2026-09-22"
"""Announcement 2026 No. 40 of the Ministry of Commerce, in force on the day it was made."""


@pytest.mark.parametrize("name", [METHYL, ETHYL])
@pytest.mark.parametrize("to", ["US", "MX", "CA"])
def test_two_chemicals_need_a_licence_to_three_countries_from_a_day_on(checker: Checker, name: str, to: str) -> None:
    given = verdict(checker, name, DAY, "CN", to=to)
    assert (given.status, given.findings[0].since, given.findings[0].kind) == ("controlled", DAY, "export")
    assert given.findings[0].only_to == ("US", "MX", "CA")
    assert verdict(checker, name, "2026-09-21", "CN", to=to).findings == ()


@pytest.mark.parametrize("to", ["FR", "IN", "MM"])
def test_to_another_country_they_are_not_listed(checker: Checker, to: str) -> None:
    assert verdict(checker, METHYL, DAY, "CN", to=to).status == "not_listed"


def test_without_a_destination_the_answer_asks_for_it(checker: Checker) -> None:
    given = verdict(checker, METHYL, DAY, "CN")
    assert (given.status, given.findings[0].question) == ("review", "destination_not_given")


@pytest.mark.parametrize(
    ("to", "lists"), [("US", {"part-1"}), ("LA", {"part-2"}), ("FR", set()), ("", {"part-1", "part-2"})]
)
def test_only_the_lists_that_concern_the_destination_count(checker: Checker, to: str, lists: set[str]) -> None:
    given = verdict(checker, "acetone", DAY, "CN", to=to)
    assert {held.schedule for held in given.coverage.lists if held.kind == "export"} == lists


@pytest.mark.parametrize("to", ["", "US", "FR"])
def test_the_catalogue_of_precursors_reaches_every_destination(checker: Checker, to: str) -> None:
    given = verdict(checker, "NPP", DAY, "CN", to=to)
    assert (given.status, given.findings[0].since, given.findings[0].only_to) == ("controlled", "2018-02-01", ())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "only for export to these destinations: US, MX, CA"),
        ("es", "solo para la exportación a estos destinos: US, MX, CA"),
        ("zh", "仅适用于向以下目的地出口：US, MX, CA"),
    ],
)
def test_the_answer_says_for_which_destinations_and_since_when(language: str, words: str) -> None:
    asked = ["check", METHYL, "--in", "CN", "--to", "US", "--date", DAY, "--lang", language]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0
    assert words in done.output
    assert DAY in done.output


@pytest.mark.parametrize(("to", "count"), [("MX", "1 with something controlled"), ("FR", "1 with nothing found")])
def test_a_file_is_screened_for_one_destination(tmp_path: Path, to: str, count: str) -> None:
    file = tmp_path / "offer.csv"
    file.write_text("smiles\nCCOC(=O)C1CN(CCc2ccccc2)CCC1=O\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["screen", str(file), "--in", "CN", "--to", to, "--date", DAY])
    assert done.exit_code == 0
    assert count in done.output


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "concerns other destinations only: US, MX, CA"),
        ("es", "concierne solo a otros destinos: US, MX, CA"),
        ("zh", "仅列于针对其他目的地的出口清单：US, MX, CA"),
    ],
)
def test_an_answer_for_another_destination_says_to_which_it_would_be_controlled(language: str, words: str) -> None:
    asked = ["check", METHYL, "--in", "CN", "--date", DAY, "--lang", language]
    assert words in CliRunner().invoke(cli, [*asked, "--to", "FR"]).output
    assert words not in CliRunner().invoke(cli, [*asked, "--to", "US"]).output
    assert words not in CliRunner().invoke(cli, asked).output


def test_before_the_list_stood_nothing_is_said_of_other_destinations(checker: Checker) -> None:
    before, since = (verdict(checker, METHYL, day, "CN", to="FR").notes for day in ("2026-09-21", DAY))
    assert len(since) == len(before) + 1
