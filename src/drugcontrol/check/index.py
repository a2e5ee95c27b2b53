"""The registered structures, found by skeleton.

A structure is read when something of its composition is first asked about: reading a thousand of them takes half a
second, and most questions need one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from drugcontrol.chem import (
    Component,
    Molecule,
    Relation,
    components,
    composition,
    composition_of_text,
    read_smiles,
    relation,
)
from drugcontrol.law import Law, Substance


@dataclass(frozen=True)
class Match:
    """A registered substance that a structure is, or is a form of.

    Attributes
    ----------
    forms : tuple of str
        In which form: salt, hydrate, isotope, tautomer, mixture; stereo stands in `relation`.
    component : int
        Which part of several, counted from 1; 0 when the structure is one substance (with or without counter-ions).
    question : str
        Code of a doubt whether the substance is meant at all, else empty.
    """

    substance: Substance
    relation: Relation
    forms: tuple[str, ...] = ()
    component: int = 0
    question: str = ""


@dataclass(frozen=True)
class _Entry:
    substance: Substance
    part: Component
    racemic: bool


@dataclass(frozen=True)
class StructureIndex:
    """Registered structures of an edition by composition; those of several components by all their skeletons."""

    single: Mapping[str, tuple[Substance, ...]]
    several: Mapping[tuple[str, ...], tuple[Substance, ...]]
    _read: dict[str, tuple[_Entry, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, law: Law) -> Self:
        """Sort the registered structures of an edition; only salts and mixtures are read."""
        single: dict[str, list[Substance]] = defaultdict(list)
        several: dict[tuple[str, ...], list[Substance]] = defaultdict(list)
        for substance in law.substances.values():
            if substance.structure is None:
                continue
            key = composition_of_text(substance.structure.smiles)
            if key is not None:
                single[key].append(substance)
                continue
            parts = components(read_smiles(substance.structure.smiles))
            if len(parts) == 1:
                single[composition(parts[0].raw)].append(substance)
            else:
                several[_all_skeletons(parts)].append(substance)
        return cls(
            {key: tuple(found) for key, found in single.items()},
            {key: tuple(found) for key, found in several.items()},
        )

    def matches(self, mol: Molecule) -> list[Match]:
        """Give every registered substance that a structure is or holds."""
        return self.matches_of(components(mol))

    def matches_of(self, parts: tuple[Component, ...]) -> list[Match]:
        """Give the same of a structure that is taken apart already; a registered salt is one of its base too."""
        whole = self.several.get(_all_skeletons(parts), ()) if len(parts) > 1 else ()
        in_parts = [match for part, number, forms in parts_of(parts) for match in self._of_part(part, number, forms)]
        return [*(Match(substance, Relation.SAME) for substance in whole), *in_parts]

    def _of_part(self, part: Component, number: int, forms: tuple[str, ...]) -> Iterator[Match]:
        for entry in self._entries(composition(part.raw)):
            found = relation(part, entry.part, racemic=entry.racemic)
            if found is not None:
                kind, tautomer = found
                yield Match(entry.substance, kind, (*forms, "tautomer") if tautomer else forms, number)

    def _entries(self, key: str) -> tuple[_Entry, ...]:
        """Give the structures of a composition, read once."""
        if key not in self.single:
            return ()
        if key not in self._read:
            self._read[key] = tuple(_entry(substance) for substance in self.single[key])
        return self._read[key]


def _entry(substance: Substance) -> _Entry:
    assert substance.structure is not None  # noqa: S101 - only such substances are indexed
    (part,) = components(read_smiles(substance.structure.smiles))
    return _Entry(substance, part, racemic=substance.structure.stereo == "relative")


def parts_of(parts: tuple[Component, ...]) -> Iterator[tuple[Component, int, tuple[str, ...]]]:
    """Give each component that counts, its number (0 when it is the only one), and the forms in which it is there."""
    counted = [part for part in parts if part.role == "part"]
    beside = {part.role for part in parts}
    several = len(counted) > 1
    for number, part in enumerate(counted, start=1):
        forms = {
            "salt": part.charged or "counter_ion" in beside,
            "hydrate": "water" in beside,
            "isotope": part.labelled,
            "mixture": several,
        }
        yield part, number if several else 0, tuple(form for form, holds in forms.items() if holds)


def _all_skeletons(parts: tuple[Component, ...]) -> tuple[str, ...]:
    return tuple(sorted(part.skeleton for part in parts))
