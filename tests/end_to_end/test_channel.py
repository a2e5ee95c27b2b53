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
