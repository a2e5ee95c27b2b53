"""SIMULATION: a notice of seizure between two authorities that do not exist, by file, and the evidence of it.

Run it with ``make demo-channel``. The clock is set to spring 2023; the legal status in the notice is that of Mexico,
China and the conventions on 24 March 2023, computed by the law engine. What happens between XA and XB is made up.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from drugcontrol.channel import receiving, sealing, witnessing
from drugcontrol.channel.authority import Authority, add_peer, init_authority
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.exchange import Exchange
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.messages import decode
from drugcontrol.channel.messages.notice import IncidentNotice
from drugcontrol.channel.policy import Policy
from drugcontrol.channel.proofs import enter, prove
from drugcontrol.channel.sending import new_message, sign_message
from drugcontrol.channel.statement import Recipient, read_statement, sign_statement
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.check import Checker
from drugcontrol.errors import SignatureError
from drugcontrol.law import load_law

HERE = Path(__file__).parent
OUT = HERE.parent / "out"
URN = "urn:dcx:authority:{}:precursor-office"
VERIFIER = Path(receiving.__file__).with_name("verifier.py")


def at(day: int, hour: int, month: int = 4) -> datetime:
    """Give an hour of spring 2023, in UTC."""
    return datetime(2023, month, day, hour, tzinfo=UTC)


def office(directory: Path, country: str, as_country: str = "") -> Authority:
    """Make an authority; a forger makes one under the name of another country."""
    name = URN.format(as_country or country)
    return init_authority(directory / country, name, as_country or country, True, at(1, 0, month=3))


def attempt(what: str, authority: Authority, file: Exchange, now: datetime) -> None:
    """Show that a file is refused, and why."""
    try:
        receiving.receive(authority, file, now)
    except SignatureError as error:
        print(f"  {what:<13} refused ({error.reason}): {error.message}")
    else:
        raise SystemExit(f"{what}: was received, and should not have been.")


def back_dated(xa: Authority, xb: Authority, payload: bytes, first: Exchange, now: datetime) -> Exchange:
    """Sign as XA a second notice that claims to be three weeks old: with the true keys, and a changed program."""
    with xa.register() as register:
        opened = sealing.Opened(payload, sealing.new_salt())
        header = replace(
            read_statement(first.statement).header,
            to=(Recipient(xb.name, 2, first.message_id),),
            issued_at=at(24, 18, month=3),
            commitment=sealing.commitment(opened.salt, opened.content),
        )
        key = next(record.key for record in xb.history.records if record.purpose == "encryption")
        sealed = sealing.seal(opened, {xb.name: key}, header.binding())
        header = replace(header, payload_digest=hashlib.sha256(sealed).digest())
        statement = sign_statement(header, xa.secret("statement"))
        enter(register, Event.REGISTERED, statement.message_id, [statement.data, sealed], now)
        return Exchange(statement.data, sealed, None, (prove(xa, register, [statement.message_id], now),))


def main() -> None:
    """Play the exchange and leave the bundle in out/."""
    print("SIMULATION. XA, XB, XC and XW are codes of no State; no act of a real State is shown.\n")
    checker = Checker.of(load_law())
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        xa, xb, xc, xw = (office(directory, code) for code in ("XA", "XB", "XC", "XW"))
        forger = office(directory, "XZ", as_country="XA")
        pairs = ((xa, xb), (xb, xa), (xc, xa), (forger, xb), (xa, xw), (xb, xw), (xw, xa), (xw, xb))
        for one, other in pairs:
            add_peer(one, other.history)
        for party in (xa, xb):
            witnessing.choose(party, Policy((xw.name,), 1))
        for sender in (xa, forger):
            shutil.copy(HERE / "channel/calendar-xb.yaml", sender.directory / "calendars/XB.yaml")

        issued = at(28, 16, month=3)
        payload = new_message(xa, HERE / "channel/seizure-notice.yaml", checker, issued)
        show_status(payload)
        notice = sign_message(xa, payload, checker, issued)
        print(f"XA signs and enters message {notice.message_id.hex()[:16]}…, {issued:%Y-%m-%d}.")
        witness(xw, xa, at(28, 17, month=3))
        received = receiving.receive(xb, notice, at(28, 17, month=3))
        receiving.open_message(xb, notice.message_id, "Officer One of XB", at(29, 2, month=3))
        witness(xw, xb, at(29, 2, month=3))
        receiving.receive(xa, receiving.receipts(xb, notice.message_id, at(29, 2, month=3)), at(29, 3, month=3))
        print(f"XB receives, stores, receipts and opens it{received.failure}.")
        print("XW, a witness, signs the states of both registers; it sees hashes only.")

        draft = directory / "closure.yaml"
        written = (HERE / "channel/closure.yaml").read_text(encoding="utf-8")
        draft.write_text(written.replace("0" * 64, notice.message_id.hex()), encoding="utf-8")
        reply = sign_message(xb, new_message(xb, draft, checker, at(6, 8)), checker, at(6, 8))
        receiving.receive(xa, reply, at(6, 9))
        print("XB answers, XA receives the answer.\n\nAttempts:")

        fake_payload = new_message(forger, HERE / "channel/seizure-notice.yaml", checker, issued)
        attempt("forged", xb, sign_message(forger, fake_payload, checker, at(7, 8)), at(7, 9))
        attempt("replayed", xb, notice, at(7, 9))
        attempt("re-addressed", xc, notice, at(7, 9))
        attempt("back-dated", xb, back_dated(xa, xb, payload, notice, at(14, 9)), at(14, 10))

        bundle = make_bundle(xa, notice.message_id, at(14, 12), open_content=True, languages=("es", "zh"))
        leave(bundle, (xa, xb, xw))


def witness(signer: Authority, owner: Authority, now: datetime) -> None:
    """Have the state of a register signed by a witness."""
    request = witnessing.ask(owner, witnessing.last_signed(owner, signer.name), now)
    witnessing.take(owner, witnessing.cosign(signer, request, now))


def show_status(payload: bytes) -> None:
    """Print what the law engine says of each substance on the day of the incident."""
    message = decode(payload)
    assert isinstance(message, IncidentNotice)  # noqa: S101 - the example is one
    print(f"Notice of the seizure of {message.law.as_of}; scheduled that day, by the law engine:")
    for line in message.substances:
        places = line.legal_status.places
        print(f"  {line.identified_name:<10} " + "  ".join(f"{place.place} {place.scheduled}" for place in places))
    print()


def leave(bundle: bytes, parties: tuple[Authority, ...]) -> None:
    """Write the bundle and the key histories to out/, and verify it with both verifiers."""
    keys = OUT / "demo-channel-keys"
    keys.mkdir(parents=True, exist_ok=True)
    file = OUT / "demo-channel.dcx.zip"
    file.write_bytes(bundle)
    pinned = []
    for party in parties:
        pinned.append(keys / f"{party.settings.country}.json")
        shutil.copy(party.directory / "key-history.json", pinned[-1])
    verdict = verify_bundle(bundle, {party.name: party.history for party in parties})
    print("\nThe evidence, verified with the keys of both and of the witness:\n")
    print("\n".join(tell(verdict, "en")))
    print("\nThe second verifier, one file of its own:\n")
    sys.stdout.flush()
    second = subprocess.run([sys.executable, VERIFIER, file, *pinned], check=False)  # noqa: S603 - our own file
    changed = bytearray(bundle)
    changed[len(changed) // 2] ^= 1
    (OUT / "demo-channel-changed.dcx.zip").write_bytes(changed)
    third = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, VERIFIER, OUT / "demo-channel-changed.dcx.zip"], check=False
    )
    if (verdict.code, second.returncode, third.returncode) != (0, 0, 2):
        raise SystemExit("The verifiers do not agree.")
    print(f"\nLeft: {file}. Try: .venv/bin/drugcontrol verify {file} --trust {keys} --lang es")


if __name__ == "__main__":
    main()
