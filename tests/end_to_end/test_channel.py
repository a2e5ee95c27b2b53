"""Two offices that do not exist (SIMULATION) exchange a notice by file, with the commands as a user types them."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "channel"
URN = "urn:dcx:authority:{}:precursor-office"


def run(where: Path, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-c", "from drugcontrol.cli.main import main; main()", *arguments]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with both offices, each a peer of the other, and a notice signed by XA."""
    where = tmp_path_factory.mktemp("desk")
    for code in ("XA", "XB"):
        said = run(where, "authority", "init", code, "--name", URN.format(code), "--country", code, "--simulation")
        assert said.startswith("SIMULATION")
    run(where, "authority", "peer", "add", "XB/key-history.json", "--in", "XA")
    run(where, "authority", "peer", "add", "XA/key-history.json", "--in", "XB")
    (where / "XA/calendars/XB.yaml").write_bytes((EXAMPLES / "calendar-xb.yaml").read_bytes())
    run(where, "notice", "new", str(EXAMPLES / "seizure-notice.yaml"), "--from", "XA", "-o", "notice.json")
    run(where, "notice", "sign", "notice.json", "--from", "XA")
    return where


def test_a_notice_is_received_opened_answered_and_proven(desk: Path) -> None:
    assert "NPP" in run(desk, "notice", "show", "notice.json", "--in", "XA", "--lang", "es,zh")
    run(desk, "receive", "notice.dcx", "--in", "XB", "--open", "Officer One", "-o", "receipt.dcx")
    shown = run(desk, "notice", "show", "notice.dcx", "--in", "XB", "--lang", "es,zh")
    assert shown.startswith("SIMULATION")
    assert "REFUSED (replay)" in run(desk, "receive", "notice.dcx", "--in", "XB", code=1)
    run(desk, "receive", "receipt.dcx", "--in", "XA")
    message_id = next(
        word for line in shown.splitlines() for word in line.split() if len(word) == 64 and word.isalnum()
    )
    assert message_id in run(desk, "notice", "list", "--in", "XA")
    run(desk, "notice", "again", message_id, "--from", "XA", "-o", "again.dcx")
    closure = (EXAMPLES / "closure.yaml").read_text(encoding="utf-8").replace("0" * 64, message_id)
    (desk / "closure.yaml").write_text(closure, encoding="utf-8")
    run(desk, "notice", "new", "closure.yaml", "--from", "XB")
    run(desk, "notice", "sign", "closure.json", "--from", "XB")
    run(desk, "receive", "closure.dcx", "--in", "XA", "--open", "Officer Two")
    run(desk, "evidence", "notice.dcx", "--in", "XA", "-o", "n.dcx.zip", "--open-content", "--lang", "es,zh")
    trust = ["--trust", "XA/key-history.json", "--trust", "XB/key-history.json"]
    for language, word in (("en", "Answered by"), ("es", "Contestado por"), ("zh", "答复")):
        said = run(desk, "verify", "n.dcx.zip", *trust, "--lang", language)
        assert said.startswith("SIMULATION")
        assert word in said
    assert "calls itself" in run(desk, "verify", "n.dcx.zip")
    run(desk, "verify", "n.dcx.zip", "--trust", "XA/key-history.json", code=1)
    run(desk, "verify", "closure.yaml", code=2)
    assert "entries agree" in run(desk, "audit", "XA")
    assert f"peer {URN.format('XB')}" in run(desk, "authority", "show", "XA")


def test_a_notice_is_witnessed_carried_and_noted_by_command(desk: Path, tmp_path: Path) -> None:
    """XC is a third office: witness of the register of XA, and courier of a notice that XB does not take."""
    for code in ("XA", "XB"):
        shutil.copytree(desk / code, tmp_path / code)
    xc = URN.format("XC")
    run(tmp_path, "authority", "init", "XC", "--name", xc, "--country", "XC", "--simulation")
    run(tmp_path, "authority", "peer", "add", "XC/key-history.json", "--in", "XA")
    run(tmp_path, "authority", "peer", "add", "XA/key-history.json", "--in", "XC")
    notice = str(desk / "notice.dcx")
    assert "1 of 1 witnesses must sign" in run(tmp_path, "witness", "choose", xc, "--in", "XA")
    run(tmp_path, "witness", "ask", xc, "--in", "XA", "-o", "ask")
    run(tmp_path, "witness", "sign", "ask", "--in", "XC", "-o", "signed")
    assert f"{xc} signed" in run(tmp_path, "witness", "take", "signed", "--in", "XA")
    assert "--old" in run(tmp_path, "witness", "sign", "ask", "--in", "XC", "-o", "again", code=2)
    run(tmp_path, "witness", "sign", "ask", "--in", "XB", "-o", "strange")
    run(tmp_path, "witness", "take", "strange", "--in", "XA", code=2)
    run(tmp_path, "notice", "failed", notice, "--from", "XA", "--way", "email", "--note", "mailbox refused it")
    run(tmp_path, "notice", "served", notice, "--from", "XA", "--way", "paper", "--note", "note verbale 12")
    assert "has not passed" in run(tmp_path, "notice", "overdue", notice, "--from", "XA", code=2)
    run(tmp_path, "courier", "take", notice, "--in", "XC", "-o", "taken.dcx")
    run(tmp_path, "courier", "listed", notice, "--in", "XC", "--note", "shown at the desk", "-o", "listed.dcx")
    run(tmp_path, "courier", "refuse", notice, "--in", "XC", "--note", "no", "-o", "no.dcx", code=2)
    run(tmp_path, "courier", "take", notice, "--in", "XB", "-o", "own.dcx", code=2)
    run(tmp_path, "receive", "listed.dcx", "--in", "XA")
    run(tmp_path, "evidence", notice, "--in", "XA", "-o", "n.dcx.zip")
    trust = [word for code in ("XA", "XB", "XC") for word in ("--trust", f"{code}/key-history.json")]
    said = run(tmp_path, "verify", "n.dcx.zip", *trust)
    for rung in (
        "[E2]",
        "[E3 RelayAcceptance]",
        "[X1 RelayFailure]",
        "[X2 RelayToNonERDS]",
        "ConsignmentNotification]",
    ):
        assert rung in said
    line = next(word for word in run(tmp_path, "notice", "list", "--in", "XC").split() if len(word) == 64)
    assert "Give it to its recipient" in run(tmp_path, "courier", "give", line, "--in", "XC", "-o", "given.dcx")
    run(tmp_path, "courier", "give", "abc", "--in", "XC", "-o", "given.dcx", code=2)


def test_keys_are_changed_and_peers_follow_by_command(desk: Path, tmp_path: Path) -> None:
    for code in ("XA", "XB"):
        shutil.copytree(desk / code, tmp_path / code)
    assert "the old key signed it" in run(tmp_path, "authority", "rotate", "XA", "--key", "statement")
    assert "believed before" in run(tmp_path, "authority", "peer", "renew", "XA/key-renewal.dcx", "--in", "XB")
    run(tmp_path, "authority", "peer", "renew", "XA/key-history.json", "--in", "XB", code=2)
    stolen = run(tmp_path, "authority", "rotate", "XB", "--key", "statement", "--stolen-since", "2026-01-01T00:00:00Z")
    assert "STOLEN since 2026-01-01T00:00:00Z" in stolen
    assert "the fingerprint by another way" in stolen
    assert not (tmp_path / "XB/key-renewal.dcx").exists()
    assert "entries agree" in run(tmp_path, "audit", "XA")


def test_problems_of_a_draft_are_named_with_line_and_cure(desk: Path) -> None:
    text = (EXAMPLES / "seizure-notice.yaml").read_text(encoding="utf-8")
    bad = desk / "bad.yaml"
    bad.write_text(text.replace("39742-60-4", "39742-60-5"), encoding="utf-8")
    line = 1 + text[: text.index("39742-60-4")].count("\n")
    said = run(desk, "notice", "new", "bad.yaml", "--from", "XA", code=2)
    assert f"line {line}, substances[0].cas" in said
    assert not (desk / "bad.json").exists()


def test_a_changed_register_is_found_by_the_audit(desk: Path) -> None:
    shutil.copytree(desk / "XA", desk / "changed")
    connection = sqlite3.connect(desk / "changed/register.sqlite")
    connection.execute("DROP TRIGGER entry_no_UPDATE")
    connection.execute("UPDATE entry SET record = zeroblob(80) WHERE position = 0")
    connection.commit()
    connection.close()
    assert "does not hold" in run(desk, "audit", "changed", code=1)


def test_the_demonstration_ends_with_a_bundle_that_both_verifiers_accept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import demo_channel

    monkeypatch.setattr(demo_channel, "OUT", tmp_path)
    demo_channel.main()
    said = capfd.readouterr().out
    assert said.startswith("SIMULATION")
    for reason in ("unknown_key", "replay", "wrong_recipient", "back_dated"):
        assert f"refused ({reason})" in said
    assert (tmp_path / "demo-channel.dcx.zip").stat().st_size > 10_000
