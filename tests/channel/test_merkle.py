"""Proofs equal those of two other libraries and answer the published cases as these say.

Every size to 300 is tried, and of the pairs of sizes and places one in 5; DRUGCONTROL_MERKLE_STEP=1 tries all 45,150.
"""

import base64
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import scitt_cose
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from drugcontrol.channel import merkle
from drugcontrol.errors import SignatureError, UsageError

VECTORS = Path(__file__).parents[1] / "vectors"
LARGEST = 300
STEP = int(os.environ.get("DRUGCONTROL_MERKLE_STEP", "5"))
ENTRIES = [index.to_bytes(4, "big") for index in range(LARGEST)]


def subtrees(entries: Iterable[bytes]) -> merkle.Subtree:
    """Hold all full subtrees of a tree in a dict, as the register holds them in a table."""
    held: dict[tuple[int, int], bytes] = {}
    for size, entry in enumerate(entries):
        for level, index, value in merkle.completed(merkle.leaf_hash(entry), size, lambda *key: held[key]):
            held[level, index] = value
    return lambda level, index: held[level, index]


SUBTREE = subtrees(ENTRIES)
ROOTS = [merkle.root(size, SUBTREE) for size in range(LARGEST + 1)]


@pytest.fixture(scope="module")
def other() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


def test_roots_of_all_sizes_equal_those_of_another_library(other: InmemoryTree) -> None:
    assert ROOTS[0].hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [other.get_root(size) for size in range(1, LARGEST + 1)] == ROOTS[1:]


def test_inclusion_proofs_hold_for_every_leaf_of_every_size() -> None:
    for size in range(1, LARGEST + 1):
        for index in range(size):
            path = merkle.inclusion_proof(index, size, SUBTREE)
            merkle.check_inclusion(merkle.leaf_hash(ENTRIES[index]), index, size, path, ROOTS[size])


def test_inclusion_proofs_equal_those_of_another_library(other: InmemoryTree) -> None:
    for size in range(1, LARGEST + 1):
        for index in {*range(max(0, size - 3), size), *range(size % STEP, size, STEP)}:
            theirs = [bytes.fromhex(step) for step in other.prove_inclusion(index + 1, size).serialize()["path"]]
            assert merkle.inclusion_proof(index, size, SUBTREE) == theirs[1:]


def test_inclusion_proofs_equal_those_of_a_third_library() -> None:
    entries = [entry.hex() for entry in ENTRIES]
    for size in range(1, LARGEST + 1, STEP):
        for index in range(size % STEP, size, STEP):
            path = [step.hex() for step in merkle.inclusion_proof(index, size, SUBTREE)]
            assert path == scitt_cose.inclusion_proof(entries[:size], index)


def test_consistency_proofs_hold_between_all_sizes() -> None:
    for size in range(1, LARGEST + 1):
        for old in range(1, size + 1):
            path = merkle.consistency_proof(old, size, SUBTREE)
            merkle.check_consistency(old, size, path, ROOTS[old], ROOTS[size])


def test_another_library_proves_the_history_between_our_roots(other: InmemoryTree) -> None:
    for size in range(2, LARGEST + 1, STEP):
        for old in range(1, size, STEP):
            verify_consistency(ROOTS[old], ROOTS[size], other.prove_consistency(old, size))


def test_a_third_library_accepts_and_makes_the_same_consistency_proofs() -> None:
    entries = [entry.hex() for entry in ENTRIES]
    for size in range(1, LARGEST + 1):
        for old in range(1, size + 1, STEP):
            path = [step.hex() for step in merkle.consistency_proof(old, size, SUBTREE)]
            assert scitt_cose.verify_consistency(ROOTS[old].hex(), ROOTS[size].hex(), old, size, path)
            if size % STEP == 0:
                assert path == scitt_cose.consistency_proof(entries, old, size)


@given(st.data())
def test_a_proof_with_one_bit_changed_does_not_hold(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_proof(index, size, SUBTREE)
    place, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[place] = (int.from_bytes(path[place], "big") ^ (1 << bit)).to_bytes(32, "big")
    with pytest.raises(SignatureError):
        merkle.check_inclusion(merkle.leaf_hash(ENTRIES[index]), index, size, path, ROOTS[size])


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_proof_for_one_leaf_proves_no_other(size: int, index: int, other_index: int) -> None:
    if index >= size or index == other_index:
        return
    path = merkle.inclusion_proof(index, size, SUBTREE)
    with pytest.raises(SignatureError):
        merkle.check_inclusion(merkle.leaf_hash(ENTRIES[index]), other_index, size, path, ROOTS[size])
    with pytest.raises(SignatureError):
        merkle.check_inclusion(merkle.leaf_hash(ENTRIES[other_index]), index, size, path, ROOTS[size])


def test_a_rewritten_history_is_not_consistent() -> None:
    rewritten = subtrees([*ENTRIES[:10], b"other", *ENTRIES[11:]])
    for size in range(12, 80):
        path = merkle.consistency_proof(11, size, rewritten)
        with pytest.raises(SignatureError):
            merkle.check_consistency(11, size, path, ROOTS[11], merkle.root(size, rewritten))


def test_there_is_no_proof_for_what_is_not_there() -> None:
    for index, size in [(-1, 3), (3, 3), (0, 0)]:
        with pytest.raises(UsageError):
            merkle.inclusion_proof(index, size, SUBTREE)
    for old, size in [(0, 3), (4, 3)]:
        with pytest.raises(UsageError):
            merkle.consistency_proof(old, size, SUBTREE)


def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (VECTORS / name).read_text().splitlines()]


def _bytes(value: Any) -> Any:
    return [_bytes(item) for item in value] if isinstance(value, list) else base64.b64decode(value or "")


@pytest.mark.parametrize("case", _cases("rfc6962-inclusion.jsonl"), ids=lambda case: case["case"])
def test_published_inclusion_proofs_are_judged_as_published(case: dict[str, Any]) -> None:
    path = _bytes(case["proof"] or [])
    leaf, root = _bytes(case["leafHash"]), _bytes(case["root"])
    try:
        merkle.check_inclusion(leaf, case["leafIdx"], case["treeSize"], path, root)
        held = True
    except SignatureError:
        held = False
    assert held != case["wantErr"], case["desc"]


@pytest.mark.parametrize("case", _cases("rfc6962-consistency.jsonl"), ids=lambda case: case["case"])
def test_published_consistency_proofs_are_judged_as_published(case: dict[str, Any]) -> None:
    path = _bytes(case["proof"] or [])
    try:
        merkle.check_consistency(case["size1"], case["size2"], path, _bytes(case["root1"]), _bytes(case["root2"]))
        held = True
    except SignatureError:
        held = False
    assert held != case["wantErr"], case["desc"]
