"""What every page and API call works on: one edition of the law, indexed, and the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

from drugcontrol.check import Checker
from drugcontrol.check.question import today
from drugcontrol.check.survey import Survey
from drugcontrol.law import Law
from drugcontrol.web.settings import Settings


@dataclass(frozen=True)
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

    @property
    def law(self) -> Law:
        """Give the edition."""
        return self.checker.law
