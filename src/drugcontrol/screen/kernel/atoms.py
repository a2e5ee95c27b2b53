"""The heavy-atom skeleton of one molecule: a small table of numbers, a row an atom, filled again for every molecule."""

import numpy as np
from numpy.typing import NDArray

MAX_ATOMS = 255
"""Heavy atoms beyond which a row takes the full check."""
MAX_DEGREE = 8

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Table = NDArray[np.int16]

SINGLE, DOUBLE, TRIPLE, AROMATIC = 1, 2, 3, 4
"""Bonds as drawn; AROMATIC is the bond between two lower-case atoms that is written as nothing or ``:``."""

ELEMENTS = (6, 7, 8, 16, 15, 9, 17, 35, 53, 5, 14, 34)
"""Atomic numbers of the elements that are told apart by a number of their own, in the order of these numbers.

All others are taken for metals: what RDKit's MetalDisconnector may cut off must be among those, more does no harm.
"""
METAL = len(ELEMENTS)
HYDROGEN = METAL + 1
"""Only while a text is read."""

SATURATED, UNSATURATED, IN_AROMATIC_RING, ANY_STATE = range(4)
"""What is certain of an atom as drawn (decision 0012): carbon with four single bonds; carbon with a multiple bond;
an atom of a ring that RDKit always finds aromatic; nothing."""

UNKNOWN_DEGREE = 7
"""Of an atom bound to a metal, which may be cut off."""

STATES = 4
DEGREES = UNKNOWN_DEGREE + 1
CODES = (METAL + 1) * STATES * DEGREES
"""Numbers of what is certain of an atom: element, state and degree."""

ELEMENT = 0
"""Columns of the table. Number of the element."""
LOWER = 1
"""1 for an atom in lower case."""
CHARGE = 2
HYDROGENS = 3
"""Hydrogens in the brackets; -1 where there are no brackets."""
BONDS = 4
"""Sum of the bond orders; a bond between lower-case atoms counts one."""
DEGREE = 5
STATE = 6
PART = 7
"""Number of the connected part, metals left out; -1 for metals."""
ELECTRONS = 8
"""Of a lower-case atom: what it brings into its ring."""
MARK = 9
"""Room for the step at work."""
NUMBER = 10
"""Atomic number of an atom in brackets."""
NEIGHBOUR = 11
"""The first of MAX_DEGREE columns."""
ORDER = NEIGHBOUR + MAX_DEGREE
"""The first of MAX_DEGREE columns: the bond to the neighbour."""
CYCLE = ORDER + MAX_DEGREE
"""The first of MAX_DEGREE columns: 1 where the bond is in a ring of five or six lower-case atoms."""
_COLUMNS = CYCLE + MAX_DEGREE

RING_ATOM, RING_ORDER, STACK, PATH, SHORTEST, TRIED = range(6)
"""Rows of the scratch table."""


def room() -> tuple[Table, Table]:
    """Make room for one molecule: its atoms, and the scratch table of the steps."""
    return np.zeros((MAX_ATOMS + 1, _COLUMNS), np.int16), np.zeros((6, MAX_ATOMS + 1), np.int16)
