"""Days, extents, membership and destinations on the fictional law (SIMULATION), where every date is round."""

import pytest

from drugcontrol.check import Checker
from tests.conftest import answer, verdict


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1999-12-31", "not_held"),
        ("2000-01-01", "controlled"),
        ("2009-12-31", "controlled"),
        ("2010-01-01", "not_listed"),
        ("2011-12-31", "not_listed"),
        ("2012-01-01", "controlled"),
        ("2099-01-01", "controlled"),
    ],
)
def test_a_listing_holds_from_its_first_to_its_last_day(xa: Checker, day: str, status: str) -> None:
    assert verdict(xa, "acetone", day, "XA").status == status


@pytest.mark.parametrize(
    ("day", "status", "since", "until"),
    [
        ("2016-01-31", "not_listed", "", ""),
        ("2016-02-01", "controlled", "2016-02-01", "2017-12-31"),
        ("2017-01-31", "controlled", "2016-02-01", "2017-12-31"),
        ("2017-02-01", "controlled", "2016-02-01", "2017-12-31"),
        ("2017-12-31", "controlled", "2016-02-01", "2017-12-31"),
        ("2018-01-01", "not_listed", "", ""),
        ("2018-02-28", "not_listed", "", ""),
        ("2018-03-01", "controlled", "2018-03-01", ""),
        ("2018-12-31", "controlled", "2018-03-01", ""),
        ("2019-01-01", "controlled", "2018-03-01", ""),
    ],
)
def test_temporary_control_is_a_chain_and_a_gap_in_it_shows(
    xa: Checker, day: str, status: str, since: str, until: str
) -> None:
    given = verdict(xa, "cathinone", day, "XA")
    found = [finding for finding in given.findings if finding.schedule == "t"]
    assert bool(found) == (status == "controlled")
    assert [(finding.since, finding.until) for finding in found] == ([(since, until)] if found else [])


@pytest.mark.parametrize(
    ("day", "status"),
    [("2015-05-31", "not_listed"), ("2015-06-01", "review"), ("2015-06-29", "review"), ("2015-06-30", "controlled")],
)
def test_inside_the_doubt_about_a_date_the_answer_is_review(xa: Checker, day: str, status: str) -> None:
    given = verdict(xa, "NPP", day, "XA")
    assert given.status == status
    if status == "review":
        assert given.findings[0].question == "date_in_doubt"


def test_a_partial_list_never_reads_like_a_no(xa: Checker) -> None:
    given = verdict(xa, "dextromethorphan", "2015-01-01", "XA")
    assert (given.status, given.coverage.state) == ("not_listed", "partial")
    assert given.coverage.by_kind == {"narcotic": "partial", "precursor": "complete"}


def test_a_list_of_which_nothing_is_held_makes_the_coverage_partial(xa: Checker) -> None:
    given = verdict(xa, "fentanyl", "2015-01-01", "XB")
    assert (given.status, given.coverage.state) == ("not_listed", "partial")
    assert verdict(xa, "fentanyl", "2009-12-31", "XB").status == "not_held"


def test_after_the_day_of_the_text_a_negative_is_partial(xa: Checker) -> None:
    assert verdict(xa, "fentanyl", "2025-12-31", "XG").coverage.state == "complete"
    assert verdict(xa, "fentanyl", "2026-01-01", "XG").coverage.state == "partial"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2009-12-31", "not_held"),
        ("2010-01-01", "controlled"),
        ("2020-12-31", "controlled"),
        ("2021-01-01", "not_held"),
    ],
)
def test_law_of_a_group_is_law_of_a_member_while_it_is_one(xa: Checker, day: str, status: str) -> None:
    given = verdict(xa, "acetone", day, "XB")
    assert given.status == status
    if status == "controlled":
        assert given.findings[0].law_of == "XG"
        assert (given.findings[0].since, given.findings[0].until) == ("2010-01-01", "2020-12-31")


def test_an_act_that_was_decided_is_pending_until_its_day_and_unknown_before(xa: Checker) -> None:
    assert not verdict(xa, "NPP", "2017-12-31", "XG").pending
    pending = verdict(xa, "NPP", "2018-06-30", "XG").pending
    assert [(finding.status, finding.since) for finding in pending] == [("pending", "2018-07-01")]
    in_force = verdict(xa, "NPP", "2018-07-01", "XG")
    assert (in_force.status, in_force.pending) == ("controlled", ())


@pytest.mark.parametrize(("to", "status"), [("XB", "controlled"), ("", "review"), ("XC", "not_listed")])
def test_export_control_depends_on_the_destination(xa: Checker, to: str, status: str) -> None:
    assert verdict(xa, "piperidine", "2021-06-01", "XA", to=to).status == status


def test_a_name_that_is_excluded_is_no_stereoisomer_of_the_listed_one(xa: Checker) -> None:
    assert verdict(xa, "levomethorphan", "2015-01-01", "XA").status == "controlled"
    assert verdict(xa, "dextromethorphan", "2015-01-01", "XA").findings == ()


def test_where_the_text_takes_in_stereoisomers_the_flat_form_is_controlled(xa: Checker) -> None:
    given = verdict(xa, "COc1ccc2c(c1)C13CCCCC1C(C2)N(C)CC3", "2015-01-01", "XA")
    assert given.status == "controlled"
    assert given.findings[0].forms == ("stereoisomer",)


@pytest.mark.parametrize(
    ("smiles", "place", "status", "question"),
    [
        ("CN[C@@H](C)[C@H](O)c1ccccc1", "XA", "controlled", ""),
        ("CNC(C)C(O)c1ccccc1", "XA", "review", "stereo_not_given"),
        ("CN[C@H](C)[C@@H](O)c1ccccc1", "XA", "review", "isomer_not_named"),
        ("CN[C@H](C)[C@@H](O)c1ccccc1", "XG", "controlled", ""),
        ("CN[C@@H](C)[C@@H](O)c1ccccc1", "XG", "not_listed", ""),
        ("CN[C@@H](C)[C@@H](O)c1ccccc1", "XA", "not_listed", ""),
    ],
)
def test_stereo_follows_the_text(xa: Checker, smiles: str, place: str, status: str, question: str) -> None:
    given = verdict(xa, smiles, "2015-01-01", place)
    assert given.status == status
    assert [finding.question for finding in given.findings] == ([question] if status != "not_listed" else [])


def test_salts_follow_the_text(xa: Checker) -> None:
    salt = "C[NH2+][C@@H](C)[C@H](O)c1ccccc1.[Cl-]"
    assert verdict(xa, salt, "2015-01-01", "XA").status == "not_listed"
    assert verdict(xa, salt, "2015-01-01", "XG").findings[0].forms == ("salt",)


@pytest.mark.parametrize(
    "smiles", ["[Na+].[Cl-]", "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1.Cl", "[NH4+].[Cl-]", "Cl.c1ccncc1"]
)
def test_a_listed_counter_ion_is_no_hit_of_a_salt(xa: Checker, smiles: str) -> None:
    found = verdict(xa, smiles, "2015-01-01", "XA").findings
    assert "hydrochloric-acid" not in {finding.substance for finding in found}


@pytest.mark.parametrize("smiles", ["Cl", "Cl.O", "[H]Cl"])
def test_the_acid_itself_is_a_hit(xa: Checker, smiles: str) -> None:
    assert verdict(xa, smiles, "2015-01-01", "XA").status == "controlled"


def test_a_mixture_names_the_component(xa: Checker) -> None:
    found = verdict(xa, "CCO.CC(C)=O", "2015-01-01", "XA").findings
    assert [(finding.substance, finding.component, finding.forms) for finding in found] == [
        ("acetone", 2, ("mixture",))
    ]


def test_the_governing_finding_comes_first_and_the_others_stay(xa: Checker) -> None:
    both = "CC(C)=O.CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"
    found = verdict(xa, both, "2015-01-01", "XA").findings
    assert [(finding.substance, finding.role) for finding in found] == [("fentanyl", "governs"), ("acetone", "also")]


def test_a_finding_is_as_weak_as_its_weakest_fact(xa: Checker) -> None:
    assert verdict(xa, "acetone", "2005-01-01", "XA").findings[0].known == "official"
    assert verdict(xa, "acetone", "2013-01-01", "XA").findings[0].known == "one-source"


def test_a_negative_for_a_structure_says_nothing_but_what_was_consulted(xa: Checker) -> None:
    given = verdict(xa, "CCC(=O)N(c1ccccc1)C1CCN(Cc2ccccc2)CC1", "2015-01-01", "XA")
    assert (given.findings, given.pending) == ((), ())
    assert given.coverage.lists


def test_only_the_kinds_asked_for_are_answered(xa: Checker) -> None:
    from datetime import date

    from drugcontrol.check import identify

    asked = identify("fentanyl", xa.names)
    given = xa.check(asked, date(2015, 1, 1), ["XA"], kinds=["precursor"]).verdicts[0]
    assert (given.status, given.coverage.by_kind) == ("not_listed", {"precursor": "complete"})


def test_every_place_held_is_answered_when_none_is_named(xa: Checker) -> None:
    assert [given.jurisdiction for given in answer(xa, "acetone", "2015-01-01").verdicts] == ["XA", "XG", "XB"]
