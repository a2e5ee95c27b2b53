"""Class rules of every place together: the data agree with themselves and with another reading; nothing runs away."""

import time

import pytest
from rdkit import Chem

from drugcontrol.check import Checker
from drugcontrol.check.classes import ClassHit, ClassIndex
from drugcontrol.check.rules import class_problems
from drugcontrol.chem import components, read_smiles
from drugcontrol.law import Law
from drugcontrol.law.files import DATA, read_files
from tests.official.rules import STRUCTURES, classes, rules, table
from tests.oracle import in_class

FENTANYL_RULES = {"US": "us-fentanyl-related", "CN": "cn-fentanyl-related", "GB": "gb-fentanyls"}
SAMPLE = (STRUCTURES / "catalogue-sample.smi").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def index(law: Law) -> ClassIndex:
    return ClassIndex.of(law)


def test_members_non_members_and_rulings_in_the_data_come_out_as_they_say() -> None:
    assert [str(problem) for problem in class_problems(read_files(DATA))] == []


def test_every_clause_has_two_members_and_two_non_members_or_the_file_says_why() -> None:
    for path in DATA.glob("law/*/rules/*.yaml"):
        row, _ = next(held for held in rules().values() if f"id: {held[0].id}\n" in path.read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        for clause in row.clauses:
            assert len(clause.outside) >= 2, (row.id, clause.id)
            if len(clause.members) < 2:
                assert "data set that was read prints" in text or "lists that were read" in text, (row.id, clause.id)


def test_the_table_of_fentanyls_holds_every_registered_one(law: Law) -> None:
    registered = {row.id for row in law.substances.values() if "fentanyl" in row.families and row.structure}
    assert {row["substance"] for row in table("fentanyls-by-rule.csv")} == registered


def test_fentanyl_itself_is_in_no_class(checker: Checker) -> None:
    for place in ("US", "CN", "GB", "DE"):
        assert classes(checker, "fentanyl", "2026-06-01", place) == []


def decided(hits: list[ClassHit], rule: str) -> bool:
    return any(hit.rule.rule.id == rule and not hit.questions for hit in hits)


def whole(smiles: str) -> str | None:
    """Give the one part of a structure without salt and charge, as the classes look at it; None for mixtures."""
    parts = [part for part in components(read_smiles(smiles)) if part.role == "part"]
    return str(Chem.MolToSmiles(parts[0].flat)) if len(parts) == 1 else None


@pytest.mark.parametrize("place", list(FENTANYL_RULES))
def test_an_independent_decomposition_agrees_on_every_registered_substance(
    index: ClassIndex, law: Law, place: str
) -> None:
    drawn = {row.id: whole(row.structure.smiles) for row in law.substances.values() if row.structure}
    differ = {
        name
        for name, smiles in drawn.items()
        if smiles and in_class(smiles, place) != decided(index.hits(read_smiles(smiles)), FENTANYL_RULES[place])
    }
    assert differ == set()


@pytest.mark.parametrize("place", list(FENTANYL_RULES))
def test_an_independent_decomposition_agrees_on_public_catalogues(index: ClassIndex, place: str) -> None:
    drawn = [smiles for smiles in map(whole, SAMPLE) if smiles]
    asked = [
        (in_class(smiles, place), decided(index.hits(read_smiles(smiles)), FENTANYL_RULES[place])) for smiles in drawn
    ]
    assert len(drawn) > 450
    assert sum(given for _, given in asked) > 10
    assert [smiles for smiles, (one, other) in zip(drawn, asked, strict=True) if one != other] == []


def test_review_is_rare_in_an_ordinary_catalogue(index: ClassIndex) -> None:
    ordinary = SAMPLE[:325]
    for rule in rules():
        open_ones = [
            smiles
            for smiles in ordinary
            if any(hit.rule.rule.id == rule and hit.questions for hit in index.hits(read_smiles(smiles)))
        ]
        assert len(open_ones) < len(ordinary) / 200, rule


# What could run away: long peptides, a polyamine, rings of many units, cores that lie on themselves in many ways.
LARGE = {
    "the longest structure of the sample": max(SAMPLE, key=len),
    "polyalanine of 40 units": "N[C@@H](C)C(=O)" * 40 + "O",
    "polyphenylalanine of 40 units": "N[C@@H](Cc1ccccc1)C(=O)" * 40 + "O",
    "a polyethylene imine": "NCC" * 60 + "N",
    "gramicidin S, a cyclic peptide": (
        "CC(C)CC1NC(=O)C(CCCN)NC(=O)C(C(C)C)NC(=O)C2CCCN2C(=O)C(Cc2ccccc2)NC(=O)C(CC(C)C)NC(=O)C(CCCN)NC(=O)C(C(C)C)"
        "NC(=O)C2CCCN2C(=O)C(Cc2ccccc2)NC1=O"
    ),
    "18-crown-6": "C1COCCOCCOCCOCCOCCO1",
    "buckminsterfullerene": (
        "c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c5c1c1c6c6c%11c2c2c7c3c3c8c4c4c9c5"
        "c1c1c6c2c3c41"
    ),
}


@pytest.mark.parametrize("name", list(LARGE))
def test_large_and_symmetric_molecules_are_answered_in_time(index: ClassIndex, name: str) -> None:
    mol = read_smiles(LARGE[name])
    start = time.perf_counter()
    index.hits(mol)
    assert time.perf_counter() - start < 2.0


def test_a_mixture_that_holds_a_member_twice_gives_a_hit_for_each_part(index: ClassIndex) -> None:
    member = "O=C(N(c1ccccc1)C1CCN(CCc2ccccc2)CC1)c1ccco1"
    hits = [hit for hit in index.hits(read_smiles(f"{member}.{member}")) if hit.rule.rule.id == "gb-fentanyls"]
    assert [hit.component for hit in hits] == [1, 2]
