"""Canada's open standards: "derivatives and analogues" flag, and never decide."""

import pytest

from drugcontrol.check import Checker
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.rules import classes, met

DAY = "2025-01-15"


@pytest.mark.parametrize(
    "name", ["furanylfentanyl", "acetylfentanyl", "ocfentanil", "thiofentanyl", "crotonylfentanyl"]
)
def test_a_fentanyl_without_a_name_in_item_16_is_put_up_for_review(checker: Checker, name: str) -> None:
    given = verdict(checker, name, DAY, "CA")
    flagged = [finding for finding in given.findings if finding.basis == "class"]
    assert flagged
    assert {(finding.status, finding.question) for finding in flagged} == {("review", "open_standard")}


def test_no_open_standard_ever_controls(checker: Checker, law: Law) -> None:
    for row in law.substances.values():
        if row.structure:
            findings = verdict(checker, row.id, DAY, "CA").findings
            assert {finding.status for finding in findings if finding.basis == "class"} <= {"review"}


@pytest.mark.parametrize("name", ["fentanyl", "sufentanil", "carfentanil", "remifentanil"])
def test_what_an_item_names_is_controlled_by_its_name(checker: Checker, name: str) -> None:
    governing = verdict(checker, name, DAY, "CA").findings[0]
    assert (governing.status, governing.basis) == ("controlled", "listing")


@pytest.mark.parametrize(
    ("rule", "smiles", "expected"),
    [
        ("ca-fentanyls", "O=C(N(c1ccccc1)C1CCN(CCc2ccccc2)CC1)c1ccco1", "?open_standard"),
        ("ca-fentanyls", "c1ccc(CCN2CCC(Nc3ccccc3)CC2)cc1", "-"),
        ("ca-anpp", "c1ccc(CCN2CCC(Nc3ccccc3)CC2)cc1", "?open_standard"),
        ("ca-norfentanyl", "CCC(=O)N(c1ccccc1)C1CCNCC1", "?open_standard"),
        ("ca-norfentanyl", "CCC(=O)N(c1ccccc1)C1CCN(Cc2ccccc2)CC1", "-"),
        ("ca-benzylfentanyl", "CCC(=O)N(c1ccccc1)C1CCN(Cc2ccccc2)CC1", "?open_standard"),
        ("ca-benzylfentanyl", "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1", "-"),
        ("ca-anilinopiperidine", "CC(C)(C)OC(=O)N1CCC(Nc2ccc(F)cc2)CC1", "?open_standard"),
        ("ca-anilinopiperidine", "CC(C)(C)OC(=O)N1CCC(Nc2ccc(Br)cc2)CC1", "?open_standard"),
        ("ca-piperidone", "CC(C)(C)OC(=O)N1CCC(=O)CC1", "?open_standard"),
        ("ca-piperidone", "CC1CNCCC1=O", "?open_standard"),
        ("ca-piperidone", "O=C1CCCCC1", "-"),
        ("ca-benzimidazoles", "CCN(CC)CCn1c(Cc2ccc(OCC)cc2)nc2ccccc12", "?open_standard"),
        ("ca-benzimidazoles", "O=c1[nH]c2ccccc2n1C1CCN(C(C)c2ccc(Br)cc2)CC1", "-"),
    ],
)
def test_only_what_holds_the_whole_core_is_flagged(rule: str, smiles: str, expected: str) -> None:
    assert met(rule, smiles) == expected


def test_a_name_in_another_schedule_takes_a_substance_out_of_the_open_standard(checker: Checker) -> None:
    roles = dict(classes(checker, "norfentanyl", DAY, "CA"))
    assert set(roles.values()) <= {"displaced"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("methohexital", "ca-barbiturates-item"),
        ("clonazolam", "ca-benzodiazepines-item"),
        ("diclazepam", "ca-benzodiazepines-item"),
        ("flubromazolam", "ca-benzodiazepines-item"),
    ],
)
def test_a_depressant_that_schedule_4_does_not_name_is_put_up_for_review(
    checker: Checker, name: str, rule: str
) -> None:
    given = verdict(checker, name, DAY, "CA")
    assert (given.status, given.findings[0].listing, given.findings[0].question) == ("review", rule, "open_standard")


@pytest.mark.parametrize("name", ["clozapine", "olanzapine", "clozapine N-oxide", "barbituric acid", "zopiclone"])
def test_what_schedule_4_names_as_outside_or_does_not_reach_stays_free(checker: Checker, name: str) -> None:
    assert verdict(checker, name, DAY, "CA").findings == ()


@pytest.mark.parametrize("name", ["alprazolam", "clobazam", "phenobarbital", "thiopental"])
def test_what_schedule_4_names_is_controlled_by_its_name(checker: Checker, name: str) -> None:
    governing = verdict(checker, name, DAY, "CA").findings[0]
    assert (governing.status, governing.basis) == ("controlled", "listing")


def test_what_is_named_as_outside_is_outside_drawn_as_any_tautomer(checker: Checker) -> None:
    """As a public data set draws clozapine, with the hydrogen on the other nitrogen."""
    drawn = "CN1CCN(CC1)C2=C3C=CC=CC3=NC4=C(N2)C=C(C=C4)Cl"
    assert verdict(checker, drawn, DAY, "CA", read_as="smiles").findings == ()
