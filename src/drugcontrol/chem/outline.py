"""What is seen of a group at its atoms: by which it may hang, and of which it may consist.

Every word of the vocabulary has an outline, and a piece outside it is not this group. So the outline is part of the
meaning of the word, and whoever sees an atom outside of it knows the answer without asking the word itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rdkit import Chem

from drugcontrol.chem.pieces import Piece

ANY = "*"

_RING_ATOM = "[!D0;!D1;!D2]"
"""It hangs by one bond and is in a ring: two more at least."""


@dataclass(frozen=True)
class Outline:
    """Queries of one atom, as SMARTS.

    Attributes
    ----------
    first : str
        An atom by which the group hangs.
    each : str
        Any atom of it.
    """

    first: str = ANY
    each: str = ANY

    def fits(self, piece: Piece) -> bool:
        """Say whether a piece is inside the outline."""
        roots = {inside for _, inside in piece.bonds}
        return _all(self.first, piece, roots) and _all(self.each, piece, piece.atoms)


def _all(query: str, piece: Piece, atoms: set[int] | frozenset[int]) -> bool:
    if query == ANY:
        return True
    asked = atom_query(query)
    return all(asked.Match(piece.whole.GetAtomWithIdx(index)) for index in atoms)


@cache
def atom_query(text: str) -> Chem.Atom:
    """Read a query of one atom."""
    return Chem.MolFromSmarts(text).GetAtomWithIdx(0)


def outline_of(forms: Sequence[Piece]) -> Outline:
    """Give the outline of groups that are drawn: elements, aromaticity and bonds of the atoms by which they hang."""
    roots = {piece.whole.GetAtomWithIdx(inside) for piece in forms for _, inside in piece.bonds}
    first = {f"{_element(atom)};{'a' if atom.GetIsAromatic() else 'A'};D{atom.GetDegree()}" for atom in roots}
    each = {_element(piece.whole.GetAtomWithIdx(index)) for piece in forms for index in piece.atoms}
    return Outline(_one_of(first), _one_of(each))


def _element(atom: Chem.Atom) -> str:
    return f"#{atom.GetAtomicNum()}"


def _one_of(queries: set[str]) -> str:
    if len(queries) == 1:
        return f"[{next(iter(queries))}]"
    return f"[{','.join(query.replace(';', '&') for query in sorted(queries))}]"


OUTLINES: Mapping[str, Outline] = {
    "any": Outline(),
    "alkyl": Outline("[CX4]", "[CX4]"),
    "cycloalkyl": Outline("[CX4]", "[CX4]"),
    "alkenyl": Outline("[C]", "[C]"),
    "haloalkyl": Outline("[CX4]", "[CX4,F,Cl,Br,I]"),
    "alkoxy": Outline("[OD2]", "[O,CX4]"),
    "haloalkoxy": Outline("[OD2]", "[O,CX4,F,Cl,Br,I]"),
    "alkylthio": Outline("[SD2]", "[S,CX4]"),
    "alkylsulfonyl": Outline("[SD4]", "[S,O,CX4]"),
    "alkoxycarbonyl": Outline("[CX3D3]", "[C,O]"),
    "alkylthiocarbonyl": Outline("[CX3D3]", "[C,O,S]"),
    "alkylcarbamoyl": Outline("[CX3D3]", "[C,O,N]"),
    "acyloxy": Outline("[OD2]"),
    "aryloxy": Outline("[OD2]"),
    "alkylenedioxy": Outline("[OD2]", "[O,CX4]"),
    "alkoxyalkyl": Outline("[CX4]", "[O,CX4]"),
    "cyanoalkyl": Outline("[CX4]", "[C,N]"),
    "halo": Outline("[F,Cl,Br,I]", "[F,Cl,Br,I]"),
    "amino": Outline("[N]", "[N,CX4]"),
    "amino, substituted or not": Outline("[N]"),
    "aromatic group": Outline("[a]"),
    "ester": Outline("[CX3D3,OD2]"),
    "ether": Outline("[OD2,CX4]"),
    "ether, by oxygen": Outline("[OD2]"),
    "acyl": Outline("[CX3,S]"),
    "trialkylsilyl": Outline("[Si]", "[Si,CX4]"),
    "monocycle": Outline(_RING_ATOM),
    "aromatic monocycle": Outline(f"{_RING_ATOM[:-1]};a]"),
    "heteromonocycle": Outline(_RING_ATOM),
    "ring of the nitrogen": Outline(),
    "benzyl, further substituted": Outline("[CD2]"),
    "phenethyl, further substituted": Outline("[CD2]"),
    "substituted alkyl": Outline("[C]"),
    "hydrocarbyl from C3, substituted or not": Outline("[#6]"),
    "heterocycle, 1-3 hetero atoms": Outline(_RING_ATOM),
    "methyl with such a heterocycle": Outline("[CD2]"),
    "ethyl with such a heterocycle": Outline("[CD2]"),
}
"""Of every word that is described; those that are drawn have that of the drawing."""
