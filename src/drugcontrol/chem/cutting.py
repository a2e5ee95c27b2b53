"""Taking off a piece what hangs on it by one bond: what stays is a piece of a smaller, whole molecule."""

from collections.abc import Iterator

from rdkit import Chem

from drugcontrol.chem.pieces import Piece, pieces


def bonds_within(piece: Piece) -> Iterator[Chem.Bond]:
    """Give the bonds between atoms of a piece."""
    for bond in piece.whole.GetBonds():
        if {bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()} <= piece.atoms:
            yield bond


def tips(piece: Piece) -> Iterator[Piece]:
    """Give every part of a piece that hangs on the rest of it by one bond."""
    for bond in bonds_within(piece):
        ends = (bond.GetBeginAtomIdx(), bond.GetEndAtomIdx())
        for inner, outer in (ends, ends[::-1]):
            if bond.IsInRing() or outer == piece.bonds[0][1]:
                continue
            if bond.GetBondType() != Chem.BondType.SINGLE and piece.whole.GetAtomWithIdx(inner).GetIsAromatic():
                continue  # the oxygen of a pyridone: the ring would be another one without it
            for part in pieces(piece.whole, {inner, *piece.holders}, piece.atoms):
                if outer in part.atoms and piece.bonds[0][1] not in part.atoms and len(part.bonds) == 1:
                    yield part


def without(piece: Piece, rest: frozenset[int]) -> Piece:
    """Give a piece of a smaller molecule in which hydrogens stand for what was taken off."""
    smaller = Chem.RWMol(piece.whole)
    for index in piece.atoms - rest:
        for neighbour in smaller.GetAtomWithIdx(index).GetNeighbors():
            if neighbour.GetIdx() not in rest:
                continue
            if neighbour.GetIsAromatic() and neighbour.GetAtomicNum() != 6:
                neighbour.SetNumExplicitHs(neighbour.GetNumExplicitHs() + 1)  # pyrrole: RDKit adds none by itself
            else:
                neighbour.SetNumExplicitHs(0)
                neighbour.SetNoImplicit(False)
    smaller.BeginBatchEdit()
    for index in piece.atoms - rest:
        smaller.RemoveAtom(index)
    old = [index for index in range(piece.whole.GetNumAtoms()) if index not in piece.atoms or index in rest]
    new = {before: after for after, before in enumerate(old)}
    smaller.CommitBatchEdit()
    Chem.SanitizeMol(smaller)
    bonds = tuple((new[outside], new[inside]) for outside, inside in piece.bonds)
    return Piece(smaller.GetMol(), frozenset(new[index] for index in rest), bonds)
