"""An answer as the pages show it: that of :mod:`drugcontrol.check`, with what stands around it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup

from drugcontrol.check import Answer, Identified
from drugcontrol.check.findings import Recognised
from drugcontrol.check.verdict import Verdict
from drugcontrol.dates import LegalDate
from drugcontrol.law.model import Substance
from drugcontrol.report.past import Past, past_of
from drugcontrol.report.picture import Ground, Subject, grounds, remarks
from drugcontrol.report.words import Words
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
class Shown:
    """An answer and what stands around it.

    Attributes
    ----------
    counts : list of (status, number)
        How many places give each answer, most serious first.
    goes_on : set of str
        Places where the control that is shown ends, and another entry controls from the next day on.
    substance : Substance or None
        The registered substance that was asked about or recognised; None for an unregistered structure.
    past, timeline
        Its control over time, where it was asked about by name.
    """

    answer: Answer
    counts: list[tuple[str, int]]
    goes_on: frozenset[str]
    picture: Picture | None
    past: Past | None
    timeline: Timeline | None
    substance: Substance | None


_ORDER = ("controlled", "review", "not_listed", "not_listed_partial", "not_held")


def shown(site: Site, asked: Identified, question: Question, words: Words) -> Shown:
    """Ask, and put together what the page shows. History is of registered substances, never of a structure."""
    answer = site.answer(asked, question)
    recognised = site.recognised(asked)
    counts = Counter(verdict.shown_status for verdict in answer.verdicts)
    today = site.today()
    past = None
    if asked.substance is not None:
        past = past_of(site.law, asked.substance, recognised, question.places, today, words)
    return Shown(
        answer=answer,
        counts=[(status, counts[status]) for status in _ORDER if counts[status]],
        goes_on=frozenset(found.jurisdiction for found in answer.verdicts if _goes_on(site, asked, question, found)),
        picture=_picture(answer, asked, recognised, words),
        past=past,
        timeline=timeline(past.spans, today, question.day) if past else None,
        substance=site.law.substances[answer.substance.id] if answer.substance else None,
    )


def _goes_on(site: Site, asked: Identified, question: Question, verdict: Verdict) -> bool:
    """Say whether a place controls on the day after the last one of the control that is shown."""
    until = verdict.findings[0].until if verdict.findings else ""
    last = LegalDate.parse(until).latest if until else date.max
    if last == date.max:
        return False
    after = replace(question, day=last + timedelta(days=1), places=(verdict.jurisdiction,))
    return site.answer(asked, after).verdicts[0].status == "controlled"


def _picture(answer: Answer, asked: Identified, recognised: Recognised, words: Words) -> Picture | None:
    found = drawn(answer, asked, recognised)
    if found is None:
        return None
    of, svg = found
    legend = tuple(grounds(of.hit, words)) if of.hit is not None else ()
    return Picture(of, svg, legend, tuple(remarks(of, words)))
