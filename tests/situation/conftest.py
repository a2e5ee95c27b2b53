from collections.abc import Callable
from pathlib import Path

import pytest

from drugcontrol.law import Law
from drugcontrol.situation import Figures, load_figures
from drugcontrol.situation.claims import Checked, Grounds, check_claim, find_claim, load_claims
from drugcontrol.situation.measures import load_measures
from tests.situation.claims import TODAY


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures that the package carries, without anybody's imports."""
    return load_figures(own=tmp_path_factory.mktemp("own"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data directory of the command line, empty."""
    monkeypatch.setattr("drugcontrol.situation.store.platformdirs.user_data_dir", lambda _name: str(tmp_path / "data"))
    return tmp_path / "data" / "figures"


@pytest.fixture(scope="module")
def grounds(figures: Figures, law: Law) -> Grounds:
    return Grounds(figures=figures, law=law, measures=load_measures())


@pytest.fixture(scope="module")
def checked(grounds: Grounds) -> Callable[[str], Checked]:
    claims = load_claims(grounds.figures, grounds.law)
    return lambda claim_id: check_claim(find_claim(claims, claim_id), grounds, TODAY)
