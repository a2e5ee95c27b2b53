"""What a plan asks of the atoms of its cores beyond the query, found by machine.

A core drawn for a rule says nothing of the branches that must hang on it, nor of places that no portion reaches. Both
follow from the portions and are written into the query as degrees: no reading is lost, and fewer atoms are tried.
"""

from collections import Counter
from collections.abc import Sequence

from rdkit import Chem

from drugcontrol.chem.account import Portion
from drugcontrol.chem.molecule import Molecule


def with_needed_degrees(query: Molecule, portions: Sequence[Portion], *, complete: bool) -> Molecule:
    """Write into a core how many bonds its atoms must have for any reading.

    Each portion with a reference needs a piece of its own, since a portion that is lost gives no reading: on a place of
    one atom that is one bond more for each. Where additions that no clause names are not allowed (`complete`), an atom
    that is in no portion has no bond but those of the core.

    Parameters
    ----------
    query : Molecule
        Query atoms with map numbers.
    portions : sequence of Portion
    complete : bool
        Readings with additions that no clause names do not count.

    Returns
    -------
    Molecule
        The query with degrees; the one given when there is nothing to write.
    """
    wanted = Counter(
        number
        for portion in portions
        if portion.reference is not None and len(portion.at) == 1
        for number in portion.at
    )
    reached = frozenset[int]().union(*(portion.at for portion in portions))
    narrowed = Chem.RWMol(query)
    for atom in query.GetAtoms():
        number, bonds = atom.GetAtomMapNum(), atom.GetDegree()
        least = bonds + wanted[number] if number else bonds
        if complete and number not in reached:
            degree = f"[D{bonds}]"
        elif least > bonds:
            degree = f"[{';'.join(f'!D{fewer}' for fewer in range(least))}]"
        else:
            continue
        narrowed.GetAtomWithIdx(atom.GetIdx()).ExpandQuery(Chem.MolFromSmarts(degree).GetAtomWithIdx(0))
    return narrowed.GetMol()
