"""What hangs on a core that is laid over a skeleton: whether it may be what a reading needs (decision 0012)."""

from typing import NamedTuple

import numpy as np

from drugcontrol.screen.kernel.atoms import DEGREE, ELEMENT, MARK, METAL, NEIGHBOUR, STACK, Bytes, Ints, Table, Words
from drugcontrol.screen.kernel.jit import compiled

_SEEN = -1


class Hung(NamedTuple):
    """What may hang on core atoms, as arrays."""

    kinds: Words
    """Shape (CODES,): by what is certain of an atom, the kinds of atoms of groups that it may be, a bit each."""
    first: Ints
    """By core atom, where the groups that it may carry begin; one more entry for the end."""
    root: Words
    """By group, the bit of the atom by which it hangs."""
    each: Words
    """By group, the bit of any of its atoms; 0 where they may be any."""
    meets: Words
    """By group, the demands that it may meet, a bit each."""
    demands: Words
    """By core, the demands that must be met."""
    closed: Bytes
    """By core, 1 where nothing else may hang on it."""


@compiled
def hanging_fits(core: int, begin: int, size: int, atoms: Table, scratch: Table, hung: Hung, groups: Words) -> bool:
    """Say whether what hangs on a core that is laid may be what a reading needs; a metal may be anything."""
    met = np.uint64(0)
    for at in range(size):
        on, first, last = scratch[0, at], hung.first[begin + at], hung.first[begin + at + 1]
        if first == last and not hung.closed[core]:
            continue
        for place in range(atoms[on, DEGREE]):
            other = atoms[on, NEIGHBOUR + place]
            if atoms[other, ELEMENT] == METAL:
                return True
            if atoms[other, MARK]:
                continue
            fitting, whole, asked = False, np.uint64(0), False
            for fit in range(first, last):
                if not groups[other] & hung.root[fit]:
                    continue
                if hung.each[fit]:
                    if not asked:
                        whole, asked = _common(other, atoms, scratch, groups), True
                    if not whole & hung.each[fit]:
                        continue
                fitting = True
                met |= hung.meets[fit]
            if hung.closed[core] and not fitting:
                return False
    return not hung.demands[core] & ~met


@compiled
def _common(start: int, atoms: Table, scratch: Table, groups: Words) -> np.uint64:
    """Give the kinds that all atoms of a group have, from one of them on; core atoms are marked and bound it."""
    scratch[STACK, 0] = start
    atoms[start, MARK] = _SEEN
    common, seen, at = groups[start], 1, 0
    while at < seen:
        here = scratch[STACK, at]
        at += 1
        for place in range(atoms[here, DEGREE]):
            other = atoms[here, NEIGHBOUR + place]
            if atoms[other, MARK] == 0 and atoms[other, ELEMENT] != METAL:
                atoms[other, MARK] = _SEEN
                common &= groups[other]
                scratch[STACK, seen] = other
                seen += 1
    for at in range(seen):
        atoms[scratch[STACK, at], MARK] = 0
    return np.uint64(common)
