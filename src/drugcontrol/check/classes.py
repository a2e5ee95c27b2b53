"""Class rules against structures: every atom accounted for, every difference put to a clause, in three values."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from rdkit import Chem

from drugcontrol.check.index import Match, parts_of
from drugcontrol.chem import Component, Molecule, Relation, components, read_smiles, relation
from drugcontrol.chem.account import Account, Change, Core, Plan, Portion, readings, reference_piece
from drugcontrol.chem.groups import Word
from drugcontrol.chem.necessity import with_needed_degrees
from drugcontrol.law import Law
from drugcontrol.law.model import ClassRule
from drugcontrol.law.rows import ChangeRow, ClassRuleRow, ClauseRow, PortionRow


@dataclass(frozen=True)
class ClassHit:
    """A structure that is in a class, or may be.

    Attributes
    ----------
    account : Account
        How it was read: the changes with their clauses and atoms, by the index of `molecule`.
    questions : tuple of str
        Codes of what the law leaves open; empty when it is in the class.
    closed : tuple of str
        Acts by which an authority or court closed a question that mattered.
    substance : str
        Id of the registered substance that it is; empty when it is none.
    forms, component
        As of :class:`~drugcontrol.check.index.Match`.
    """

    rule: ClassRule
    molecule: Molecule
    account: Account
    questions: tuple[str, ...]
    closed: tuple[str, ...]
    substance: str
    forms: tuple[str, ...]
    component: int

    @property
    def clauses(self) -> tuple[ClauseRow, ...]:
        """The clauses that are met, in the order of the rule."""
        return tuple(clause for clause in self.rule.rule.clauses if clause.id in self.account.clauses)


Planned = tuple[ClassRuleRow, Plan, tuple[ClassRule, ...]]
"""A rule with its plan and the texts in which it stands."""


@dataclass(frozen=True)
class ClassIndex:
    """The class rules of an edition with their plans read, and the texts in which each stands."""

    rules: tuple[Planned, ...]

    @classmethod
    def of(cls, law: Law) -> Self:
        """Read the plan of every rule of an edition."""
        return cls(
            tuple(
                (row, plan_of(row), tuple(text for text in law.rules if text.rule is row)) for row in law.edition.rules
            )
        )

    def hits(self, mol: Molecule, matches: Sequence[Match] = ()) -> list[ClassHit]:
        """Give every class that a structure is in, or may be.

        Parameters
        ----------
        matches : sequence of Match
            The registered substances that it is: an authority may have placed one in a class by name.
        """
        return self.hits_of(components(mol), matches)

    def hits_of(
        self, parts: tuple[Component, ...], matches: Sequence[Match] = (), only: Collection[str] | None = None
    ) -> list[ClassHit]:
        """Give the same of a structure that is taken apart already, of some rules by their ids or of all."""
        rules = [rule for rule in self.rules if only is None or rule[0].id in only]
        return [
            hit
            for part, number, forms in parts_of(parts)
            for hit in _of_part(rules, part, number, forms, _same_as(matches, number))
        ]


def _of_part(
    rules: Sequence[Planned], part: Component, number: int, forms: tuple[str, ...], same: list[str]
) -> Iterator[ClassHit]:
    for row, plan, texts in rules:
        found = best(row, plan, part.flat, same)
        if found is not None:
            for text in texts:
                yield ClassHit(text, part.flat, *found, same[0] if same else "", forms, number)


def _same_as(matches: Sequence[Match], number: int) -> list[str]:
    """Give the ids of the registered substances that a part of the structure is."""
    alike = (Relation.SAME, Relation.WITHIN)
    return [match.substance.id for match in matches if match.component == number and match.relation in alike]


def best(
    row: ClassRuleRow, plan: Plan, mol: Molecule, same: Collection[str] = ()
) -> tuple[Account, tuple[str, ...], tuple[str, ...]] | None:
    """Give the reading of a structure that leaves the fewest questions, with these and the acts that closed others.

    Returns
    -------
    tuple or None
        None when no reading puts the structure in the class.
    """
    accounts = [account for account in readings(mol, plan) if _needed(row, account)]
    if not accounts or any(_same(mol, excluded.smiles) for excluded in row.excludes):
        return None
    masses = _masses(mol) if row.mass_limit is not None else ()
    over = [mass > (row.mass_limit or 0) for mass in masses]
    if over and all(over):
        return None
    standing = [*filter(None, [row.question]), *(["mass_near_limit"] if any(over) else [])]
    judged = [
        (account, *questions)
        for account in accounts
        if (questions := _judged(row, account, standing, same)) is not None
    ]
    return min(judged, key=lambda item: _doubt(row, *item), default=None)


def _doubt(
    row: ClassRuleRow, account: Account, questions: Sequence[str], closed: Sequence[str]
) -> tuple[list[int], list[int], list[str]]:
    """Rank a reading: fewest questions, unnamed additions, acts, clauses, changed atoms; then by order of clauses."""
    changed = sum(len(change.atoms) for change in account.met)
    counts = [len(questions), len(account.unlisted), len(closed), len(account.clauses), changed]
    places = [place for place, clause in enumerate(row.clauses) if clause.id in account.clauses]
    return counts, places, list(questions)


def _same(mol: Molecule, smiles: str) -> bool:
    """Say whether a part of a structure is a compound that a rule names as outside, drawn as whichever tautomer."""
    (part,) = components(mol)
    return relation(part, _named_outside(smiles)) is not None


@cache
def _named_outside(smiles: str) -> Component:
    (part,) = components(read_smiles(smiles))
    return part


def plan_of(row: ClassRuleRow) -> Plan:
    """Read the core and the portions of a rule.

    Raises
    ------
    ValueError
        When a core is no query, a reference no structure, or a group no word of the vocabulary.
    """
    portions, complete = tuple(_portion(portion) for portion in row.portions), row.other_additions == "no"
    queries = [*((text, "") for text in row.core), *((text, "core_from_picture") for text in row.core_from_picture)]
    cores = [
        Core(with_needed_degrees(_query(text), portions, complete=complete), question) for text, question in queries
    ]
    return Plan(tuple(cores), portions, complete)


def _needed(row: ClassRuleRow, account: Account) -> bool:
    """Say whether a reading meets a clause that the rule requires, and holds nothing that the rule does not allow."""
    if row.requires and account.clauses.isdisjoint(row.requires):
        return False
    return not account.unlisted or row.other_additions != "no"


def _judged(
    row: ClassRuleRow, account: Account, standing: Sequence[str], same: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Give the open questions of a reading and the acts that closed others; None when it is outside the class."""
    questions = [*standing, *filter(None, [account.question])]
    questions += [question for change in account.met for question in change.questions]
    questions += ["unlisted_addition"] if account.unlisted and row.other_additions == "open" else []
    rulings = {ruling.question: ruling for ruling in row.rulings if ruling.question}
    if any(question in rulings and rulings[question].answer == "no" for question in questions):
        return None
    closed = sorted({rulings[question].act for question in questions if question in rulings})
    still = sorted({question for question in questions if question not in rulings})
    placed = [ruling.act for ruling in row.rulings if set(ruling.substances) & set(same)]
    if still and placed:
        return (), (*closed, placed[0])
    return tuple(still), tuple(closed)


def _query(text: str) -> Molecule:
    query = Chem.MolFromSmarts(text)
    if query is None:
        raise ValueError(f"“{text}” is no query")
    return query


def _portion(row: PortionRow) -> Portion:
    reference = reference_piece(row.reference) if row.reference else None
    return Portion(row.id, frozenset(row.at), reference, tuple(_change(change) for change in row.changes))


def _change(row: ChangeRow) -> Change:
    if row.how == "element":
        return Change(row.clause, row.how, elements=frozenset(row.groups))
    words = tuple(Word.parse(text) for text in row.groups)
    return Change(row.clause, row.how, words, tuple(Word.parse(text) for text in row.may_carry), question=row.question)


def _masses(mol: Molecule) -> tuple[float, float]:
    """Give average and exact mass, in atomic mass units."""
    # slow to import, and few rules limit the mass; the published types miss both names
    from rdkit.Chem.Descriptors import ExactMolWt, MolWt  # type: ignore[attr-defined]

    return MolWt(mol), ExactMolWt(mol)
