"""Claims: each reading by itself, as known then and as known now; a claim whose data are missing says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.dates import LegalDate
from drugcontrol.errors import DataError, UsageError
from drugcontrol.law import Law
from drugcontrol.situation import Dataset, Figures, Observation, Release, Series
from drugcontrol.situation.claims import Checked, Evidence, Grounds, Judged, check_claim, find_claim, load_claims
from drugcontrol.situation.claims.figures import change_between, greatest, rises_each_period
from drugcontrol.situation.claims.law import class_control, class_control_by, each_scheduled, more_substances
from drugcontrol.situation.claims.outcome import CountFact, FigureFact, LawFact
from drugcontrol.situation.claims.registers import message_delivered, no_notice
from drugcontrol.situation.claims.rows import (
    ChangeBetween,
    ClassControl,
    ClassControlBy,
    EachScheduled,
    Greatest,
    MeasureInForce,
    MessageDelivered,
    MoreSubstances,
    NoNotice,
    RisesEachPeriod,
)
from drugcontrol.situation.claims.standing import measure_in_force
from drugcontrol.situation.measures import Measures, load_measures
from drugcontrol.situation.model import Period
from drugcontrol.situation.rows import DatasetRow, DefinitionRow, PatternRow

SAID = date(2023, 4, 6)
TODAY = date(2026, 11, 25)
CLAIMS = Path(__file__).parents[2] / "src" / "drugcontrol" / "data" / "claims"
TEXT = {"en": "x", "es": "x", "zh": "x"}


@pytest.fixture(scope="module")
def grounds(figures: Figures, law: Law) -> Grounds:
    return Grounds(figures=figures, law=law, measures=load_measures())


@pytest.fixture(scope="module")
def checked(grounds: Grounds) -> Callable[[str], Checked]:
    claims = load_claims(grounds.figures, grounds.law)
    return lambda claim_id: check_claim(find_claim(claims, claim_id), grounds, TODAY)


def outcomes(item: Checked) -> dict[str, tuple[str, str]]:
    return {reading.row.id: (reading.then.outcome, reading.now.outcome) for reading in item.readings}


def codes(judged: Judged) -> set[str]:
    return {item.code for item in judged.remarks}


# Figures that are made up, for the rules of the tests


def made(*releases: tuple[str, dict[int, int]], redefined_from: str = "") -> Figures:
    """One fictional series of years; each release is a day of publication and its figures."""
    pattern = PatternRow(
        key="deaths",
        id="xa-deaths",
        title=TEXT,
        indicator="deaths",
        unit="deaths",
        nature="final",
        frequency="year",
        event_basis="occurrence",
        places=("XA",),
    )
    definition = DefinitionRow(from_release=redefined_from, settled="yes", text=TEXT)
    row = DatasetRow(
        id="xa",
        title=TEXT,
        publisher="SIMULATION",
        address="",
        licence="",
        population=TEXT,
        every="irregular",
        revises="yes",
        caveats=(),
        patterns=(pattern,),
        definitions=(definition,) if redefined_from else (),
    )
    series = Series(
        id="xa-deaths",
        dataset="xa",
        pattern=pattern,
        place="XA",
        term="",
        term_id="",
        title=TEXT,
        rate="",
        population="",
    )
    held, observations = [], []
    for day, values in releases:
        release = Release(
            id=day,
            dataset="xa",
            published=LegalDate.parse(day),
            basis="stated",
            reading="file",
            held="whole",
            source="SIMULATION",
            address="",
            sha256="",
            entered_on=TODAY,
            note="",
        )
        held.append(release)
        for year, value in values.items():
            period = Period(first=date(year, 1, 1), last=date(year, 12, 31))
            observations.append(
                Observation(series=series.id, release=release, period=period, value=Decimal(value), status="final")
            )
    dataset = Dataset(
        row=row,
        terms=(),
        series={series.id: series},
        releases=tuple(held),
        read=lambda: {series.id: tuple(observations)},
    )
    return Figures(datasets={"xa": dataset})


def asked(figures: Figures, law: Law) -> Grounds:
    return Grounds(figures=figures, law=law, measures=Measures(all=(), covers={}))


RISES = RisesEachPeriod(series="xa-deaths")


@given(values=st.lists(st.integers(1, 50), min_size=2, max_size=8))
def test_a_series_rises_if_every_step_does_and_is_mixed_if_some_do(values: list[int]) -> None:
    law = Law.__new__(Law)  # no test over figures asks it
    figures = made(("2022-01-01", dict(enumerate(values, start=2010))))
    ups = [after > before for before, after in pairwise(values)]
    expected = "supported" if all(ups) else "mixed" if any(ups) else "not_supported"
    assert rises_each_period(RISES, asked(figures, law), SAID).outcome == expected


@given(values=st.lists(st.integers(1, 50), min_size=2, max_size=6), later=st.lists(st.integers(1, 50), max_size=4))
def test_nothing_published_after_a_day_changes_the_answer_of_that_day(values: list[int], later: list[int]) -> None:
    law = Law.__new__(Law)
    first = ("2022-01-01", dict(enumerate(values, start=2010)))
    then = rises_each_period(RISES, asked(made(first), law), SAID)
    more = made(first, ("2024-01-01", dict(enumerate(later, start=2010))))
    assert rises_each_period(RISES, asked(more, law), SAID) == then


def test_a_missing_year_is_no_step_and_stands_in_the_way_of_a_yes(law: Law) -> None:
    judged = rises_each_period(RISES, asked(made(("2022-01-01", {2010: 1, 2011: 2, 2013: 3})), law), SAID)
    assert (judged.outcome, codes(judged)) == ("undecided", {"gap"})


def test_a_step_over_a_definition_decides_nothing(law: Law) -> None:
    old, new = ("2021-01-01", {2018: 5, 2019: 6}), ("2022-01-01", {2020: 3, 2021: 4})
    judged = rises_each_period(RISES, asked(made(old, new, redefined_from="2022-01-01"), law), SAID)
    assert (judged.outcome, codes(judged)) == ("undecided", {"definition"})
    only = made(("2021-01-01", {2019: 6}), ("2022-01-01", {2020: 7}), redefined_from="2022-01-01")
    assert rises_each_period(RISES, asked(only, law), SAID).outcome == "undecided"
    fall = ChangeBetween(series="xa-deaths", first="2019", last="2020", direction="down")
    assert (
        change_between(fall, asked(made(old, new, redefined_from="2022-01-01"), law), SAID).outcome,
        change_between(fall, asked(made(old, new), law), SAID).outcome,
    ) == ("undecided", "supported")


def test_a_release_whose_day_is_in_doubt_leaves_open_what_was_known(law: Law) -> None:
    figures = made(("2022-01-01", {2010: 1, 2011: 2}), ("2023-04", {2011: 1}))
    days = (date(2023, 3, 31), SAID, date(2023, 4, 30))
    found = [rises_each_period(RISES, asked(figures, law), day).outcome for day in days]
    assert found == ["supported", "undecided", "not_supported"]
    figures = made(("2022-01-01", {2010: 1, 2011: 2, 2012: 3}), ("2023-04", {2012: 1}))
    assert rises_each_period(RISES, asked(figures, law), SAID).outcome == "undecided"


def test_a_change_is_for_the_direction_that_was_claimed(law: Law) -> None:
    figures = made(("2022-01-01", {2010: 4, 2011: 3}))
    up, down = (ChangeBetween(series="xa-deaths", first="2010", last="2011", direction=way) for way in ("up", "down"))
    assert change_between(up, asked(figures, law), SAID).outcome == "not_supported"
    judged = change_between(down, asked(figures, law), SAID)
    assert (judged.outcome, judged.params["percent"]) == ("supported", Decimal("-25.00"))


def test_a_year_that_was_not_published_is_named(law: Law) -> None:
    test = ChangeBetween(series="xa-deaths", first="2010", last="2012")
    judged = change_between(test, asked(made(("2022-01-01", {2010: 4})), law), SAID)
    assert judged.outcome == "undecided"
    assert judged.remarks[0].params == {"periods": ("2012",)}


def test_a_year_to_date_is_no_year(grounds: Grounds) -> None:
    judged = rises_each_period(RisesEachPeriod(series="ca-opioids-deaths"), grounds, SAID)
    assert (judged.params["last"], judged.params["value_last"]) == ("2021", 7993)


def test_figures_of_two_releases_decide_nothing_where_the_newer_may_have_changed_the_older(grounds: Grounds) -> None:
    series = "us-overdose-deaths-all-drugs-12m-predicted"
    judged = change_between(ChangeBetween(series=series, first="2021-12", last="2022-10"), grounds, SAID)
    assert (judged.params["value_first"], judged.params["value_last"]) == (107622, 107689)
    assert judged.outcome == "undecided"
    assert {"two_releases", "may_have_changed"} <= codes(judged)


# The deaths claim: the worked example


def test_the_deaths_claim_comes_out_reading_by_reading(checked: Callable[[str], Checked]) -> None:
    assert outcomes(checked("deaths-rising")) == {
        "synthetic-opioids-years": ("supported", "mixed"),
        "all-drugs-years": ("mixed", "mixed"),
        "all-drugs-months": ("not_supported", "not_supported"),
        "synthetic-opioids-months": ("undecided", "supported"),
    }


def test_its_figures_are_those_of_the_releases(checked: Callable[[str], Checked]) -> None:
    years, all_years, months, synthetic = checked("deaths-rising").readings
    assert (years.then.params["first"], years.then.params["last"]) == ("2013", "2021")
    assert (years.then.params["value_first"], years.then.params["value_last"]) == (3105, 70601)
    assert [step.last for step in years.now.params["steps"]] == ["2023"]  # type: ignore[union-attr]
    (fall,) = all_years.then.params["steps"]  # type: ignore[misc]
    assert (fall.first, fall.last, fall.percent) == ("2017", "2018", Decimal("-4.09"))  # type: ignore[union-attr]
    assert (months.then.params["percent"], months.now.params["percent"]) == (Decimal("-2.42"), Decimal("-0.76"))
    afterwards = next(item for item in months.now.remarks if item.code == "afterwards")
    assert (afterwards.params["highest"], afterwards.params["at"]) == (112952, "2022-07..2023-06")
    assert (synthetic.now.params["value_first"], synthetic.now.params["value_last"]) == (73642, 74410)


def test_why_then_and_now_differ_is_said(checked: Callable[[str], Checked]) -> None:
    _, _, months, synthetic = checked("deaths-rising").readings
    revised = next(item for item in months.now.remarks if item.code == "revised_since")
    assert [(item.before, item.after) for item in revised.params["figures"]] == [(110360, 110185), (107689, 109345)]  # type: ignore[union-attr]
    assert {"period_not_held", "releases_missing"} <= codes(synthetic.then)
    assert "published_since" in codes(synthetic.now)


def test_other_figures_under_another_definition_are_not_called_revised(checked: Callable[[str], Checked]) -> None:
    deaths = checked("most-prominent-problem").readings[0]
    assert "redefined_since" in codes(deaths.now)
    assert "revised_since" not in codes(deaths.now)


def test_every_figure_used_was_published_by_its_day(grounds: Grounds) -> None:
    for claim in load_claims(grounds.figures, grounds.law):
        for reading in check_claim(claim, grounds, TODAY).readings:
            for fact in reading.then.facts:
                if isinstance(fact, FigureFact):
                    assert fact.row.observation is not None
                    assert fact.row.observation.release.published.latest <= SAID
                if isinstance(fact, LawFact):
                    assert fact.first.earliest <= SAID
                if isinstance(fact, CountFact):
                    assert fact.on <= SAID


# Law


def test_the_class_of_the_united_states_was_in_force_and_not_permanent(checked: Callable[[str], Checked]) -> None:
    item = checked("us-class-not-scheduled")
    assert outcomes(item) == {
        "not-at-all": ("not_supported", "not_supported"),
        "not-permanently": ("supported", "not_supported"),
    }
    (fact,) = item.readings[0].then.facts
    assert isinstance(fact, LawFact)
    assert fact.act == "Consolidated Appropriations Act, 2023 (Public Law 117-328)"
    assert (fact.first.text, fact.last and fact.last.text, fact.term) == ("2018-02-06", "2024-12-31", "temporary")


def test_class_control_of_china_began_in_2019_and_was_not_the_first(checked: Callable[[str], Checked]) -> None:
    assert outcomes(checked("class-control-2019")) == {
        "began-by-2019": ("supported", "supported"),
        "still-in-force": ("supported", "supported"),
    }
    began = checked("class-control-2019").readings[0]
    ends = [fact.last and fact.last.text for side in (began.then, began.now) for fact in side.facts]  # type: ignore[union-attr]
    assert ends == [None, "2025-07-20"]  # the act of 2025 was not known in 2023
    first = checked("first-country")
    assert set(outcomes(first).values()) == {("not_supported", "not_supported")}
    assert first.readings[2].then.params["other"] == "GB"


def test_the_varieties_exceed_the_conventions_by_the_class_and_not_by_name(checked: Callable[[str], Checked]) -> None:
    item = checked("varieties-exceed")
    assert outcomes(item) == {
        "by-name": ("not_supported", "undecided"),
        "with-the-class": ("supported", "undecided"),
        "by-name-before-the-class": ("not_supported", "not_supported"),
    }
    counts = item.readings[0].then.params
    assert (counts["value_first"], counts["value_last"], counts["by_class"]) == (25, 28, 40)


@pytest.mark.parametrize("place", ["MX", "DE", "NL", "CH"])
def test_a_partial_list_never_answers_no(grounds: Grounds, place: str) -> None:
    test = ClassControl(place=place, family="fentanyl", reading="any", expect="in_force")
    for expect in ("in_force", "not_in_force"):
        judged = class_control(replace_struct(test, expect=expect), grounds, SAID)
        assert (judged.outcome, codes(judged)) == ("undecided", {"partial_list"})
    by = ClassControlBy(place=place, family="fentanyl", reading="any", by="2023")
    assert class_control_by(by, grounds, SAID).outcome == "undecided"
    fewer = MoreSubstances(place=place, other="CN", family="fentanyl", count="controlled")
    assert more_substances(fewer, grounds, SAID).outcome == "undecided"
    more = MoreSubstances(place="CN", other=place, family="fentanyl", count="controlled")
    assert more_substances(more, grounds, SAID).outcome == "undecided"
    each = EachScheduled(substances=("1-boc-4-ap",), places=(place,), kind="precursor")
    assert each_scheduled(each, grounds, SAID).outcome != "not_supported"


def test_a_whole_list_without_a_class_rule_says_no(grounds: Grounds) -> None:
    test = ClassControl(place="UN", family="fentanyl", reading="any", expect="not_in_force")
    judged = class_control(test, grounds, SAID)
    assert (judged.outcome, judged.code) == ("supported", "class_none")


def test_scheduled_in_every_place_in_some_and_in_none(checked: Callable[[str], Checked], grounds: Grounds) -> None:
    assert outcomes(checked("no-notification"))["what-was-scheduled"] == ("mixed", "undecided")
    for substance, places, outcome in (
        ("npp", ("UN", "CN", "MX"), "supported"),
        ("norfentanyl", ("CN",), "not_supported"),
        ("norfentanyl", ("UN", "CN"), "mixed"),
        ("1-boc-4-ap", ("CN",), "undecided"),
    ):
        test = EachScheduled(substances=(substance,), places=places, kind="precursor")
        assert each_scheduled(test, grounds, SAID).outcome == outcome


def test_control_that_began_after_the_day_asked_about_had_not_begun(grounds: Grounds) -> None:
    test = ClassControlBy(place="CN", family="fentanyl", reading="structural", by="2019")
    assert class_control_by(test, grounds, date(2019, 4, 30)).outcome == "undecided"
    late = replace_struct(test, by="2018")
    assert class_control_by(late, grounds, SAID).outcome == "not_supported"


def test_a_superlative_of_the_world_is_refuted_and_never_supported(grounds: Grounds) -> None:
    us, others = "us-overdose-deaths-t40.4-final", ("ca-opioids-deaths", "ew-poisoning-deaths-fentanyl")
    most = greatest(Greatest(series=us, others=others, period="2020"), grounds, SAID)
    assert (most.outcome, most.code) == ("undecided", "greatest_held")
    assert {"other_places", "measures_differ"} <= codes(most)
    less = greatest(Greatest(series=others[0], others=(us, others[1]), period="2020"), grounds, SAID)
    assert (less.outcome, less.params["other"]) == ("not_supported", "US")


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


# Measures


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


# The shipped statement


def test_every_sentence_of_the_statement_is_a_claim(grounds: Grounds) -> None:
    claims = {claim.id: claim for claim in load_claims(grounds.figures, grounds.law)}
    kinds = {name: claim.row.kind for name, claim in claims.items()}
    assert kinds["no-trafficking-problem"] == kinds["channels-open"] == "undecidable"
    assert {name for name, kind in kinds.items() if kind == "checkable"} == {
        "no-notification",
        "class-control-2019",
        "varieties-exceed",
        "first-country",
        "most-prominent-problem",
        "us-class-not-scheduled",
        "abuse-worse",
        "deaths-rising",
    }
    assert kinds["root-cause"] == kinds["regulation-and-demand"] == kinds["cooperation-within-conventions"] == "opinion"
    for claim in claims.values():
        assert claim.source.address.startswith("https://")
        assert claim.said_on == SAID


def test_an_unknown_claim_names_the_nearest(grounds: Grounds) -> None:
    with pytest.raises(UsageError, match="deaths-rising"):
        find_claim(load_claims(grounds.figures, grounds.law), "death-rising")


@pytest.mark.parametrize(
    ("old", "new", "what", "cure"),
    [
        ("series: us-overdose-deaths-t40.4-final}", "series: us-nothing}", "No series has the id", "figures list"),
        ("test: rises_each_period", "test: rises", "Invalid value 'rises'", "docs/claims.md"),
        ("said_on: '2023-04-06'", "said_on: '2023-04-31'", "is no day", "YYYY-MM-DD"),
        ("place: US, family", "place: ZZ, family", "No law is held for", "jurisdictions.yaml"),
        ("family: fentanyl, reading: any", "family: fentanyls, reading: any", "fentanyls", "docs/claims.md"),
        ("substances: [npp,", "substances: [nothing,", "No substance has the id", "data/substances"),
        ("first: '2020'", "first: 'spring'", "is no date", "2023-04"),
        ("others: [ca-opioids-death-rate]", "others: [ca-opioids-deaths]", "different units", "counts with counts"),
        ("- id: firm-stance", "- id: channels-open", "is given twice", "never reused"),
        ("source: california18", "source: nobody", "No source has the id", "Add it to sources"),
        ("kind: undecidable", "kind: checkable", "has no reading", "another kind"),
        ("    zh: 属于期望。\n", "", "lacks zh", "en, es and zh"),
        ("kind: opinion", "kind: lie", "Invalid enum value 'lie'", "docs/claims.md"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_cure(
    tmp_path: Path, grounds: Grounds, old: str, new: str, what: str, cure: str
) -> None:
    text = (CLAIMS / "statement-2023-04-06.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "claims.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_claims(grounds.figures, grounds.law, tmp_path)
    problem = error.value.problems[0]
    assert problem.file == str(path)
    assert problem.line > 1
    assert what in problem.what
    assert cure in problem.cure


def replace_struct(row: Any, **changes: object) -> Any:
    """Give a row with other values."""
    return msgspec.structs.replace(row, **changes)
