"""Relaxed cores and what hangs on them, written as arrays."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from drugcontrol.chem.hanging import Fit, Hanging
from drugcontrol.screen.kernel.atoms import CODES, DEGREES, ELEMENTS, METAL, STATES
from drugcontrol.screen.kernel.cores import Cores
from drugcontrol.screen.kernel.groups import Hung
from drugcontrol.screen.kernel.queries import CoreAtom, RelaxedCore, number_of, relaxed_atom

_MOST_KINDS = 64
_EXACT_KINDS = 44
_USUAL = {6: 0.74, 7: 0.11, 8: 0.12}
"""How often elements occur in catalogues, to lay rare core atoms first; speed depends on it, the answers do not."""


def arrays(cores: Sequence[RelaxedCore]) -> Cores:
    """Write relaxed cores as arrays. Beyond a number of kinds, atoms are told by element alone."""
    kinds: dict[frozenset[int], int] = {}
    first, needed, kind, near, parent, bonds = [0], list[int](), list[int](), list[int](), list[int](), list[int]()
    orders_of_laying = [_laying_order(core) for core in cores]
    bond = np.zeros((sum(len(core.atoms) for core in cores), max([1, *(len(core.atoms) for core in cores)])), np.uint8)
    for core, order in zip(cores, orders_of_laying, strict=True):
        of_core = [_kind(core.atoms[index].codes, kinds) for index in order]
        needed.append(int(np.bitwise_or.reduce([1 << number for number in of_core], dtype=np.uint64)))
        for at, index in enumerate(order):
            back = {order.index(other): orders for other, orders in _around(core, index) if other in order[:at]}
            for earlier, orders in back.items():
                bond[len(kind), earlier] = orders
            kind.append(1 << of_core[at])
            neighbours = {of_core[order.index(other)] for other, _ in _around(core, index)}
            near.append(sum(1 << number for number in neighbours))
            parent.append(min(back, default=0))
            bonds.append(len(back))
        first.append(len(kind))
    table = np.zeros(CODES, np.uint64)
    for codes, number in kinds.items():
        table[list(codes)] |= np.uint64(1 << number)
    return Cores(
        kinds=table,
        first=np.array(first, np.int64),
        needed=np.array(needed, np.uint64),
        kind=np.array(kind, np.uint64),
        near=np.array(near, np.uint64),
        parent=np.array(parent, np.int64),
        bonds=np.array(bonds, np.int64),
        bond=bond,
        hanging=hung([(core.hanging, order) for core, order in zip(cores, orders_of_laying, strict=True)]),
    )


def _kind(codes: frozenset[int], kinds: dict[frozenset[int], int]) -> int:
    if codes not in kinds and len(kinds) >= _EXACT_KINDS:
        codes = _of_elements(codes)
        if codes not in kinds and len(kinds) >= _MOST_KINDS - 1:
            codes = frozenset(range(CODES))
    return kinds.setdefault(codes, len(kinds))


def _around(core: RelaxedCore, index: int) -> Iterator[tuple[int, int]]:
    for begin, end, orders in core.bonds:
        if index in (begin, end):
            yield (end if index == begin else begin), orders


def _laying_order(core: RelaxedCore) -> list[int]:
    """Begin with the rarest atom and go on with neighbours, those that close rings and rare ones first."""
    rarity = [_frequency(atom) for atom in core.atoms]
    order = [min(range(len(core.atoms)), key=rarity.__getitem__)]
    while len(order) < len(core.atoms):
        around = {other for index in order for other, _ in _around(core, index) if other not in order}
        if not around:
            raise ValueError("a core must be connected")
        order.append(min(around, key=lambda at: (-len([o for o, _ in _around(core, at) if o in order]), rarity[at])))
    return order


def _frequency(atom: CoreAtom) -> float:
    known = {
        number_of(element, state, degree): (element, degree)
        for element, state, degree in product(range(METAL + 1), range(STATES), range(DEGREES))
    }
    shares = {known[code] for code in atom.codes}
    return sum(_USUAL.get(ELEMENTS[element] if element < METAL else 0, 0.01) / DEGREES for element, _ in shares)


def hung(cores: Sequence[tuple[Hanging, list[int]]]) -> Hung:
    """Write what hangs on cores as arrays, by core atom in the order in which they are laid."""
    kinds: dict[frozenset[int], int] = {frozenset(range(CODES)): 0}
    first, root, each, meets = [0], list[int](), list[int](), list[int]()
    demands, closed = list[int](), list[int]()
    for hanging, order in cores:
        bits = {demand: 1 << number for number, demand in enumerate(sorted(hanging.demands))}
        for index in order:
            for fit in hanging.fits[index]:
                root.append(1 << _of_group(_first_codes(fit), kinds))
                codes = relaxed_atom(fit.outline.each)
                each.append(0 if len(codes) == CODES else 1 << _of_group(codes, kinds))
                meets.append(sum(bits[demand] for demand in fit.meets))
            first.append(len(root))
        demands.append(sum(bits.values()))
        closed.append(hanging.closed)
    table = np.zeros(CODES, np.uint64)
    for codes, number in kinds.items():
        table[list(codes)] |= np.uint64(1 << number)
    return Hung(
        kinds=table,
        first=np.array(first, np.int64),
        root=np.array(root, np.uint64),
        each=np.array(each, np.uint64),
        meets=np.array(meets, np.uint64),
        demands=np.array(demands, np.uint64),
        closed=np.array(closed, np.uint8),
    )


def _first_codes(fit: Fit) -> frozenset[int]:
    """Give what the first atom may be; of a group that carries more, whatever is of the same element."""
    codes = relaxed_atom(fit.outline.first)
    return _of_elements(codes) if fit.loaded else codes


def _of_elements(codes: frozenset[int]) -> frozenset[int]:
    elements = {code // (STATES * DEGREES) for code in codes}
    return frozenset(code for code in range(CODES) if code // (STATES * DEGREES) in elements)


def _of_group(codes: frozenset[int], kinds: dict[frozenset[int], int]) -> int:
    """Give the bit of a kind; when there is none left, that of any atom."""
    if codes not in kinds and len(kinds) >= _MOST_KINDS:
        return 0
    return kinds.setdefault(codes, len(kinds))
