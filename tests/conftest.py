"""What several tests share: the shipped law, and a fictional one (SIMULATION) with every turn of the model."""

import os
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from drugcontrol.check import Answer, Checker, Verdict, identify
from drugcontrol.check.identify import ReadAs
from drugcontrol.law import Law, load_law
from drugcontrol.law.files import digest, encode, read_files

XA = Path(__file__).parent / "xa"

settings.register_profile("drugcontrol", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("drugcontrol")


@pytest.fixture(scope="session", autouse=True)
def nobodys_figures(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Keep what the person who runs the tests imported out of them."""
    own = str(tmp_path_factory.mktemp("nobody"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("drugcontrol.situation.store.platformdirs.user_data_dir", lambda _name: own)
        yield


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The law that the package carries."""
    return Checker.of(load_law())


@pytest.fixture(scope="session")
def law(checker: Checker) -> Law:
    return checker.law


@pytest.fixture(scope="session")
def xa_law() -> Law:
    """A fictional law with round dates (tests/xa)."""
    edition = read_files(XA).edition()
    return Law.of(edition, digest(encode(edition)))


@pytest.fixture(scope="session")
def xa(xa_law: Law) -> Checker:
    return Checker.of(xa_law)


def answer(checker: Checker, text: str, day: str, *places: str, to: str = "", read_as: ReadAs | None = None) -> Answer:
    """Ask as the command line does."""
    return checker.check(identify(text, checker.names, read_as), date.fromisoformat(day), places or None, to=to)


def verdict(checker: Checker, text: str, day: str, place: str, to: str = "", read_as: ReadAs | None = None) -> Verdict:
    """Ask about one place."""
    return answer(checker, text, day, place, to=to, read_as=read_as).verdicts[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI what cannot run is a failure, not a skip."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} could not run: {report.longrepr}"
    return report
