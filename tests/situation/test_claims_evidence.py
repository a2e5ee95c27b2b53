"""Claims over registers and measures: what a bundle proves, and what is not held is never none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from drugcontrol.dates import LegalDate
from drugcontrol.situation.claims import Checked, Evidence, Grounds
from drugcontrol.situation.claims.registers import message_delivered, no_notice
from drugcontrol.situation.claims.rows import (
    MeasureInForce,
    MessageDelivered,
    NoNotice,
)
from drugcontrol.situation.claims.standing import measure_in_force
from drugcontrol.situation.measures import Measures
from tests.situation.claims import SAID, TEXT, codes, outcomes

# Registers: fictional authorities (SIMULATION of what a bundle would prove)

PROVEN = Evidence(
    name="n.dcx.zip",
    message_id="00",
    refused="",
    type="notice.incident",
    sender="XA",
    delivered={"XB": date(2023, 4, 1)},
)
NOTHING_SENT = NoNotice(sender="XA", recipient="XB", message="notice.incident")
DELIVERED = MessageDelivered(places=("XB", "XA"))


def with_evidence(grounds: Grounds, *evidence: Evidence) -> Grounds:
    return replace(grounds, evidence=evidence)


def test_without_both_registers_it_cannot_be_decided(checked: Callable[[str], Checked]) -> None:
    nothing = checked("no-notification").readings[0]
    for judged in (nothing.then, nothing.now):
        assert (judged.outcome, codes(judged)) == ("undecided", {"registers"})


def test_a_proven_delivery_refutes_that_there_was_none_and_supports_that_there_was_one(grounds: Grounds) -> None:
    held = with_evidence(grounds, PROVEN)
    assert no_notice(NOTHING_SENT, held, SAID).outcome == "not_supported"
    assert message_delivered(DELIVERED, held, SAID).outcome == "supported"
    assert no_notice(NOTHING_SENT, held, SAID).facts == (PROVEN,)


@pytest.mark.parametrize("refused", ["simulation", "faults", "unpinned"])
def test_a_simulation_and_what_is_not_proven_are_never_evidence(grounds: Grounds, refused: str) -> None:
    held = with_evidence(grounds, replace(PROVEN, refused=refused))  # type: ignore[arg-type]
    for judged in (no_notice(NOTHING_SENT, held, SAID), message_delivered(DELIVERED, held, SAID)):
        assert judged.outcome == "undecided"
        assert judged.facts == ()
        assert f"evidence_{refused}" in codes(judged)


@pytest.mark.parametrize(
    "other",
    [
        replace(PROVEN, delivered={"XB": date(2023, 4, 7)}),
        replace(PROVEN, delivered={}),
        replace(PROVEN, delivered={"XC": date(2023, 4, 1)}),
        replace(PROVEN, sender="XC"),
    ],
)
def test_another_message_or_a_later_delivery_says_nothing(grounds: Grounds, other: Evidence) -> None:
    held = with_evidence(grounds, other)
    assert no_notice(NOTHING_SENT, held, SAID).outcome == "undecided"
    assert message_delivered(DELIVERED, held, SAID).outcome == "undecided"


def test_measures_are_facts_beside_a_demand(checked: Callable[[str], Checked]) -> None:
    item = checked("regulation-and-demand")
    assert item.claim.row.kind == "opinion"
    assert outcomes(item)["demand-reduction"] == ("supported", "supported")


def test_a_kind_of_which_nothing_is_held_is_not_held_and_never_none(grounds: Grounds) -> None:
    nothing = replace(grounds, measures=Measures(all=(), covers={}))
    judged = measure_in_force(MeasureInForce(place="US", kinds=("naloxone",)), nothing, SAID)
    assert (judged.outcome, judged.remarks[0].code) == ("undecided", "kinds_not_held")
    early = measure_in_force(MeasureInForce(place="US", kinds=("naloxone",)), grounds, date(1990, 1, 1))
    assert early.outcome == "undecided"


def test_a_measure_of_a_part_of_the_place_or_with_a_day_in_doubt_does_not_stand_for_it(grounds: Grounds) -> None:
    test = MeasureInForce(place="US", kinds=("naloxone",))
    held = next(item for item in grounds.measures.select(("US",), ("naloxone",)) if item.on.latest < SAID)
    part = replace(held, row=msgspec.structs.replace(held.row, within=TEXT))
    ending = replace(held, until=LegalDate.parse("2023-04"))
    ended = replace(held, until=LegalDate.parse("2023-03"))
    for item, outcome in ((held, "supported"), (part, "undecided"), (ending, "undecided"), (ended, "undecided")):
        one = replace(grounds, measures=Measures(all=(item,), covers={}))
        assert measure_in_force(test, one, SAID).outcome == outcome
