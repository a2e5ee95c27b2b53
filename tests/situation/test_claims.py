"""The shipped statement: every sentence is a claim, and a row that does not fit is named with its cure."""

from pathlib import Path

import pytest

from drugcontrol.errors import DataError, UsageError
from drugcontrol.situation.claims import Grounds, check_claim, find_claim, load_claims
from drugcontrol.situation.claims.outcome import CountFact, FigureFact, LawFact
from tests.situation.claims import SAID, TODAY

CLAIMS = Path(__file__).parents[2] / "src" / "drugcontrol" / "data" / "claims"


def test_every_sentence_of_the_statement_is_a_claim(grounds: Grounds) -> None:
    claims = {claim.id: claim for claim in load_claims(grounds.figures, grounds.law)}
    kinds = {name: claim.row.kind for name, claim in claims.items()}
    assert kinds["no-trafficking-problem"] == kinds["channels-open"] == "undecidable"
    assert {name for name, kind in kinds.items() if kind == "checkable"} == {
        "no-notification",
        "class-control-2019",
        "varieties-exceed",
        "first-country",
        "most-prominent-problem",
        "us-class-not-scheduled",
        "abuse-worse",
        "deaths-rising",
    }
    assert kinds["root-cause"] == kinds["regulation-and-demand"] == kinds["cooperation-within-conventions"] == "opinion"
    for claim in claims.values():
        assert claim.source.address.startswith("https://")
        assert claim.said_on == SAID


def test_every_figure_used_was_published_by_its_day(grounds: Grounds) -> None:
    for claim in load_claims(grounds.figures, grounds.law):
        for reading in check_claim(claim, grounds, TODAY).readings:
            for fact in reading.then.facts:
                if isinstance(fact, FigureFact):
                    assert fact.row.observation is not None
                    assert fact.row.observation.release.published.latest <= SAID
                if isinstance(fact, LawFact):
                    assert fact.first.earliest <= SAID
                if isinstance(fact, CountFact):
                    assert fact.on <= SAID


def test_an_unknown_claim_names_the_nearest(grounds: Grounds) -> None:
    with pytest.raises(UsageError, match="deaths-rising"):
        find_claim(load_claims(grounds.figures, grounds.law), "death-rising")


@pytest.mark.parametrize(
    ("old", "new", "what", "cure"),
    [
        ("series: us-overdose-deaths-t40.4-final}", "series: us-nothing}", "No series has the id", "figures list"),
        ("test: rises_each_period", "test: rises", "Invalid value 'rises'", "docs/claims.md"),
        ("said_on: '2023-04-06'", "said_on: '2023-04-31'", "is no day", "YYYY-MM-DD"),
        ("place: US, family", "place: ZZ, family", "No law is held for", "jurisdictions.yaml"),
        ("family: fentanyl, reading: any", "family: fentanyls, reading: any", "fentanyls", "docs/claims.md"),
        ("substances: [npp,", "substances: [nothing,", "No substance has the id", "data/substances"),
        ("first: '2020'", "first: 'spring'", "is no date", "2023-04"),
        ("others: [ca-opioids-death-rate]", "others: [ca-opioids-deaths]", "different units", "counts with counts"),
        ("- id: firm-stance", "- id: channels-open", "is given twice", "never reused"),
        ("source: california18", "source: nobody", "No source has the id", "Add it to sources"),
        ("kind: undecidable", "kind: checkable", "has no reading", "another kind"),
        ("    zh: 属于期望。\n", "", "lacks zh", "en, es and zh"),
        ("kind: opinion", "kind: lie", "Invalid enum value 'lie'", "docs/claims.md"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_cure(
    tmp_path: Path, grounds: Grounds, old: str, new: str, what: str, cure: str
) -> None:
    text = (CLAIMS / "statement-2023-04-06.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "claims.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_claims(grounds.figures, grounds.law, tmp_path)
    problem = error.value.problems[0]
    assert problem.file == str(path)
    assert problem.line > 1
    assert what in problem.what
    assert cure in problem.cure
