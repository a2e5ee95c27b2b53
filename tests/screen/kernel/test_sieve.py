"""The kernel never drops a row that the full check has an answer to."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdkit import Chem

from drugcontrol.check import Checker
from drugcontrol.check.classes import plan_of
from drugcontrol.check.findings import Recognised
from drugcontrol.chem import read_smiles
from drugcontrol.chem.account import Change, Plan, Portion
from drugcontrol.chem.groups import Word
from drugcontrol.errors import StructureError
from drugcontrol.law import load_law
from drugcontrol.screen.kernel.jit import AVAILABLE
from drugcontrol.screen.kernel.sieve import CHECK, NOTHING, Sieve
from tests.properties.rewriting import ACIDS, labelled, protonated, ways_of_writing


@cache
def shipped() -> tuple[Checker, Sieve, tuple[str, ...]]:
    law = load_law()
    rules = [(row.id, plan_of(row), row.requires) for row in law.edition.rules]
    registered = [row.structure.smiles for row in law.substances.values() if row.structure]
    drawn = [
        item.smiles
        for rule in law.edition.rules
        for clause in rule.clauses
        for item in clause.members
        if not isinstance(item, str)
    ]
    return Checker.of(law), Sieve.of(law.substances.values(), rules), (*registered, *drawn)


def sifted(*texts: str) -> list[int]:
    rows = [text.encode() for text in texts]
    offsets = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return shipped()[1].sift(np.frombuffer(b"".join(rows), np.uint8), offsets)[0].tolist()


def said(recognised: Recognised) -> list[str]:
    """Write what was recognised: molecules are no equal objects."""
    hits = [
        f"{hit.rule.id} {hit.account} {hit.questions} {hit.closed} {hit.substance} {hit.forms} {hit.component}"
        for hit in recognised.classes
    ]
    matches = [
        f"{match.substance.id} {match.relation} {match.forms} {match.component} {match.question}"
        for match in recognised.matches
    ]
    return [*matches, *hits]


def held(text: str) -> None:
    """Compare a row with the full check: nothing found and no error may be lost."""
    checker, sieve, _ = shipped()
    row = text.encode()
    (outcome,), (reasons,) = sieve.sift(np.frombuffer(row, np.uint8), np.array([0, len(row)], np.int64))
    try:
        recognised = checker.recognise_structure(read_smiles(text))
    except StructureError:
        assert outcome != NOTHING
        return
    if outcome == CHECK:
        narrowed = checker.recognise_structure(read_smiles(text), sieve.still(int(reasons)))
        assert said(narrowed) == said(recognised)
    else:
        assert recognised == Recognised()


def structures() -> st.SearchStrategy[str]:
    return st.sampled_from(shipped()[2])


def test_the_kernel_is_compiled_where_the_tests_run() -> None:
    assert AVAILABLE


def test_no_registered_structure_and_no_published_member_is_dropped() -> None:
    texts = shipped()[2]
    assert len(texts) > 250
    for text in texts:
        held(text)


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_the_way_of_writing_does_not_matter(data: st.DataObject) -> None:
    held(data.draw(ways_of_writing(data.draw(structures()))))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_salts_mixtures_isotopes_and_charges_do_not_matter(data: st.DataObject) -> None:
    text = data.draw(structures())
    change = data.draw(st.sampled_from(["salt", "mixture", "label", "proton"]))
    match change:
        case "salt":
            text = f"{text}.{data.draw(st.sampled_from(ACIDS))}"
        case "mixture":
            text = f"{data.draw(structures())}.{text}.CCCCCC"
        case "label":
            text = data.draw(labelled(text))
        case _:
            text = protonated(text)
    held(text)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_hydrogens_written_as_atoms_and_other_ring_numbers_do_not_matter(data: st.DataObject) -> None:
    text = data.draw(structures())
    held(Chem.MolToSmiles(Chem.AddHs(Chem.MolFromSmiles(text))))
    shifted = "".join(f"%{int(sign) + 20}" if sign.isdigit() else sign for sign in text)
    if "[" not in text and "%" not in text:
        assert Chem.MolToSmiles(Chem.MolFromSmiles(shifted)) == Chem.MolToSmiles(Chem.MolFromSmiles(text))
        held(shifted)


@given(st.data())
@settings(max_examples=1500, deadline=None)
def test_a_damaged_text_is_never_taken_for_one_that_can_be_read(data: st.DataObject) -> None:
    text = data.draw(structures())
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 2))
    put = data.draw(st.text(alphabet="CNOSPclnos()[]=#-+123456%.:/\\@H*", max_size=2))
    held(text[:at] + put + text[at + cut :])


@pytest.mark.parametrize(
    "text",
    ["*CC", "[*:1]CC", "C~C", "C$C", "N->[Cu]", "CC |c:0|", "C>>C", "C" * 300, "C(.C)C", "[te]1cccc1", "[as]1cccc1",
     "", " CC", "C C", "é", "[2H][2H]", "[H+]", "C[H]C", "[N]", "C1CC", "C12CC12", "C11", "CC(", "CC)", "C=", "=C"],
)  # fmt: skip
def test_what_is_not_understood_takes_the_full_check(text: str) -> None:
    assert sifted(text) == [CHECK] or text == "[N]"


@pytest.mark.parametrize(
    "text",
    ["CC(N)=O", "c1ccccc1", "C1=CC=CC=C1", "c1ccc2[nH]ccc2c1", "CC(=O)[O-].[Na+]", "c1ccc(cc1)-c1ccccc1",
     "C[N+](C)(C)CC", "Cc1ccc([N+](=O)[O-])cc1", "[13CH3]CCC", "N[C@@H](C)C(=O)O", "Cl.CCCCCCN"],
)  # fmt: skip
def test_ordinary_texts_are_read_without_rdkit(text: str) -> None:
    held(text)
    assert sifted(text.replace("[Na+]", "[K+]")) != [2] or shipped()[0].recognise_structure(read_smiles(text))


@pytest.mark.parametrize("text", ["C(C)(C)(C)(C)C", "c1cccc1", "cC", "F(C)C", "c1ccnc1", "[CH5]", "c1ccc1", "n1cccc1"])
def test_a_valence_or_ring_that_rdkit_refuses_is_not_dropped(text: str) -> None:
    assert Chem.MolFromSmiles(text) is None or text == "c1ccc1"
    assert sifted(text) != [NOTHING]


def test_more_cores_than_bits_share_the_last_one_and_lose_nothing() -> None:
    rules = shipped()[0].law.edition.rules
    plain = [(row.id, plan_of(row), row.requires) for row in rules]
    wider = [(f"{name}-wider", _wider(plan), requires) for name, plan, requires in plain]
    many = Sieve.of((), [*plain, *wider])
    assert len(many.names) > 64
    row = b"COc1cc(CCN)cc(OC)c1OC"
    (outcome,), (reasons,) = many.sift(np.frombuffer(row, np.uint8), np.array([0, len(row)], np.int64))
    assert outcome == CHECK
    assert {"gb-phenethylamines", "gb-phenethylamines-wider"} <= (many.still(int(reasons)).rules or set())


def _wider(plan: Plan) -> Plan:
    """Let any group hang anywhere as well: another core for the kernel, which holds whatever the plan holds."""
    anywhere = Portion("anywhere", frozenset(range(100)), None, (Change("any", "carries", (Word("any"),)),))
    return replace(plan, portions=(*plan.portions, anywhere))
