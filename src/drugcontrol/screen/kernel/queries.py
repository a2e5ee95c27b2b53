"""Relaxing the cores of class rules by machine: from a query to what is certain of the atoms and bonds it matches.

A query atom is taken as RDKit describes it, a tree of conditions. On each class of skeleton atoms the tree is asked in
three values; a condition that the skeleton does not decide, or that is not known here, is open. An atom stays possible
unless the answer is no. So a rule may use any query, and what is not understood makes its core wider, never narrower.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from rdkit import Chem

from drugcontrol.chem import Molecule
from drugcontrol.chem.hanging import Hanging
from drugcontrol.chem.outline import atom_query
from drugcontrol.screen.kernel.atoms import (
    AROMATIC,
    DEGREES,
    DOUBLE,
    ELEMENTS,
    IN_AROMATIC_RING,
    MAX_DEGREE,
    METAL,
    SATURATED,
    SINGLE,
    STATES,
    TRIPLE,
    UNKNOWN_DEGREE,
    UNSATURATED,
)

_ALL_ORDERS = 0b11110
_AROMATIC_BOND = 12
_TRUE_ORDERS = {SINGLE: {1, _AROMATIC_BOND}, DOUBLE: {2, _AROMATIC_BOND}, TRIPLE: {3}, AROMATIC: {1, 2, _AROMATIC_BOND}}

Truth = bool | None


@dataclass(frozen=True)
class _Facts:
    """What one way for an atom to be says: None where it is not decided."""

    number: int | None
    aromatic: bool
    degree: int
    connections: int | None


@dataclass(frozen=True)
class CoreAtom:
    """An atom of a relaxed core: the classes of skeleton atoms that it may be, and if it is carbon for certain."""

    codes: frozenset[int]
    may_be_aromatic: bool
    is_carbon: bool


@dataclass(frozen=True)
class RelaxedCore:
    """A core relaxed to elements, connections and what is certain as drawn."""

    atoms: tuple[CoreAtom, ...]
    bonds: tuple[tuple[int, int, int], ...]
    """Two atoms, and the orders as drawn that the bond may have, a bit each."""
    hanging: Hanging


def relaxed(query: Molecule, hanging: Hanging) -> RelaxedCore:
    """Relax a query; what hangs on it is relaxed when it is written as arrays."""
    atoms = tuple(_relaxed_atom(atom.DescribeQuery()) for atom in query.GetAtoms())
    return RelaxedCore(atoms, tuple(_relaxed_bond(bond, atoms) for bond in query.GetBonds()), hanging)


@cache
def _relaxed_atom(described: str) -> CoreAtom:
    tree = _tree(described)
    codes, aromatic, elements = set[int](), False, set[int]()
    for element, state, degree in product(range(METAL + 1), range(STATES), range(DEGREES)):
        for facts in _ways(element, state, degree):
            if _ask(tree, facts) is not False:
                codes.add(number_of(element, state, degree))
                aromatic |= facts.aromatic
                elements.add(element)
    return CoreAtom(frozenset(codes), aromatic, elements == {ELEMENTS.index(6)})


def relaxed_atom(text: str) -> frozenset[int]:
    """Give the classes of skeleton atoms that an atom matched by a query, written as SMARTS, may be."""
    return _relaxed_atom(atom_query(text).DescribeQuery()).codes


def number_of(element: int, state: int, degree: int) -> int:
    """Give the number of a class of skeleton atoms."""
    return (element * STATES + state) * DEGREES + degree


def _ways(element: int, state: int, degree: int) -> Iterator[_Facts]:
    """Give every way in which an atom of a class may be after functional groups and charges got their usual form."""
    number = ELEMENTS[element] if element < METAL else None
    carbon = number == 6
    connections: Iterable[int | None] = (None,)
    aromatic = [False, True]
    if state == IN_AROMATIC_RING:
        aromatic = [True]
        connections = (2, 3) if carbon else (None,)
    elif state in (SATURATED, UNSATURATED) and not carbon:
        return  # these are noted of carbon alone
    elif state == SATURATED:
        aromatic, connections = [False], (4,)
    elif state == UNSATURATED:
        connections = (1, 2, 3)
    if degree < UNKNOWN_DEGREE - 1:
        degrees: Iterable[int] = (degree,)
    else:
        degrees = range(degree if degree < UNKNOWN_DEGREE else 0, MAX_DEGREE + 1)
    for is_aromatic, bonds, all_bonds in product(aromatic, degrees, connections):
        yield _Facts(number, is_aromatic, bonds, all_bonds)


@dataclass(frozen=True)
class _Node:
    name: str
    words: tuple[str, ...]
    below: tuple["_Node", ...]


def _tree(described: str) -> _Node:
    """Read the description that RDKit gives of a query: a line a condition, two spaces a level."""
    lines = [(len(line) - len(line.lstrip()), line.split()) for line in described.splitlines() if line.strip()]

    def read(at: int) -> tuple[_Node, int]:
        indent, (name, *words) = lines[at]
        below, at = [], at + 1
        while at < len(lines) and lines[at][0] > indent:
            node, at = read(at)
            below.append(node)
        return _Node(name, tuple(words), tuple(below)), at

    return read(0)[0]


def _ask(node: _Node, facts: _Facts) -> Truth:
    match node.name:
        case "AtomNull":
            return True
        case "AtomAnd":
            answers = [_ask(child, facts) for child in node.below]
            return False if False in answers else None if None in answers else True
        case "AtomOr":
            answers = [_ask(child, facts) for child in node.below]
            return True if True in answers else None if None in answers else False
    value, sign = (*node.words, "", "")[:2]
    if sign not in ("=", "!=") or node.words[2:] != ("val",):
        return None
    answer = _equals(node.name, int(value), facts)
    return None if answer is None else answer is (sign == "=")


def _equals(name: str, value: int, facts: _Facts) -> Truth:
    match name:
        case "AtomAtomicNum":
            return _is_number(value, facts)
        case "AtomType":
            if facts.aromatic is not (value >= 1000):
                return False
            return _is_number(value % 1000, facts)
        case "AtomExplicitDegree":
            return facts.degree == value
        case "AtomTotalDegree":
            return None if facts.connections is None else facts.connections == value
        case "AtomIsAromatic":
            return facts.aromatic is bool(value)
        case "AtomIsAliphatic":
            return facts.aromatic is not bool(value)
    return None


def _is_number(value: int, facts: _Facts) -> Truth:
    if facts.number is None:
        return False if value in ELEMENTS else None
    return facts.number == value


def _relaxed_bond(bond: Chem.Bond, atoms: Sequence[CoreAtom]) -> tuple[int, int, int]:
    begin, end = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
    allowed = 0
    if not (atoms[begin].is_carbon or atoms[end].is_carbon):
        return begin, end, _ALL_ORDERS
    may_be_aromatic = atoms[begin].may_be_aromatic and atoms[end].may_be_aromatic
    for drawn, orders in _TRUE_ORDERS.items():
        possible = [order for order in orders if order != _AROMATIC_BOND or may_be_aromatic]
        if any(_bond_is(bond, order) is not False for order in possible):
            allowed |= 1 << drawn
    return begin, end, allowed


def _bond_is(bond: Any, order: int) -> Truth:
    if not bond.HasQuery():
        return {"SINGLE": 1, "DOUBLE": 2, "TRIPLE": 3, "AROMATIC": _AROMATIC_BOND}.get(str(bond.GetBondType())) == order
    return _ask_bond(_tree(bond.DescribeQuery()), order)


def _ask_bond(node: _Node, order: int) -> Truth:
    match node.name:
        case "BondNull":
            return True
        case "BondAnd":
            answers = [_ask_bond(child, order) for child in node.below]
            return False if False in answers else None if None in answers else True
        case "BondOr":
            answers = [_ask_bond(child, order) for child in node.below]
            return True if True in answers else None if None in answers else False
        case "SingleOrAromaticBond" if node.words == ("1", "=", "val"):
            return order in (1, _AROMATIC_BOND)
        case "BondOrder" if node.words[1:] == ("=", "val"):
            return int(node.words[0]) == order
        case "BondOrder" if node.words[1:] == ("!=", "val"):
            return int(node.words[0]) != order
    return None
