"""``check --picture`` as a user types it."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run

OPTIONS = ("--in", "US", "--date", "2018-06-01")


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("SVG", b"<svg")])
def test_a_picture_is_written_beside_the_answer(tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"picture.{ending}"
    done = run("check", "furanylfentanyl", *OPTIONS, "--picture", str(file))
    assert done.returncode == 0, done.stderr
    assert file.read_bytes().startswith(begins)
    assert "controlled" in done.stdout
    assert done.stderr == f"{file}: written, for United States.\n"


def test_json_stays_json_beside_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    done = run("check", "furanylfentanyl", *OPTIONS, "--picture", str(file), "--json")
    assert json.loads(done.stdout)["verdicts"][0]["status"] == "controlled"
    assert file.exists()


@pytest.mark.parametrize("day", ["2017-01-01", "1950-01-01"])
def test_a_negative_draws_nothing_and_says_so_without_a_trace(tmp_path: Path, day: str) -> None:
    file = tmp_path / "picture.svg"
    options = ("--in", "CN", "--date", day, "--picture", str(file))
    done = run("check", "-", *options, stdin="O=C(C=C)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1\n")
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
    assert done.stderr == f"{file}: no picture; only what is controlled or under review is drawn.\n"


def test_an_older_picture_stays_when_the_answer_is_negative(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text("of another question", encoding="utf-8")
    run("check", "norfentanyl", "--in", "CN", "--date", "2020-01-01", "--picture", str(file))
    assert file.read_text(encoding="utf-8") == "of another question"


def test_a_substance_without_a_structure_is_not_drawn(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    done = run("check", "red phosphorus", "--in", "EU", "--date", "2024-01-01", "--picture", str(file))
    assert done.returncode == 0
    assert "no structure of this substance is held" in done.stderr
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [("picture.jpg", ".svg or .png"), ("picture", ".svg or .png"), ("none/picture.svg", "No such file")],
)
def test_a_name_that_cannot_be_written_is_an_error_with_its_cure(tmp_path: Path, name: str, says: str) -> None:
    done = run("check", "furanylfentanyl", *OPTIONS, "--picture", str(tmp_path / name))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
