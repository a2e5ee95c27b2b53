"""The page that verifies evidence: the words of the command line, SIMULATION first, nothing kept."""

import io
import re
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from drugcontrol.channel import receiving
from drugcontrol.channel.bundle import unpack, write_zip
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.history import write_history
from drugcontrol.channel.sending import sign_message
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import Verdict, verify_bundle
from drugcontrol.check.status import Checker
from tests.channel.offices import NOW, offices, payload
from tests.web.pages import LANGUAGES

Client = TestClient[Litestar]


@dataclass(frozen=True)
class Proof:
    """A bundle of a message that was received and opened, and the keys of both sides (SIMULATION)."""

    bundle: bytes
    keys: tuple[bytes, ...]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory, checker: Checker) -> Proof:
    xa, xb = offices(tmp_path_factory.mktemp("offices"), "XA", "XB")
    sent = sign_message(xa, payload("rfi", checker), checker, NOW)
    receiving.receive(xb, sent, NOW)
    receiving.open_message(xb, sent.message_id, "Officer", NOW)
    receiving.receive(xa, receiving.receipts(xb, sent.message_id, NOW), NOW)
    histories = tuple(write_history(office.history).encode() for office in (xa, xb))
    return Proof(make_bundle(xa, sent.message_id, NOW, open_content=True), histories)


def send(client: Client, language: str = "en", **files: tuple[str, bytes] | list[tuple[str, bytes]]) -> Any:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(f"/{language}/verify").text)
    assert token is not None
    parts = [(name, one) for name, given in files.items() for one in (given if isinstance(given, list) else [given])]
    return client.post(f"/{language}/verify", data={"_csrf_token": token[1]}, files=parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_the_command_line_says(client: Client, proof: Proof, language: str) -> None:
    answer = send(client, language, bundle=("x.dcx.zip", proof.bundle))
    assert answer.status_code == 200
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("&#34;", '"').replace("&#39;", "'")
    for line in tell(verify_bundle(proof.bundle), language):
        assert re.sub(r"\s+", " ", line.strip().removeprefix("- ")) in shown


def test_pages_are_answered_while_a_bundle_is_judged(
    client: Client, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def slow(*arguments: Any) -> Verdict:
        begun.set()
        assert ended.wait(20)
        return verify_bundle(*arguments)

    monkeypatch.setattr("drugcontrol.web.pages.verify.verify_bundle", slow)
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(send, client, bundle=("x.dcx.zip", proof.bundle))
        assert begun.wait(20)
        assert client.get("/en/").status_code == 200
        ended.set()
        assert sent.result().status_code == 200


def test_a_simulation_is_said_before_anything_else(client: Client, proof: Proof) -> None:
    page = send(client, bundle=("x.dcx.zip", proof.bundle)).text
    main = page[page.index("<main") :]
    assert main.index("SIMULATION") < main.index("<h1>")


def test_with_keys_that_are_trusted_the_signers_are_known(client: Client, proof: Proof) -> None:
    keys = [(f"{number}.json", key) for number, key in enumerate(proof.keys)]
    without = send(client, bundle=("x.dcx.zip", proof.bundle)).text
    pinned = send(client, bundle=("x.dcx.zip", proof.bundle), trust=keys).text
    assert "its keys come from the bundle" in without
    assert "its keys come from the bundle" not in pinned


def test_a_bundle_whose_signers_nobody_vouches_for_gets_no_mark_of_success(client: Client, proof: Proof) -> None:
    keys = [(f"{number}.json", key) for number, key in enumerate(proof.keys)]
    without = send(client, bundle=("x.dcx.zip", proof.bundle)).text
    pinned = send(client, bundle=("x.dcx.zip", proof.bundle), trust=keys).text
    assert 'class="verdict unproven"' in without
    assert "Who signed it is not proven" in without
    assert "✓" not in without
    assert 'class="verdict"' in pinned
    assert "✓" in pinned


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_does_not_speak_of_options_of_the_command_line(client: Client, proof: Proof, language: str) -> None:
    for keys in ([], [("0.json", proof.keys[0])], [(f"{at}.json", key) for at, key in enumerate(proof.keys)]):
        page = send(client, language, bundle=("x.dcx.zip", proof.bundle), trust=keys).text
        assert "--trust" not in page.partition('class="verdict')[2].partition("</section>")[0]


def test_a_changed_bundle_is_refused_with_the_reason(client: Client, proof: Proof) -> None:
    members = unpack(proof.bundle)
    changed = write_zip(members | {"content.json": members["content.json"] + b" "})
    page = send(client, bundle=("x.dcx.zip", changed))
    assert page.status_code == 200
    assert 'class="verdict refused"' in page.text
    assert "Rely on nothing in this bundle" in page.text
    assert "✓" not in page.text


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"no zip at all", b"\x00" * 1000, b"<html>"], ids=["empty", "head", "text", "zeros", "page"]
)
def test_what_is_no_bundle_leads_back_to_the_form(client: Client, content: bytes) -> None:
    answer = send(client, bundle=("x.dcx.zip", content))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="bundle"' in answer.text


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"bundle": ("x.dcx.zip", b"no zip at all")}, "或已损坏"),
        ({"trust": ("k.json", b"{}")}, "未选择文件"),
        ({"bundle": ("x.dcx.zip", b"x"), "trust": ("k.json", b"{}")}, "密钥文件不是密钥历史记录"),
        ({"bundle": ("x.dcx.zip", b"x"), "trust": ("k.json", b"\xff")}, "密钥文件不是密钥历史记录"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_language_of_the_page(
    client: Client, files: dict[str, tuple[str, bytes]], says: str
) -> None:
    answer = send(client, "zh", **files)
    assert answer.status_code == 400
    assert says in answer.text


def test_a_bomb_is_refused_and_names_show_as_text(client: Client) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("statement.cbor", b"\0" * 300_000_000)
    answer = send(client, bundle=("<script>alert(1)</script>.zip", bomb.getvalue()))
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text


def test_a_form_without_its_token_or_without_a_file_is_refused(client: Client) -> None:
    client.get("/en/verify")
    assert client.post("/en/verify", data={"bundle": ""}).status_code == 403
    assert send(client, trust=[("k.json", b"{}")]).status_code == 400


def test_wrong_keys_are_said_to_be_none(client: Client, proof: Proof) -> None:
    answer = send(client, bundle=("x.dcx.zip", proof.bundle), trust=[("k.json", b"\xff\xfe")])
    assert answer.status_code == 400
    assert "key" in answer.text


def test_a_bundle_is_dropped_and_told_in_the_browser_without_script(
    open_page: Callable[..., Page], proof: Proof, tmp_path: Path
) -> None:
    path = tmp_path / "proof.dcx.zip"
    path.write_bytes(proof.bundle)
    page = open_page("/en/verify", 320, java_script_enabled=False)
    page.get_by_label("Evidence bundle").set_input_files(path)
    page.get_by_role("button", name="Verify").click()
    assert page.locator(".simulation").is_visible()
    assert page.get_by_role("heading", name="Proven").first.is_visible()


def test_a_file_dropped_anywhere_on_the_page_goes_where_it_belongs(open_page: Callable[..., Page]) -> None:
    page = open_page("/en/verify")
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          for (const name of ["XA.json", "notice.dcx.zip", "XB.json"]) carried.items.add(new File(["x"], name));
          for (const name of ["dragover", "drop"])
            document.querySelector("h1").dispatchEvent(
              new DragEvent(name, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )
    named = "field => [...field.files].map(file => file.name)"
    assert page.locator("#bundle").evaluate(named) == ["notice.dcx.zip"]
    assert page.locator("#trust").evaluate(named) == ["XA.json", "XB.json"]
