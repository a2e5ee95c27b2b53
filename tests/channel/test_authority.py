from dataclasses import replace
from pathlib import Path

import pytest

from drugcontrol.channel.authority import add_peer, fingerprint, init_authority, open_authority
from drugcontrol.channel.history import KeyHistory
from drugcontrol.errors import ReadError, UsageError
from tests.channel.offices import START, office, offices, urn


def test_only_the_owner_may_use_the_directory_and_its_keys(tmp_path: Path) -> None:
    made = office(tmp_path, "XA")
    for path in [made.directory, *made.directory.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
    made.directory.chmod(0o755)
    with pytest.raises(ReadError, match="Others than the owner"):
        open_authority(made.directory)


def test_an_authority_is_never_made_over_another(tmp_path: Path) -> None:
    office(tmp_path, "XA")
    with pytest.raises(UsageError, match="exists"):
        office(tmp_path, "XA")


@pytest.mark.parametrize(("country", "simulation"), [("MX", True), ("XA", False), ("xa", True), ("XAX", True)])
def test_a_simulation_is_of_no_state_and_a_state_is_no_simulation(
    tmp_path: Path, country: str, simulation: bool
) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        init_authority(tmp_path / "x", urn("XA"), country, simulation, START)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_no_urn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no URN"):
        init_authority(tmp_path / "x", "Office of XA", "XA", True, START)


def test_keys_open_only_with_the_passphrase_they_were_made_with(tmp_path: Path) -> None:
    init_authority(tmp_path / "x", urn("XA"), "XA", True, START, passphrase=b"a")
    assert open_authority(tmp_path / "x", b"a").secret("statement").algorithm == "Ed25519"
    with pytest.raises(ReadError, match="does not open"):
        open_authority(tmp_path / "x", b"b").secret("statement")


def test_the_fingerprint_is_that_of_owner_and_keys(tmp_path: Path) -> None:
    xa, xb = offices(tmp_path, "XA", "XB")
    assert fingerprint(xa.peers()[xb.name]) == fingerprint(xb.history) != fingerprint(xa.history)
    assert fingerprint(KeyHistory(xa.name, xb.history.records)) != fingerprint(xb.history)


def test_a_peer_that_drops_a_key_is_not_believed(tmp_path: Path) -> None:
    xa, xb = offices(tmp_path, "XA", "XB")
    with pytest.raises(UsageError, match="lacks a key"):
        add_peer(xa, KeyHistory(xb.name, xb.history.records[1:]))
    assert xa.peers()[xb.name] == xb.history


def test_a_peer_that_takes_back_a_theft_is_not_believed(tmp_path: Path) -> None:
    xa, xb = offices(tmp_path, "XA", "XB")
    first, *others = xb.history.records
    add_peer(xa, KeyHistory(xb.name, (replace(first, compromised_since=START), *others)))
    with pytest.raises(UsageError, match="takes back"):
        add_peer(xa, xb.history)


def test_an_authority_is_no_peer_of_itself(tmp_path: Path) -> None:
    made = office(tmp_path, "XA")
    with pytest.raises(UsageError, match="no peer of itself"):
        add_peer(made, made.history)


def test_a_directory_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is no authority"):
        open_authority(tmp_path)
    made = office(tmp_path, "XA")
    (made.directory / "settings.json").write_text("{}")
    (made.directory / "settings.json").chmod(0o600)
    with pytest.raises(ReadError, match="cannot be read"):
        open_authority(made.directory)
