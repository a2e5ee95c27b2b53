"""The command around a long run: what it refuses, and what it says when it is stopped or cannot write."""

import errno
import io
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from drugcontrol.bulk.source import Source
from drugcontrol.cli.screen import STOPPED, screen
from drugcontrol.errors import ReadError
from drugcontrol.screen.writers import table_writer


@pytest.mark.parametrize("name", ["out.partial.csv", "out.csv.run.json"])
@pytest.mark.parametrize("given_as", ["FILE", "--decisions", "--changed-since", "--law"])
def test_a_file_that_the_run_would_take_away_is_not_read(
    catalogue: Path, tmp_path: Path, name: str, given_as: str
) -> None:
    mine = tmp_path / name
    mine.write_text("smiles\nCCO\n", encoding="utf-8")
    words = [str(mine)] if given_as == "FILE" else [str(catalogue), given_as, str(mine)]
    done = CliRunner().invoke(screen, [*words, "-o", str(tmp_path / "out.csv"), "--in", "US"])
    assert done.exit_code == 2
    assert "writes itself; give the result another name" in done.stderr
    assert mine.exists()


@pytest.mark.parametrize("ending", ["", "html"])
def test_a_run_without_parts_that_is_stopped_says_so(
    catalogue: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(source: Source) -> None:
        del source
        raise KeyboardInterrupt

    monkeypatch.setattr(Source, "tables", stopped)
    words = ["-o", str(tmp_path / f"out.{ending}")] if ending else []
    done = CliRunner().invoke(screen, [str(catalogue), *words, "--in", "US"])
    assert done.exit_code == STOPPED
    assert done.stderr.endswith("Stopped.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue.csv"]


class Full(io.StringIO):
    """A disk without room."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_standard_output_that_is_full_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(ReadError, match="Standard output cannot be written: No space left"), table_writer(None, "a"):
        pass
