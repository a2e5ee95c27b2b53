"""``drugcontrol claim``: list and check, as text, JSON, page and ClaimReview, in three languages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli
from drugcontrol.errors import UsageError
from drugcontrol.report.words import LANGUAGES, Words

AS_OF = ("--as-of", "2026-11-25")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["claim", *arguments])


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_names_every_claim_with_its_kind(language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    done = run("list", "--lang", language)
    assert done.exit_code == 0, done.output
    assert "deaths-rising" in done.output
    assert words("claim_word", "list_title", count="19") in done.output
    ids = [row["id"] for row in json.loads(run("list", "--json").output)]
    assert len(ids) == len(set(ids)) == 19


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_is_told_in_every_language(language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    done = run("check", "all", *AS_OF, "--lang", language)
    assert done.exit_code == 0, done.output
    for outcome in ("supported", "not_supported", "mixed", "undecided"):
        assert words("claim_outcome", outcome).upper() in done.output
    for kind in ("checkable", "undecidable", "opinion"):
        assert words("claim_kind", kind) in done.output
    for key in ("no_mark", "notice", "days"):
        assert words("claim_word", key) in done.output
    assert "{" not in done.output
    assert ": ." not in done.output


def test_the_words_are_marked_as_reported_or_as_our_translation() -> None:
    assert "(as reported)" in run("check", "root-cause", *AS_OF).output
    assert "traducción nuestra" in run("check", "root-cause", *AS_OF, "--lang", "es").output
    assert "本项目译文" in run("check", "root-cause", *AS_OF, "--lang", "zh").output


def test_what_is_not_checked_says_why_and_has_no_outcome() -> None:
    done = run("check", "root-cause", *AS_OF)
    assert "opinion, intent or demand: not checked" in done.output
    assert "Why it is not checked" in done.output
    assert "SUPPORTED" not in done.output


def test_json_gives_codes_values_rows_and_releases() -> None:
    (claim,) = json.loads(run("check", "deaths-rising", *AS_OF, "--json").output)
    months = claim["readings"][2]
    assert (months["then"]["outcome"], months["then"]["params"]["percent"]) == ("not_supported", "-2.42")
    assert [row["release"] for row in months["then"]["rows"]] == ["2023-03-15", "2023-03-15"]
    assert {row["release"] for row in months["now"]["rows"]} == {"2025-09", "2026-01"}
    missing = claim["readings"][3]["then"]
    assert (missing["outcome"], missing["rows"]) == ("undecided", [])
    assert missing["remarks"][0]["code"] == "period_not_held"


def test_several_claims_are_checked_side_by_side() -> None:
    both = json.loads(run("check", "deaths-rising", "us-class-not-scheduled", "deaths-rising", *AS_OF, "--json").output)
    assert [claim["id"] for claim in both] == ["deaths-rising", "us-class-not-scheduled"]


def test_json_gives_law_with_instrument_clause_and_days() -> None:
    (claim,) = json.loads(run("check", "us-class-not-scheduled", *AS_OF, "--json").output)
    (row,) = claim["readings"][0]["then"]["rows"]
    assert (row["type"], row["place"], row["item"]) == ("law", "US", "1308.11(h)(30)")
    assert (row["from"], row["to"], row["term"]) == ("2018-02-06", "2024-12-31", "temporary")
    assert row["act"].startswith("Consolidated Appropriations Act, 2023")
    assert row["instrument"]["en"]


def test_claim_review_has_words_for_each_reading_and_no_number() -> None:
    graph = json.loads(run("check", "all", *AS_OF, "--jsonld").output)
    assert graph["@context"] == "https://schema.org"
    readings = [row for claim in json.loads(run("list", "--json").output) for row in claim["readings"]]
    assert len(graph["@graph"]) == len(readings) > 20
    for review in graph["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert review["itemReviewed"]["@type"] == "Claim"
        assert review["itemReviewed"]["author"]["name"].startswith("Mao Ning")
        assert review["itemReviewed"]["appearance"]["url"].startswith("https://")
        assert set(review["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}


def test_as_of_moves_the_second_answer() -> None:
    (early,) = json.loads(run("check", "us-class-not-scheduled", "--as-of", "2024-01-01", "--json").output)
    (late,) = json.loads(run("check", "us-class-not-scheduled", *AS_OF, "--json").output)
    said = [item["readings"][1]["now"]["outcome"] for item in (early, late)]
    assert said == ["supported", "not_supported"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "nobody-said-this"), "No claim has the id"),
        (("check", "root-cause", "--as-of", "2023-04-05"), "was said on 2023-04-06"),
        (("check", "root-cause", "-o", "x.txt"), "-o needs a form"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.dcx.zip"
    path.write_bytes(b"no zip")
    done = run("check", "no-notification", "--evidence", str(path))
    assert done.exit_code != 0
    assert done.exception is not None
