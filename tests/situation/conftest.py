from pathlib import Path

import pytest

from drugcontrol.situation import Figures, load_figures


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures that the package carries, without anybody's imports."""
    return load_figures(own=tmp_path_factory.mktemp("own"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data directory of the command line, empty."""
    monkeypatch.setattr("drugcontrol.situation.store.platformdirs.user_data_dir", lambda _name: str(tmp_path / "data"))
    return tmp_path / "data" / "figures"
