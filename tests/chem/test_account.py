"""Reading a molecule as a core with portions, on everyday chemicals: nothing is lost, nothing is counted twice."""

import pytest
from rdkit import Chem

from drugcontrol.chem import read_smiles
from drugcontrol.chem.account import Account, Change, Core, Plan, Portion, readings, reference_piece
from drugcontrol.chem.groups import Word


def query(text: str) -> Core:
    return Core(Chem.MolFromSmarts(text))


def words(*names: str) -> tuple[Word, ...]:
    return tuple(Word.parse(name) for name in names)


PIPERIDINE = Plan(
    (query("[N:1]1[C:2][C:3][C:4][C:5][C:6]1"),),
    (
        Portion("methyl", frozenset({1}), reference_piece("*C"), (Change("other", "replaced", words("any")),)),
        Portion("ring", frozenset({2, 3, 4, 5, 6}), None, (Change("ring", "carries", words("alkyl", "hydroxy")),)),
    ),
)
PHENYLETHANOL = Plan(
    (query("[O;D1,D2:1]"),),
    (
        Portion(
            "phenethyl",
            frozenset({1}),
            reference_piece("*CCc1ccccc1"),
            (
                Change("ring", "ring replaced", words("monocycle")),
                Change("on", "carries", words("alkyl", "alkoxy", "halo", "hydroxy")),
            ),
        ),
    ),
)


def read(smiles: str, plan: Plan) -> Account | None:
    """Give the reading that leaves the least open, with the fewest changes."""
    return min(readings(read_smiles(smiles), plan), key=_open_first, default=None)


def _open_first(account: Account) -> tuple[int, int, int]:
    return len(account.unlisted) + len(questions(account)), len(account.unlisted), len(account.met)


def questions(account: Account) -> list[str]:
    return [question for change in account.met for question in change.questions]


@pytest.mark.parametrize(
    ("name", "smiles", "clauses", "unlisted"),
    [
        ("1-methylpiperidine", "CN1CCCCC1", [], 0),
        ("1-ethylpiperidine", "CCN1CCCCC1", ["other"], 0),
        ("1,2-dimethylpiperidine", "CC1CCCCN1C", ["ring"], 0),
        ("1-ethyl-4-hydroxypiperidine", "CCN1CCC(O)CC1", ["other", "ring"], 0),
        ("1-methyl-4-piperidone", "CN1CCC(=O)CC1", [], 1),
        ("1-methylisonipecotic acid", "CN1CCC(C(=O)O)CC1", [], 1),
        ("tropane, a bridge over the ring", "CN1C2CCCC1CC2", [], 1),
        ("mepiquat, a second methyl on the nitrogen", "C[N+]1(C)CCCCC1", [], 1),
        ("1-methylpiperidine N-oxide", "C[N+]1([O-])CCCCC1", [], 1),
        ("1-ethyl-1-methylpiperidinium: the methyl is there, unchanged", "CC[N+]1(C)CCCCC1", [], 1),
    ],
)
def test_pieces_of_a_piperidine(name: str, smiles: str, clauses: list[str], unlisted: int) -> None:
    found = read(smiles, PIPERIDINE)
    assert found is not None, name
    assert (sorted(found.clauses), len(found.unlisted)) == (clauses, unlisted)


@pytest.mark.parametrize("smiles", ["C1CCNCC1", "CN1CCCC1", "C1CC2CCN1CC2", "Cn1ccccc1=O"])
def test_a_lost_portion_or_another_core_gives_no_reading(smiles: str) -> None:
    assert read(smiles, PIPERIDINE) is None


def test_a_group_that_is_there_unchanged_is_never_read_as_replaced() -> None:
    assert {
        clause for item in readings(read_smiles("CC[N+]1(C)CCCCC1"), PIPERIDINE) for clause in item.clauses
    } == set()


@pytest.mark.parametrize(
    ("name", "smiles", "clauses", "open_words"),
    [
        ("2-phenylethanol", "OCCc1ccccc1", [], []),
        ("1-phenyl-2-propanol", "CC(O)Cc1ccccc1", ["on"], []),
        ("2-(4-chlorophenyl)ethanol", "OCCc1ccc(Cl)cc1", ["on"], []),
        ("tyrosol", "OCCc1ccc(O)cc1", ["on"], []),
        ("2-(4-aminophenyl)ethanol: a phenyl further substituted", "OCCc1ccc(N)cc1", ["ring"], []),
        ("2-(2-thienyl)ethanol", "OCCc1cccs1", ["ring"], []),
        ("2-cyclohexylethanol", "OCCC1CCCCC1", ["ring"], []),
        ("2-(1-naphthyl)ethanol", "OCCc1cccc2ccccc12", ["ring"], ["fused_ring"]),
        ("tryptophol", "OCCc1c[nH]c2ccccc12", ["ring"], ["fused_ring"]),
    ],
)
def test_chain_and_ring_of_phenylethanol(name: str, smiles: str, clauses: list[str], open_words: list[str]) -> None:
    found = read(smiles, PHENYLETHANOL)
    assert found is not None, name
    assert (sorted(found.clauses), questions(found), found.unlisted) == (clauses, open_words, ())


@pytest.mark.parametrize(
    ("name", "smiles"),
    [
        ("benzyl alcohol", "OCc1ccccc1"),
        ("3-phenyl-1-propanol", "OCCCc1ccccc1"),
        ("cinnamyl alcohol", "OC/C=C/c1ccccc1"),
        ("2-indanol, the chain in a ring", "OC1Cc2ccccc2C1"),
        ("ethanol", "CCO"),
    ],
)
def test_another_chain_gives_no_reading(name: str, smiles: str) -> None:
    assert list(readings(read_smiles(smiles), PHENYLETHANOL)) == [], name


def test_an_oxygen_on_the_chain_is_an_addition() -> None:
    found = read("OC(=O)Cc1ccccc1", PHENYLETHANOL)
    assert found is not None
    assert (found.clauses, [len(atoms) for atoms in found.unlisted]) == (frozenset(), [1])


def test_a_word_and_a_place_can_both_leave_a_question() -> None:
    doubtful = Change("other", "replaced", words("alkyl"), question="place_from_picture")
    plan = Plan(PIPERIDINE.cores, (Portion("methyl", frozenset({1}), reference_piece("*C"), (doubtful,)),))
    found = read("C1CCCCC1N1CCCCC1", plan)
    assert found is not None
    assert questions(found) == ["cyclic_alkyl", "place_from_picture"]


def test_every_heavy_atom_is_accounted_for() -> None:
    for smiles in ("CCN1CCC(O)CC1", "CN1CCC(C(=O)O)CC1", "CN1C2CCCC1CC2"):
        mol = read_smiles(smiles)
        for item in readings(mol, PIPERIDINE):
            changed = item.core.union(*(met.atoms for met in item.met), *item.unlisted)
            rest = set(range(mol.GetNumAtoms())) - changed
            assert len(rest) in (0, 1)  # the methyl of the reference, unchanged
