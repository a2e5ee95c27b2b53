"""Accounting for a molecule over a core: every heavy atom is in the core, in a portion, or unaccounted for.

A :class:`Plan` says what a core carries and which changes are allowed where; :func:`readings` gives every way in
which a molecule can be read as that core with changes. It knows words and places, and no law.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import permutations, product
from typing import Literal

from rdkit import Chem

from drugcontrol.chem.groups import Answer, Word, any_of
from drugcontrol.chem.molecule import MAX_ATOMS, Molecule
from drugcontrol.chem.pieces import Piece, in_one_ring, paths, pieces, ring_atoms

_MAX_MATCHES = 2 * MAX_ATOMS
"""More than any molecule that is read can hold: a core with two ways to lie on itself, once for each atom."""

How = Literal["carries", "replaced", "ring replaced", "element"]


@dataclass(frozen=True)
class Change:
    """One change that a clause allows at a portion.

    Attributes
    ----------
    how : {"carries", "replaced", "ring replaced", "element"}
        The portion carries one of the groups in place of hydrogen, on its reference group or, where it has none, on the
        core; is one of them instead; has one of them in place of its ring; or a core atom is another element.
    question : str
        Code of a question that the change leaves whatever the group is.
    """

    clause: str
    how: How
    words: tuple[Word, ...] = ()
    may_carry: tuple[Word, ...] = ()
    elements: frozenset[str] = frozenset()
    question: str = ""


@dataclass(frozen=True)
class Portion:
    """A place of the core and what hangs there in the reference compound.

    Attributes
    ----------
    at : frozenset of int
        Map numbers of core atoms.
    reference : Piece or None
        The group that the reference has there; None for hydrogen.
    """

    id: str
    at: frozenset[int]
    reference: Piece | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Core:
    """One alternative of a core.

    Attributes
    ----------
    query : Molecule
        Query atoms with map numbers.
    question : str
        Code of a question that it leaves for whatever is read over it.
    """

    query: Molecule
    question: str = ""


@dataclass(frozen=True)
class Plan:
    """A core, in its alternatives, with its portions.

    Attributes
    ----------
    complete : bool
        An addition to the core that no clause names gives no reading.
    """

    cores: tuple[Core, ...]
    portions: tuple[Portion, ...]
    complete: bool = False


@dataclass(frozen=True)
class Met:
    """A change that was found: by which clause, where, and the questions that it leaves."""

    portion: str
    clause: str
    atoms: frozenset[int]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """One way to read a molecule as the core with changes.

    Attributes
    ----------
    unlisted : tuple of frozenset of int
        Additions that no clause names.
    question : str
        Code of a question that the core leaves.
    """

    core: frozenset[int] = frozenset()
    met: tuple[Met, ...] = ()
    unlisted: tuple[frozenset[int], ...] = field(default=())
    question: str = ""

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses of the changes that were found."""
        return frozenset(change.clause for change in self.met)

    def __add__(self, other: "Account") -> "Account":
        question = self.question or other.question
        return Account(self.core | other.core, self.met + other.met, self.unlisted + other.unlisted, question)


def readings(mol: Molecule, plan: Plan) -> Iterator[Account]:
    """Give every way to read a molecule as the core with portions unchanged or changed as clauses allow.

    A portion that is lost, or changed in a way that is neither a clause nor an addition, gives no reading.
    """
    bonds: list[tuple[int, int]] = []
    for core in plan.cores:
        for match in mol.GetSubstructMatches(core.query, uniquify=False, maxMatches=_MAX_MATCHES):
            bonds = bonds or [(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()) for bond in mol.GetBonds()]
            if _closed(bonds, core.query, match):
                places = {atom: core.query.GetAtomWithIdx(index).GetAtomMapNum() for index, atom in enumerate(match)}
                yield from _over(mol, plan, places, Account(frozenset(match), question=core.question))


def _closed(bonds: list[tuple[int, int]], core: Molecule, match: tuple[int, ...]) -> bool:
    """Say whether the matched atoms have no further bond among themselves."""
    atoms = set(match)
    return sum(begin in atoms and end in atoms for begin, end in bonds) == int(core.GetNumBonds())


def _over(mol: Molecule, plan: Plan, places: Mapping[int, int], core: Account) -> Iterator[Account]:
    portions = plan.portions
    hanging = pieces(mol, places)
    branching = sorted({tuple(sorted(portion.at)) for portion in portions if portion.reference is not None})
    taken: list[tuple[tuple[int, ...], list[Piece]]] = []
    for at in branching:
        here = [piece for piece in hanging if {places[holder] for holder in piece.holders} <= set(at)]
        hanging = [piece for piece in hanging if piece not in here]
        taken.append((at, here))
    added = list[list[Account]]()
    for piece in hanging:  # the cheaper half goes first: most readings end here
        added.append(list(_addition(plan, places, piece)))
        if not added[-1]:
            return
    choices: list[list[Account]] = []
    for at, here in taken:
        wanted = [portion for portion in portions if portion.reference is not None and portion.at == frozenset(at)]
        choices.append(list(_branches(plan, wanted, here, places)))
        if not choices[-1]:
            return
    choices += added
    start = core + Account(met=tuple(_elements(mol, portions, places)))
    for chosen in product(*choices):
        yield reduce(Account.__add__, chosen, start)


def _branches(plan: Plan, wanted: list[Portion], here: list[Piece], places: Mapping[int, int]) -> Iterator[Account]:
    """Read the pieces at a place as the wanted branches, in every order; what is more is an addition."""
    for order in permutations(here, len(wanted)):
        if _overlooks(wanted, order, here):
            continue
        options = [list(_branch(portion, piece)) for portion, piece in zip(wanted, order, strict=True)]
        options += [list(_addition(plan, places, piece)) for piece in here if piece not in order]
        for chosen in product(*options):
            yield reduce(Account.__add__, chosen, Account())


def _overlooks(wanted: list[Portion], order: tuple[Piece, ...], here: list[Piece]) -> bool:
    """Say whether a branch would count as replaced although it hangs there unchanged, beside what is taken for it."""
    more = [piece for piece in here if piece not in order]
    return any(
        not piece.is_like(portion.reference) and any(other.is_like(portion.reference) for other in more)
        for portion, piece in zip(wanted, order, strict=True)
        if portion.reference is not None
    )


def _branch(portion: Portion, piece: Piece) -> Iterator[Account]:
    reference = portion.reference
    assert reference is not None  # noqa: S101 - only portions with a reference are branches
    if piece.is_like(reference):
        yield Account()
        return
    for change in portion.changes:
        if change.how == "replaced":
            yield from _met(portion, change, any_of(change.words, piece, change.may_carry), piece.atoms)
    length, ring_size = shape(reference)
    if ring_size and len(piece.bonds) == 1:
        chains = paths(piece, length) if length else iter([()])
        for chain in chains:
            yield from _along(portion, piece, chain, ring_size)


def _along(portion: Portion, piece: Piece, chain: tuple[int, ...], ring_size: int) -> Iterator[Account]:
    """Read a branch as the reference's chain with a ring at its end."""
    mol, before = piece.whole, chain[-1] if chain else piece.bonds[0][0]
    for neighbour in mol.GetAtomWithIdx(before).GetNeighbors():
        start = neighbour.GetIdx()
        ring = ring_atoms(mol, start)
        if start not in piece.atoms or start in chain or not ring or not ring <= piece.atoms:
            continue
        if _is_benzene(mol, ring) and ring_size == len(ring):
            extra = pieces(mol, {*chain, *ring, *piece.holders}, piece.atoms)
            yield from _carried(portion, extra)
        rest = pieces(mol, {*chain, *piece.holders}, piece.atoms)
        end = next(part for part in rest if start in part.atoms)
        for change in portion.changes:
            if change.how == "ring replaced" and len(end.bonds) == 1 and not _is_bare_benzene(end, ring):
                found = any_of(change.words, end, change.may_carry)
                for replaced in _met(portion, change, found, end.atoms):
                    for carried in _carried(portion, [part for part in rest if part is not end]):
                        yield replaced + carried


def _carried(portion: Portion, extra: list[Piece]) -> Iterator[Account]:
    options = [list(_on(portion, piece)) or [Account(unlisted=(piece.atoms,))] for piece in extra]
    for chosen in product(*options):
        yield reduce(Account.__add__, chosen, Account())


def _addition(plan: Plan, places: Mapping[int, int], piece: Piece) -> Iterator[Account]:
    """Read a piece in place of hydrogen on the core."""
    here = {places[holder] for holder in piece.holders}
    free = (portion for portion in plan.portions if portion.reference is None and here <= portion.at)
    found = [account for portion in free for account in _on(portion, piece)]
    yield from found or ([] if plan.complete else [Account(unlisted=(piece.atoms,))])


def _on(portion: Portion, piece: Piece) -> Iterator[Account]:
    for change in portion.changes:
        if change.how == "carries":
            yield from _met(portion, change, any_of(change.words, piece, change.may_carry), piece.atoms)


def _met(portion: Portion, change: Change, answer: Answer, atoms: frozenset[int]) -> Iterator[Account]:
    if answer is not None:
        questions = tuple(question for question in (answer, change.question) if question)
        yield Account(met=(Met(portion.id, change.clause, atoms, questions),))


def _elements(mol: Molecule, portions: tuple[Portion, ...], places: Mapping[int, int]) -> Iterator[Met]:
    for portion in portions:
        for change in portion.changes:
            for atom, number in places.items():
                if number in portion.at and mol.GetAtomWithIdx(atom).GetSymbol() in change.elements:
                    yield Met(portion.id, change.clause, frozenset({atom}))


def shape(reference: Piece) -> tuple[int, int]:
    """Give the length of the chain before the ring of a reference group, and the size of the ring (0: it has none)."""
    in_rings = [index for index in reference.atoms if reference.whole.GetAtomWithIdx(index).IsInRing()]
    return len(reference.atoms) - len(in_rings), len(in_rings)


def _is_benzene(mol: Molecule, ring: frozenset[int]) -> bool:
    atoms = [mol.GetAtomWithIdx(index) for index in ring]
    return len(ring) == 6 and all(atom.GetIsAromatic() and atom.GetAtomicNum() == 6 for atom in atoms)


def _is_bare_benzene(piece: Piece, ring: frozenset[int]) -> bool:
    return piece.atoms == ring and _is_benzene(piece.whole, ring) and in_one_ring(piece.whole, ring)


def reference_piece(smiles: str) -> Piece:
    """Read a reference group, ``*CCc1ccccc1``.

    Raises
    ------
    ValueError
        When it is no structure, or hangs nowhere.
    """
    mol = Chem.MolFromSmiles(smiles)
    if mol is None or all(atom.GetAtomicNum() for atom in mol.GetAtoms()):
        raise ValueError(f"the reference group “{smiles}” is no structure with a * where it hangs")
    return pieces(mol, {atom.GetIdx() for atom in mol.GetAtoms() if atom.GetAtomicNum() == 0})[0]
