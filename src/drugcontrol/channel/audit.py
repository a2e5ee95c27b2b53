"""The audit: recompute a whole register from its entries and compare everything that was derived from them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from drugcontrol.channel import merkle
from drugcontrol.channel.checkpoint import Checkpoint, read_checkpoint, verify_checkpoint
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.register import Register
from drugcontrol.errors import ReadError, RegisterError, SignatureError


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit that found no fault looked at.

    Attributes
    ----------
    state : Checkpoint
        The state recomputed from the entries.
    checkpoints : int
        Stored checkpoints compared with it.
    kept : int
        Stored contents whose digest was computed again.
    """

    state: Checkpoint
    checkpoints: int
    kept: int


def audit(register: Register, keys: KeyRing | None = None, seen: Iterable[Checkpoint] = ()) -> Audit:
    """Recompute the register and say whether everything in it agrees.

    Parameters
    ----------
    keys : mapping, optional
        With it the signatures of the stored checkpoints are checked too, each at the time it claims.
    seen : iterable of Checkpoint
        States that others hold. A register that was restored from an old copy, or rewritten with new checkpoints,
        agrees with itself; only what others hold shows it.

    Raises
    ------
    RegisterError
        At the first thing that does not agree, with its place.
    """
    register.check_file()
    stored, seen = list(register.checkpoints()), tuple(seen)
    wanted = {size for size, _ in stored} | {checkpoint.size for checkpoint in seen}
    tree = _Tree()
    roots = {0: merkle.EMPTY_ROOT}
    for position, event, message_id, record, leaf in register.rows("entry"):
        where = f"Entry {position}"
        if position != tree.size:
            raise RegisterError(f"{where} follows entry {tree.size - 1}: entries are missing.")
        try:
            entry = Entry.read(record)
        except ReadError as error:
            raise RegisterError(f"{where} cannot be read: {error.message}") from None
        if (entry.event, entry.message_id) != (event, message_id) or merkle.leaf_hash(record) != leaf:
            raise RegisterError(f"{where} does not agree with its hash or its index.")
        for level, index, value in tree.add(leaf):
            if register.subtree(level, index) != value:
                raise RegisterError(f"The stored hash of level {level} at {index} is not that of its entries.")
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    roots[tree.size] = tree.root()
    if register.nodes() != sum(tree.size >> level for level in range(1, tree.size.bit_length())):
        raise RegisterError("The register holds more hashes than its entries have.")
    for size, text in stored:
        _compare_checkpoint(size, text, register.origin, roots, keys)
    for checkpoint in seen:
        if checkpoint.origin != register.origin or roots.get(checkpoint.size) != checkpoint.root:
            raise RegisterError(
                f"Others hold a state of {checkpoint.size} entries that this register of {tree.size} never had.",
                "It was restored from an old copy or rewritten. Sign nothing until this is cleared.",
            )
    kept = 0
    for digest, content in register.rows("kept"):
        if hashlib.sha256(content).digest() != digest:
            raise RegisterError(f"The stored content {digest.hex()[:16]} was changed.")
        kept += 1
    return Audit(Checkpoint(register.origin, tree.size, roots[tree.size]), len(stored), kept)


class _Tree:
    """The peaks of a growing tree: one full subtree for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf and give the full subtrees above it that it completes."""
        made, level, value = [], 0, leaf
        while self.peaks and self.peaks[-1][0] == level:
            value = merkle.node_hash(self.peaks.pop()[1], value)
            level += 1
            made.append((level, self.size >> level, value))
        self.peaks.append((level, value))
        self.size += 1
        return made

    def root(self) -> bytes:
        """Join the peaks from the right."""
        if not self.peaks:
            return merkle.EMPTY_ROOT
        value = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            value = merkle.node_hash(peak, value)
        return value


def _compare_checkpoint(size: int, text: str, origin: str, roots: dict[int, bytes], keys: KeyRing | None) -> None:
    where = f"The checkpoint of {size} entries"
    try:
        read = read_checkpoint(text)
    except ReadError as error:
        raise RegisterError(f"{where} cannot be read: {error.message}") from None
    if read.checkpoint != Checkpoint(origin, size, roots.get(size, b"\0" * 32)):
        raise RegisterError(f"{where} is no state of this register: entries were changed or removed.")
    if keys is not None:
        try:
            verify_checkpoint(text, keys)
        except (ReadError, SignatureError) as error:
            if isinstance(error, SignatureError) and error.reason == "compromised_key":
                return  # signed before the theft was reported; that it is a state of these entries was compared above
            raise RegisterError(f"{where} does not hold: {error.message}") from None
