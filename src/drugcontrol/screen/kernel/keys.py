"""Keys of connected skeletons: equal for isomorphic ones, whatever the order of their atoms.

A key says "may be"; the full check compares. Hashes are a multiplication and a shift on 64 bits (the finalizer of
MurmurHash3), so that they are the same on every machine.
"""

from typing import NamedTuple

import numpy as np

from drugcontrol.screen.kernel.atoms import DEGREE, ELEMENT, METAL, NEIGHBOUR, NUMBER, PART, STACK, Bytes, Table, Words
from drugcontrol.screen.kernel.jit import compiled

_ROUNDS = 4
_MAX_PARTS = 255
_GATE_BITS = 18
_ONE_FACTOR, _OTHER_FACTOR = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT = np.uint64(33)


class Listed(NamedTuple):
    """The keys to look for."""

    gate: Words
    """Bits by the coarse key of a part; most parts are none of those and stop here."""
    keys: Words
    """Sorted keys of the registered structures."""
    beside: Words
    """Sorted keys of water and of salt formers: beside another part they are no hits."""
    metal: Bytes
    """By atomic number: 1 where a molecule with this metal takes the full check."""


class Work(NamedTuple):
    """Room for the keys of one molecule."""

    label: Words
    next_label: Words
    part: Words
    """Key by part."""


def room_for_keys() -> Work:
    """Make room for one molecule."""
    return Work(np.zeros(256, np.uint64), np.zeros(256, np.uint64), np.zeros(_MAX_PARTS + 1, np.uint64))


def no_gate() -> Words:
    """Make an empty gate."""
    return np.zeros(1 << (_GATE_BITS - 6), np.uint64)


@compiled
def mix(value: np.uint64) -> np.uint64:
    """Spread the bits of a number."""
    value = (value ^ (value >> _SHIFT)) * _ONE_FACTOR
    value = (value ^ (value >> _SHIFT)) * _OTHER_FACTOR
    return value ^ (value >> _SHIFT)


@compiled
def parts(count: int, atoms: Table, scratch: Table) -> int:
    """Give a number to each of the connected parts that stay when metals are taken out; return how many."""
    found = 0
    for index in range(count):
        atoms[index, PART] = -1
    for first in range(count):
        if atoms[first, PART] >= 0 or atoms[first, ELEMENT] == METAL:
            continue
        scratch[STACK, 0] = first
        atoms[first, PART] = found
        waiting = 1
        while waiting:
            waiting -= 1
            here = scratch[STACK, waiting]
            for place in range(atoms[here, DEGREE]):
                other = atoms[here, NEIGHBOUR + place]
                if atoms[other, PART] < 0 and atoms[other, ELEMENT] != METAL:
                    atoms[other, PART] = found
                    scratch[STACK, waiting] = other
                    waiting += 1
        found += 1
    return found


@compiled
def first_labels(count: int, found: int, atoms: Table, work: Work) -> None:
    """Label each atom by element and bonds to other atoms than metals; sum the labels up over each part."""
    for number in range(found):
        work.part[number] = np.uint64(0)
    for index in range(count):
        number = atoms[index, PART]
        if number < 0:
            continue
        bonds = atoms[index, DEGREE]
        for place in range(atoms[index, DEGREE]):
            bonds -= atoms[atoms[index, NEIGHBOUR + place], ELEMENT] == METAL
        label = mix(np.uint64(atoms[index, ELEMENT] * 16 + bonds + 1))
        work.label[index] = label
        work.part[number] += label


@compiled
def coarse_place(key: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Give word and bit of the gate for a sum of first labels."""
    place = mix(key) >> np.uint64(64 - _GATE_BITS)
    return place >> np.uint64(6), np.uint64(1) << (place & np.uint64(63))


@compiled
def full_keys(count: int, found: int, atoms: Table, work: Work) -> None:
    """Refine the labels by those of the neighbours, a few rounds, and sum them up over each part."""
    label, after = work.label, work.next_label
    for _ in range(_ROUNDS):
        for index in range(count):
            number = atoms[index, PART]
            if number < 0:
                continue
            around = np.uint64(0)
            for place in range(atoms[index, DEGREE]):
                other = atoms[index, NEIGHBOUR + place]
                if atoms[other, PART] >= 0:
                    around += mix(label[other])
            after[index] = mix(label[index] * _ONE_FACTOR + around)
        label, after = after, label
    for number in range(found):
        work.part[number] = np.uint64(0)
    for index in range(count):
        if atoms[index, PART] >= 0:
            work.part[atoms[index, PART]] += label[index]


@compiled
def holds(keys: Words, key: np.uint64) -> bool:
    """Say whether a sorted array holds a key."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low < len(keys) and keys[low] == key


@compiled
def listed(count: int, atoms: Table, scratch: Table, wanted: Listed, work: Work) -> bool:
    """Say whether a part of a molecule may be a registered substance that counts.

    Water and salt formers do not count beside a part that is neither, or beside a metal: there they make a hydrate or
    a salt (:func:`drugcontrol.chem.components`).
    """
    found = parts(count, atoms, scratch)
    first_labels(count, found, atoms, work)
    metal, passes = False, found > 1
    for index in range(count):
        if atoms[index, ELEMENT] == METAL:
            metal = True
            if wanted.metal[atoms[index, NUMBER]]:
                return True
    for number in range(found):
        word, bit = coarse_place(work.part[number])
        passes |= (wanted.gate[word] & bit) != np.uint64(0)
    if found == 0:
        return True  # nothing but metals: too rare to be told apart
    if not passes:
        return False
    full_keys(count, found, atoms, work)
    others = metal
    for number in range(found):
        others |= not holds(wanted.beside, work.part[number])
    for number in range(found):
        key = work.part[number]
        if not others or not holds(wanted.beside, key):
            if found > 1 and not others:
                return True
            if holds(wanted.keys, key):
                return True
    return False
