"""In which form a substance is there, and what control that goes on looks like."""

import msgspec
import pytest

from drugcontrol.check import Checker
from drugcontrol.check.rules import class_problems
from drugcontrol.law.files import DATA, read_files
from tests.conftest import verdict


def test_the_salt_of_a_named_substance_is_told_as_a_salt(checker: Checker) -> None:
    assert verdict(checker, "fentanyl citrate", "2023-04-06", "US").findings[0].forms == ("salt",)
    assert verdict(checker, "fentanyl", "2023-04-06", "US").findings[0].forms == ()


def test_a_class_is_displaced_by_a_listing_of_the_same_part_only(checker: Checker) -> None:
    fentanyl, meta = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1", "CCC(=O)N(c1cccc(F)c1)C1CCN(CCc2ccccc2)CC1"
    given = verdict(checker, f"{fentanyl}.{meta}", "2023-04-06", "US")
    of_class = [finding for finding in given.findings if finding.basis == "class"]
    assert [(finding.component, finding.role) for finding in of_class] == [(2, "also")]


@pytest.mark.parametrize(
    ("name", "place", "day", "since"),
    [
        ("carfentanil", "CN", "2026-01-01", "2017-03-01"),
        ("meta-fluorofentanyl", "US", "2024-06-01", "2018-02-06"),
        ("1-boc-4-AP", "CA", "2023-10-01", "2022-08-31"),
        ("norfentanyl", "US", "2023-04-06", "2020-05-18"),
    ],
)
def test_since_when_counts_from_list_to_list(checker: Checker, name: str, place: str, day: str, since: str) -> None:
    assert verdict(checker, name, day, place).controlled_since == since


def test_a_transfer_on_a_day_in_doubt_leaves_control_certain(checker: Checker) -> None:
    given = verdict(checker, "acetic anhydride", "2002-01-01", "UN")
    assert given.status == "controlled"
    assert {(finding.schedule, finding.reason.code) for finding in given.findings} == {
        ("table-1", "moved"),
        ("table-2", "moved"),
    }


def test_what_is_not_controlled_has_no_since(checker: Checker) -> None:
    assert verdict(checker, "NPP", "2007-04-22", "US").controlled_since == ""


@pytest.mark.parametrize("change", [{"reference": "C1CC"}, {"core": ("[N:1",)}])
def test_a_rule_that_cannot_be_read_is_a_problem_and_no_crash(change: dict[str, object]) -> None:
    files = read_files(DATA)
    file, row = files.rules[0]
    broken = (file, msgspec.structs.replace(row, **change))
    found = list(class_problems(files.__class__(**{**vars(files), "rules": (broken,)})))
    assert len(found) == 1
    assert found[0].file == str(file.path)


@pytest.mark.parametrize("place", ["US", "GB", "DE", "UN"])
def test_a_salt_that_one_list_names_is_a_salt_of_its_base_in_every_other(checker: Checker, place: str) -> None:
    """Morphine methylsulfonate is an entry of its own in the United States only."""
    drawn = "CN1CC[C@]23c4c5ccc(O)c4O[C@H]2[C@@H](O)C=C[C@H]3[C@H]1C5.CS(=O)(=O)O"
    given = verdict(checker, drawn, "2023-04-06", place)
    assert given.status == "controlled"
    assert "morphine" in {finding.substance for finding in given.findings}
