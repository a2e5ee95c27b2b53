import pytest

from drugcontrol.check import Checker, identify
from drugcontrol.errors import AmbiguousName, StructureError, UnknownName, UsageError

MOLFILE = """
  test

  4  3  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0
    1.5000    0.0000    0.0000 C   0  0
    2.2500    1.3000    0.0000 C   0  0
    2.2500   -1.3000    0.0000 O   0  0
  1  2  1  0
  2  3  1  0
  2  4  2  0
M  END
"""


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("acetone", "name"),
        ("芬太尼", "name"),
        ("fentanyl citrate", "name"),
        ("67-64-1", "cas"),
        ("2914 11 00", "customs_code"),
        ("2914.11", "customs_code"),
        ("CSCPPACGZOOCGX-UHFFFAOYSA-N", "inchikey"),
        ("InChI=1S/C3H6O/c1-3(2)4/h1-2H3", "inchi"),
        ("CC(C)=O", "smiles"),
        ("CCO", "smiles"),
        ("Cl", "smiles"),
        (MOLFILE, "molfile"),
    ],
)
def test_each_form_is_recognised_by_itself(xa: Checker, text: str, read_as: str) -> None:
    assert identify(text, xa.names).read_as == read_as


def test_structures_are_not_repeated_in_the_answer(xa: Checker) -> None:
    assert identify("CC(C)=O", xa.names).text == ""
    assert identify(MOLFILE, xa.names).text == ""


@pytest.mark.parametrize("text", ["PCP", "fentanil", "MDMA", "no such thing", "日本"])
def test_an_unknown_name_is_no_structure_and_no_clearance(xa: Checker, text: str) -> None:
    with pytest.raises(UnknownName, match="no clearance"):
        identify(text, xa.names)


def test_text_behind_a_structure_is_told_and_not_repeated(xa: Checker) -> None:
    with pytest.raises(UsageError, match="behind the structure") as raised:
        identify("CC(=O)C(C)C secret", xa.names)
    assert "CC" not in str(raised.value)


@pytest.mark.parametrize(
    "text", ["CAS 67-64-1", "67\u201364\u20131", "\uff16\uff17-\uff16\uff14-\uff11", "CAS No. 67-64-1"]
)
def test_a_number_is_read_as_people_write_it(xa: Checker, text: str) -> None:
    assert identify(text, xa.names).read_as == "cas"


@pytest.mark.parametrize("text", ["C*", "*", "c1ccccc1-*"])
def test_a_structure_with_an_undefined_atom_is_not_complete(xa: Checker, text: str) -> None:
    with pytest.raises(StructureError, match="not complete"):
        identify(text, xa.names, "smiles")


def test_a_near_miss_gets_suggestions(xa: Checker) -> None:
    with pytest.raises(UnknownName) as raised:
        identify("fentanyll", xa.names)
    assert raised.value.suggestions[0] == "fentanyl"


@pytest.mark.parametrize("text", ["CC(=O", "c1ccccc", "C1CC(N", "[Xx]C=O", "C(C)(C)(C)(C)(C)C=O"])
def test_a_broken_structure_is_told_without_repeating_it(xa: Checker, text: str) -> None:
    with pytest.raises(StructureError) as raised:
        identify(text, xa.names)
    assert text not in str(raised.value)


def test_a_structure_of_ten_thousand_atoms_is_refused_with_the_limit(xa: Checker) -> None:
    with pytest.raises(StructureError, match="1000 atoms"):
        identify("C" * 10_000, xa.names)


def test_text_beyond_any_substance_is_refused(xa: Checker) -> None:
    with pytest.raises(StructureError, match="characters"):
        identify("C(=O)" * 10_000, xa.names, "smiles")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_question_says_what_to_give(xa: Checker, text: str) -> None:
    with pytest.raises(UsageError, match="Give a name"):
        identify(text, xa.names)


def test_a_wrong_check_digit_is_no_cas_number(xa: Checker) -> None:
    with pytest.raises(UsageError, match="check digit"):
        identify("67-64-2", xa.names)


def test_a_cas_number_that_is_not_held_is_no_clearance(xa: Checker) -> None:
    with pytest.raises(UnknownName, match="no clearance"):
        identify("7732-18-5", xa.names)


def test_the_key_of_another_stereoisomer_leaves_stereo_open(xa: Checker) -> None:
    asked = identify("KWGRBVOPPLSCSI-UHFFFAOYSA-N", xa.names)
    assert asked.substance is not None
    assert (asked.substance.id, asked.stereo_known) == ("ephedrine", False)


def test_a_form_can_be_forced(xa: Checker) -> None:
    with pytest.raises(UnknownName):
        identify("CCO", xa.names, "name")
    assert identify("CNP", xa.names, "smiles").molecule is not None


def test_a_customs_code_of_several_substances_asks_back(checker: Checker) -> None:
    with pytest.raises(AmbiguousName) as raised:
        identify("2933 39 99", checker.names)
    assert len(raised.value.candidates) > 3
