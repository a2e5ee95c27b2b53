"""Taking a molecule apart around some of its atoms: the pieces that hang on them, each with where it hangs.

A piece is what a legal text calls a group or substituent: connected atoms outside the atoms that were set apart, with
the atoms it is bound to. Every heavy atom is in a piece or set apart, so nothing can be overlooked.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from rdkit import Chem

from drugcontrol.chem.molecule import Molecule


@dataclass(frozen=True)
class Piece:
    """A group of a molecule.

    Attributes
    ----------
    whole : Molecule
        The molecule that it is a piece of; indices count its atoms.
    atoms : frozenset of int
    bonds : tuple of (int, int)
        Where it hangs: atom outside the piece, atom of the piece.
    """

    whole: Molecule
    atoms: frozenset[int]
    bonds: tuple[tuple[int, int], ...]

    @property
    def root(self) -> Chem.Atom:
        """The atom by which a piece of one bond hangs."""
        return self.whole.GetAtomWithIdx(self.bonds[0][1])

    @property
    def holders(self) -> frozenset[int]:
        """The atoms on which it hangs."""
        return frozenset(outside for outside, _ in self.bonds)

    @property
    def single(self) -> bool:
        """Whether it hangs by one single bond, as a substituent does."""
        if len(self.bonds) != 1:
            return False
        return self.whole.GetBondBetweenAtoms(*self.bonds[0]).GetBondType() == Chem.BondType.SINGLE

    @cached_property
    def text(self) -> str:
        """The piece as canonical SMILES, ``*`` for each atom that it hangs on; ``*OCO*``, ``*1CCCC1``."""
        part = Chem.RWMol()
        index = {atom: part.AddAtom(_bare(self.whole.GetAtomWithIdx(atom))) for atom in sorted(self.atoms)}
        index |= {holder: part.AddAtom(Chem.Atom(0)) for holder in sorted(self.holders)}
        for bond in self.whole.GetBonds():
            ends = (bond.GetBeginAtomIdx(), bond.GetEndAtomIdx())
            if self.atoms.intersection(ends) and all(end in index for end in ends):
                part.AddBond(index[ends[0]], index[ends[1]], bond.GetBondType())
        Chem.FastFindRings(part)
        return str(Chem.MolToSmiles(part))

    def is_like(self, other: "Piece") -> bool:
        """Say whether two pieces are the same group."""
        return len(self.atoms) == len(other.atoms) and self.text == other.text


def pieces(mol: Molecule, apart: Collection[int], within: Collection[int] | None = None) -> list[Piece]:
    """Give the pieces that stay when atoms are set apart.

    Parameters
    ----------
    apart : collection of int
        The atoms set apart.
    within : collection of int, optional
        Only these atoms are looked at (besides `apart`); all when None.
    """
    free = set(range(mol.GetNumAtoms()) if within is None else within) - set(apart)
    found = []
    while free:
        atoms = _connected(mol, min(free), free)
        free -= atoms
        bonds = tuple(
            (neighbour.GetIdx(), index)
            for index in sorted(atoms)
            for neighbour in mol.GetAtomWithIdx(index).GetNeighbors()
            if neighbour.GetIdx() not in atoms
        )
        found.append(Piece(mol, frozenset(atoms), bonds))
    return found


def paths(piece: Piece, length: int) -> Iterator[tuple[int, ...]]:
    """Give every chain of singly bound carbons outside rings, of a length in atoms, that starts where a piece hangs."""
    chains: list[tuple[int, ...]] = [(piece.bonds[0][1],)] if piece.single and _is_link(piece.root) else []
    for _ in range(length - 1):
        chains = [(*chain, index) for chain in chains for index in _links(piece, chain[-1]) if index not in chain]
    yield from chains


def ring_atoms(mol: Molecule, index: int) -> frozenset[int]:
    """Give the atoms of the ring through an atom; of the smallest one when it is in several, nothing when in none."""
    rings = [ring for ring in mol.GetRingInfo().AtomRings() if index in ring]
    return min((frozenset(ring) for ring in rings), key=len, default=frozenset())


def in_one_ring(mol: Molecule, atoms: Collection[int]) -> bool:
    """Say whether none of the atoms is in a second ring: neither fused nor spiro nor bridged."""
    rings = mol.GetRingInfo()
    return all(rings.NumAtomRings(index) == 1 for index in atoms)


def _links(piece: Piece, index: int) -> Iterator[int]:
    for bond in piece.whole.GetAtomWithIdx(index).GetBonds():
        other = bond.GetOtherAtom(piece.whole.GetAtomWithIdx(index))
        if other.GetIdx() in piece.atoms and bond.GetBondType() == Chem.BondType.SINGLE and _is_link(other):
            yield other.GetIdx()


def _is_link(atom: Chem.Atom) -> bool:
    return bool(atom.GetAtomicNum() == 6 and not atom.IsInRing())


def _connected(mol: Molecule, start: int, free: Collection[int]) -> set[int]:
    atoms, border = {start}, [start]
    while border:
        for neighbour in mol.GetAtomWithIdx(border.pop()).GetNeighbors():
            index = neighbour.GetIdx()
            if index in free and index not in atoms:
                atoms.add(index)
                border.append(index)
    return atoms


def _bare(atom: Chem.Atom) -> Chem.Atom:
    copy = Chem.Atom(atom.GetAtomicNum())
    copy.SetFormalCharge(atom.GetFormalCharge())
    copy.SetIsAromatic(atom.GetIsAromatic())
    copy.SetNumExplicitHs(atom.GetTotalNumHs())
    copy.SetNoImplicit(True)
    return copy
