"""Figures, claims and measures behind the pages: loaded once, a claim checked once for each day asked about."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from drugcontrol.check.question import read_places
from drugcontrol.check.status import PlaceStatus
from drugcontrol.dates import LegalDate
from drugcontrol.errors import UsageError
from drugcontrol.law import Law, Substance
from drugcontrol.law.rows import Family
from drugcontrol.report.chart import draw
from drugcontrol.report.chart_law import Strip
from drugcontrol.report.words import Language
from drugcontrol.situation.acts import acts
from drugcontrol.situation.claims import Checked, Claim, Grounds, check_claim, find_claim, load_claims
from drugcontrol.situation.known import View, as_of
from drugcontrol.situation.measures import Measures, load_measures
from drugcontrol.situation.model import Dataset, Figures, Series
from drugcontrol.situation.store import load_figures
from drugcontrol.web.wording import page_words

FAMILY: Family = "fentanyl"
"""The family whose acts stand below a chart; the figures that are held are about its deaths, seizures and reports."""


Ask = Callable[[Substance, Sequence[str], date], tuple[PlaceStatus, ...]]
"""Gives the status of a registered substance in places on a day."""


@dataclass(frozen=True, eq=False)
class Situation:
    """What is held of figures, claims and measures, beside one edition of the law.

    Attributes
    ----------
    imported : str
        Digest of the releases that were imported on this machine; empty where none was.
    """

    law: Law
    figures: Figures
    claims: tuple[Claim, ...]
    measures: Measures
    imported: str
    ask: Ask

    @classmethod
    def of(cls, law: Law, ask: Ask) -> Self:
        """Load what the package carries and what was imported on this machine; claims ask for the law by `ask`."""
        figures = load_figures()
        return cls(law, figures, load_claims(figures, law), load_measures(), _imported(figures), ask)

    def claim(self, claim_id: str) -> Claim:
        """Find a claim.

        Raises
        ------
        UsageError
            When there is none.
        """
        return find_claim(self.claims, claim_id)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A series, the day as known on which it is asked for, the time shown, and the places of the strip of law."""

    series: Series
    dataset: Dataset
    day: date
    first: str
    last: str
    places: tuple[str, ...]

    @classmethod
    def read(cls, held: Situation, series_id: str, day: date, first: str, last: str, places: str) -> Self:
        """Read the parts as people write them.

        Raises
        ------
        UsageError
            When there is no such series or place, or a part is no day.
        """
        series = held.figures.series(series_id)
        codes = read_places(held.law, places) if places.strip() else ()
        asked = cls(
            series=series,
            dataset=held.figures.dataset_of(series),
            day=day,
            first=first.strip(),
            last=last.strip(),
            places=codes,
        )
        asked.window()
        return asked

    def window(self) -> tuple[date, date]:
        """Give the time that is shown.

        Raises
        ------
        UsageError
            When an end is no day, month or year, or the first lies after the last.
        """
        lower = _bound(self.first, "from").earliest if self.first else date.min
        upper = _bound(self.last, "to").latest if self.last else date.max
        if lower > upper:
            raise UsageError(f"{lower} lies after {upper}.", "Exchange them.", code="days", field="from")
        return lower, upper

    def query(self) -> dict[str, str]:
        """Give the parts as they stand in an address."""
        parts = {"on": self.day.isoformat(), "from": self.first, "to": self.last}
        return parts | {"law": ",".join(self.places)}


def view(held: Situation, asked: Asked) -> View:
    """Give the series as known on the day."""
    return as_of(held.figures, asked.series, asked.day, *asked.window())


def strip(held: Situation, places: tuple[str, ...], day: date) -> Strip | None:
    """Give the acts of places that stand below a chart."""
    if not places:
        return None
    return Strip(law=held.law, family=FAMILY, places=places, acts=tuple(acts(held.law, FAMILY, places, day)))


@lru_cache(maxsize=128)
def drawn(
    held: Situation,
    names: tuple[str, ...],
    day: date,
    window: tuple[date, date],
    places: tuple[str, ...],
    language: Language,
) -> str:
    """Draw series as ``figures plot`` does, as SVG; kept, since drawing takes a second.

    Raises
    ------
    UsageError
        When nothing of that time can be drawn.
    """
    views = [as_of(held.figures, held.figures.series(name), day, *window) for name in names]
    return draw(held.figures, views, strip(held, places, day), page_words(language))


@lru_cache(maxsize=256)
def checked(held: Situation, claim_id: str, day: date) -> Checked:
    """Check a claim as known on the day it was said and on another one.

    Raises
    ------
    UsageError
        When there is no such claim, or it had not been said by that day.
    """
    claim = held.claim(claim_id)
    if claim.said_on > day:
        raise UsageError(
            f"The claim was said on {claim.said_on}.", "Take that day or a later one.", code="too_early", field="on"
        )
    grounds = Grounds(figures=held.figures, law=held.law, measures=held.measures, evidence=(), ask=held.ask)
    return check_claim(claim, grounds, day)


def _bound(text: str, field: str) -> LegalDate:
    try:
        return LegalDate.parse(text)
    except ValueError as error:
        raise UsageError(f"{error}.", "Write 2023-04-06, 2023-04 or 2023.", code="no_period", field=field) from None


def _imported(figures: Figures) -> str:
    own = [
        f"{release.dataset} {release.id} {release.sha256}"
        for dataset in figures.datasets.values()
        for release in dataset.releases
        if release.id in dataset.own
    ]
    return hashlib.sha256("\n".join(own).encode()).hexdigest()[:16] if own else ""
