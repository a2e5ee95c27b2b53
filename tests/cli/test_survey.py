"""The commands over registered substances: compare, diff, first."""

import json

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli
from drugcontrol.errors import UsageError


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
    assert row["both"][0]["second"]["status"] == "controlled"
    assert row["edition"]


def test_a_substance_that_only_the_class_reaches_is_told_apart() -> None:
    row = json.loads(run("compare", "UN", "CN", "--date", "2023-04-06", "--family", "fentanyl", "--json").output)
    basis = {pair["substance"]: pair["second"]["basis"] for pair in row["only_second"]}
    assert (basis["benzylfentanyl"], basis["isobutyryl-fentanyl"]) == ("class", "listing")
    assert basis.keys().isdisjoint(pair["substance"] for pair in row["review"])


def test_silence_of_a_list_held_in_part_is_no_count_of_a_difference() -> None:
    text = run("compare", "CA", "MX", "--date", "2023-04-06", "--family", "fentanyl").output
    assert "Controlled in CA, not found in the part that is held of MX: 13" in text
    assert "Controlled in both: at least 3" in text
    assert "not in MX" not in text


def test_two_lists_held_whole_are_counted_outright() -> None:
    text = run("compare", "UN", "CN", "--date", "2018-08-29", "--family", "fentanyl").output
    assert "at least" not in text
    assert "Controlled in UN, not in CN: 2" in text
    assert "2 more decided or published, not yet in force" in text


def test_a_place_compared_with_itself_is_refused() -> None:
    done = run("compare", "UK", "GB")
    assert isinstance(done.exception, UsageError)
    assert "compared with itself" in str(done.exception)


def test_uk_is_accepted_for_gb() -> None:
    assert run("compare", "UK", "EU", "--date", "2019-01-01", "--json").exit_code == 0


def test_changes_as_json_name_the_act() -> None:
    told = json.loads(run("diff", "2019-04-30", "2019-05-01", "--in", "CN", "--family", "fentanyl", "--json").output)
    benzylfentanyl = next(row for row in told["changes"] if row["substance"] == "benzylfentanyl")
    assert [finding["listing"] for finding in benzylfentanyl["after"]] == ["cn-fentanyl-related-2019"]
    assert (benzylfentanyl["was"], benzylfentanyl["now"], benzylfentanyl["by_class"]) == (
        "not_listed",
        "controlled",
        True,
    )
    assert "1 April 2019" in benzylfentanyl["acts"][0]
    assert told["places"] == [{"jurisdiction": "CN", "at_least": False}]


def test_what_a_class_took_in_is_counted_apart_under_its_act() -> None:
    text = run("diff", "2019-04-30", "2019-05-01", "--in", "CN").output
    assert "became controlled: 40 (0 by name, 40 by class only)" in text
    assert "by Announcement of 1 April 2019" in text


def test_lists_held_in_part_are_said_with_the_changes() -> None:
    assert "not held whole on both days" in run("diff", "2020-01-01", "2024-01-01", "--in", "MX").output


def test_two_days_in_the_wrong_order_are_named() -> None:
    done = run("diff", "2020-01-01", "2019-01-01")
    assert done.exit_code == 2
    assert "earlier day first" in done.output


def test_the_same_day_has_no_change() -> None:
    assert json.loads(run("diff", "2020-01-01", "2020-01-01", "--json").output)["changes"] == []
    assert "No change is held." in run("diff", "2020-01-01", "2020-01-01", "--in", "UN").output


def test_first_as_json() -> None:
    found = json.loads(run("first", "fentanyl", "--json").output)
    assert [row["jurisdiction"] for row in found["readings"]["structural_permanent"]] == ["GB", "IE", "CN", "US"]
    assert {"jurisdiction": "NL", "lists_held": "partial"} in found["without"]


def test_first_takes_a_day_as_of_which_it_answers() -> None:
    found = json.loads(run("first", "fentanyl", "--date", "2019-04-30", "--json").output)
    assert found["as_of"] == "2019-04-30"
    assert "CN" not in [row["jurisdiction"] for row in found["readings"]["any"]]
    assert {"jurisdiction": "CN", "lists_held": "complete"} in found["without"]


def test_first_says_plainly_who_was_first_and_when() -> None:
    text = run("first", "fentanyl").output
    assert "by structure, permanent · first was GB (1987-04-01)" in text
    assert "by structure, temporary · first was US (2018-02-06)" in text
    assert "by an open standard (derivatives, analogues) · first was CA (1997-05-14)" in text


def test_a_family_without_class_control_says_so() -> None:
    assert "none that is held" in run("first", "opioid").output


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a plant, fungus, part, extract or oil: a mixture"),
        ("es", "una planta, un hongo, una parte, un extracto o un aceite: una mezcla"),
        ("zh", "植物、真菌或其部分、浸出物、油：混合物"),
    ],
)
def test_unresolved_substances_are_told_in_three_languages(language: str, said: str) -> None:
    done = run("coverage", "--unresolved", "--in", "UN", "--lang", language)
    assert done.exit_code == 0, done.output
    assert any(line.split()[:1] == ["opium"] and said in line for line in done.output.splitlines())


def test_unresolved_substances_as_json() -> None:
    row = json.loads(run("coverage", "--unresolved", "--json").output)
    given = {one["substance"]: one for one in row["unresolved"]}
    assert given["opium"]["no_structure"] == "material"
    assert given["bretazenil"]["witnesses"] == ["GB"]
    assert row["edition"]


@pytest.mark.parametrize("arguments", [("--summary", "--unresolved"), ("--json",)])
def test_coverage_refuses_options_that_do_not_go_together(arguments: tuple[str, ...]) -> None:
    assert run("coverage", *arguments).exit_code == 2


@pytest.mark.parametrize("language", ["en", "es", "zh"])
@pytest.mark.parametrize("arguments", [("coverage",), ("coverage", "--unresolved"), ("law", "rule")])
def test_nothing_is_cut_off_in_a_table_and_no_word_of_the_program_stands_in_it(
    arguments: tuple[str, ...], language: str
) -> None:
    """Chinese has no spaces at which a line could be broken."""
    done = run(*arguments, "--lang", language)
    assert done.exit_code == 0
    assert "…" not in done.output
    if language == "zh":
        assert "fentanyl, nitazene" not in done.output


def test_a_place_of_which_nothing_is_held_says_so_list_by_list_and_nothing_about_certainty() -> None:
    text = run("coverage", "--in", "JP").output
    assert text.count("nothing held") == 3
    assert "How well known" not in text
