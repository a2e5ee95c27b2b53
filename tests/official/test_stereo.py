"""Stereochemistry as the texts have it: who is named, who is meant with a name, who is outside."""

import pytest

from drugcontrol.check import Checker
from tests.conftest import verdict

LEVO = "COc1ccc2C[C@H]3N(C)CC[C@@]4(CCCC[C@@H]34)c2c1"
FLAT = "COc1ccc2CC3N(C)CCC4(CCCCC34)c2c1"


@pytest.mark.parametrize("name", ["levomethorphan", "racemethorphan", "levorphanol", "racemorphan"])
def test_named_isomers_and_racemates_are_controlled_by_the_1961_convention(checker: Checker, name: str) -> None:
    assert verdict(checker, name, "2023-04-06", "UN").status == "controlled"


@pytest.mark.parametrize("name", ["dextromethorphan", "dextrorphan"])
@pytest.mark.parametrize("place", ["UN", "US", "CA", "DE", "GB"])
def test_their_mirror_images_are_outside(checker: Checker, name: str, place: str) -> None:
    assert verdict(checker, name, "2023-04-06", place).status == "not_listed"


def test_the_drawn_isomer_answers_like_the_named_one(checker: Checker) -> None:
    named, drawn = (verdict(checker, text, "2023-04-06", "UN") for text in ("levomethorphan", LEVO))
    assert drawn.status == named.status == "controlled"


def test_without_stereo_the_question_is_open_or_the_racemate_is_meant(checker: Checker) -> None:
    assert verdict(checker, FLAT, "2023-04-06", "UN").status in ("controlled", "review")


@pytest.mark.parametrize("name", ["ephedrine", "pseudoephedrine", "norephedrine"])
def test_the_ephedrines_are_precursors_of_table_1(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2023-04-06", "UN")
    assert (given.status, given.findings[0].schedule) == ("controlled", "table-1")


def test_cathine_is_a_psychotropic_and_its_isomer_norephedrine_is_not(checker: Checker) -> None:
    kinds = {
        name: {finding.kind for finding in verdict(checker, name, "2023-04-06", "UN").findings}
        for name in ("cathine", "norephedrine")
    }
    assert "psychotropic" in kinds["cathine"]
    assert kinds["norephedrine"] == {"precursor"}


@pytest.mark.parametrize(
    ("name", "place", "since"),
    [
        ("5-androstenedione", "GB", "2009-12-23"),
        ("4-androstenedione", "GB", "2003-07-01"),
        ("19-nor-5-androstenedione", "US", "[1970-10-28..2016-02-08]"),
    ],
)
def test_a_substance_with_an_entry_of_its_own_is_found_under_it_and_not_as_a_tautomer(
    checker: Checker, name: str, place: str, since: str
) -> None:
    """The two androstenedione skeletons differ by the place of a double bond, and the lists name both."""
    given = verdict(checker, name, "2023-04-06", place)
    assert [finding.since for finding in given.findings] == [since]
    assert {finding.substance for finding in given.findings} == {name}
    assert given.controlled_since == since


def test_before_its_own_entry_the_list_did_not_reach_it_as_a_tautomer(checker: Checker) -> None:
    assert verdict(checker, "5-androstenedione", "2005-01-15", "GB").findings == ()


ORVINOLS = {
    "etorphine": "CCC[C@@](C)(O)[C@H]1C[C@@]23C=C[C@]1(OC)[C@@H]1Oc4c(O)ccc5c4[C@@]12CCN(C)[C@@H]3C5",
    "dihydroetorphine": "CCC[C@@](C)(O)[C@H]1C[C@@]23CC[C@]1(OC)[C@@H]1Oc4c(O)ccc5c4[C@@]12CCN(C)[C@@H]3C5",
    "acetorphine": "CCC[C@@](C)(O)[C@H]1C[C@@]23C=C[C@]1(OC)[C@@H]1Oc4c(OC(C)=O)ccc5c4[C@@]12CCN(C)[C@@H]3C5",
}
"""Drawn with the arrangement of buprenorphine, on which two independent witnesses agree."""


@pytest.mark.parametrize("name", ORVINOLS)
@pytest.mark.parametrize("place", ["UN", "US", "DE", "GB", "NL", "CN"])
def test_what_is_drawn_as_chemists_draw_it_is_found_though_a_law_prints_a_descriptor_wrong(
    checker: Checker, name: str, place: str
) -> None:
    """The German list prints 14R for dihydroetorphine, which is right for etorphine alone."""
    assert verdict(checker, ORVINOLS[name], "2024-01-01", place).status == "controlled"


@pytest.mark.parametrize("place", ["US", "DE", "NL"])
def test_where_public_sources_disagree_about_stereo_another_drawing_is_for_review(checker: Checker, place: str) -> None:
    """Two public data sets draw etorphine otherwise than the law; the German list prints this for dihydroetorphine."""
    printed = "CCC[C@@](C)(O)[C@H]1C[C@]23CC[C@]1(OC)[C@@H]1Oc4c(O)ccc5c4[C@@]12CCN(C)[C@@H]3C5"
    given = verdict(checker, printed, "2024-01-01", place)
    assert (given.status, given.findings[0].question) == ("review", "stereo_unclear")
