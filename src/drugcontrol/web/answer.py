"""An answer as the pages show it: that of :mod:`drugcontrol.check`, with what stands around it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from drugcontrol.check import Answer, Identified
from drugcontrol.check.findings import Recognised
from drugcontrol.law.history import Event, history
from drugcontrol.law.model import ClassRule, Listing, Substance
from drugcontrol.report.events import standings
from drugcontrol.report.picture import Ground, Subject, grounds, remarks
from drugcontrol.report.timeline import of_controls
from drugcontrol.report.words import Standing, Words
from drugcontrol.web.drawing import drawn
from drugcontrol.web.question import Question
from drugcontrol.web.site import Site
from drugcontrol.web.timeline import Timeline, timeline


@dataclass(frozen=True)
class Picture:
    """A drawing with its legend, as text beside it."""

    of: Subject
    svg: Markup
    grounds: tuple[Ground, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Past:
    """Every change of the control of a registered substance, as rows and as a picture."""

    events: Sequence[Event]
    standing: dict[str, tuple[Standing, ...]]
    timeline: Timeline | None


@dataclass(frozen=True)
class Shown:
    """An answer and what stands around it.

    Attributes
    ----------
    counts : list of (status, number)
        How many places give each answer, most serious first.
    substance : Substance or None
        The registered substance that was asked about or recognised; None for an unregistered structure.
    """

    answer: Answer
    counts: list[tuple[str, int]]
    picture: Picture | None
    past: Past | None
    substance: Substance | None


_ORDER = ("controlled", "review", "not_listed", "not_listed_partial", "not_held")


def shown(site: Site, asked: Identified, question: Question, words: Words) -> Shown:
    """Ask, and put together what the page shows. History is of registered substances, never of a structure."""
    answer = site.answer(asked, question)
    recognised = site.recognised(asked)
    counts = Counter(verdict.shown_status for verdict in answer.verdicts)
    return Shown(
        answer=answer,
        counts=[(status, counts[status]) for status in _ORDER if counts[status]],
        picture=_picture(answer, asked, recognised, words),
        past=_past(site, asked.substance, recognised, question, words) if asked.substance else None,
        substance=site.law.substances[answer.substance.id] if answer.substance else None,
    )


def _picture(answer: Answer, asked: Identified, recognised: Recognised, words: Words) -> Picture | None:
    found = drawn(answer, asked, recognised)
    if found is None:
        return None
    of, svg = found
    legend = tuple(grounds(of.hit, words)) if of.hit is not None else ()
    return Picture(of, svg, legend, tuple(remarks(of, words)))


def _past(site: Site, substance: Substance, recognised: Recognised, question: Question, words: Words) -> Past:
    law = site.law
    controls: list[Listing | ClassRule] = [*law.listings_of(substance.id), *(hit.rule for hit in recognised.classes)]
    standing = standings(law, substance, recognised.classes)
    events = history(law, controls, question.places)
    rows = {(event.jurisdiction, event.control.id): event.control for event in events}
    spans = of_controls([(place, control) for (place, _), control in rows.items()], standing, site.today(), words)
    return Past(events, standing, timeline(spans, site.today(), question.day))
