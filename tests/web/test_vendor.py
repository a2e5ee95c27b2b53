"""Files of other projects: as they were published, with their licences, and nothing besides."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOCK: list[dict[str, Any]] = yaml.safe_load((ROOT / "tools/vendor.lock.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", LOCK, ids=lambda package: package["name"])
def test_every_file_is_as_it_was_published(package: dict[str, Any]) -> None:
    directory = ROOT / package["into"] / package["name"] / package["version"]
    for file in package["files"]:
        assert hashlib.sha256((directory / file["as"]).read_bytes()).hexdigest() == file["sha256"], file["as"]
    assert "LICENSE" in {file["as"] for file in package["files"]}


def test_no_file_is_there_that_the_lock_does_not_name() -> None:
    named = {
        ROOT / package["into"] / package["name"] / package["version"] / file["as"]
        for package in LOCK
        for file in package["files"]
    }
    there = {
        path for into in {package["into"] for package in LOCK} for path in (ROOT / into).rglob("*") if path.is_file()
    }
    assert there == named
