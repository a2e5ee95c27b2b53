"""Reading a SMILES to its heavy-atom skeleton, byte by byte, without building a molecule.

What is not understood for certain is not guessed: the row takes the full check.
"""

from typing import NamedTuple

import numpy as np
from rdkit import Chem

from drugcontrol.screen.kernel.atoms import (
    AROMATIC,
    BONDS,
    CHARGE,
    DEGREE,
    DOUBLE,
    ELEMENT,
    ELEMENTS,
    HYDROGEN,
    HYDROGENS,
    LOWER,
    MAX_ATOMS,
    MAX_DEGREE,
    METAL,
    NEIGHBOUR,
    NUMBER,
    ORDER,
    RING_ATOM,
    RING_ORDER,
    SINGLE,
    STACK,
    TRIPLE,
    Bytes,
    Table,
)
from drugcontrol.screen.kernel.jit import compiled

NOT_UNDERSTOOD = -1
_CHLORINE, _BROMINE = ELEMENTS.index(17), ELEMENTS.index(35)
_OTHER, _LETTER, _BRACKET, _BOND, _DIGIT, _PERCENT, _OPEN, _CLOSE, _DOT = range(9)
_START, _ATOM, _AFTER_BOND, _OPENED, _CLOSED = range(5)
_MINUS, _PLUS, _AT, _H, _L, _R, _END = (ord(sign) for sign in "-+@Hlr]")


class Signs(NamedTuple):
    """What each byte means."""

    kind: Bytes
    """By byte: the part of speech."""
    bond: Bytes
    """By byte: the bond order of a bond sign."""
    letter: Bytes
    """By byte: the element of an atom without brackets."""
    symbol: Bytes
    """Shape (256, 256): the atomic number of a symbol in brackets; second byte 0 for symbols of one letter."""
    element: Bytes
    """By atomic number: the number of the element here."""


def signs() -> Signs:
    """Make the tables of bytes; symbols of elements are RDKit's."""
    kind, bond = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    letter, symbol = np.zeros(256, np.uint8), np.zeros((256, 256), np.uint8)
    element = np.full(256, METAL, np.uint8)
    for text, what in (("BCNOPSFIcnops", _LETTER), ("[", _BRACKET), ("0123456789", _DIGIT), ("%", _PERCENT)):
        kind[[ord(sign) for sign in text]] = what
    kind[[ord("("), ord(")"), ord(".")]] = _OPEN, _CLOSE, _DOT
    for sign, order in (("-", SINGLE), ("=", DOUBLE), ("#", TRIPLE), (":", AROMATIC), ("/", SINGLE), ("\\", SINGLE)):
        kind[ord(sign)], bond[ord(sign)] = _BOND, order
    element[list(ELEMENTS)] = range(METAL)
    element[1] = HYDROGEN
    table = Chem.GetPeriodicTable()
    for number in range(1, 119):
        name = table.GetElementSymbol(number)
        symbol[ord(name[0]), ord(name[1]) if len(name) > 1 else 0] = number
    for sign in "BCNOPSFIcnops":
        letter[ord(sign)] = element[symbol[ord(sign.upper()), 0]]
    for sign in "cnops":
        symbol[ord(sign), 0] = symbol[ord(sign.upper()), 0]
    symbol[ord("s"), ord("e")] = symbol[ord("S"), ord("e")]
    return Signs(kind, bond, letter, symbol, element)


@compiled
def scan(text: Bytes, start: int, end: int, signs: Signs, atoms: Table, scratch: Table) -> int:
    """Read the skeleton of one SMILES.

    Parameters
    ----------
    text : array of uint8
    start, end : int
        Where the SMILES begins and ends in `text`.

    Returns
    -------
    int
        The number of atoms, hydrogens left out; NOT_UNDERSTOOD when anything is unusual.
    """
    scratch[RING_ATOM, :] = -1
    count, before, last, order, depth, rings = 0, -1, _START, 0, 0, 0
    has_hydrogen, has_direction, bond_follows_atom = False, False, False
    at = start
    while at < end:
        sign = text[at]
        kind = signs.kind[sign]
        if kind == _LETTER or kind == _BRACKET:
            if count == MAX_ATOMS:
                return NOT_UNDERSTOOD
            if kind == _LETTER:
                atoms[count, ELEMENT] = signs.letter[sign]
                if sign == 67 and at + 1 < end and text[at + 1] == _L:  # Cl
                    atoms[count, ELEMENT] = _CHLORINE
                    at += 1
                elif sign == 66 and at + 1 < end and text[at + 1] == _R:  # Br
                    atoms[count, ELEMENT] = _BROMINE
                    at += 1
                atoms[count, LOWER] = sign >= 97
                atoms[count, CHARGE] = 0
                atoms[count, HYDROGENS] = -1
                at += 1
            else:
                at = _bracket(text, at + 1, end, count, signs, atoms)
                if at == NOT_UNDERSTOOD:
                    return NOT_UNDERSTOOD
                has_hydrogen |= atoms[count, ELEMENT] == HYDROGEN
            atoms[count, DEGREE] = 0
            atoms[count, BONDS] = 0
            if before >= 0 and not _link(before, count, order, atoms):
                return NOT_UNDERSTOOD
            before = count
            count += 1
            order, last = 0, _ATOM
            continue
        if kind == _BOND:
            if last == _START or last == _AFTER_BOND:
                return NOT_UNDERSTOOD
            bond_follows_atom = last == _ATOM
            order, last = signs.bond[sign], _AFTER_BOND
            has_direction |= sign == 47 or sign == 92  # / and \
        elif kind == _DIGIT or kind == _PERCENT:
            if not (last == _ATOM or (last == _AFTER_BOND and bond_follows_atom)):
                return NOT_UNDERSTOOD
            number = sign - 48
            if kind == _PERCENT:
                if at + 2 >= end or signs.kind[text[at + 1]] != _DIGIT or signs.kind[text[at + 2]] != _DIGIT:
                    return NOT_UNDERSTOOD
                number = (text[at + 1] - 48) * 10 + text[at + 2] - 48
                at += 2
            other = scratch[RING_ATOM, number]
            if other < 0:
                scratch[RING_ATOM, number], scratch[RING_ORDER, number] = before, order
                rings += 1
            else:
                if order and scratch[RING_ORDER, number] and order != scratch[RING_ORDER, number]:
                    return NOT_UNDERSTOOD
                if not _link(other, before, max(order, scratch[RING_ORDER, number]), atoms):
                    return NOT_UNDERSTOOD
                scratch[RING_ATOM, number] = -1
                rings -= 1
            order, last = 0, _ATOM
        elif kind == _OPEN:
            if not (last == _ATOM or last == _CLOSED) or depth == MAX_ATOMS:
                return NOT_UNDERSTOOD
            scratch[STACK, depth] = before
            depth += 1
            last = _OPENED
        elif kind == _CLOSE:
            if not (last == _ATOM or last == _CLOSED) or depth == 0:
                return NOT_UNDERSTOOD
            depth -= 1
            before = scratch[STACK, depth]
            last = _CLOSED
        elif kind == _DOT:
            if not (last == _ATOM or last == _CLOSED) or depth:
                return NOT_UNDERSTOOD
            before, last = -1, _START
        else:
            return NOT_UNDERSTOOD
        at += 1
    if depth or rings or not (last == _ATOM or last == _CLOSED):
        return NOT_UNDERSTOOD
    if has_hydrogen:
        return NOT_UNDERSTOOD if has_direction else _without_hydrogens(count, atoms, scratch)
    return count


@compiled
def _bracket(text: Bytes, at: int, end: int, index: int, signs: Signs, atoms: Table) -> int:
    """Read an atom in brackets: isotope, symbol, chirality, hydrogens, charge; give where the text goes on."""
    begin = at
    while at < end and signs.kind[text[at]] == _DIGIT:
        at += 1
    if at + 1 >= end or at - begin > 3:
        return NOT_UNDERSTOOD
    first = text[at]
    number = signs.symbol[first, text[at + 1]]
    if number:
        at += 2
    else:
        number = signs.symbol[first, 0]
        at += 1
    if number == 0 or text[at - 1] == 0:
        return NOT_UNDERSTOOD
    element = signs.element[number]
    for _ in range(2):
        if at < end and text[at] == _AT:
            at += 1
    hydrogens, charge = 0, 0
    if at < end and text[at] == _H:
        hydrogens = 1
        at += 1
        if at < end and signs.kind[text[at]] == _DIGIT:
            hydrogens = text[at] - 48
            at += 1
    if at < end and (text[at] == _PLUS or text[at] == _MINUS):
        unit = 1 if text[at] == _PLUS else -1
        charge = unit
        at += 1
        if at < end and signs.kind[text[at]] == _DIGIT:
            charge = unit * (text[at] - 48)
            at += 1
        elif at < end and text[at] == text[at - 1]:
            charge = 2 * unit
            at += 1
    if at >= end or text[at] != _END or (element == HYDROGEN and (hydrogens or charge)):
        return NOT_UNDERSTOOD
    atoms[index, ELEMENT] = element
    atoms[index, NUMBER] = number
    atoms[index, LOWER] = first >= 97
    atoms[index, CHARGE] = charge
    atoms[index, HYDROGENS] = hydrogens
    return at + 1


@compiled
def _link(one: int, other: int, order: int, atoms: Table) -> bool:
    """Bind two atoms; false when they cannot be bound as written."""
    degree, degree_other = atoms[one, DEGREE], atoms[other, DEGREE]
    if one == other or degree == MAX_DEGREE or degree_other == MAX_DEGREE:
        return False
    for place in range(degree):
        if atoms[one, NEIGHBOUR + place] == other:
            return False
    both_lower = atoms[one, LOWER] and atoms[other, LOWER]
    if order == 0:
        order = AROMATIC if both_lower else SINGLE
    elif order == AROMATIC and not both_lower:
        return False
    atoms[one, NEIGHBOUR + degree], atoms[one, ORDER + degree] = other, order
    atoms[other, NEIGHBOUR + degree_other], atoms[other, ORDER + degree_other] = one, order
    atoms[one, DEGREE], atoms[other, DEGREE] = degree + 1, degree_other + 1
    counted = 1 if order == AROMATIC else order
    atoms[one, BONDS] += counted
    atoms[other, BONDS] += counted
    return True


@compiled
def _without_hydrogens(count: int, atoms: Table, scratch: Table) -> int:
    """Leave out explicit hydrogens, as long as each hangs on one heavy atom that is no metal; sums of bonds stay."""
    kept = 0
    for index in range(count):
        if atoms[index, ELEMENT] == HYDROGEN:
            if atoms[index, DEGREE] != 1 or atoms[index, ORDER + 0] != SINGLE:
                return NOT_UNDERSTOOD
            if atoms[atoms[index, NEIGHBOUR + 0], ELEMENT] >= METAL:
                return NOT_UNDERSTOOD
            continue
        scratch[STACK, index] = kept
        kept += 1
    for index in range(count):
        if atoms[index, ELEMENT] == HYDROGEN:
            continue
        to, degree = scratch[STACK, index], 0
        for place in range(atoms[index, DEGREE]):
            other = atoms[index, NEIGHBOUR + place]
            if atoms[other, ELEMENT] != HYDROGEN:
                atoms[to, NEIGHBOUR + degree] = scratch[STACK, other]
                atoms[to, ORDER + degree] = atoms[index, ORDER + place]
                degree += 1
        bonds = atoms[index, BONDS]
        atoms[to, LOWER], atoms[to, CHARGE], atoms[to, HYDROGENS] = (
            atoms[index, LOWER],
            atoms[index, CHARGE],
            atoms[index, HYDROGENS],
        )
        atoms[to, DEGREE], atoms[to, BONDS] = degree, bonds
    kept = 0
    for index in range(count):
        if atoms[index, ELEMENT] != HYDROGEN:
            atoms[kept, ELEMENT], atoms[kept, NUMBER] = atoms[index, ELEMENT], atoms[index, NUMBER]
            kept += 1
    return kept if kept else NOT_UNDERSTOOD
