"""The test over measures: what stood in a place on a day. A kind of which nothing is held is not held, never none."""

from datetime import date

from drugcontrol.dates import Certainty, LegalDate, Period
from drugcontrol.situation.claims.outcome import Grounds, Judged, MeasureFact, Remark
from drugcontrol.situation.claims.rows import MeasureInForce
from drugcontrol.situation.measures import Measure


def measure_in_force(test: MeasureInForce, grounds: Grounds, day: date) -> Judged:
    """Say whether of each kind at least one measure stood and was public on a day, in the whole of a place."""
    on = LegalDate.parse(test.on).latest if test.on else day
    standing = [item for item in grounds.measures.public_by((test.place,), on) if _stood(item, on)]
    found = {kind: [item for item in standing if item.row.kind == kind] for kind in test.kinds}
    everywhere = {kind: [item for item in items if not item.row.within] for kind, items in found.items()}
    lacking = tuple(kind for kind in test.kinds if not everywhere[kind])
    remarks = [Remark(code="measures_selected"), Remark(code="measures_enough")]
    if lacking:
        remarks.insert(0, Remark(code="kinds_not_held", params={"kinds": lacking, "place": test.place}))
    return Judged(
        outcome="undecided" if lacking else "supported",
        code="measures_held",
        params={
            "place": test.place,
            "on": on,
            "count": sum(len(items) for items in everywhere.values()),
            "kinds": tuple(kind for kind in test.kinds if everywhere[kind]),
        },
        facts=tuple(MeasureFact(measure=item) for items in found.values() for item in items),
        remarks=tuple(remarks),
    )


def _stood(item: Measure, on: date) -> bool:
    return Period(item.on, item.until).covers(on) is Certainty.YES
