"""Proving from the skeleton that RDKit reads a SMILES: valences, and double bonds for every lower-case ring.

A row whose structure cannot be read is an error row. So a row may be dropped only when reading it is certain to
succeed; where this is not proved, RDKit reads the row. What valences
are allowed is asked of the RDKit that is installed.
"""

import numpy as np
from rdkit import Chem

from drugcontrol.screen.kernel.atoms import (
    ANY_STATE,
    AROMATIC,
    BONDS,
    CHARGE,
    CYCLE,
    DEGREE,
    DOUBLE,
    ELECTRONS,
    ELEMENT,
    ELEMENTS,
    HYDROGENS,
    IN_AROMATIC_RING,
    LOWER,
    MARK,
    METAL,
    NEIGHBOUR,
    ORDER,
    PATH,
    SATURATED,
    SHORTEST,
    SINGLE,
    STACK,
    STATE,
    TRIED,
    UNSATURATED,
    Bytes,
    Table,
)
from drugcontrol.screen.kernel.jit import compiled

CHARGES = 4
"""Charges from -4 to 4 are looked up; beyond them nothing is proved."""
_VALENCES = 9
_LARGEST_SYSTEM = 60
_LARGEST_RING = 6
_CARBON, _NITROGEN, _OXYGEN, _SULFUR = (ELEMENTS.index(number) for number in (6, 7, 8, 16))
_ONE, _TWO, _UNPROVED = 1, 2, 0


def valences() -> Bytes:
    """Ask RDKit which valences it takes.

    Returns
    -------
    array of uint8, shape (elements + 1, 9 charges + 1, 9 valences)
        1 where an atom with this valence is read in whatever way it is drawn; the last charge is "no brackets".
    """
    table = np.zeros((METAL + 1, 2 * CHARGES + 2, _VALENCES), np.uint8)
    for element, number in enumerate(ELEMENTS):
        symbol = Chem.GetPeriodicTable().GetElementSymbol(number)
        for valence in range(_VALENCES):
            for charge in range(-CHARGES, CHARGES + 1):
                drawn = [f"[{symbol}H{valence}{charge:+d}]", f"[{symbol}{charge:+d}]" + "(C)" * valence]
                table[element, charge + CHARGES, valence] = all(Chem.MolFromSmiles(text) for text in drawn)
            if number != 34:  # selenium is written in brackets only
                table[element, -1, valence] = Chem.MolFromSmiles(symbol + "(C)" * valence) is not None
    return table


@compiled
def certain(count: int, allowed: Bytes, atoms: Table, scratch: Table) -> bool:
    """Say whether RDKit is certain to read the skeleton; note what is certain of each atom in its row."""
    proved, any_lower = True, False
    for index in range(count):
        atoms[index, STATE] = ANY_STATE
        if atoms[index, LOWER]:
            any_lower = True
            continue
        element, charge, valence = atoms[index, ELEMENT], int(atoms[index, CHARGE]), int(atoms[index, BONDS])
        if atoms[index, HYDROGENS] >= 0:
            valence += atoms[index, HYDROGENS]
            at = charge + CHARGES
            if at < 0 or at > 2 * CHARGES:
                proved = False
                continue
        else:
            at = 2 * CHARGES + 1
        if valence >= _VALENCES or not allowed[element, at, valence]:
            proved = False
        elif element == _CARBON and charge == 0:
            _note_carbon(index, valence, atoms)
    return _lower_case(count, atoms, scratch) and proved if any_lower else proved


@compiled
def _note_carbon(index: int, valence: int, atoms: Table) -> None:
    for place in range(atoms[index, DEGREE]):
        if atoms[atoms[index, NEIGHBOUR + place], ELEMENT] == METAL:
            return
    for place in range(atoms[index, DEGREE]):
        if atoms[index, ORDER + place] != SINGLE:
            atoms[index, STATE] = UNSATURATED
            return
    if atoms[index, HYDROGENS] < 0 or valence == 4:
        atoms[index, STATE] = SATURATED


@compiled
def _lower_case(count: int, atoms: Table, scratch: Table) -> bool:
    """Prove that double bonds can be laid into all rings of lower-case atoms."""
    for index in range(count):
        for place in range(atoms[index, DEGREE]):
            atoms[index, CYCLE + place] = 0
        atoms[index, ELECTRONS] = _electrons(index, atoms) if atoms[index, LOWER] else _UNPROVED
    proved = True
    for index in range(count):
        if not atoms[index, LOWER]:
            continue
        if atoms[index, ELECTRONS] == _UNPROVED:
            proved = False
        elif atoms[index, ELECTRONS] == _ONE and atoms[index, ELEMENT] == _CARBON and atoms[index, CHARGE] == 0:
            atoms[index, STATE] = UNSATURATED
    for index in range(count):
        if not atoms[index, LOWER]:
            continue
        in_ring = False
        for place in range(atoms[index, DEGREE]):
            if atoms[index, ORDER + place] == AROMATIC and not atoms[index, CYCLE + place]:
                proved &= _ring_through(index, place, atoms, scratch)
            in_ring |= atoms[index, CYCLE + place] != 0
        proved &= in_ring
    return proved and _paired(count, atoms, scratch)


@compiled
def _electrons(index: int, atoms: Table) -> int:
    """Say what a lower-case atom brings into its ring."""
    element, charge, degree = atoms[index, ELEMENT], atoms[index, CHARGE], atoms[index, DEGREE]
    hydrogens = atoms[index, HYDROGENS]
    for place in range(degree):
        if atoms[index, ORDER + place] == DOUBLE:
            other = atoms[index, NEIGHBOUR + place]
            exocyclic = element == _CARBON and charge == 0 and degree == 3 and atoms[index, BONDS] == 4
            # a double bond to the outside: the atom needs no other, but what it brings is not certain
            return 3 if exocyclic and not atoms[other, LOWER] and hydrogens < 1 else _UNPROVED
    sigma = int(atoms[index, BONDS]) + max(int(hydrogens), 0)
    if atoms[index, BONDS] != degree and hydrogens < 0:
        return _UNPROVED  # hydrogens written out on an atom without brackets
    if element == _CARBON and charge == 0:
        if sigma == 3 or (hydrogens < 0 and sigma == 2):
            return _ONE
    elif element == _NITROGEN:
        if charge == 0 and sigma == 2 and hydrogens <= 0:
            return _ONE
        if charge == 0 and sigma == 3:
            return _TWO
        if charge == 1 and sigma == 3:
            return _ONE
    elif element in (_OXYGEN, _SULFUR) and charge == 0 and sigma == 2 and hydrogens <= 0:
        return _TWO
    return _UNPROVED


@compiled
def _ring_through(first: int, place: int, atoms: Table, scratch: Table) -> bool:
    """Find the smallest ring of lower-case atoms through a bond; mark its bonds; false when it has three or four atoms.

    A bond in no such ring of at most six atoms stays unmarked; no double bond is laid into it.
    """
    size = _smallest_ring(first, atoms[first, NEIGHBOUR + place], atoms, scratch)
    if size < 5:
        return False
    if size <= _LARGEST_RING:
        _mark(size, atoms, scratch)
    return True


@compiled
def _smallest_ring(first: int, second: int, atoms: Table, scratch: Table) -> int:
    """Search depth first the smallest ring through two neighbours; its atoms are left in a row of the scratch table."""
    scratch[PATH, 0], scratch[PATH, 1], scratch[TRIED, 2] = first, second, 0
    smallest, length = _LARGEST_RING + 1, 2
    while length > 1:
        here = scratch[PATH, length - 1]
        step = scratch[TRIED, length]
        if step == atoms[here, DEGREE] or length >= smallest:
            length -= 1
            continue
        scratch[TRIED, length] = step + 1
        if atoms[here, ORDER + step] != AROMATIC:
            continue
        other = atoms[here, NEIGHBOUR + step]
        if other == first:
            if length > 2:
                smallest = length
                for index in range(length):
                    scratch[SHORTEST, index] = scratch[PATH, index]
            continue
        known = False
        for index in range(1, length):
            known |= scratch[PATH, index] == other
        if not known and length + 1 < smallest:
            scratch[PATH, length] = other
            length += 1
            scratch[TRIED, length] = 0
    return smallest


@compiled
def _mark(size: int, atoms: Table, scratch: Table) -> None:
    """Mark the bonds of a ring; note its atoms where RDKit always finds the ring aromatic: six electrons, no charge."""
    ones, twos = 0, 0
    for index in range(size):
        here, after = scratch[SHORTEST, index], scratch[SHORTEST, (index + 1) % size]
        for place in range(atoms[here, DEGREE]):
            if atoms[here, NEIGHBOUR + place] == after:
                atoms[here, CYCLE + place] = 1
        for place in range(atoms[after, DEGREE]):
            if atoms[after, NEIGHBOUR + place] == here:
                atoms[after, CYCLE + place] = 1
        if atoms[here, CHARGE] == 0:
            ones += atoms[here, ELECTRONS] == _ONE
            twos += atoms[here, ELECTRONS] == _TWO
    if (size == 6 and ones == 6) or (size == 5 and ones == 4 and twos == 1):
        for index in range(size):
            atoms[scratch[SHORTEST, index], STATE] = IN_AROMATIC_RING


@compiled
def _paired(count: int, atoms: Table, scratch: Table) -> bool:
    """Pair all atoms that need a double bond along bonds in rings; false when this way of pairing finds no solution.

    Table with one free partner go first: such a pair is in some solution whenever there is one.
    """
    left = 0
    for index in range(count):
        wants = atoms[index, LOWER] and atoms[index, ELECTRONS] == _ONE
        atoms[index, MARK] = wants
        left += wants
    if left % 2 or left > _LARGEST_SYSTEM:
        return False
    waiting = 0
    for index in range(count):
        if atoms[index, MARK] and _partners(index, atoms) == 1:
            scratch[STACK, waiting] = index
            waiting += 1
    next_free = 0
    while left:
        if waiting:
            waiting -= 1
            here = scratch[STACK, waiting]
            if not atoms[here, MARK]:
                continue
        else:
            while not atoms[next_free, MARK]:
                next_free += 1
            here = next_free
        partner = -1
        for place in range(atoms[here, DEGREE]):
            other = atoms[here, NEIGHBOUR + place]
            if atoms[here, CYCLE + place] and atoms[other, MARK]:
                partner = other
                break
        if partner < 0:
            return False
        atoms[here, MARK] = 0
        atoms[partner, MARK] = 0
        left -= 2
        for place in range(atoms[here, DEGREE]):
            other = atoms[here, NEIGHBOUR + place]
            if atoms[here, CYCLE + place] and atoms[other, MARK] and _partners(other, atoms) <= 1 and waiting < 255:
                scratch[STACK, waiting] = other
                waiting += 1
        for place in range(atoms[partner, DEGREE]):
            other = atoms[partner, NEIGHBOUR + place]
            if atoms[partner, CYCLE + place] and atoms[other, MARK] and _partners(other, atoms) <= 1 and waiting < 255:
                scratch[STACK, waiting] = other
                waiting += 1
    return True


@compiled
def _partners(index: int, atoms: Table) -> int:
    found = 0
    for place in range(atoms[index, DEGREE]):
        if atoms[index, CYCLE + place] and atoms[atoms[index, NEIGHBOUR + place], MARK]:
            found += 1
    return found
