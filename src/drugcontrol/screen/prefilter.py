"""A column of structures through the screening kernel: which rows nothing of the law reaches, before any is parsed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
import pyarrow

from drugcontrol.check import Checker
from drugcontrol.check.answer import ALL, Still
from drugcontrol.check.classes import plan_of
from drugcontrol.law import Substance
from drugcontrol.law.rows import ClassRuleRow
from drugcontrol.screen.kernel.atoms import Bytes, Ints, Words
from drugcontrol.screen.kernel.jit import AVAILABLE, compiled_before
from drugcontrol.screen.kernel.sieve import CHECK, NOTHING, READ, Sieve

ROWS = 2048
"""Rows of a block: enough that a call costs nothing beside its rows, few enough to stay in memory."""

TO_PREPARE, TO_COMPILE = 2048, 8192
"""Rows of a file from which on preparing the kernel, or compiling it the first time, wins back what it takes."""

T = TypeVar("T")


def blocks(rows: Iterable[T]) -> Iterator[list[T]]:
    """Take rows together, in order."""
    left = iter(rows)
    while block := list(islice(left, ROWS)):
        yield block


@dataclass(frozen=True)
class Sorted:
    """What the kernel says of the rows of a column.

    Attributes
    ----------
    outcome : array of uint8, shape (rows,)
        NOTHING, READ or CHECK; CHECK for no text.
    """

    outcome: Bytes
    _reasons: Words | None = None
    _sieve: Sieve | None = None

    def still(self, row: int) -> Still:
        """Say what a row that takes the full check may be."""
        if self._sieve is None or self._reasons is None:
            return ALL
        return self._sieve.still(int(self._reasons[row]))


@dataclass(frozen=True)
class About:
    """The substances and class rules that alone are looked for."""

    substances: tuple[Substance, ...]
    rules: tuple[ClassRuleRow, ...]


class Prefilter:
    """The kernel for one edition of the law; without numba every row takes the full check, with the same answers.

    Parameters
    ----------
    about : About, optional
        Sort by this part of the law, or of another edition: of a row that takes the full check all else is open then.
    """

    def __init__(self, checker: Checker, about: About | None = None) -> None:
        self._checker = checker
        self._about = about
        self._sieve: Sieve | None = None
        self._seen = 0

    def sort(self, smiles: pyarrow.StringArray) -> Sorted:
        """Sort the structures of a block; a null is no text."""
        self._seen += len(smiles)
        if self._sieve is None:
            if not AVAILABLE or self._seen < (TO_PREPARE if compiled_before() else TO_COMPILE):
                return Sorted(np.full(len(smiles), CHECK, np.uint8))
            self._sieve = self._prepared()
        outcome, reasons = self._sieve.sift(*_text_of(smiles))
        return Sorted(outcome) if self._about else Sorted(outcome, reasons, self._sieve)

    def _prepared(self) -> Sieve:
        """Derive the search from the law: every registered structure and every core, in force or not."""
        law = self._checker.law
        about = self._about or About(tuple(law.substances.values()), law.edition.rules)
        return Sieve.of(about.substances, [(row.id, plan_of(row), row.requires) for row in about.rules])


def _text_of(column: pyarrow.StringArray) -> tuple[Bytes, Ints]:
    """Give the bytes of a column, one text behind the other, and where each begins and the last one ends."""
    _, places, content = column.buffers()
    offsets = np.frombuffer(places, np.int32, len(column) + 1, 4 * column.offset) if len(column) else np.zeros(1)
    text = np.frombuffer(content, np.uint8) if content is not None else np.empty(0, np.uint8)
    return text, offsets.astype(np.int64)


__all__ = ["CHECK", "NOTHING", "READ", "About", "Prefilter", "Sorted", "blocks"]
