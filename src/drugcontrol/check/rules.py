"""Checks of class rules that need chemistry: plans can be read, and published members are where the rules say."""

from collections.abc import Iterator

from drugcontrol.check.classes import best, plan_of
from drugcontrol.chem import Molecule, components, read_smiles
from drugcontrol.chem.account import Plan
from drugcontrol.errors import Problem, StructureError
from drugcontrol.law.files import LawFiles
from drugcontrol.law.rows import ClassRuleRow
from drugcontrol.law.yamlfile import LinedFile, Place


def class_problems(files: LawFiles) -> Iterator[Problem]:
    """Give every rule that cannot be read, and every published member or non-member that comes out otherwise."""
    drawn = {
        row.id: row.structure.smiles
        for _, content in files.substances
        for row in content.substances
        if row.structure is not None
    }
    for file, row in files.rules:
        try:
            plan = plan_of(row)
        except (ValueError, StructureError) as error:
            yield file.problem(f"{row.id}: {error}", "See “Class rules” in docs/data-guide.md", "core")
            continue
        yield from _members(file, row, plan, drawn)


def _members(file: LinedFile, row: ClassRuleRow, plan: Plan, drawn: dict[str, str]) -> Iterator[Problem]:
    for index, clause in enumerate(row.clauses):
        place: Place = ("clauses", index)
        for item in clause.members:
            if clause.id not in _met(row, plan, drawn, item):
                yield file.problem(f"{item} does not meet {clause.id}", "Find out which is right", *place, "members")
        for item in clause.outside:
            if clause.id in _met(row, plan, drawn, item):
                yield file.problem(f"{item} meets {clause.id}", "Find out which is right", *place, "outside")
    for item in row.outside:
        if item in drawn and best(row, plan, flat(drawn[item])) is not None:
            yield file.problem(f"{item} is in the class", "Find out which is right", "outside")
    for index, ruling in enumerate(row.rulings):
        for item in ruling.substances:
            found = best(row, plan, flat(drawn[item]), [item]) if item in drawn else None
            if found is None or found[1]:
                what = f"{ruling.act} places {item} in the class, the rule does not"
                yield file.problem(what, "Find out which is right", "rulings", index)


def _met(row: ClassRuleRow, plan: Plan, drawn: dict[str, str], item: str) -> frozenset[str]:
    found = best(row, plan, flat(drawn[item]), [item]) if item in drawn else None
    return found[0].clauses if found is not None else frozenset()


def flat(smiles: str) -> Molecule:
    """Read a structure as class rules look at it: one neutral part without stereo."""
    (part,) = [part for part in components(read_smiles(smiles)) if part.role == "part"]
    return part.flat
