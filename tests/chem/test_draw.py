import re

import pytest

from drugcontrol.chem import read_smiles
from drugcontrol.chem.draw import Mark, svg
from drugcontrol.law import Law

FENTANYL = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"
_NOTE = re.compile(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</text>')


def test_a_plain_drawing_has_no_notes() -> None:
    assert _NOTE.findall(svg(read_smiles(FENTANYL))) == []


def test_a_note_is_written_as_text_and_escaped() -> None:
    drawn = svg(read_smiles(FENTANYL), 700, 400, [Mark(frozenset({0, 1}), "#77aadd", "(<)")])
    assert "(&lt;)" in drawn
    assert "#77AADD" in drawn


def test_small_structures_are_not_blown_up() -> None:
    numbers = [float(x) for x in re.findall(r"d='M ([\d.]+),", svg(read_smiles("CC(C)=O"), 700, 400))]
    assert max(numbers) - min(numbers) < 100


@pytest.mark.parametrize("substance", ["fentanyl", "isotonitazene", "carfentanil", "acetone"])
def test_notes_stay_inside_and_apart(law: Law, substance: str) -> None:
    structure = law.substances[substance].structure
    assert structure is not None
    mol = read_smiles(structure.smiles)
    ends = [atom.GetIdx() for atom in mol.GetAtoms() if atom.GetDegree() == 1]
    drawn = svg(mol, 700, 400, [Mark(frozenset({index}), "#77aadd", f"({index})") for index in ends])
    places = [(float(x), float(y)) for x, y, _ in _NOTE.findall(drawn)]
    assert len(places) == len(ends)
    assert all(0 < x < 700 and 0 < y < 400 for x, y in places)
    for number, (x, y) in enumerate(places):
        assert all(abs(x - a) > 20 or abs(y - b) > 14 for a, b in places[:number])
