import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.law import Law
from drugcontrol.law.names import NameIndex, normal_name, without_salt


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N-Phenethyl-4-piperidone", "n phenethyl 4 piperidone"),
        ("β-hydroxyfentanyl", "beta-Hydroxy fentanyl"),
        ("Acetone", "ACETONE"),
        ("éther éthylique", "ether ethylique"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


def test_a_prime_matters() -> None:
    assert normal_name("4'-methyl acetyl fentanyl") != normal_name("4-methyl acetyl fentanyl")
    assert normal_name("4′-methyl acetyl fentanyl") == normal_name("4'-methyl acetyl fentanyl")


@pytest.mark.parametrize(
    ("salt", "base"),
    [
        ("fentanyl citrate", "fentanyl"),
        ("Ephedrine hydrochloride", "ephedrine"),
        ("clorhidrato de seudoefedrina", "seudoefedrina"),
        ("盐酸麻黄碱", "麻黄碱"),
        ("norfentanyl HCl", "norfentanyl"),
    ],
)
def test_the_name_of_a_salt_leads_to_its_base(salt: str, base: str) -> None:
    assert without_salt(salt) == base


@pytest.mark.parametrize("name", ["acetone", "potassium permanganate", "hydrochloric acid", "citrate", ""])
def test_other_names_are_left_alone(name: str) -> None:
    assert without_salt(name) is None


def test_near_misses_are_offered_once_a_substance(xa_law: Law) -> None:
    near = NameIndex.of(xa_law).near("fentanill")
    assert near
    assert near[0] in {"fentanyl", "fentanilo"}


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)
