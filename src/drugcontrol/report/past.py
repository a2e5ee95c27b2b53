"""Every change of the control of one registered substance, as events and as stretches of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drugcontrol.check.findings import Recognised
from drugcontrol.law.history import Event, history
from drugcontrol.law.model import ClassRule, Law, Listing, Substance
from drugcontrol.report.events import EventRow, history_rows, standings
from drugcontrol.report.timeline import Span, of_controls
from drugcontrol.report.words import Standing, Words


@dataclass(frozen=True)
class Past:
    """What became of the control of a substance.

    Attributes
    ----------
    standing : dict
        What is said of a class rule beside the substance, by its id.
    spans : list of Span
        The same as stretches of time, a row for each list and rule.
    """

    events: Sequence[Event]
    standing: dict[str, tuple[Standing, ...]]
    spans: list[Span]

    def rows(self) -> list[EventRow]:
        """Give the events as flat values."""
        return history_rows(self.events, self.standing)


def past_of(
    law: Law, substance: Substance, recognised: Recognised, places: Sequence[str], today: date, words: Words
) -> Past:
    """Give the past of a substance in some places: its own listings, and the classes that take it in.

    Parameters
    ----------
    today : date
        Day up to which the stretches go.
    """
    controls: list[Listing | ClassRule] = [*law.listings_of(substance.id), *(hit.rule for hit in recognised.classes)]
    standing = standings(law, substance, recognised.classes)
    events = history(law, controls, places)
    rows = {(event.jurisdiction, event.control.id): event.control for event in events}
    spans = of_controls([(place, control) for (place, _), control in rows.items()], standing, today, words)
    return Past(events, standing, spans)
