"""The Merkle tree of RFC 9162: roots, inclusion and consistency proofs, as pure functions over SHA-256 hashes.

A tree of any size is made of full subtrees. Functions that make proofs ask for the hash of the full subtree
``(level, index)``, the one over the leaves ``index * 2**level`` to ``(index + 1) * 2**level - 1``, through a callable,
so that they work on a list as on a database and touch O(log n) hashes.

References
----------
RFC 9162, sections 2.1.1 to 2.1.4.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence

from drugcontrol.errors import SignatureError, UsageError

Subtree = Callable[[int, int], bytes]
"""Gives the hash of a full subtree, by level and index."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
MAX_SIZE = 2**63 - 1


def leaf_hash(entry: bytes) -> bytes:
    """Give the hash of an entry as a leaf; the prefix keeps a node from passing for a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(leaf: bytes, size: int, subtree: Subtree) -> Iterator[tuple[int, int, bytes]]:
    """Give the full subtrees that a new leaf completes, itself first, as level, index and hash.

    Parameters
    ----------
    leaf : bytes
        Hash of the new leaf.
    size : int
        Number of leaves before it.
    """
    level, index, value = 0, size, leaf
    yield level, index, value
    while index % 2:
        value = node_hash(subtree(level, index - 1), value)
        level, index = level + 1, index // 2
        yield level, index, value


def root(size: int, subtree: Subtree) -> bytes:
    """Give the root of the first `size` leaves."""
    return range_hash(0, size, subtree) if size else EMPTY_ROOT


def range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    """Give the hash MTH over the leaves from `start` to before `end`, where `start` begins a subtree."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _split(width)
    return node_hash(range_hash(start, middle, subtree), range_hash(middle, end, subtree))


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Give the path that proves that leaf `index` is among the first `size` leaves.

    Raises
    ------
    UsageError
        When there is no such leaf.
    """
    if not 0 <= index < size:
        raise UsageError(f"There is no entry {index} in a register of {size}.")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_proof(old_size: int, size: int, subtree: Subtree) -> list[bytes]:
    """Give the path that proves that the first `old_size` leaves are the same in the tree of `size`.

    Raises
    ------
    UsageError
        When the older tree is empty or the larger one.
    """
    if not 0 < old_size <= size:
        raise UsageError(f"A register of {old_size} entries is no earlier state of one of {size}.")
    path, start, end = [], 0, size
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(start, middle, subtree))
            start = middle
    if start:
        path.append(range_hash(start, end, subtree))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Give the root that a path leads to from a leaf.

    The size is not bound by the root alone: take it from something signed.

    Raises
    ------
    SignatureError
        ``bad_proof`` when the path has not the length or form of one.
    """
    if not 0 <= index < size <= MAX_SIZE or not _are_hashes([leaf, *path]):
        raise SignatureError("bad_proof", "The inclusion proof has no place in a register of this size.")
    node, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise SignatureError("bad_proof", "The inclusion proof is too long.")
        if node % 2 or node == last:
            value = node_hash(sibling, value)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            value = node_hash(value, sibling)
        node, last = node // 2, last // 2
    if last:
        raise SignatureError("bad_proof", "The inclusion proof is too short.")
    return value


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> None:
    """Say whether a leaf stands at an index of the tree with a root.

    Raises
    ------
    SignatureError
        ``bad_proof``.
    """
    if not hmac.compare_digest(root_from_inclusion(leaf, index, size, path), expected):
        raise SignatureError("bad_proof", "The inclusion proof leads to another root.")


def check_consistency(old_size: int, size: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Say whether a tree only grew from an old root to a new one.

    Raises
    ------
    SignatureError
        ``bad_proof``.
    """
    if not 0 < old_size <= size <= MAX_SIZE or not _are_hashes(path):
        raise SignatureError("bad_proof", "The consistency proof does not fit registers of these sizes.")
    if old_size == size:
        if path or old_root != new_root:
            raise SignatureError("bad_proof", "Two registers of one size have two roots: one of them was rewritten.")
        return
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not steps:
        raise SignatureError("bad_proof", "The consistency proof is too short.")
    node, last = old_size - 1, size - 1
    while node % 2:
        node, last = node // 2, last // 2
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise SignatureError("bad_proof", "The consistency proof is too long.")
        if node % 2 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            new = node_hash(new, step)
        node, last = node // 2, last // 2
    if last or old != old_root or new != new_root:
        raise SignatureError("bad_proof", "The consistency proof does not hold: entries were changed or removed.")


def _split(width: int) -> int:
    """Give the largest power of two smaller than a width."""
    return 1 << ((width - 1).bit_length() - 1)


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(isinstance(value, bytes) and len(value) == 32 for value in values)
