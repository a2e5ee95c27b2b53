"""The legal vocabulary of groups: alkyl, acyl, halo, monocycle ... as the words of class rules use them.

A word is asked of a piece of a molecule and answers in three values: no (None), yes (an empty text), or open: the code
of the question that the law leaves, for instance whether a cyclic group is an "alkyl". Rulings close questions; this
module never does.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from rdkit import Chem

from drugcontrol.chem.cutting import bonds_within, tips, without
from drugcontrol.chem.outline import OUTLINES, Outline, outline_of
from drugcontrol.chem.pieces import Piece, in_one_ring, pieces, ring_atoms

YES = ""
Answer = str | None
"""None: not this group. Empty: this group. Else the code of the open question."""

_HALOGENS = frozenset({9, 17, 35, 53})
_UNLIMITED = 10_000
_MULTIPLE = (Chem.BondType.DOUBLE, Chem.BondType.TRIPLE)


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary with its limit: ``alkyl to 6``.

    Attributes
    ----------
    limit : int
        Most carbon atoms that the text allows in the group named by the limit.
    """

    name: str
    limit: int = _UNLIMITED

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a word as rules write it.

        Raises
        ------
        ValueError
            When the vocabulary has no such word.
        """
        name, _, limit = text.partition(" to ")
        if name not in vocabulary():
            raise ValueError(f"“{name}” is no word of the vocabulary")
        return cls(name, int(limit) if limit else _UNLIMITED)

    @property
    def outline(self) -> Outline:
        """What is seen of the group at its atoms."""
        return outlines()[self.name]

    def asked_of(self, piece: Piece) -> Answer:
        """Say whether a piece is this group."""
        return vocabulary()[self.name](piece, self.limit) if self.outline.fits(piece) else None


def any_of(words: Collection[Word], piece: Piece, carried: Collection[Word] = ()) -> Answer:
    """Give the best answer of several words, each of which may carry further groups."""
    if not words:
        return None
    answers = [word.asked_of(base) for base in _bases(piece, carried) for word in words]
    return min((answer for answer in answers if answer is not None), key=len, default=None)


def _bases(piece: Piece, carried: Collection[Word]) -> Iterator[Piece]:
    """Give the piece itself, and what stays of it when every group that it may carry is taken off."""
    yield piece
    if not carried or not piece.single:
        return
    loose = [tip for tip in tips(piece) if any(word.asked_of(tip) == YES for word in carried)]
    rest = piece.atoms.difference(*(tip.atoms for tip in loose))
    if loose:
        yield without(piece, rest)


@cache
def vocabulary() -> Mapping[str, Callable[[Piece, int], Answer]]:
    """Give every word with its test."""
    return {
        **{name: _exactly(forms) for name, forms in _drawn_forms().items()},
        "any": lambda piece, _: YES if len(piece.bonds) == 1 else None,
        "alkyl": _alkyl,
        "cycloalkyl": _cycloalkyl,
        "alkenyl": _alkenyl,
        "haloalkyl": _haloalkyl,
        "alkoxy": _behind("O", _alkyl),
        "haloalkoxy": _behind("O", _haloalkyl),
        "alkylthio": _behind("S", _alkyl),
        "alkylsulfonyl": _behind("S(=O)(=O)", _alkyl),
        "alkoxycarbonyl": _behind("C(=O)O", _alkyl),
        "alkylthiocarbonyl": _behind("C(=O)S", _alkyl),
        "alkylcarbamoyl": _behind("C(=O)N", _alkyl),
        "acyloxy": _behind("O", lambda piece, _: _acyl(piece, _UNLIMITED)),
        "aryloxy": _behind("O", lambda piece, _: _aromatic_monocycle(piece, _UNLIMITED)),
        "alkylenedioxy": _alkylenedioxy,
        "alkoxyalkyl": _alkoxyalkyl,
        "cyanoalkyl": _cyanoalkyl,
        "halo": lambda piece, _: YES if piece.single and _elements(piece) <= _HALOGENS else None,
        "amino": _amino,
        "amino, substituted or not": _any_amino,
        "aromatic group": lambda piece, _: YES if piece.single and piece.root.GetIsAromatic() else None,
        "ester": _ester,
        "ether": _ether,
        "ether, by oxygen": _ether_by_oxygen,
        "acyl": _acyl,
        "trialkylsilyl": _trialkylsilyl,
        "monocycle": _monocycle,
        "aromatic monocycle": _aromatic_monocycle,
        "heteromonocycle": _heteromonocycle,
        "ring of the nitrogen": _ring_of_the_holder,
        "benzyl, further substituted": _behind("C", lambda piece, _: _aromatic_monocycle(piece, _UNLIMITED)),
        "phenethyl, further substituted": _behind("CC", lambda piece, _: _aromatic_monocycle(piece, _UNLIMITED)),
        "substituted alkyl": _substituted_alkyl,
        "hydrocarbyl from C3, substituted or not": _hydrocarbyl,
        "heterocycle, 1-3 hetero atoms": _heterocycle,
        "methyl with such a heterocycle": _behind("C", _heterocycle),
        "ethyl with such a heterocycle": _behind("CC", _heterocycle),
    }


@cache
def outlines() -> Mapping[str, Outline]:
    """Give every word with its outline."""
    return {**{name: outline_of(forms) for name, forms in _drawn_forms().items()}, **OUTLINES}


@cache
def _drawn_forms() -> Mapping[str, list[Piece]]:
    return {name: [_drawn(smiles) for smiles in forms] for name, forms in _EXACT.items()}


_EXACT: Mapping[str, tuple[str, ...]] = {
    "hydroxy": ("*O",),
    "nitro": ("*[N+](=O)[O-]",),
    "cyano": ("*C#N",),
    "acetyl": ("*C(C)=O",),
    "acetoxy": ("*OC(C)=O",),
    "carbamoyl": ("*C(N)=O",),
    "methyl": ("*C",),
    "ethyl": ("*CC",),
    "methoxy": ("*OC",),
    "trifluoromethyl": ("*C(F)(F)F",),
    "trifluoromethoxy": ("*OC(F)(F)F",),
    "phenyl": ("*c1ccccc1",),
    "benzyl": ("*Cc1ccccc1",),
    "N-oxide": ("*[O-]",),
    "pyrrolidino": ("*1CCCC1",),
    "piperidino": ("*1CCCCC1",),
    "morpholino": ("*1CCOCC1",),
    "methylenedioxy": ("*1OCO*=1",),
    "ethylenedioxy": ("*1OCCO*=1",),
    "ethylenoxy": ("*1CCO*=1",),
    "vinylenoxy": ("[*]1:[cH]:[cH]:o:[*]:1",),
    "propano bridge": ("*1CCC*1",),
}


def _drawn(smiles: str) -> Piece:
    mol = Chem.MolFromSmiles(smiles, sanitize=False)
    mol.UpdatePropertyCache(strict=False)
    Chem.FastFindRings(mol)
    apart = {atom.GetIdx() for atom in mol.GetAtoms() if atom.GetAtomicNum() == 0}
    return pieces(mol, apart)[0]


def _exactly(forms: Collection[Piece]) -> Callable[[Piece, int], Answer]:
    return lambda piece, _: YES if any(piece.is_like(form) for form in forms) else None


def _behind(link: str, test: Callable[[Piece, int], Answer]) -> Callable[[Piece, int], Answer]:
    """Ask a test of what stands behind a link: ``O`` for alkoxy, ``C(=O)O`` for alkoxycarbonyl."""
    pattern = Chem.MolFromSmarts(f"[*:1]{link}[*:2]")
    query = [atom.GetIdx() for atom in pattern.GetAtoms() if atom.GetAtomMapNum() != 0]

    def asked(piece: Piece, limit: int) -> Answer:
        if not piece.single:
            return None
        for match in piece.whole.GetSubstructMatches(pattern, uniquify=False):
            holder, first = match[query[0]], match[query[1]]
            linked = {index for place, index in enumerate(match) if place not in query}
            if holder != piece.bonds[0][0] or piece.bonds[0][1] not in linked or not linked <= piece.atoms:
                continue
            behind = pieces(piece.whole, {holder, *linked}, piece.atoms)
            if len(behind) == 1 and behind[0].bonds[0][1] == first:
                answer = test(behind[0], limit)
                if answer is not None:
                    return answer
        return None

    return asked


def _elements(piece: Piece) -> set[int]:
    return {piece.whole.GetAtomWithIdx(index).GetAtomicNum() for index in piece.atoms}


def _carbons(piece: Piece) -> int:
    return sum(piece.whole.GetAtomWithIdx(index).GetAtomicNum() == 6 for index in piece.atoms)


def _orders(piece: Piece) -> set[Chem.BondType]:
    return {bond.GetBondType() for bond in bonds_within(piece)}


def _has_ring(piece: Piece) -> bool:
    return len(list(bonds_within(piece))) >= len(piece.atoms)


def _is_carbon(piece: Piece) -> bool:
    return piece.single and piece.root.GetAtomicNum() == 6


def _saturated(piece: Piece) -> bool:
    return _orders(piece) <= {Chem.BondType.SINGLE}


def _alkyl(piece: Piece, limit: int) -> Answer:
    if not piece.single or _elements(piece) != {6} or not _saturated(piece) or _carbons(piece) > limit:
        return None
    return "cyclic_alkyl" if _has_ring(piece) else YES


def _cycloalkyl(piece: Piece, limit: int) -> Answer:
    if not piece.single or _elements(piece) != {6} or not _saturated(piece) or _carbons(piece) > limit:
        return None
    return YES if ring_atoms(piece.whole, piece.bonds[0][1]) == piece.atoms else None


def _alkenyl(piece: Piece, limit: int) -> Answer:
    double = _orders(piece) <= {Chem.BondType.SINGLE, Chem.BondType.DOUBLE} and not _saturated(piece)
    if not piece.single or _elements(piece) != {6} or not double or _carbons(piece) > limit:
        return None
    return "cyclic_alkyl" if _has_ring(piece) else YES


def _haloalkyl(piece: Piece, limit: int) -> Answer:
    elements = _elements(piece)
    if not _is_carbon(piece) or not elements & _HALOGENS or not elements <= _HALOGENS | {6} or not _saturated(piece):
        return None
    if _carbons(piece) > limit:
        return None
    return "cyclic_alkyl" if _has_ring(piece) else YES


def _substituted_alkyl(piece: Piece, limit: int) -> Answer:
    """Say whether a piece begins with a carbon outside rings that has no multiple bond to anything but carbon."""
    if not _is_carbon(piece) or piece.root.IsInRing():
        return None
    multiple = [bond for bond in piece.root.GetBonds() if bond.GetBondType() != Chem.BondType.SINGLE]
    return YES if all(bond.GetOtherAtom(piece.root).GetAtomicNum() == 6 for bond in multiple) else None


def _alkylenedioxy(piece: Piece, limit: int) -> Answer:
    """Say whether a piece is a saturated carbon chain with an oxygen at either end, bound to two neighbouring atoms."""
    ends = {inside for _, inside in piece.bonds}
    oxygens = {index for index in piece.atoms if piece.whole.GetAtomWithIdx(index).GetAtomicNum() == 8}
    if len(piece.bonds) != 2 or len(piece.holders) != 2 or len(ends) != 2 or oxygens != ends:
        return None
    if _elements(piece) != {6, 8} or not _saturated(piece) or _has_ring(piece):
        return None
    return YES if piece.whole.GetBondBetweenAtoms(*piece.holders) is not None else None


def _amino(piece: Piece, limit: int) -> Answer:
    if not piece.single or piece.root.GetAtomicNum() != 7 or piece.root.GetFormalCharge() or piece.root.IsInRing():
        return None
    if len(piece.atoms) == 1:
        return YES
    return "substituted_amino" if _elements(piece) == {6, 7} and _saturated(piece) else None


def _any_amino(piece: Piece, limit: int) -> Answer:
    """Say whether a piece hangs by an amine nitrogen, free, substituted or in a ring that is not aromatic."""
    if not piece.single or piece.root.GetAtomicNum() != 7 or piece.root.GetIsAromatic() or piece.root.GetFormalCharge():
        return None
    return YES if all(bond.GetBondType() == Chem.BondType.SINGLE for bond in piece.root.GetBonds()) else None


def _alkoxyalkyl(piece: Piece, limit: int) -> Answer:
    ethers = [index for index in piece.atoms if piece.whole.GetAtomWithIdx(index).GetAtomicNum() == 8]
    chain = _is_carbon(piece) and _elements(piece) == {6, 8} and _saturated(piece) and not _has_ring(piece)
    if not chain or len(ethers) != 1:
        return None
    return YES if piece.whole.GetAtomWithIdx(ethers[0]).GetDegree() == 2 else None


def _cyanoalkyl(piece: Piece, limit: int) -> Answer:
    cyano = Chem.MolFromSmarts("C#N")
    ends = [match for match in piece.whole.GetSubstructMatches(cyano) if set(match) <= piece.atoms]
    if len(ends) != 1 or not _is_carbon(piece):
        return None
    chain = pieces(piece.whole, {*ends[0], *piece.holders}, piece.atoms)
    if len(chain) != 1 or chain[0].atoms | set(ends[0]) != piece.atoms:
        return None
    base = Piece(piece.whole, chain[0].atoms, piece.bonds)
    return _alkyl(base, limit)


def _ester(piece: Piece, limit: int) -> Answer:
    for link in ("C(=O)O", "OC(=O)"):
        if _behind(link, lambda behind, _: YES if behind.root.GetAtomicNum() == 6 else None)(piece, limit) is not None:
            return YES
    return None


def _ether(piece: Piece, limit: int) -> Answer:
    return YES if YES in (_ether_by_oxygen(piece, limit), _alkoxyalkyl(piece, limit)) else None


def _ether_by_oxygen(piece: Piece, limit: int) -> Answer:
    return _behind("O", lambda behind, _: YES if _is_plain_carbon(behind) else None)(piece, limit)


def _is_plain_carbon(piece: Piece) -> bool:
    """Say whether a carbon makes the oxygen before it an ether and no ester."""
    if not _is_carbon(piece):
        return False
    return all(bond.GetBondType() != Chem.BondType.DOUBLE for bond in piece.root.GetBonds())


def _acyl(piece: Piece, limit: int) -> Answer:
    if not piece.single:
        return None
    root = piece.root
    doubles = [
        bond.GetOtherAtom(root).GetAtomicNum() for bond in root.GetBonds() if bond.GetBondType() == Chem.BondType.DOUBLE
    ]
    if root.GetAtomicNum() == 16 and doubles.count(8) == 2:
        return "sulfonyl_as_acyl"
    if root.GetAtomicNum() != 6 or root.IsInRing() or len(doubles) != 1 or doubles[0] not in (8, 16):
        return None
    if doubles[0] == 16:
        return "thioacyl_as_acyl"
    others = [
        atom.GetAtomicNum()
        for atom in root.GetNeighbors()
        if atom.GetIdx() in piece.atoms
        and piece.whole.GetBondBetweenAtoms(root.GetIdx(), atom.GetIdx()).GetBondType() == Chem.BondType.SINGLE
    ]
    questions = {(): "formyl_as_acyl", (6,): YES, (8,): "carbamate_as_acyl", (7,): "urea_as_acyl"}
    return questions.get(tuple(others), "other_as_acyl")


def _trialkylsilyl(piece: Piece, limit: int) -> Answer:
    if not piece.single or piece.root.GetAtomicNum() != 14 or _carbons(piece) > limit:
        return None
    arms = pieces(piece.whole, {piece.bonds[0][1]}, piece.atoms)
    return YES if len(arms) == 3 and all(_alkyl(arm, _UNLIMITED) == YES for arm in arms) else None


def _monocycle(piece: Piece, limit: int) -> Answer:
    ring = ring_atoms(piece.whole, piece.bonds[0][1])
    if not piece.single or not ring or not ring <= piece.atoms:
        return None
    return YES if in_one_ring(piece.whole, ring) else "fused_ring"


def _aromatic_monocycle(piece: Piece, limit: int) -> Answer:
    return _monocycle(piece, limit) if piece.root.GetIsAromatic() else None


def _heteromonocycle(piece: Piece, limit: int) -> Answer:
    ring = ring_atoms(piece.whole, piece.bonds[0][1])
    hetero = any(piece.whole.GetAtomWithIdx(index).GetAtomicNum() != 6 for index in ring)
    return _monocycle(piece, limit) if hetero else None


def _hydrocarbyl(piece: Piece, limit: int) -> Answer:
    """Say whether a piece hangs by a carbon, no carbonyl, that is joined to at least two more by carbon alone."""
    if not _is_carbon(piece):
        return None
    if any(
        bond.GetBondType() in _MULTIPLE and bond.GetOtherAtom(piece.root).GetAtomicNum() != 6
        for bond in piece.root.GetBonds()
    ):
        return None
    joined, border = {piece.root.GetIdx()}, [piece.root]
    while border:
        found = [
            atom for atom in border.pop().GetNeighbors() if atom.GetAtomicNum() == 6 and atom.GetIdx() in piece.atoms
        ]
        border += [atom for atom in found if atom.GetIdx() not in joined]
        joined |= {atom.GetIdx() for atom in found}
    return YES if len(joined) >= 3 else None


def _heterocycle(piece: Piece, limit: int) -> Answer:
    """Say whether a piece hangs by an atom of a ring with one to three atoms that are not carbon."""
    ring = ring_atoms(piece.whole, piece.bonds[0][1])
    hetero = sum(piece.whole.GetAtomWithIdx(index).GetAtomicNum() != 6 for index in ring)
    return YES if piece.single and ring <= piece.atoms and 1 <= hetero <= 3 else None


def _ring_of_the_holder(piece: Piece, limit: int) -> Answer:
    """Say whether a ring takes in the atom on which the piece hangs, and no other atom outside the piece."""
    return YES if len(piece.bonds) == 2 and len(piece.holders) == 1 else None
