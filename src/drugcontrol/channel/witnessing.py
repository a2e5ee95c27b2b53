"""Witnesses: third parties that sign the states of a register, each only if all that it signed before is still in it.

A witness sees sizes and hashes, no message. Its signature says: at this time the register had this state, and no state
that I know of contradicts it. A register that shows two histories finds no witness that signs both.

References
----------
https://c2sp.org/tlog-cosignature (ML-DSA-44, type 0x06); https://c2sp.org/tlog-witness (add-checkpoint): the request,
its checks and the record that is on disk before the signature goes out - here as files.
"""

import base64
import re
from datetime import datetime
from pathlib import Path

from drugcontrol.channel import files, instant
from drugcontrol.channel.authority import Authority, peer_file
from drugcontrol.channel.checkpoint import (
    MAX_BYTES,
    read_checkpoint,
    sign_checkpoint,
    signature_line,
    timed,
    verify_checkpoint,
)
from drugcontrol.channel.cosigning import cosignatures, only
from drugcontrol.channel.merkle import check_consistency
from drugcontrol.channel.policy import Policy, write_policy
from drugcontrol.errors import ReadError, SignatureError, UsageError

MAX_PROOF = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


def choose(authority: Authority, policy: Policy) -> None:
    """Name the witnesses that this authority asks.

    Raises
    ------
    UsageError
        When one is no peer, or the authority itself.
    """
    for name in policy.witnesses:
        if name not in authority.peers():
            raise UsageError(f"{name} is no peer of this authority.", "Add it: drugcontrol authority peer add")
    files.write(authority.directory / "policy.json", write_policy(policy))


def ask(authority: Authority, old: int, now: datetime) -> str:
    """Write the request to a witness: a proof from the state that it signed last, and the signed state of now.

    Parameters
    ----------
    old : int
        Size of the state that the witness signed last; 0 when it signed none.

    Raises
    ------
    UsageError
        When the register is empty or never had that size.
    """
    with authority.register() as register:
        state = register.state()
        if not 0 <= old <= state.size or state.size == 0:
            raise UsageError(f"The register has {state.size} entries; no state after {old} can be asked for.")
        path = register.consistency(old, state.size) if old else []
        keys = authority.secret("register-ed25519"), authority.secret("register-ml-dsa-44")
        checkpoint = sign_checkpoint(state, *keys, now)
    proof = "".join(f"{base64.b64encode(step).decode()}\n" for step in path)
    return f"old {old}\n{proof}\n{checkpoint}"


def last_signed(authority: Authority, witness: str) -> int:
    """Give the size of the newest state of the own register that a witness signed, as far as it is known here."""
    for path in reversed(states(authority)):
        signers = {line.name for line in read_checkpoint(_text(path)).signatures}
        if witness in signers:
            return int(path.stem)
    return 0


def cosign(authority: Authority, request: str, now: datetime) -> str:
    """Sign the state of another's register as its witness, and give the checkpoint with the line added.

    Raises
    ------
    ReadError
        When the text is no request.
    UsageError
        When the request does not begin at the state that was signed last here.
    SignatureError
        ``unknown_issuer``, ``bad_signature``, ``from_the_future``, or ``bad_proof``: the register was rewritten; keep
        the request.
    """
    old, path, text = _request(request)
    checkpoint, signed_at = verify_checkpoint(text, authority.keyring(), now)
    if checkpoint.origin == authority.name:
        raise UsageError("An authority is no witness of its own register.")
    if signed_at > now:
        raise SignatureError("from_the_future", "The state claims a time that has not come.", "Compare the clocks.")
    record = peer_file(authority, checkpoint.origin, "cosigned.txt")
    with authority.register():  # nobody else signs meanwhile
        known = read_checkpoint(_text(record)).checkpoint if record.exists() else None
        size = known.size if known else 0
        if old != size:
            raise UsageError(
                f"This witness signed a state of {size} entries last, and the request begins at {old}.",
                f"Ask again with --old {size}.",
            )
        if known is not None:
            check_consistency(known.size, checkpoint.size, path, known.root, checkpoint.root)
        key = authority.secret("witness")
        line = signature_line(authority.name, key.public, timed(checkpoint, authority.name, key, instant.seconds(now)))
        files.write(record, text.encode())
    return only(text, {checkpoint.origin}) + line


def take(authority: Authority, text: str) -> dict[str, datetime]:
    """Keep the signatures of witnesses under a state of the own register; give who signed it, and when.

    Raises
    ------
    ReadError, SignatureError
        When a signature does not hold.
    UsageError
        When the state is none of this register, or no witness that is asked signed it.
    """
    keys, asked = authority.keyring(), set(authority.policy.witnesses)
    checkpoint, _ = verify_checkpoint(text, keys)
    with authority.register() as register:
        if checkpoint.origin != authority.name or checkpoint != register.state(min(checkpoint.size, len(register))):
            raise UsageError("This is no state of the own register.", "Take the answer of the witness to: witness ask")
        found = cosignatures(only(text, asked | {authority.name}), keys)
        if not found:
            raise UsageError("No witness that is asked here signed it.", "Name it first: drugcontrol witness choose")
        path = authority.directory / "witnessed" / f"{checkpoint.size:019}.txt"
        kept = only(_text(path), asked - set(found)) if path.exists() else ""
        lines = kept.partition("\n\n")[2]
        files.write(path, (only(text, set(found) | {authority.name}) + lines).encode())
    return found


def states(authority: Authority) -> list[Path]:
    """Give the files of the witnessed states of the own register, oldest first."""
    return sorted((authority.directory / "witnessed").glob("*.txt"))


def _request(text: str) -> tuple[int, list[bytes], str]:
    head, blank, checkpoint = text.partition("\n\n")
    first, *steps = head.split("\n")
    match = _OLD.fullmatch(first)
    if match is None or not blank or len(steps) > MAX_PROOF or len(text) > MAX_BYTES:
        raise ReadError("The text is no request to a witness.", "Make one with: drugcontrol witness ask")
    try:
        path = [base64.b64decode(step, validate=True) for step in steps]
    except ValueError:
        raise ReadError("A step of the proof in the request is not in Base 64.") from None
    if not int(match[1]) and path:
        raise ReadError("A request that begins at 0 carries no proof.")
    return int(match[1]), path, checkpoint


def _text(path: Path) -> str:
    return files.read(path, MAX_BYTES).decode()
