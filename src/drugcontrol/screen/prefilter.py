"""Rows in blocks through the screening kernel: which of them nothing of the law reaches, before anything is parsed."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from drugcontrol.check import Checker
from drugcontrol.check.answer import ALL, Still
from drugcontrol.check.classes import plan_of
from drugcontrol.screen.kernel.jit import AVAILABLE, compiled_before
from drugcontrol.screen.kernel.sieve import CHECK, NOTHING, READ, Sieve

ROWS = 2048
"""Rows of a block: enough that a call costs nothing beside its rows, few enough to stay in memory."""

TO_PREPARE, TO_COMPILE = 2048, 8192
"""Rows of a file from which on preparing the kernel, or compiling it the first time, wins back what it takes."""

T = TypeVar("T")

_EVERYTHING = (CHECK, ALL)
_SETTLED = {NOTHING: (NOTHING, ALL), READ: (READ, ALL), CHECK: _EVERYTHING}


def blocks(rows: Iterable[T]) -> Iterator[list[T]]:
    """Take rows together, in order."""
    left = iter(rows)
    while block := list(islice(left, ROWS)):
        yield block


class Prefilter:
    """The kernel for one edition of the law; without numba every row takes the full check, with the same answers."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._sieve: Sieve | None = None
        self._seen = 0

    def sort(self, smiles: Sequence[str]) -> list[tuple[int, Still]]:
        """Sort the structures of a block: NOTHING, READ or CHECK for each, and what it may be; CHECK for no text."""
        self._seen += len(smiles)
        if self._sieve is None:
            if not AVAILABLE or self._seen < (TO_PREPARE if compiled_before() else TO_COMPILE):
                return [_EVERYTHING] * len(smiles)
            self._sieve = self._prepared()
        texts = [text.encode() for text in smiles]
        offsets = np.cumsum([0, *map(len, texts)]).astype(np.int64)
        outcome, reasons = self._sieve.sift(np.frombuffer(b"".join(texts), np.uint8), offsets)
        sorts = [_SETTLED[sort] for sort in outcome.tolist()]
        for row in np.flatnonzero(outcome == CHECK).tolist():
            sorts[row] = (CHECK, self._sieve.still(int(reasons[row])))
        return sorts

    def _prepared(self) -> Sieve:
        """Derive the search from the law: every registered structure and every core, in force or not."""
        law = self._checker.law
        return Sieve.of(law.substances.values(), [(row.id, plan_of(row), row.requires) for row in law.edition.rules])


__all__ = ["CHECK", "NOTHING", "READ", "Prefilter", "blocks"]
