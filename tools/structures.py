"""Derive every registered structure again from what the laws print: ``make structures``.

Each witness that prints a chemical name is read by OPSIN (it needs Java). What comes out is compared with the row, the
grade is computed again, and every disagreement is reported with file and line. That a name can be read does not make it
right: a misprint can be a good name of something else. The evidence is that lists written apart agree.
"""

import argparse
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from rdkit import Chem, rdBase

from drugcontrol.errors import Problem
from drugcontrol.law.files import DATA
from drugcontrol.law.names import normal_name
from drugcontrol.law.rows import Grade, Structure, SubstanceFile, SubstanceRow, Witness
from drugcontrol.law.yamlfile import LinedFile, Place

Reader = Callable[[list[str]], list[str]]
"""Turns names into SMILES, one for each name, empty where it cannot."""

Relation = Literal["key", "skeleton", "stereo", "other", "unread", "silent"]
"""What a witness says of the row: its full key; its skeleton with less stereo; its skeleton with other or more stereo;
something else; a name that cannot be read; nothing about the structure (a CAS number alone)."""

_OWN = "systematic"
_NOT_APART = {"IE": "GB", "pubchem": "vocabulary"}
"""Lists that were drafted together, and data sets that take from each other."""

_FLAT = "UHFFFAOYSA"
_RACEMIC = re.compile(r"[$,|]r[,|]|[&o]\d+:")
_ASCII = str.maketrans(
    {
        **{"α": "alpha", "β": "beta", "ß": "beta", "γ": "gamma", "δ": "delta"},
        **dict.fromkeys("‐‑–−", "-"),
        **dict.fromkeys("′’‘`", "'"),
    }
)


@dataclass(frozen=True)
class Reading:
    """A structure that was read from a name, and its key."""

    mol: Chem.Mol | None
    key: str


_NOTHING = Reading(None, "")


def plain(name: str) -> str:
    """Write a printed name in the letters that OPSIN knows.

    Examples
    --------
    >>> plain("α–Methylfentanyl,  5′-hydroxy")
    "alpha-Methylfentanyl, 5'-hydroxy"
    """
    return " ".join(name.translate(_ASCII).split())


def opsin(names: list[str]) -> list[str]:
    """Read names with OPSIN, all in one run."""
    if shutil.which("java") is None:
        raise SystemExit("OPSIN, which reads the names, needs Java, and there is no `java` here.")
    from py2opsin import py2opsin

    with tempfile.TemporaryDirectory() as directory, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one for each name that cannot be read: those are reported with their line
        file = str(Path(directory) / "names.txt")
        found: list[str] | bool = py2opsin(names, output_format="ExtendedSMILES", tmp_fpath=file)
    if not isinstance(found, list) or len(found) != len(names):
        raise SystemExit("OPSIN gave no answer.")
    return found


def read_names(names: Sequence[str], reader: Reader) -> dict[str, Reading]:
    """Give the reading of each name that can be read; a racemate is read without stereo."""
    readings: dict[str, Reading] = {}
    for name, text in zip(names, reader(list(names)), strict=True):
        smiles, _, marks = text.partition(" ")
        mol = Chem.MolFromSmiles(smiles) if smiles else None
        if mol is None:
            continue
        if _RACEMIC.search(marks):
            Chem.RemoveStereochemistry(mol)
        readings[name] = Reading(mol, Chem.MolToInchiKey(mol))
    return readings


def relation(witness: Witness, structure: Structure, readings: dict[str, Reading]) -> Relation:
    """Compare what a witness says with the row."""
    if not witness.printed and not witness.inchikey:
        return "silent"
    reading = readings.get(text_of(witness), _NOTHING) if witness.printed else Reading(None, witness.inchikey)
    if not reading.key:
        return "unread"
    if reading.key == structure.inchikey:
        return "key"
    if reading.key[:14] != structure.inchikey[:14]:
        return "other"
    if reading.mol is None:
        return "skeleton" if reading.key[15:25] == _FLAT else "stereo"
    drawn = Chem.MolFromSmiles(structure.smiles)
    return "skeleton" if drawn.HasSubstructMatch(reading.mol, useChirality=True) else "stereo"


def text_of(witness: Witness) -> str:
    """Give the name that is read for a witness: the repaired or translated one where there is one."""
    return plain(witness.read_as or witness.printed)


def independent(one: Witness, other: Witness) -> bool:
    """Say whether two witnesses are independent.

    Notes
    -----
    Not independent are two of one list, Ireland and Great Britain (whose lists were drafted together), the two public
    data sets (which take from each other), a name worked out here, and the same trivial name in two lists: that is one
    reading of one word by one program.
    """
    lists = {_NOT_APART.get(witness.list, witness.list) for witness in (one, other)}
    texts = {normal_name(text_of(witness)) for witness in (one, other)}
    trivial = len(texts) == 1 and not any(c.isdigit() for c in texts.pop()) and bool(one.printed)
    return len(lists) == 2 and _OWN not in lists and not trivial


def grade(agreeing: Sequence[tuple[Witness, Relation]]) -> Grade:
    """Say how well a structure is known, from the witnesses that agree with it."""
    best: Grade = "single"
    for (one, first), (other, second) in combinations(agreeing, 2):
        if independent(one, other):
            if first == second == "key":
                return "full"
            best = "skeleton"
    return best


def structure_problems(
    file: LinedFile, row: SubstanceRow, structure: Structure, place: Place, readings: dict[str, Reading]
) -> Iterator[Problem]:
    """Give what does not fit between a structure and its witnesses."""
    agreeing: list[tuple[Witness, Relation]] = []
    for number, witness in enumerate(structure.witnesses):
        where = (*place, "witnesses", number)
        says = relation(witness, structure, readings)
        if says in ("key", "skeleton") and not witness.outvoted:
            agreeing.append((witness, says))
        yield from _witness_problems(file, row, witness, says, where)
    if not any(says == "key" for _, says in agreeing):
        cure = "Find a witness, or mend the structure"
        yield file.problem(f"{row.id}: no witness gives {structure.inchikey}", cure, *place, "inchikey")
    computed = grade(agreeing)
    if computed != structure.grade:
        what = f"{row.id}: the row says {structure.grade}, its witnesses give {computed}"
        yield file.problem(what, f"Write grade: {computed}, or mend the witnesses", *place, "grade")


def _witness_problems(
    file: LinedFile, row: SubstanceRow, witness: Witness, says: Relation, where: Place
) -> Iterator[Problem]:
    what = f"{row.id}: the witness {witness.list} "
    if witness.cas and witness.cas not in row.cas:
        yield file.problem(f"{what}has CAS {witness.cas}, the row not", "Find out which is right", *where)
    if says == "silent" and not witness.cas:
        yield file.problem(f"{what}says nothing", "Give `printed`, `inchikey` or `cas`", *where)
    if witness.outvoted:
        if says in ("key", "skeleton"):
            yield file.problem(f"{what}is outvoted but agrees", "Drop `outvoted`", *where)
        return
    match says:
        case "unread":
            cure = "Give the name repaired or in English in `read_as`, or keep its CAS number alone"
            yield file.problem(f"{what}prints a name that cannot be read", cure, *where)
        case "stereo":
            cure = "Find out which is right; say why in `outvoted`"
            yield file.problem(f"{what}has other or more stereo than the row", cure, *where)
        case "other":
            cure = "Find out which is right; say why in `outvoted`"
            yield file.problem(f"{what}gives another structure", cure, *where)


def check(directory: Path, reader: Reader = opsin) -> tuple[list[Problem], Counter[Grade]]:
    """Check all files of a directory; give the problems, and how many structures have which grade."""
    structures = [
        (file, row, row.structure, ("substances", index, "structure"))
        for file in (LinedFile(path) for path in sorted(directory.glob("*.yaml")))
        for index, row in enumerate(file.convert(SubstanceFile).substances)
        if row.structure is not None
    ]
    witnesses = [witness for _, _, structure, _ in structures for witness in structure.witnesses]
    readings = read_names(sorted({text_of(witness) for witness in witnesses if witness.printed}), reader)
    found = [problem for one in structures for problem in structure_problems(*one, readings)]
    return found, Counter(structure.grade for _, _, structure, _ in structures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, print what was found, and say by the exit code whether anything was."""
    parser = argparse.ArgumentParser(description="Derive every registered structure again from what the laws print.")
    parser.add_argument("directory", nargs="?", type=Path, default=DATA / "substances")
    rdBase.DisableLog("rdApp.*")
    found, grades = check(parser.parse_args(arguments).directory)
    for problem in found:
        print(problem)
    counts = ", ".join(f"{grades[name]} {name}" for name in ("full", "skeleton", "single"))
    print(f"{grades.total()} structures ({counts}), {len(found)} problem(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
