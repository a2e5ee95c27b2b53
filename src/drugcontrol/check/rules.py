"""Checks of class rules that need chemistry: plans can be read, and published members are where the rules say."""

from collections.abc import Iterator

from drugcontrol.check.classes import best, plan_of
from drugcontrol.chem import Molecule, components, read_smiles
from drugcontrol.chem.account import Plan
from drugcontrol.errors import Problem, StructureError
from drugcontrol.law.files import LawFiles
from drugcontrol.law.rows import ClassRuleRow, DrawnRow
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
            for smiles in (row.reference, *(excluded.smiles for excluded in row.excludes)):
                read_smiles(smiles)
        except (ValueError, StructureError) as error:
            yield file.problem(f"{row.id}: {error}", "See “Class rules” in docs/data-guide.md", "core")
            continue
        yield from _members(file, row, plan, drawn)


def _members(file: LinedFile, row: ClassRuleRow, plan: Plan, drawn: dict[str, str]) -> Iterator[Problem]:
    for index, clause in enumerate(row.clauses):
        place: Place = ("clauses", index)
        for key, items, wanted in (("members", clause.members, True), ("outside", clause.outside, False)):
            for item in items:
                if (clause.id in _met(row, plan, drawn, item)) is not wanted:
                    what = f"{_name(item)} {'does not meet' if wanted else 'meets'} {clause.id}"
                    yield file.problem(what, "Find out which is right", *place, key)
    for item in row.outside:
        if item in drawn and best(row, plan, flat(drawn[item])) is not None:
            yield file.problem(f"{item} is in the class", "Find out which is right", "outside")
    for index, ruling in enumerate(row.rulings):
        for item in ruling.substances:
            found = best(row, plan, flat(drawn[item]), [item]) if item in drawn else None
            if found is None or found[1]:
                what = f"{ruling.act} places {item} in the class, the rule does not"
                yield file.problem(what, "Find out which is right", "rulings", index)


def _met(row: ClassRuleRow, plan: Plan, drawn: dict[str, str], item: str | DrawnRow) -> frozenset[str]:
    if isinstance(item, DrawnRow):
        found = best(row, plan, flat(item.smiles))
    else:
        found = best(row, plan, flat(drawn[item]), [item]) if item in drawn else None
    return found[0].clauses if found is not None else frozenset()


def _name(item: str | DrawnRow) -> str:
    return item if isinstance(item, str) else item.name


def flat(smiles: str) -> Molecule:
    """Read a structure as class rules look at it: one neutral part without stereo."""
    (part,) = [part for part in components(read_smiles(smiles)) if part.role == "part"]
    return part.flat
