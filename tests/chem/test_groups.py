"""The legal words, asked of groups alone: yes, no, or the question that the law leaves open."""

import pytest

from drugcontrol.chem.account import reference_piece
from drugcontrol.chem.groups import YES, Word, any_of


def asked(word: str, group: str) -> str | None:
    return Word.parse(word).asked_of(reference_piece(group))


@pytest.mark.parametrize(
    ("word", "yes", "no"),
    [
        ("alkyl", ["*C", "*C(C)C", "*CCCC"], ["*C=C", "*CO", "*c1ccccc1", "*CF"]),
        ("alkyl to 3", ["*CCC"], ["*CCCC"]),
        ("alkenyl", ["*C=C", "*CC=C"], ["*C", "*C#C"]),
        ("alkoxy", ["*OC", "*OC(C)C"], ["*O", "*OC(C)=O", "*COC", "*SC"]),
        ("alkoxy to 5", ["*OCCCCC"], ["*OCCCCCC"]),
        ("alkylthio", ["*SC"], ["*OC", "*S"]),
        ("halo", ["*F", "*Cl", "*Br", "*I"], ["*C", "*CF"]),
        ("haloalkyl", ["*C(F)(F)F", "*CCCl"], ["*C", "*F", "*OC(F)F"]),
        ("hydroxy", ["*O"], ["*OC", "*CO"]),
        ("nitro", ["*[N+](=O)[O-]"], ["*N"]),
        ("amino", ["*N"], ["*[N+](=O)[O-]", "*CN"]),
        ("ester", ["*C(=O)OC", "*OC(C)=O"], ["*C(C)=O", "*C(=O)O", "*OC"]),
        ("ether", ["*OC", "*COC"], ["*O", "*OC(C)=O", "*C(=O)OC"]),
        ("ether, by oxygen", ["*OC", "*OCC=C", "*Oc1ccccc1"], ["*COC", "*O", "*OC(C)=O", "*OC(=O)OC"]),
        ("alkylenedioxy", ["*1OCO*=1", "*1OCCO*=1", "*1OC(C)(C)O*=1"], ["*1OCC*=1", "*OCO", "*1OC(=O)O*=1"]),
        ("substituted alkyl", ["*C", "*CCO", "*CC(=O)OC"], ["*C#N", "*C(=O)OC", "*C(C)=N", "*C1CC1", "*OC"]),
        ("alkoxycarbonyl", ["*C(=O)OC", "*C(=O)OCC"], ["*OC(C)=O", "*C(C)=O"]),
        ("acyloxy", ["*OC(C)=O", "*OC(=O)CC"], ["*OC", "*C(=O)OC"]),
        ("alkoxyalkyl", ["*COC"], ["*OC", "*CO"]),
        ("acyl", ["*C(C)=O", "*C(=O)c1ccccc1", "*C(=O)C=C", "*C(=O)C1CC1"], ["*CC", "*C(C)O", "*C1CCCC1=O"]),
        ("monocycle", ["*c1ccccc1", "*c1cccs1", "*C1CCCCC1", "*c1ccc(Cl)cc1"], ["*C", "*Cc1ccccc1"]),
        ("aromatic monocycle", ["*c1ccccc1", "*c1ccncc1", "*c1ccc(OC)cc1"], ["*C1CCCCC1"]),
        ("heteromonocycle", ["*c1cccs1", "*c1ccco1", "*C1CCOCC1"], ["*c1ccccc1", "*C1CCCCC1"]),
        ("cyanoalkyl to 4", ["*CCC#N", "*CCCCC#N"], ["*C#N", "*CCCCCC#N"]),
        ("pyrrolidino", ["*1CCCC1"], ["*1CCCCC1"]),
        ("trialkylsilyl to 12", ["*[Si](C)(C)C"], ["*C(C)(C)C"]),
    ],
)
def test_a_word_takes_in_and_leaves_out(word: str, yes: list[str], no: list[str]) -> None:
    assert {group: asked(word, group) for group in yes} == dict.fromkeys(yes, YES)
    assert {group: asked(word, group) for group in no} == dict.fromkeys(no, None)


@pytest.mark.parametrize(
    ("word", "group", "question"),
    [
        ("alkyl", "*C1CC1", "cyclic_alkyl"),
        ("alkoxy", "*OC1CCCC1", "cyclic_alkyl"),
        ("amino", "*N(C)C", "substituted_amino"),
        ("acyl", "*C=O", "formyl_as_acyl"),
        ("acyl", "*C(=O)OCC", "carbamate_as_acyl"),
        ("acyl", "*C(=O)N(C)C", "urea_as_acyl"),
        ("acyl", "*C(C)=S", "thioacyl_as_acyl"),
        ("acyl", "*S(C)(=O)=O", "sulfonyl_as_acyl"),
        ("monocycle", "*c1ccc2ccccc2c1", "fused_ring"),
        ("aromatic monocycle", "*c1ccc2OCOc2c1", "fused_ring"),
    ],
)
def test_what_the_law_leaves_open_is_a_question(word: str, group: str, question: str) -> None:
    assert asked(word, group) == question


def test_a_group_may_carry_what_the_text_lets_it_carry() -> None:
    chain, carried = (Word.parse("alkoxy to 5"),), (Word.parse("halo"),)
    fluoroethoxy = reference_piece("*OCCF")
    assert any_of(chain, fluoroethoxy) is None
    assert any_of(chain, fluoroethoxy, carried) == YES


def test_every_group_that_may_be_carried_is_taken_off_at_once() -> None:
    chain, carried = (Word.parse("alkyl to 6"),), (Word.parse("halo"), Word.parse("alkoxy to 4"))
    assert any_of(chain, reference_piece("*C(F)(F)C(F)(F)C(F)(F)C(F)(F)F"), carried) == YES
    assert any_of(chain, reference_piece("*CC(F)OC"), carried) == YES
    assert any_of(chain, reference_piece("*CC(F)OCC(=O)C"), carried) is None


def test_a_word_that_the_vocabulary_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="alkyll"):
        Word.parse("alkyll to 3")
