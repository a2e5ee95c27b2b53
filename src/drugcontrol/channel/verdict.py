"""The verdict on an evidence bundle: what it proves, by whom, and what it does not. No network, database or account.

`drugcontrol.channel.verifier` answers the same in one file that shares no code with this; a test holds both together.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from drugcontrol.channel import bundle, instant
from drugcontrol.channel.agreement import differing
from drugcontrol.channel.checkpoint import Checkpoint, read_checkpoint, verify_checkpoint
from drugcontrol.channel.cosigning import check_witnessed, cosignatures
from drugcontrol.channel.encoding import decode
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.history import KeyHistory, KeyRing, read_history
from drugcontrol.channel.ladder import Event, event_of, may_say
from drugcontrol.channel.policy import Policy, read_policy
from drugcontrol.channel.receipt import Receipt, check_against, verify_receipt
from drugcontrol.channel.records import ABOUT_THE_STATEMENT, read_record
from drugcontrol.channel.sealing import Opened, check_commitment
from drugcontrol.channel.statement import Statement, check_payload, read_statement, verify
from drugcontrol.errors import DrugcontrolError, ReadError, SignatureError

BACK_DATED = timedelta(days=1)
CLOCK_ERROR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Step:
    """One rung that is proven.

    Attributes
    ----------
    by : str
        The authority whose register holds the entry.
    detail : str
        Who opened, why it could not be read, or which message answers; empty where the bundle does not say.
    way : str
        How delivery was attempted, or the recipient told otherwise, as a word; else empty.
    """

    event: Event
    by: str
    at: str
    position: int
    detail: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What witnesses say of a register.

    Attributes
    ----------
    by : str
        The authority whose register it is.
    size : int
        Number of entries in the state that they signed.
    signed : dict
        When each witness signed, by name: those that count, because they are asked for, and pinned or nobody is.
    others : tuple of str
        Witnesses that signed and do not count, because their keys are not among those given.
    at : str
        When the quorum was reached; empty when it was not.
    """

    by: str
    size: int
    signed: dict[str, str]
    others: tuple[str, ...]
    at: str


@dataclass(slots=True)
class Verdict:
    """What a bundle proves.

    Attributes
    ----------
    simulation : bool
        As the statement says, whether that holds or not: it is told first.
    statement : Statement or None
        None when not even the statement holds.
    steps : list of Step
        What is proven, in the order of the ladder.
    policy : Policy
        The witnesses that the maker of the bundle asks for.
    seen : list of Seen
        What witnesses say of the registers, one for each.
    unpinned : tuple of str
        Signers whose keys come from the bundle itself: each only calls itself so.
    content : bytes or None
        The opened content, when the commitment holds.
    faults : list of (str, str)
        What is not as claimed: where, and why.
    """

    simulation: bool = False
    statement: Statement | None = None
    steps: list[Step] = field(default_factory=list)
    policy: Policy = field(default_factory=Policy)
    seen: list[Seen] = field(default_factory=list)
    unpinned: tuple[str, ...] = ()
    content: bytes | None = None
    maker: str = ""
    keys: KeyRing = field(default_factory=dict)
    printed: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def code(self) -> int:
        """0 when everything is as claimed, else 1."""
        return 1 if self.faults or self.statement is None else 0

    def witnessed(self, name: str) -> Seen | None:
        """Give what witnesses say of a register, when enough of them do."""
        return next((seen for seen in self.seen if seen.by == name and seen.at), None)

    def step(self, event: Event) -> Step | None:
        """Give the first proven step of an event."""
        return next((step for step in self.steps if step.event == event), None)


def verify_bundle(data: bytes, trust: KeyRing | None = None) -> Verdict:
    """Judge a bundle.

    Parameters
    ----------
    trust : mapping, optional
        Key histories that the verifier got by another way. With it every signer must be among them, and a witness
        that is not does not count; without it the bundle is judged by the keys that it brings, which proves that it
        agrees with itself and not who signed.

    Raises
    ------
    ReadError
        When the bytes are no bundle.
    """
    members = bundle.unpack(data)
    verdict = Verdict(printed="document.html" in members)
    try:
        verdict.simulation = read_statement(members[bundle.STATEMENT]).header.simulation
        brought = _histories(members)
        verdict.keys = {**brought, **(trust or {})}
        verdict.unpinned = tuple(sorted(set(brought) - set(trust or {})))
        verdict.policy = read_policy(members.get("policy.json", b""))
        strangers = sorted(set(verdict.unpinned) - set(verdict.policy.witnesses))
        if trust is not None and strangers:
            raise SignatureError("unpinned", f"{', '.join(strangers)}: not among the keys given.")
        _judge(members, brought if trust is None else trust, verdict)
    except DrugcontrolError as error:
        verdict.faults.append((getattr(error, "reason", error.code), error.message))
    return verdict


def _judge(members: Mapping[str, bytes], keys: KeyRing, verdict: Verdict) -> None:
    manifest = bundle.check_manifest(members, keys)
    verdict.maker = str(manifest["maker"])
    statement = read_statement(members[bundle.STATEMENT])
    header = statement.header
    if (manifest["message_id"], manifest["simulation"]) != (statement.message_id.hex(), header.simulation):
        raise SignatureError("bad_manifest", "The manifest speaks of another message.")
    verify(statement, keys, header.issued_at)
    verdict.statement = statement
    states = _states(members, keys)
    found = [_receipt(members, number, statement, states, keys) for number in _numbers(members)]
    said = [(receipt.entry.event, step.by) for receipt, step in found]
    if len(set(said)) != len(said):
        raise SignatureError("bad_receipt", "Two receipts are about one event.")
    _check_times(statement, found, keys)
    order = list(Event)
    steps = [step for _, step in found]
    verdict.steps = sorted(steps, key=lambda step: (order.index(step.event), step.by, step.position))
    verdict.seen = list(_seen(members, states, keys, verdict))
    if (sealed := members.get("sealed.cbor")) is not None:
        check_payload(statement, sealed)
    _check_content(members, statement)
    verdict.content = members.get("content.json")


def _histories(members: Mapping[str, bytes]) -> dict[str, KeyHistory]:
    found: dict[str, KeyHistory] = {}
    for name in members:
        if name.startswith("keys/"):
            history = read_history(_text(members[name]))
            if history.owner in found:
                raise SignatureError("bad_keys", "The bundle brings two key histories of one authority.")
            found[history.owner] = history
    return found


def _states(members: Mapping[str, bytes], keys: KeyRing) -> dict[str, Checkpoint]:
    found: dict[str, Checkpoint] = {}
    for name in members:
        if name.startswith("checkpoints/"):
            checkpoint, _ = verify_checkpoint(_text(members[name]), keys)
            if checkpoint.origin in found:
                raise SignatureError("bad_receipt", "The bundle brings two states of one register.")
            found[checkpoint.origin] = checkpoint
    return found


def _numbers(members: Mapping[str, bytes]) -> Iterator[str]:
    """Give the numbers of the receipts; each must be whole."""
    numbers = sorted({name[9:12] for name in members if name.startswith("receipts/")})
    for number in numbers:
        if f"receipts/{number}.entry.cbor" not in members or f"receipts/{number}.receipt.cose" not in members:
            raise SignatureError("bad_receipt", "A receipt comes without its entry, or an entry without its receipt.")
        yield number


def _receipt(
    members: Mapping[str, bytes], number: str, statement: Statement, states: Mapping[str, Checkpoint], keys: KeyRing
) -> tuple[Receipt, Step]:
    entry = Entry.read(members[f"receipts/{number}.entry.cbor"])
    receipt = verify_receipt(members[f"receipts/{number}.receipt.cose"], entry, keys)
    origin = receipt.state.origin
    if origin not in states:
        raise SignatureError("bad_receipt", f"No signed state of the register {origin} is in the bundle.")
    check_against(receipt, states[origin])
    if entry.message_id != statement.message_id:
        raise SignatureError("wrong_message", "A receipt is for another message.")
    event = event_of(entry.event)
    recipients = {recipient.name for recipient in statement.header.to}
    if not may_say(event, origin, statement.header.issuer, recipients):
        raise SignatureError("wrong_register", f"{origin} cannot say of this message that it was “{event}”.")
    detail, way = _detail(members.get(f"receipts/{number}.detail.cbor"), event, entry, statement, origin, keys)
    return receipt, Step(event, origin, instant.text(entry.recorded_at), receipt.position, detail, way)


def _detail(
    detail: bytes | None, event: Event, entry: Entry, statement: Statement, origin: str, keys: KeyRing
) -> tuple[str, str]:
    if event in ABOUT_THE_STATEMENT:
        if detail is not None or entry.digest != hashlib.sha256(statement.data).digest():
            raise SignatureError("wrong_message", "A receipt is for other bytes than those of the statement.")
        return "", ""
    if detail is None:
        return "", ""
    if hashlib.sha256(detail).digest() != entry.digest:
        raise SignatureError("bad_payload", f"The record of “{event}” is not the one that was entered.")
    if event == Event.ANSWERED:
        reply = read_statement(detail)
        verify(reply, keys, entry.recorded_at)
        reply.header.recipient(statement.header.issuer)
        if (reply.header.issuer, reply.header.thread) != (origin, statement.header.thread):
            raise SignatureError("wrong_message", "The answer is not one to this message.")
        return f"{reply.header.type} {reply.message_id.hex()}", ""
    record = read_record(event, detail)
    if event == Event.OVERDUE:
        due = statement.header.respond_by
        if due is None or record["due"] != instant.seconds(due) or entry.recorded_at < due:
            raise SignatureError("wrong_message", "“overdue” is not about the deadline of the message.")
        return instant.text(due), ""
    value = next(value for name, value in record.items() if name not in ("version", "way"))
    return value.hex() if isinstance(value, bytes) else value, record.get("way", "")


def _seen(
    members: Mapping[str, bytes], states: Mapping[str, Checkpoint], keys: KeyRing, verdict: Verdict
) -> Iterator[Seen]:
    """Count the witnesses of each register."""
    policy, done = verdict.policy, set[str]()
    for number in sorted({name[10:12] for name in members if name.startswith("witnessed/")}):
        text, path = (members.get(f"witnessed/{number}.{kind}") for kind in ("txt", "cbor"))
        if text is None or path is None:
            raise SignatureError("bad_receipt", "A witnessed state comes without its proof, or a proof without it.")
        origin = read_checkpoint(_text(text)).checkpoint.origin
        if origin not in states or origin in done:
            raise SignatureError("bad_receipt", f"The witnessed state of {origin} fits no state in the bundle.")
        done.add(origin)
        state = check_witnessed(_text(text), _path(path), states[origin], keys)
        signed = cosignatures(_text(text), verdict.keys)
        strangers = set(signed) - set(policy.witnesses)
        if strangers or len(read_checkpoint(_text(text)).signatures) != 2 + len(signed):
            raise SignatureError("bad_receipt", "A witnessed state carries signatures that nobody asked for.")
        if not any(step.by == origin and step.position < state.size for step in verdict.steps):
            raise SignatureError("bad_receipt", "A witnessed state holds no entry about the message.")
        counted = {name: at for name, at in signed.items() if name in keys}
        times = sorted(counted.values())
        enough = policy.quorum and len(times) >= policy.quorum
        at = instant.text(times[policy.quorum - 1]) if enough else ""
        others = tuple(sorted(set(signed) - set(counted)))
        yield Seen(origin, state.size, {name: instant.text(at) for name, at in sorted(counted.items())}, others, at)


def _path(data: bytes) -> list[bytes]:
    path = decode(data)
    if not isinstance(path, list) or not all(isinstance(step, bytes) for step in path):
        raise ReadError("A proof between two states is not in its form.")
    return path


def _check_times(statement: Statement, found: list[tuple[Receipt, Step]], keys: KeyRing) -> None:
    """Say whether the times fit one another: within a register, from sender to recipient, and with the claim."""
    for origin in {receipt.state.origin for receipt, _ in found}:
        rows = sorted(
            (receipt.position, receipt.entry.recorded_at) for receipt, _ in found if receipt.state.origin == origin
        )
        if [at for _, at in rows] != sorted(at for _, at in rows):
            raise SignatureError("back_dated", f"Entries of the register {origin} are not in the order of their times.")
    sent = next((receipt.entry.recorded_at for receipt, step in found if step.event == Event.REGISTERED), None)
    if sent is None:
        return
    verify(statement, keys, sent)
    if sent - statement.header.issued_at > BACK_DATED or statement.header.issued_at - sent > CLOCK_ERROR:
        raise SignatureError("back_dated", "The time that the statement claims is not that at which it was entered.")
    if any(sent - receipt.entry.recorded_at > CLOCK_ERROR for receipt, _ in found):
        raise SignatureError("back_dated", "A recipient entered the message before its sender did.")


def _check_content(members: Mapping[str, bytes], statement: Statement) -> None:
    content, salt, calendar = (members.get(name) for name in ("content.json", "content.salt", "calendar.txt"))
    if content is None or salt is None:
        if (content, salt, calendar, members.get("document.html")) != (None, None, None, None):
            raise SignatureError("wrong_commitment", "Content, salt or what comes from them is enclosed in part.")
        return
    if len(salt) != 32:
        raise SignatureError("wrong_commitment", "The salt is not one.")
    check_commitment(Opened(content, salt), statement.header.commitment)
    if wrong := differing(statement.header, content):
        raise SignatureError("header_mismatch", f"Header and content differ in {', '.join(wrong)}.")
    if calendar is not None:
        due = json.loads(content).get("answer_by") or {}
        if due.get("calendar_digest") != hashlib.sha256(calendar).hexdigest():
            raise SignatureError("bad_calendar", "The calendar is not the one that the deadline was counted with.")


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ReadError("A text in the bundle is not in UTF-8.") from None
