"""Groups 7 and 9 of the annex of the German New Psychoactive Substances Act, version by version."""

import msgspec
import pytest

from drugcontrol.check import Checker
from drugcontrol.check.classes import best
from drugcontrol.check.rules import flat
from drugcontrol.law import Law
from tests.conftest import verdict
from tests.official.rules import classes, met, rules, table

VERSIONS = ("2021", "2022", "2025")


@pytest.mark.parametrize("row", table("nitazenes.csv"), ids=lambda row: row["substance"])
def test_nitazenes_under_each_version_of_group_7(law: Law, row: dict[str, str]) -> None:
    structure = law.substances[row["substance"]].structure
    assert structure is not None
    assert {year: met(f"de-npsg-7-{year}", structure.smiles) for year in VERSIONS} == {
        year: row[f"de_{year}"] for year in VERSIONS
    }


@pytest.mark.parametrize("row", table("near-the-nitazenes.csv"), ids=lambda row: row["why"])
def test_structures_at_the_edge_of_group_7(row: dict[str, str]) -> None:
    answers = {year: met(f"de-npsg-7-{year}", row["smiles"]) for year in VERSIONS}
    assert answers == {year: row[f"de_{year}"] for year in VERSIONS}


def test_the_table_holds_every_registered_nitazene(law: Law) -> None:
    registered = {row.id for row in law.substances.values() if "nitazene" in row.families and row.structure}
    assert registered <= {row["substance"] for row in table("nitazenes.csv")}


@pytest.mark.parametrize(
    ("name", "day", "by"),
    [
        ("ethyleneoxynitazene", "2025-12-01", []),
        ("ethyleneoxynitazene", "2025-12-17", [("de-npsg-7-2025-text", "governs")]),
        ("methylenedioxynitazene", "2025-12-01", []),
        ("methylenedioxynitazene", "2025-12-17", [("de-npsg-7-2025-text", "governs")]),
        ("fluetonitazene", "2024-01-01", []),
        ("fluetonitazene", "2026-01-15", [("de-npsg-7-2025-text", "displaced")]),
        ("isotonitazene", "2021-07-10", [("de-npsg-7-2021-text", "displaced")]),
        ("n-pyrrolidino-metonitazene", "2021-07-01", []),
        ("n-pyrrolidino-metonitazene", "2021-07-10", [("de-npsg-7-2021-text", "governs")]),
        ("n-pyrrolidino-metonitazene", "2023-01-01", [("de-npsg-7-2022-text", "governs")]),
        ("n-pyrrolidino-metonitazene", "2026-01-15", [("de-npsg-7-2025-text", "governs")]),
    ],
)
def test_group_7_by_day(checker: Checker, name: str, day: str, by: list[tuple[str, str]]) -> None:
    assert classes(checker, name, day, "DE") == by


@pytest.mark.parametrize(("year", "limit"), [("2021", 500), ("2022", 500), ("2025", 600)])
def test_the_limit_of_mass(year: str, limit: float) -> None:
    assert rules()[f"de-npsg-7-{year}"][0].mass_limit == limit


def test_a_mass_above_the_limit_puts_a_member_outside_and_one_at_the_limit_up_for_review() -> None:
    """Isotonitazene has 410.5 u as average and 410.2 u as exact mass; the limit is moved, not the structure."""
    row, plan = rules()["de-npsg-7-2025"]
    isotonitazene = flat("CCN(CC)CCn1c(Cc2ccc(OC(C)C)cc2)nc2cc([N+](=O)[O-])ccc12")
    for limit, questions in {411.0: (), 410.4: ("mass_near_limit",), 410.0: None}.items():
        found = best(msgspec.structs.replace(row, mass_limit=limit), plan, isotonitazene)
        assert (found[1] if found else None) == questions


@pytest.mark.parametrize("name", ["brorphine", "5-6-dichloro-brorphine", "n-propionitrile-chlorphine"])
def test_a_core_known_from_a_picture_alone_is_put_up_for_review(checker: Checker, name: str) -> None:
    given = verdict(checker, name, "2026-01-15", "DE")
    assert "core_from_picture" in {finding.question for finding in given.findings}
    assert classes(checker, name, "2025-11-30", "DE") == []


def test_a_narcotic_of_the_btmg_is_governed_by_it(checker: Checker) -> None:
    given = verdict(checker, "etonitazene", "2026-01-15", "DE")
    assert (given.findings[0].basis, given.findings[0].instrument) == ("listing", "de-btmg")
    assert {finding.role for finding in given.findings if finding.basis == "class"} == {"displaced"}
