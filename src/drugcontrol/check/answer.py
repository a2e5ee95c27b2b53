"""The question the package is there for: is this substance controlled, where, by what, since when."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Self

import msgspec

from drugcontrol.check.classes import ClassHit, ClassIndex
from drugcontrol.check.continuity import unbroken_since
from drugcontrol.check.findings import Asked, Recognised, certain_controls, findings, other_destinations
from drugcontrol.check.identify import Identified
from drugcontrol.check.index import Match, StructureIndex
from drugcontrol.check.verdict import (
    Answer,
    Coverage,
    Finding,
    ListState,
    Query,
    State,
    Status,
    SubstanceShown,
    Verdict,
)
from drugcontrol.chem import Molecule, Relation, components, read_smiles
from drugcontrol.dates import LegalDate
from drugcontrol.law import Law, Substance
from drugcontrol.law.coverage import ListHeld, lists_held, state_of
from drugcontrol.law.model import KINDS
from drugcontrol.law.names import NameIndex
from drugcontrol.law.rows import Family, Kind, Text

NOTICE: Text = {
    "en": "Information, not legal advice. No clearance: what is not found here may be controlled all the same. "
    "Not affiliated with any authority.",
    "es": "Información, no asesoramiento jurídico. No es una autorización: lo que no se encuentra aquí puede estar "
    "fiscalizado. Sin relación con ninguna autoridad.",
    "zh": "仅供参考，不构成法律意见。并非放行证明：此处未查到的物质仍可能受管制。与任何主管机关无关。",
}

_ELSEWHERE: Text = {
    "en": "Named in an export list that concerns other destinations only: {codes}.",
    "es": "Figura en una lista de exportación que concierne solo a otros destinos: {codes}.",
    "zh": "仅列于针对其他目的地的出口清单：{codes}。",
}

_KEPT = 2048
"""Pictures of coverage that are kept: places, times days, times the families asked about."""


@dataclass(frozen=True)
class Still:
    """What a structure may still be, once something cheaper has looked at it.

    Attributes
    ----------
    registered : bool
        A registered substance.
    rules : frozenset of str or None
        In the class of one of these rules, by id; None for any.
    """

    registered: bool = True
    rules: frozenset[str] | None = None


ALL = Still()


@dataclass(frozen=True)
class Checker:
    """An edition of the law with its names, structures and class rules indexed; make one and ask it many times."""

    law: Law
    names: NameIndex
    structures: StructureIndex
    classes: ClassIndex

    @classmethod
    def of(cls, law: Law) -> Self:
        """Index an edition."""
        return cls(law, NameIndex.of(law), StructureIndex.of(law), ClassIndex.of(law))

    def check(
        self,
        asked: Identified,
        day: date,
        places: Sequence[str] | None = None,
        kinds: Collection[Kind] = (),
        to: str = "",
        recognised: Recognised | None = None,
    ) -> Answer:
        """Answer for one substance on one day.

        Parameters
        ----------
        day : date
            Civil day of the place; effective days begin at 00:00.
        places : sequence of str, optional
            Codes as the data write them; all that are held when None.
        kinds : collection of Kind
            Only these kinds of control; all when empty.
        to : str
            Country of destination, for export control that depends on it.
        recognised : Recognised, optional
            What :meth:`recognise` gave for this question, where the caller has it.

        References
        ----------
        ``docs/guide.md``, "How to read an answer".
        """
        recognised = recognised or self.recognise(asked)
        verdicts = tuple(
            self.verdict(recognised, Asked(place, day, to), kinds)
            for place in (places if places is not None else tuple(self.law.jurisdictions))
        )
        return Answer(
            query=Query(text=asked.text, read_as=asked.read_as, to=to, kinds=tuple(kinds)),
            as_of=day.isoformat(),
            edition=self.law.edition_name,
            substance=_shown(asked, recognised.matches),
            verdicts=verdicts,
            notice=NOTICE,
        )

    def recognise(self, asked: Identified) -> Recognised:
        """Give the registered substances that were named or drawn, and the classes that the structure is in."""
        if asked.molecule is not None:
            return self.recognise_structure(asked.molecule)
        substance = asked.substance
        assert substance is not None  # noqa: S101 - one of the two is always set
        matches: tuple[Match, ...] = (Match(substance, Relation.SAME if asked.stereo_known else Relation.NOT_GIVEN),)
        classes: tuple[ClassHit, ...] = ()
        if substance.structure is not None:
            drawn = self.recognise_structure(read_smiles(substance.structure.smiles))
            related = drawn.matches if asked.stereo_known else ()
            matches = (*matches, *(match for match in related if match.substance.id != substance.id))
            classes = drawn.classes
        if not asked.salt:
            return Recognised(matches, classes)
        return Recognised(
            tuple(replace(match, forms=("salt",)) for match in matches),
            tuple(replace(hit, forms=("salt",)) for hit in classes),
        )

    def recognise_structure(self, mol: Molecule, still: Still = ALL) -> Recognised:
        """Give the registered substances and the classes that a structure is, or holds.

        Parameters
        ----------
        still : Still
            What it may be at all, where the caller knows that; only that is asked.
        """
        parts = components(mol)
        matches = tuple(self.structures.matches_of(parts)) if still.registered else ()
        return Recognised(matches, tuple(self.classes.hits_of(parts, matches, still.rules)))

    def verdict(self, recognised: Recognised, asked: Asked, kinds: Collection[Kind] = ()) -> Verdict:
        """Answer for one place."""
        given = findings(self.law, recognised, asked)
        found = [finding for finding in given if not kinds or finding.kind in kinds]
        in_force = sorted((finding for finding in found if finding.status != "pending"), key=_rank)
        governed = tuple(
            msgspec.structs.replace(finding, role="governs") if index == 0 else finding
            for index, finding in enumerate(in_force)
        )
        coverage = self._coverage(asked, families_of(recognised.matches), tuple(kinds) or None)
        row = self.law.jurisdictions[asked.place]
        status = _status(governed, coverage.state)
        begins = LegalDate.parse(governed[0].since) if status == "controlled" else None
        since = unbroken_since(self.law, certain_controls(self.law, recognised), asked.place, begins)
        return Verdict(
            jurisdiction=asked.place,
            name=row.name,
            status=status,
            controlled_since=since.text if since else "",
            findings=governed,
            pending=tuple(sorted((finding for finding in found if finding.status == "pending"), key=_rank)),
            coverage=coverage,
            notes=(*row.notes, *_elsewhere(other_destinations(self.law, recognised, asked))),
        )

    @cached_property
    def _coverage(self) -> Callable[[Asked, tuple[Family, ...] | None, tuple[Kind, ...] | None], Coverage]:
        """Give what is held of the lists of a place; the same for all substances of a family, so it is kept."""

        @lru_cache(maxsize=_KEPT)
        def held(asked: Asked, families: tuple[Family, ...] | None, kinds: tuple[Kind, ...] | None) -> Coverage:
            return _coverage(lists_held(self.law, asked.place, asked.day, families, kinds, asked.to))

        return held


def _elsewhere(codes: Sequence[str]) -> tuple[Text, ...]:
    shown = ", ".join(codes)
    return ({language: text.format(codes=shown) for language, text in _ELSEWHERE.items()},) if codes else ()


def _status(in_force: Sequence[Finding], held: State) -> Status:
    if any(finding.status == "controlled" for finding in in_force):
        return "controlled"
    if in_force:
        return "review"
    return "not_held" if held == "none" else "not_listed"


def _rank(finding: Finding) -> tuple[bool, bool, bool, int, bool, str, str]:
    """Order findings: certain before doubtful, named before described, by kind, itself before an isomer, by day."""
    begins = LegalDate.parse(finding.since).earliest.isoformat()
    by_class = finding.basis == "class"
    displaced = finding.role == "displaced"
    isomer = not {"stereoisomer", "tautomer"}.isdisjoint(finding.forms)
    return displaced, finding.status == "review", by_class, KINDS.index(finding.kind), isomer, begins, finding.listing


def _coverage(lists: Sequence[ListHeld]) -> Coverage:
    kinds = dict.fromkeys(line.kind for line in lists)
    by_kind: dict[str, State] = {kind: state_of([line for line in lists if line.kind == kind]) for kind in kinds}
    return Coverage(
        state=state_of(lists),
        by_kind=by_kind,
        lists=tuple(
            ListState(
                kind=line.kind,
                instrument=line.instrument.id if line.instrument else "",
                schedule=line.schedule.id if line.schedule else "",
                name=line.name,
                state=line.state,
                text_of=line.text_of.isoformat() if line.text_of else "",
                missing=line.missing,
            )
            for line in lists
        ),
    )


def families_of(matches: Sequence[Match]) -> tuple[Family, ...] | None:
    """Give the families of the substance; None when no registered one was recognised with certainty."""
    for match in matches:
        if match.relation in (Relation.SAME, Relation.WITHIN) and not match.component:
            return match.substance.families
    return None


def _shown(asked: Identified, matches: Sequence[Match]) -> SubstanceShown | None:
    same = [match.substance for match in matches if match.relation is Relation.SAME and not match.component]
    substance: Substance | None = asked.substance or (same[0] if same else None)
    if substance is None:
        return None
    return SubstanceShown.of(substance)
