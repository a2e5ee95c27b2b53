"""The lawyers' cases that ship with the data: every one of them holds, and they are enough."""

from collections import Counter
from functools import cache

import pytest

from drugcontrol.check import Checker
from drugcontrol.check.cases import failures, vectors
from drugcontrol.law.files import DATA, LawFiles, read_files

PLACES = ("UN", "CN", "US", "MX", "CA", "GB", "DE", "NL", "EU", "CH")


@cache
def files() -> LawFiles:
    return read_files(DATA)


def test_every_case_holds(checker: Checker) -> None:
    assert [str(problem) for problem in failures(files(), checker)] == []


def test_there_are_at_least_150_cases() -> None:
    assert len(vectors(files())) >= 150


@pytest.mark.parametrize("place", PLACES)
def test_each_place_has_cases_of_several_kinds(place: str) -> None:
    expected = Counter(vector["expect"] for vector in vectors(files()) if vector["jurisdiction"] == place)
    assert expected["controlled"] >= 1
    assert len(expected) >= 2


def test_every_case_cites_something() -> None:
    assert [vector for vector in vectors(files()) if len(vector["cite"]) < 8] == []
