"""Laying the cores of class rules over a skeleton: elements, connections, and what is certain as drawn."""

from typing import NamedTuple

import numpy as np

from drugcontrol.screen.kernel.atoms import (
    ANY_STATE,
    CHARGE,
    DEGREE,
    DEGREES,
    DOUBLE,
    ELEMENT,
    ELEMENTS,
    MARK,
    METAL,
    NEIGHBOUR,
    ORDER,
    SATURATED,
    SINGLE,
    STATE,
    STATES,
    TRIED,
    UNKNOWN_DEGREE,
    Bytes,
    Ints,
    Table,
    Words,
)
from drugcontrol.screen.kernel.groups import Hung, hanging_fits
from drugcontrol.screen.kernel.jit import compiled

_CARBON, _NITROGEN, _OXYGEN = (ELEMENTS.index(number) for number in (6, 7, 8))
_PLACE = TRIED


class Cores(NamedTuple):
    """Cores as arrays: one after another, the atoms of each in the order in which they are laid."""

    kinds: Words
    """Shape (CODES,): by what is certain of an atom, the kinds of core atoms that it may be, a bit each."""
    first: Ints
    """By core, where its atoms begin; one more entry for the end."""
    needed: Words
    """By core, the kinds that must occur."""
    kind: Words
    """By core atom, the bit of its kind."""
    near: Words
    """By core atom, the bits of the kinds of its neighbours in the core: an atom without these around it is not it."""
    parent: Ints
    """By core atom, the earlier core atom on which it hangs, counted within the core."""
    bonds: Ints
    """By core atom, the bonds to earlier core atoms."""
    bond: Bytes
    """Shape (core atoms, most atoms in a core): the orders as drawn that the bond to an earlier core atom may have,
    a bit each; 0 where there must be no bond."""
    hanging: Hung
    """What may and must hang on the core atoms."""


@compiled
def code_of(element: int, state: int, degree: int) -> int:
    """Give the number of what is certain of an atom."""
    return (element * STATES + state) * DEGREES + degree


@compiled
def orders_hold(count: int, atoms: Table) -> bool:
    """Say whether the bonds of carbon are as drawn after charges and functional groups got their usual form.

    They are where no positive atom has a multiple bond (nitro groups apart) and no carbon is drawn as imidic acid.
    """
    for index in range(count):
        element = atoms[index, ELEMENT]
        if atoms[index, CHARGE] > 0:
            for place in range(atoms[index, DEGREE]):
                oxygen = element == _NITROGEN and atoms[atoms[index, NEIGHBOUR + place], ELEMENT] == _OXYGEN
                if atoms[index, ORDER + place] != SINGLE and not (oxygen and atoms[index, ORDER + place] == DOUBLE):
                    return False
        elif element == _CARBON and atoms[index, STATE] != SATURATED:
            imine, hydroxy = False, False
            for place in range(atoms[index, DEGREE]):
                other = atoms[index, NEIGHBOUR + place]
                single = atoms[index, ORDER + place] == SINGLE
                imine |= atoms[other, ELEMENT] == _NITROGEN and not single
                hydroxy |= atoms[other, ELEMENT] == _OXYGEN and atoms[other, DEGREE] == 1 and single
            if imine and hydroxy:
                return False
    return True


@compiled
def core_in(
    count: int, atoms: Table, scratch: Table, cores: Cores, kinds: Words, around: Words, groups: Words, found: Bytes
) -> int:
    """Find the cores that a skeleton may hold.

    Parameters
    ----------
    kinds, around, groups : array of uint64
        Room: the kinds of each atom, those of its neighbours, and its kinds in the groups that hang on cores.
    found : array of uint8, shape (cores,)
        1 is written for each core that may be there.

    Returns
    -------
    int
        How many there are.
    """
    present = np.uint64(0)
    for index in range(count):
        degree = min(int(atoms[index, DEGREE]), UNKNOWN_DEGREE - 1)
        state = atoms[index, STATE]
        for place in range(atoms[index, DEGREE]):
            if atoms[atoms[index, NEIGHBOUR + place], ELEMENT] == METAL:
                degree, state = UNKNOWN_DEGREE, ANY_STATE
        code = code_of(atoms[index, ELEMENT], state, degree)
        kinds[index], groups[index] = cores.kinds[code], cores.hanging.kinds[code]
        present |= kinds[index]
        atoms[index, MARK] = 0
    number, ordered, asked = 0, False, False
    for core in range(len(cores.needed)):
        found[core] = 0
        if cores.needed[core] & ~present:
            continue
        if not asked:
            ordered, asked = orders_hold(count, atoms), True
            _look_around(count, atoms, kinds, around)
        if _lies_on(core, count, atoms, scratch, cores, kinds, around, groups, ordered):
            found[core] = 1
            number += 1
    return number


@compiled
def _look_around(count: int, atoms: Table, kinds: Words, around: Words) -> None:
    for index in range(count):
        around[index] = 0
        for place in range(atoms[index, DEGREE]):
            around[index] |= kinds[atoms[index, NEIGHBOUR + place]]


@compiled
def _lies_on(
    core: int,
    count: int,
    atoms: Table,
    scratch: Table,
    cores: Cores,
    kinds: Words,
    around: Words,
    groups: Words,
    ordered: bool,
) -> bool:
    begin = cores.first[core]
    size = cores.first[core + 1] - begin
    for start in range(count):
        if not kinds[start] & cores.kind[begin] or cores.near[begin] & ~around[start]:
            continue
        if _from(start, core, begin, size, atoms, scratch, cores, kinds, around, groups, ordered):
            return True
    return False


@compiled
def _from(
    start: int,
    core: int,
    begin: int,
    size: int,
    atoms: Table,
    scratch: Table,
    cores: Cores,
    kinds: Words,
    around: Words,
    groups: Words,
    ordered: bool,
) -> bool:
    """Lay the core atoms one by one, each on a neighbour of its parent; go back where none or what hangs fits."""
    scratch[0, 0] = start
    atoms[start, MARK] = 1
    at = 1
    scratch[_PLACE, 1] = 0
    while at:
        if at == size:
            fits = hanging_fits(core, begin, size, atoms, scratch, cores.hanging, groups)
            for index in range(size if fits else 0):
                atoms[scratch[0, index], MARK] = 0
            if fits:
                return True
            at -= 1
            atoms[scratch[0, at], MARK] = 0
            continue
        on = scratch[0, cores.parent[begin + at]]
        place = scratch[_PLACE, at]
        laid = False
        while place < atoms[on, DEGREE] and not laid:
            other = atoms[on, NEIGHBOUR + place]
            place += 1
            possible = kinds[other] & cores.kind[begin + at] and not cores.near[begin + at] & ~around[other]
            if possible and atoms[other, MARK] == 0:
                if _bonds_fit(other, begin + at, atoms, cores, ordered):
                    scratch[_PLACE, at] = place
                    scratch[0, at] = other
                    atoms[other, MARK] = at + 1
                    at += 1
                    scratch[_PLACE, at] = 0
                    laid = True
        if not laid:
            at -= 1
            atoms[scratch[0, at], MARK] = 0
    return False


@compiled
def _bonds_fit(other: int, at: int, atoms: Table, cores: Cores, ordered: bool) -> bool:
    """Say whether an atom has to the atoms laid before just the bonds that the core has."""
    bonds = 0
    for place in range(atoms[other, DEGREE]):
        mark = atoms[atoms[other, NEIGHBOUR + place], MARK]
        if mark:
            wanted = cores.bond[at, mark - 1]
            if not wanted or (ordered and not (wanted >> atoms[other, ORDER + place]) & 1):
                return False
            bonds += 1
    return bool(bonds == cores.bonds[at])
