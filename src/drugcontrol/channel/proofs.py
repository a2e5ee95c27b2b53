"""What a register proves of a message: making receipts at one signed state, and checking those of others."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from drugcontrol.channel import files
from drugcontrol.channel.authority import Authority, peer_file
from drugcontrol.channel.checkpoint import MAX_BYTES, Checkpoint, read_checkpoint, sign_checkpoint, verify_checkpoint
from drugcontrol.channel.cosigning import check_witnessed, cosignatures, only_known
from drugcontrol.channel.entry import Entry
from drugcontrol.channel.exchange import Proof, RegisterProof
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.ladder import Event
from drugcontrol.channel.merkle import check_consistency
from drugcontrol.channel.receipt import Receipt, check_against, issue_receipt, verify_receipt
from drugcontrol.channel.records import ABOUT_THE_STATEMENT
from drugcontrol.channel.register import Register
from drugcontrol.channel.witnessing import states
from drugcontrol.errors import SignatureError, UsageError

_OLDER_STATES = 16


def enter(register: Register, event: Event, message_id: bytes, kept: Iterable[bytes], now: datetime) -> int:
    """Make an entry about bytes, which are stored in the same transaction. Attempts that failed are numbered.

    Raises
    ------
    UsageError
        When the clock is behind the newest entry: an entry cannot be dated back.
    """
    contents = tuple(kept)
    before = sum(name.partition(".")[0] == event for name in events(register, message_id))
    numbered = event == Event.ATTEMPT_FAILED and before
    if len(register) and register.entry(len(register) - 1).recorded_at > now:
        raise UsageError("The clock is behind the newest entry of the register.", "Set the clock; nothing was entered.")
    entry = Entry(
        event=f"{event.value}.{before + 1}" if numbered else event.value,
        message_id=message_id,
        digest=hashlib.sha256(contents[0]).digest(),
        recorded_at=now.replace(microsecond=0),
    )
    return register.enter(entry, contents)


def events(register: Register, message_id: bytes) -> list[str]:
    """Give what was entered about a message, in order."""
    return [register.entry(position).event for position in register.positions(message_id)]


def prove(authority: Authority, register: Register, message_ids: Iterable[bytes], now: datetime) -> RegisterProof:
    """Sign the state of now, and a receipt at that state for every entry about the messages."""
    positions = [position for message_id in message_ids for position in register.positions(message_id)]
    classical = authority.secret("register-ed25519")
    state = register.state()
    stored = list(register.checkpoints(_OLDER_STATES + 1))
    if stored and stored[-1][0] == state.size and _holds(stored[-1][1], authority.keyring()):
        checkpoint = stored[-1][1]
    else:
        checkpoint = sign_checkpoint(state, classical, authority.secret("register-ml-dsa-44"), now)
        if not stored or stored[-1][0] < state.size:
            register.keep_checkpoint(checkpoint)
    proofs = []
    for position in positions:
        entry = register.entry(position)
        detail = None if entry.event in ABOUT_THE_STATEMENT else register.kept(entry.digest)
        proofs.append(Proof(entry, issue_receipt(register, position, classical, now), detail))
    sizes = [size for size, _ in stored if 0 < size < state.size]
    older = tuple((size, tuple(register.consistency(size, state.size))) for size in sizes)
    witnessed = _witnessed(authority, register, min(positions, default=state.size), state.size)
    return RegisterProof(authority.name, checkpoint, tuple(proofs), older, witnessed)


def check(part: RegisterProof, keys: KeyRing) -> list[Receipt]:
    """Say whether a register signed the state and every receipt at it.

    Raises
    ------
    ReadError, SignatureError
        See `verify_checkpoint` and `verify_receipt`.
    """
    checkpoint, _ = verify_checkpoint(part.checkpoint, keys)
    receipts = []
    for proof in part.proofs:
        receipt = verify_receipt(proof.receipt, proof.entry, keys)
        check_against(receipt, checkpoint)
        if proof.detail is not None and hashlib.sha256(proof.detail).digest() != proof.entry.digest:
            raise SignatureError("bad_payload", f"The record of “{proof.entry.event}” is not the one entered.")
        receipts.append(receipt)
    if part.witnessed is not None:
        check_witnessed(*part.witnessed, checkpoint, keys)
    return receipts


def remember(authority: Authority, part: RegisterProof) -> None:
    """Compare the state of a peer's register with the newest one seen before, and remember the newer.

    Raises
    ------
    SignatureError
        ``bad_proof`` when the register was rewritten: keep both files, together they are evidence.
    """
    path = peer_file(authority, part.origin, "seen.txt")
    new = read_checkpoint(part.checkpoint).checkpoint
    if path.exists():
        seen = read_checkpoint(files.read(path, 128 * 1024).decode()).checkpoint
        if seen.size > new.size:
            return  # an older file that comes late; it cannot be compared without a proof from the sender
        _compare(seen, new, dict(part.older))
    files.write(path, part.checkpoint.encode())


def _holds(text: str, keys: KeyRing) -> bool:
    """Say whether a stored state is still good: its key may have been reported stolen since."""
    try:
        verify_checkpoint(text, keys)
    except SignatureError:
        return False
    return True


def _witnessed(
    authority: Authority, register: Register, position: int, size: int
) -> tuple[str, tuple[bytes, ...]] | None:
    """Give the first state after an entry that enough witnesses signed, or else the one that most signed."""
    best: tuple[str, int] | None = None
    most, keys = 0, authority.keyring()
    for path in states(authority):
        state = int(path.stem)
        if position < state <= size:
            text = only_known(files.read(path, MAX_BYTES).decode(), authority.policy, keys)
            signed = len(cosignatures(text, keys))
            if signed > most:
                best, most = (text, state), signed
            if authority.policy.witnesses and signed >= authority.policy.quorum:
                break
    return None if best is None else (best[0], tuple(register.consistency(best[1], size)))


def _compare(seen: Checkpoint, new: Checkpoint, older: dict[int, tuple[bytes, ...]]) -> None:
    if seen.size == new.size:
        check_consistency(seen.size, new.size, [], seen.root, new.root)
    elif seen.size in older:
        check_consistency(seen.size, new.size, older[seen.size], seen.root, new.root)
    else:
        raise SignatureError(
            "no_consistency_proof",
            f"The file does not prove that the {seen.size} entries seen before are still in the register.",
            "Ask the sender to write its receipts again.",
        )
