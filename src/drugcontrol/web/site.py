"""What every page and API call works on: one edition of the law, indexed, and the settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from drugcontrol.check import Answer, Checker, Identified
from drugcontrol.check.findings import Recognised
from drugcontrol.check.question import today
from drugcontrol.check.status import PlaceStatus, legal_status
from drugcontrol.check.survey import Survey
from drugcontrol.dates import parse_day
from drugcontrol.law import Law, Substance
from drugcontrol.web.question import Question, Several
from drugcontrol.web.settings import Settings
from drugcontrol.web.situation import Situation, checked


@dataclass(frozen=True, eq=False)
class Site:
    """The law that is served.

    Attributes
    ----------
    survey : Survey
        The registered substances, each recognised once for all requests.
    today : callable
        Gives the day that is asked about when none is named.
    """

    checker: Checker
    survey: Survey
    settings: Settings
    today: Callable[[], date] = today

    @classmethod
    def of(cls, law: Law, settings: Settings, clock: Callable[[], date] = today) -> Self:
        """Index an edition."""
        checker = Checker.of(law)
        return cls(checker, Survey(checker), settings, clock)

    def day(self, text: str) -> date:
        """Read a day; today where none is named.

        Raises
        ------
        UsageError
            When the text is no day of the calendar.
        """
        return parse_day(text) if text.strip() else self.today()

    def question(self, on: str = "", places: Several = "", kinds: Several = "", to: str = "") -> Question:
        """Read the parts of a question besides the substance; see :meth:`Question.read`."""
        return Question.read(self.law, self.day(on), places, kinds, to)

    def recognised(self, asked: Identified) -> Recognised:
        """Give what the law knows the question as; kept for registered substances, never for a structure."""
        if asked.substance is None:
            return self.checker.recognise(asked)
        return self.survey.recognised(asked.substance, salt=asked.salt, stereo_known=asked.stereo_known)

    def answer(self, asked: Identified, question: Question) -> Answer:
        """Answer as :meth:`drugcontrol.check.Checker.check` does."""
        parts = (question.day, question.places, question.kinds, question.to)
        return self.checker.check(asked, *parts, recognised=self.recognised(asked))

    @cached_property
    def situation(self) -> Situation:
        """Give figures, claims and measures; loaded when a page first asks for them."""
        return Situation.of(self.law, self._status)

    def _status(self, substance: Substance, places: Sequence[str], day: date) -> tuple[PlaceStatus, ...]:
        asked = Identified(substance.name, "name", substance=substance)
        return legal_status(self.checker, asked, day, places, self.survey.recognised(substance))

    def prepare(self) -> None:
        """Do what the first visitor would wait for (seconds): recognise the registered substances, check the claims."""
        for substance in self.survey.substances():
            self.survey.recognised(substance)
        for claim in self.situation.claims:
            checked(self.situation, claim.id, self.today())

    @property
    def law(self) -> Law:
        """Give the edition."""
        return self.checker.law
