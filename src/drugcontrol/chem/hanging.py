"""What must hang on the atoms of a core for any reading of a plan, found by machine from its portions.

A necessary condition only: each group by its outline, without regard to which clause it counts for. Whoever finds that
a molecule does not meet it knows that :func:`drugcontrol.chem.account.readings` gives nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from drugcontrol.chem.account import Change, Plan, Portion, shape
from drugcontrol.chem.groups import Word
from drugcontrol.chem.molecule import Molecule
from drugcontrol.chem.outline import ANY, Outline, outline_of

REQUIRED = "required clause"
"""The demand of a rule that one of some clauses must be met; the others are named by their portion."""


@dataclass(frozen=True)
class Fit:
    """A group that a place of the core may carry.

    Attributes
    ----------
    loaded : bool
        It may carry further groups: of its outline only the elements of the first atom are certain.
    meets : frozenset of str
        The demands that it may meet.
    """

    outline: Outline
    loaded: bool = False
    meets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hanging:
    """What may hang on the atoms of a core.

    Attributes
    ----------
    fits : tuple of tuple of Fit
        By atom of the core.
    closed : bool
        Whatever hangs on an atom must be one of its fits.
    demands : frozenset of str
        What the groups that hang on the core must meet between them.
    """

    fits: tuple[tuple[Fit, ...], ...]
    closed: bool
    demands: frozenset[str]


def hanging_of(query: Molecule, plan: Plan, requires: Collection[str] = ()) -> Hanging:
    """Give what may and must hang on a core.

    Parameters
    ----------
    requires : collection of str
        Clauses one of which must be met; none when empty.
    """
    changes = [change for portion in plan.portions for change in portion.changes]
    by_element = any(change.how == "element" for change in changes if change.clause in requires)
    wanted = frozenset(requires) if not by_element else frozenset[str]()
    demands = {portion.id for portion in plan.portions if portion.reference is not None}
    numbers = [atom.GetAtomMapNum() for atom in query.GetAtoms()]
    return Hanging(
        fits=tuple(tuple(dict.fromkeys(_fits(plan, number, wanted))) for number in numbers),
        closed=plan.complete,
        demands=frozenset(demands | ({REQUIRED} if wanted else set())),
    )


def _fits(plan: Plan, number: int, wanted: frozenset[str]) -> Iterator[Fit]:
    for portion in plan.portions:
        if number not in portion.at:
            continue
        if portion.reference is None:
            for change in portion.changes:
                if change.how == "carries":
                    yield from _worded(change, wanted, frozenset())
        else:
            yield from _branches(portion, wanted)


def _branches(portion: Portion, wanted: frozenset[str]) -> Iterator[Fit]:
    """Give the ways in which a branch may begin: as the reference, as what replaces it, as its chain, as its ring."""
    reference = portion.reference
    assert reference is not None  # noqa: S101 - only portions with a reference are branches
    mine = frozenset({portion.id})
    yield Fit(outline_of([reference]), meets=mine)
    for change in portion.changes:
        if change.how == "replaced":
            yield from _worded(change, wanted, mine)
    length, ring_size = shape(reference)
    if ring_size:
        within = [change for change in portion.changes if change.how in ("carries", "ring replaced")]
        other_ring = any(change.how == "ring replaced" for change in within)
        first = "[C]" if length else ANY if other_ring else "[c]"
        required = frozenset({REQUIRED}) if any(change.clause in wanted for change in within) else frozenset[str]()
        yield Fit(Outline(first), meets=mine | required)


def _worded(change: Change, wanted: frozenset[str], meets: frozenset[str]) -> Iterator[Fit]:
    required = frozenset({REQUIRED}) if change.clause in wanted else frozenset[str]()
    for word in change.words:
        yield Fit(_outline(word, change), bool(change.may_carry), meets | required)


def _outline(word: Word, change: Change) -> Outline:
    return Outline(word.outline.first) if change.may_carry else word.outline
