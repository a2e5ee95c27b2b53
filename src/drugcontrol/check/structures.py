"""Checks of the registered structures that need chemistry."""

from collections.abc import Iterator

from rdkit import Chem

from drugcontrol.chem import read_smiles
from drugcontrol.errors import Problem, StructureError
from drugcontrol.law.files import LawFiles


def structure_problems(files: LawFiles) -> Iterator[Problem]:
    """Give every registered structure that cannot be read, or whose key is not the one that the data give."""
    for file, content in files.substances:
        for index, row in enumerate(content.substances):
            if row.structure is None:
                continue
            place = ("substances", index, "structure")
            try:
                key = Chem.MolToInchiKey(read_smiles(row.structure.smiles))
            except StructureError as error:
                yield file.problem(f"{row.id}: {error.message}", "Mend the SMILES", *place, "smiles")
                continue
            if key != row.structure.inchikey:
                what = f"{row.id}: the SMILES gives {key}, the row says {row.structure.inchikey}"
                yield file.problem(what, "Find out which is right", *place, "inchikey")
            drawn = "@" in row.structure.smiles or "/" in row.structure.smiles
            if row.structure.stereo == "none" and drawn:
                yield file.problem(f"{row.id}: stereo is drawn, the row says none", "Say which", *place, "stereo")
