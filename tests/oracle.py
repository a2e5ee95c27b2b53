"""A second reading of the fentanyl classes, made without the program: RDKit's decomposition and small tests of its own.

It says whether a structure is in a class beyond question; what the words leave open is no.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rdkit import Chem
from rdkit.Chem.rdRGroupDecomposition import RGroupDecompose

CORE = Chem.MolFromSmiles("C1CN([*:1])CCC1([*:4])N([*:2])[*:3]")
CHAIN = Chem.MolFromSmarts("[#0]-[#6;!R]-[#6;!R]")
BENZENE = Chem.MolFromSmarts("[#0]-[c;R1]1[c;R1][c;R1][c;R1][c;R1][c;R1]1")

KINDS = {
    "alkyl": "alkyl",
    "hydroxy": "^[#0]-[OX2H]",
    "halo": "^[#0]-[F,Cl,Br,I]",
    "amino": "^[#0]-[NX3H2]",
    "nitro": "^[#0]-[$([NX3](=O)=O),$([NX3+](=O)[O-])](~O)~O",
    "alkoxycarbonyl": "[#0]-C(=O)O[CX4]",
    "acyloxy": "[#0]-OC(=O)[#6]",
    "ether": "[#0]-[OX2]-[#6;!$(C=*)]",
}
US = ("alkyl", "alkenyl", "alkoxy", "hydroxy", "halo", "haloalkyl", "amino", "nitro")
ON_PIPERIDINE = (*US, "alkoxycarbonyl", "acyloxy", "ether", "alkoxyalkyl")
ON_ANILINE = ("alkyl", "alkoxy", "halo", "haloalkyl")


@dataclass(frozen=True)
class Parts:
    """What hangs on the piperidine: at its nitrogen, the aromatic ring, on its carbons, at its 4-position."""

    tail: Chem.Mol
    aryl: Chem.Mol
    on_ring: list[Chem.Mol]
    at_4: list[Chem.Mol]


def in_class(smiles: str, place: str) -> bool:
    """Say whether a structure is fentanyl with at least one change that the text of a place names, and no other."""
    groups = decomposed(smiles)
    if groups is None or any(dummies(part) != 1 for part in groups.values()):
        return False
    tail, nitrogen = groups.get("R1"), [groups[key] for key in ("R2", "R3") if key in groups]
    acyls = [part for part in nitrogen if has(part, acyl(place))]
    aryls = [part for part in nitrogen if has(part, "[#0]-a")]
    if tail is None or len(acyls) != 1 or len(aryls) != 1:
        return False
    on_ring = [part for key, part in groups.items() if key not in ("R1", "R2", "R3", "R4")]
    parts = Parts(tail, aryls[0], on_ring, [groups["R4"]] if "R4" in groups else [])
    named = {"US": in_us, "CN": in_cn, "GB": in_gb}[place](parts)
    changed = not (is_like(tail, "*CCc1ccccc1") and is_like(acyls[0], "*C(=O)CC") and is_like(aryls[0], "*c1ccccc1"))
    return named and (changed or bool(parts.on_ring or parts.at_4))


def in_us(parts: Parts) -> bool:
    """Clauses A to E: the chain stays, the rings may be any single ring, the piperidine carries what C names."""
    return (
        any(one_ring(ring) and all_are(US, rest) for ring, rest in chain_and_ring(parts.tail))
        and one_ring(parts.aryl)
        and all_are(ON_PIPERIDINE, [*parts.on_ring, *parts.at_4])
    )


def in_cn(parts: Parts) -> bool:
    """Conditions 1 to 4: any group for the phenethyl group."""
    return one_ring(parts.aryl) and all_are(ON_PIPERIDINE, [*parts.on_ring, *parts.at_4])


def in_gb(parts: Parts) -> bool:
    """Ways (i) to (vi): a closed list for every place."""
    on_phenethyl = (*US, "acyloxy", "ether")
    return (
        any(
            all_are(on_phenethyl, rest)
            and (hetero_ring(ring) or (has_benzene(ring) and all_are(on_phenethyl, around(ring, BENZENE))))
            for ring, rest in chain_and_ring(parts.tail)
        )
        and has_benzene(parts.aryl)
        and all_are(ON_ANILINE, around(parts.aryl, BENZENE))
        and all_are(("alkyl", "alkenyl"), parts.on_ring)
        and all_are(("alkyl", "alkenyl", "alkoxycarbonyl", "alkoxyalkyl", "acyloxy"), parts.at_4)
    )


def acyl(place: str) -> str:
    """The agency of the United States has counted a carbamate as acyl; no other authority has."""
    return "[#0]-[CX3;!R](=O)[#6,O]" if place == "US" else "[#0]-[CX3;!R](=O)[#6]"


def decomposed(smiles: str) -> dict[str, Chem.Mol] | None:
    """Take a structure apart; places with hydrogen are left out."""
    rows, failed = RGroupDecompose([CORE], [Chem.MolFromSmiles(smiles)], asSmiles=True)
    if failed or not rows:
        return None
    groups = {key: unlabelled(group) for key, group in rows[0].items() if key != "Core"}
    return {key: part for key, part in groups.items() if part.GetNumHeavyAtoms()}


def unlabelled(group: str) -> Chem.Mol:
    part = Chem.MolFromSmiles(group)
    for atom in part.GetAtoms():
        atom.SetAtomMapNum(0)
        atom.SetIsotope(0)
    return part


def chain_and_ring(tail: Chem.Mol) -> Iterable[tuple[Chem.Mol, list[Chem.Mol]]]:
    """Give every way to see two carbons and then a ring: the ring with what it carries, and what the carbons carry."""
    for match in tail.GetSubstructMatches(CHAIN):
        first, second = match[1:]
        if tail.GetBondBetweenAtoms(first, second).GetBondType() != Chem.BondType.SINGLE:
            continue
        cut = [
            bond.GetIdx()
            for atom in (first, second)
            for bond in tail.GetAtomWithIdx(atom).GetBonds()
            if bond.GetOtherAtomIdx(atom) not in match
            and bond.GetOtherAtom(tail.GetAtomWithIdx(atom)).GetAtomicNum() > 1
        ]
        held = {tail.GetBondWithIdx(index).GetOtherAtomIdx(second) for index in cut if touches(tail, index, second)}
        broken = Chem.FragmentOnBonds(tail, cut, dummyLabels=[(0, 0)] * len(cut)) if cut else tail
        members = Chem.GetMolFrags(broken)
        parts = dict(zip(members, Chem.GetMolFrags(broken, asMols=True), strict=True))
        hanging = {atoms: part for atoms, part in parts.items() if first not in atoms}
        for atoms, part in hanging.items():
            if held.intersection(atoms) and has(part, "[#0]-[R]"):
                yield part, [other for key, other in hanging.items() if key != atoms]


def touches(mol: Chem.Mol, bond: int, atom: int) -> bool:
    found = mol.GetBondWithIdx(bond)
    return atom in (found.GetBeginAtomIdx(), found.GetEndAtomIdx())


def around(part: Chem.Mol, core: Chem.Mol) -> list[Chem.Mol]:
    """Give what a ring carries; a part with two dummies (a fused ring) is of no kind."""
    rest = Chem.ReplaceCore(part, core, labelByIndex=False)
    return [unlabelled(text) for text in Chem.MolToSmiles(rest).split(".") if text]


def all_are(kinds: Iterable[str], parts: Iterable[Chem.Mol]) -> bool:
    allowed = tuple(kinds)
    return all(any(is_kind(kind, part) for kind in allowed) for part in parts)


def is_kind(kind: str, part: Chem.Mol) -> bool:
    if dummies(part) != 1:
        return False
    tests: dict[str, Callable[[], bool]] = {
        "alkyl": lambda: made_of(part, {6}),
        "alkenyl": lambda: made_of(part, {6}, double=True) and has(part, "C=C"),
        "haloalkyl": lambda: has(part, "[#0]-C") and has(part, "[F,Cl,Br,I]") and made_of(part, {6, 9, 17, 35, 53}),
        "alkoxy": lambda: has(part, "[#0]-O-C") and made_of(part, {6, 8}) and count(part, 8) == 1,
        "alkoxyalkyl": lambda: (
            has(part, "[#0]-C") and has(part, "C-O-C") and made_of(part, {6, 8}) and count(part, 8) == 1
        ),
    }
    if kind in tests:
        return tests[kind]()
    pattern = KINDS[kind]
    whole = pattern.startswith("^")
    query = Chem.MolFromSmarts(pattern.lstrip("^"))
    return bool(part.HasSubstructMatch(query)) and (not whole or part.GetNumHeavyAtoms() == query.GetNumAtoms() - 1)


def made_of(part: Chem.Mol, elements: set[int], *, double: bool = False) -> bool:
    found = {atom.GetAtomicNum() for atom in part.GetAtoms()} - {0, 1}
    bonds = {bond.GetBondType() for bond in part.GetBonds()}
    orders = {Chem.BondType.SINGLE, *([Chem.BondType.DOUBLE] if double else [])}
    return bool(found) and found <= elements and bonds <= orders and part.GetRingInfo().NumRings() == 0


def one_ring(part: Chem.Mol) -> bool:
    return has(part, "[#0]-[R]") and all(part.GetRingInfo().NumAtomRings(index) == 1 for index in first_ring(part))


def hetero_ring(part: Chem.Mol) -> bool:
    return one_ring(part) and any(part.GetAtomWithIdx(index).GetAtomicNum() != 6 for index in first_ring(part))


def first_ring(part: Chem.Mol) -> tuple[int, ...]:
    (root,) = {match[1] for match in part.GetSubstructMatches(Chem.MolFromSmarts("[#0]-[R]"))}
    return min((ring for ring in part.GetRingInfo().AtomRings() if root in ring), key=len)


def has_benzene(part: Chem.Mol) -> bool:
    return bool(part.HasSubstructMatch(BENZENE))


def has(part: Chem.Mol, pattern: str) -> bool:
    return bool(part.HasSubstructMatch(Chem.MolFromSmarts(pattern)))


def count(part: Chem.Mol, element: int) -> int:
    return sum(atom.GetAtomicNum() == element for atom in part.GetAtoms())


def dummies(part: Chem.Mol) -> int:
    return count(part, 0)


def is_like(part: Chem.Mol, smiles: str) -> bool:
    return bool(Chem.MolToSmiles(part) == Chem.CanonSmiles(smiles))
