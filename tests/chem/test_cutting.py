"""What hangs on a group is taken off, and a whole molecule stays."""

import pytest
from rdkit import Chem

from drugcontrol.chem.account import reference_piece
from drugcontrol.chem.cutting import tips, without
from drugcontrol.chem.groups import YES, Word, any_of


def bare(group: str, carried: str) -> str:
    """Take every group of a kind off another and write what stays."""
    piece, word = reference_piece(group), Word.parse(carried)
    taken = [tip for tip in tips(piece) if word.asked_of(tip) == YES]
    return str(Chem.MolToSmiles(without(piece, piece.atoms.difference(*(tip.atoms for tip in taken))).whole))


@pytest.mark.parametrize(
    ("group", "carried", "stays"),
    [
        ("*OCCF", "halo", "*OCC"),
        ("*c1ccc(Cl)cc1", "halo", "*c1ccccc1"),
        ("*c1ccn(C)c1", "alkyl", "*c1cc[nH]c1"),
        ("*c1cnn(CC)c1", "alkyl", "*c1cn[nH]c1"),
        ("*c1c(C)ccn1C", "alkyl", "*c1ccc[nH]1"),
    ],
)
def test_hydrogen_stands_for_what_was_taken_off(group: str, carried: str, stays: str) -> None:
    assert bare(group, carried) == Chem.CanonSmiles(stays)


def test_a_group_on_an_aromatic_nitrogen_may_be_carried() -> None:
    assert any_of((Word.parse("heteromonocycle"),), reference_piece("*c1ccn(C)c1"), (Word.parse("alkyl"),)) == YES


def test_the_oxygen_of_a_pyridone_is_not_taken_off() -> None:
    assert "O" not in {tip.root.GetSymbol() for tip in tips(reference_piece("*n1ccccc1=O"))}
    assert [tip.root.GetSymbol() for tip in tips(reference_piece("*c1ccccc1O")) if len(tip.atoms) == 1] == ["O"]
