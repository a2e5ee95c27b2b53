"""The kernel: for every row of a column of SMILES, whether anything of the law in force may reach it.

A necessary condition only. A row is dropped when RDKit is certain to read it, no part of it has the skeleton of a
registered structure, and no core of a class rule can lie on it; decision 0012 argues each step.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Self

import numpy as np

from drugcontrol.check.answer import ALL, Still
from drugcontrol.chem import Component, Molecule, components, read_smiles
from drugcontrol.chem.account import Plan
from drugcontrol.chem.forms import SALT_FORMERS
from drugcontrol.chem.hanging import hanging_of
from drugcontrol.law import Substance
from drugcontrol.screen.kernel import keys
from drugcontrol.screen.kernel.atoms import (
    DEGREE,
    ELEMENT,
    ELEMENTS,
    MAX_ATOMS,
    MAX_DEGREE,
    NEIGHBOUR,
    NUMBER,
    Bytes,
    Ints,
    Table,
    Words,
    room,
)
from drugcontrol.screen.kernel.cores import Cores, core_in
from drugcontrol.screen.kernel.jit import compiled
from drugcontrol.screen.kernel.keys import Listed, Work
from drugcontrol.screen.kernel.layout import arrays
from drugcontrol.screen.kernel.queries import RelaxedCore, relaxed
from drugcontrol.screen.kernel.reading import certain, valences
from drugcontrol.screen.kernel.text import Signs, scan, signs

NOTHING, READ, CHECK = range(3)
"""Of a row: nothing of the law reaches it; the same if RDKit can read it; it takes the full check."""

UNREAD, REGISTERED = 1, 2
"""Why a row takes the full check: its text is not understood; a part has the skeleton of a registered structure."""
FIRST_CORE = 2
_LAST_CORE = 63


@compiled
def bit_of(core: int) -> int:
    """Give the bit of a core; those for which none is left share the last one."""
    return min(FIRST_CORE + core, _LAST_CORE)


@cache
def _sign_tables() -> Signs:
    return signs()


@cache
def _valence_table() -> Bytes:
    return valences()


@dataclass(frozen=True)
class Sieve:
    """What is looked for, as arrays.

    Attributes
    ----------
    names : tuple of str
        By core, the class rules that it comes from.
    """

    listed: Listed
    cores: Cores
    names: tuple[str, ...]
    _signs: Signs = field(default_factory=_sign_tables, repr=False)
    _valences: Bytes = field(default_factory=_valence_table, repr=False)

    @classmethod
    def of(cls, substances: Iterable[Substance], wanted: Iterable[tuple[str, Plan, Collection[str]]]) -> Self:
        """Prepare the search for registered substances and for class rules.

        Parameters
        ----------
        wanted : iterable of (str, Plan, collection of str)
            Of each rule its name, its plan, and the clauses one of which must be met.
        """
        rules: dict[RelaxedCore, list[str]] = {}
        for name, plan, requires in wanted:
            for core in plan.cores:
                rules.setdefault(relaxed(core.query, hanging_of(core.query, plan, requires)), []).append(name)
        names = tuple(" ".join(dict.fromkeys(found)) for found in rules.values())
        return cls(_listed(substances), arrays(list(rules)), names)

    def sift(self, text: Bytes, offsets: Ints) -> tuple[Bytes, Words]:
        """Sort the rows of a column.

        Parameters
        ----------
        text : array of uint8
            The SMILES of all rows, one behind the other.
        offsets : array of int64, shape (rows + 1,)

        Returns
        -------
        array of uint8, shape (rows,)
            NOTHING, READ or CHECK.
        array of uint64, shape (rows,)
            Why a row takes the full check: UNREAD, REGISTERED, and the bits of cores (:func:`bit_of`).
        """
        outcome = np.empty(len(offsets) - 1, np.uint8)
        reasons = np.zeros(len(outcome), np.uint64)
        if len(outcome):
            atoms, scratch = room()
            _sift(
                text, offsets, self._signs, self._valences, self.listed, self.cores, atoms, scratch,
                keys.room_for_keys(), outcome, reasons,
            )  # fmt: skip
        return outcome, reasons

    def still(self, reasons: int) -> Still:
        """Say what a row may be, from the reasons why it takes the full check."""
        if reasons & UNREAD:
            return ALL
        found = (name for core, name in enumerate(self.names) if reasons >> bit_of(core) & 1)
        return Still(bool(reasons & REGISTERED), frozenset(rule for names in found for rule in names.split()))


@compiled
def _sift(
    text: Bytes,
    offsets: Ints,
    signs: Signs,
    allowed: Bytes,
    wanted: Listed,
    cores: Cores,
    atoms: Table,
    scratch: Table,
    work: Work,
    outcome: Bytes,
    reasons: Words,
) -> None:
    kinds, around, groups = (
        np.zeros(MAX_ATOMS + 1, np.uint64),
        np.zeros(MAX_ATOMS + 1, np.uint64),
        np.zeros(MAX_ATOMS + 1, np.uint64),
    )
    found = np.zeros(len(cores.needed) + 1, np.uint8)
    for row in range(len(outcome)):
        count = scan(text, offsets[row], offsets[row + 1], signs, atoms, scratch)
        if count < 0:
            outcome[row] = CHECK
            reasons[row] = UNREAD
            continue
        readable = certain(count, allowed, atoms, scratch)
        hit = keys.listed(count, atoms, scratch, wanted, work)
        reasons[row] = REGISTERED if hit else 0
        if core_in(count, atoms, scratch, cores, kinds, around, groups, found):
            hit = True
            for core in range(len(cores.needed)):
                if found[core]:
                    reasons[row] |= np.uint64(1) << np.uint64(bit_of(core))
        outcome[row] = CHECK if hit else NOTHING if readable else READ


def _listed(substances: Iterable[Substance]) -> Listed:
    beside = sorted({_key(part) for text in ("O", *SALT_FORMERS) for part in _pieces(components(read_smiles(text))[0])})
    gate, wanted, metal = keys.no_gate(), set[int](), np.zeros(256, np.uint8)
    for substance in substances:
        if substance.structure is None:
            continue
        parts = components(read_smiles(substance.structure.smiles))
        found = [piece for part in parts for piece in _pieces(part)]
        metals = {atom.GetAtomicNum() for part in parts for atom in part.raw.GetAtoms()} - {1, *ELEMENTS}
        best = max((piece for piece in found if _key(piece) not in beside), key=_size, default=None)
        if best is None and metals:
            metal[max(metals)] = 1  # its other parts are those of any salt
            continue
        chosen = best if best is not None else max(found, key=_size)
        wanted.add(_key(chosen))
        word, bit = keys.coarse_place(np.uint64(_coarse(chosen)))
        gate[int(word)] |= np.uint64(int(bit))
    as_words = [np.array(sorted(values), np.uint64) for values in (wanted, beside)]
    return Listed(gate, as_words[0], as_words[1], metal)


Piece = tuple[int, Table]


def _pieces(part: Component) -> list[Piece]:
    """Give the skeletons that stay of a component when metals are taken out of it, each as a table of its own."""
    heavy = [atom.GetIdx() for atom in part.raw.GetAtoms() if atom.GetAtomicNum() in ELEMENTS]
    pieces, free = list[Piece](), set(heavy)
    while free:
        border = [min(free)]
        together = list[int]()
        while border:
            index = border.pop()
            if index in free:
                free.remove(index)
                together.append(index)
                border += [other.GetIdx() for other in part.raw.GetAtomWithIdx(index).GetNeighbors()]
        if len(together) <= MAX_ATOMS:
            pieces.append((len(together), _table(part.raw, together)))
    return pieces


def _table(mol: Molecule, indices: Sequence[int]) -> Table:
    atoms, _ = room()
    for at, index in enumerate(indices):
        atom = mol.GetAtomWithIdx(index)
        others = [indices.index(other.GetIdx()) for other in atom.GetNeighbors() if other.GetIdx() in indices]
        atoms[at, ELEMENT], atoms[at, NUMBER] = ELEMENTS.index(atom.GetAtomicNum()), atom.GetAtomicNum()
        atoms[at, DEGREE] = len(others)
        for place, other in enumerate(others[:MAX_DEGREE]):
            atoms[at, NEIGHBOUR + place] = other
    return atoms


def _size(piece: Piece) -> int:
    return piece[0]


def _key(piece: Piece) -> int:
    return _sums(piece)[1]


def _coarse(piece: Piece) -> int:
    return _sums(piece)[0]


def _sums(piece: Piece) -> tuple[int, int]:
    count, atoms = piece
    work, scratch = keys.room_for_keys(), room()[1]
    found = keys.parts(count, atoms, scratch)
    keys.first_labels(count, found, atoms, work)
    coarse = int(work.part[0])
    keys.full_keys(count, found, atoms, work)
    return coarse, int(work.part[0])


__all__ = ["CHECK", "NOTHING", "READ", "Sieve"]
