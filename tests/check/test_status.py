from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.check.status import Checker, PlaceStatus, identify, legal_status
from drugcontrol.errors import UsageError


def status(checker: Checker, name: str, day: str, place: str) -> PlaceStatus:
    (answer,) = legal_status(checker, identify(name, checker.names), date.fromisoformat(day), [place])
    return answer


def test_an_entry_in_force_means_yes_with_its_act_and_its_source(checker: Checker) -> None:
    found = status(checker, "NPP", "2023-03-24", "CN")
    assert (found.scheduled, found.status) == ("yes", "controlled")
    (entry,) = found.entries
    assert (entry.kind, entry.since, entry.law_of) == ("precursor", "2018-02-01", "CN")
    assert entry.citations[0].title
    assert entry.acts


def test_no_needs_every_list_held_whole(checker: Checker) -> None:
    found = status(checker, "norfentanyl", "2023-03-24", "CN")
    assert (found.scheduled, found.coverage, found.missing) == ("no", "complete", ())
    assert {kind.scheduled for kind in found.kinds} == {"no"}


def test_a_partial_list_is_undecided_and_says_what_is_missing(checker: Checker) -> None:
    found = status(checker, "4-AP", "2023-03-24", "CN")
    assert (found.scheduled, found.status) == ("undecided", "not_listed")
    assert {kind.kind: kind.scheduled for kind in found.kinds}["precursor"] == "undecided"
    assert any(held.kind == "precursor" and held.missing for held in found.missing)


def test_one_kind_may_be_no_while_another_is_undecided(checker: Checker) -> None:
    found = status(checker, "norfentanyl", "2023-03-24", "MX")
    kinds = {kind.kind: kind.scheduled for kind in found.kinds}
    assert (kinds["precursor"], kinds["narcotic"], found.scheduled) == ("no", "undecided", "undecided")


def test_the_day_before_control_begins_is_not_yes(checker: Checker) -> None:
    assert status(checker, "4-AP", "2022-11-22", "UN").scheduled != "yes"
    assert status(checker, "4-AP", "2022-11-23", "UN").scheduled == "yes"


def test_what_is_decided_and_not_in_force_stands_apart(checker: Checker) -> None:
    found = status(checker, "4-AP", "2022-10-01", "UN")
    assert found.entries == ()
    assert [entry.status for entry in found.pending] == ["pending"]
    assert found.scheduled != "yes"


def test_a_day_after_the_text_that_was_compared_is_never_no(checker: Checker) -> None:
    for place in checker.law.jurisdictions:
        assert status(checker, "norfentanyl", "2099-01-01", place).scheduled != "no"


def test_an_export_licence_alone_schedules_nothing(checker: Checker) -> None:
    for substance in checker.law.substances.values():
        for found in legal_status(checker, identify(substance.name, checker.names), date(2025, 12, 1), ["CN"]):
            kinds = {entry.kind for entry in found.entries if entry.status == "controlled"}
            assert kinds != {"export"} or found.scheduled != "yes"


def test_a_class_that_gives_way_is_shown_and_decides_nothing(checker: Checker) -> None:
    found = status(checker, "acetylfentanyl", "2023-03-24", "US")
    displaced = [entry for entry in found.entries if entry.gives_way]
    assert displaced
    assert found.entries[0].gives_way is False
    assert found.scheduled == "yes"


def test_a_place_without_law_is_refused(checker: Checker) -> None:
    with pytest.raises(UsageError, match="No law is held"):
        status(checker, "NPP", "2023-03-24", "ZW")


@given(data=st.data())
def test_the_answer_follows_from_the_kinds_and_the_entries(checker: Checker, data: st.DataObject) -> None:
    substance = data.draw(st.sampled_from(sorted(checker.law.substances)))
    day = data.draw(st.dates(date(1990, 1, 1), date(2026, 11, 25)))
    name = checker.law.substances[substance].name
    for found in legal_status(checker, identify(name, checker.names, "name"), day, list(checker.law.jurisdictions)):
        kinds = {kind.kind: kind for kind in found.kinds}
        for entry in found.entries:
            assert entry.status == "review" or entry.gives_way or kinds[entry.kind].scheduled == "yes"
        for kind in found.kinds:
            assert kind.scheduled != "no" or kind.coverage == "complete"
        answers = {kind.scheduled for kind in found.kinds if kind.kind != "export"}
        assert (found.scheduled == "yes") == ("yes" in answers)
        assert (found.scheduled == "no") == (answers == {"no"})
