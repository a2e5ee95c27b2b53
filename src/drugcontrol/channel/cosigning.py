"""Signatures of witnesses under the state of a register: checking them, and that the state is part of a later one.

References
----------
https://c2sp.org/tlog-cosignature (ML-DSA-44, type 0x06).
"""

from collections.abc import Container, Iterable
from datetime import datetime

from drugcontrol.channel.checkpoint import (
    Checkpoint,
    Signature,
    check_timed,
    key_hint,
    read_checkpoint,
    verify_checkpoint,
)
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.merkle import check_consistency
from drugcontrol.channel.policy import Policy
from drugcontrol.errors import ReadError, SignatureError


def cosignatures(text: str, keys: KeyRing) -> dict[str, datetime]:
    """Check every signature of a witness under a checkpoint, and give who signed and when.

    The signatures of the register itself are those that `verify_checkpoint` judges.

    Raises
    ------
    SignatureError
        ``unknown_issuer``, ``unknown_key``, ``bad_signature`` or what `KeyHistory.key` says.
    """
    read = read_checkpoint(text)
    found: dict[str, datetime] = {}
    for line in read.signatures:
        if line.name == read.checkpoint.origin:
            continue
        if line.name in found:
            raise SignatureError("bad_signature", f"{line.name} signed the state twice.")
        found[line.name] = _signed(read.checkpoint, line, keys)
    return found


def only_known(text: str, policy: Policy, keys: KeyRing) -> str:
    """Leave the lines of a witnessed checkpoint that are of its register, or hold and are of witnesses of a policy."""
    origin = read_checkpoint(text).checkpoint.origin
    names = {origin}
    for name in policy.witnesses:
        try:
            cosignatures(only(text, {origin, name}), keys)
        except (ReadError, SignatureError):
            continue
        names.add(name)
    return only(text, names)


def check_witnessed(text: str, path: Iterable[bytes], checkpoint: Checkpoint, keys: KeyRing) -> Checkpoint:
    """Say whether a witnessed state is one of the same register, and part of a later state; who signed is not judged.

    Raises
    ------
    ReadError, SignatureError
    """
    state, _ = verify_checkpoint(text, keys)
    if state.origin != checkpoint.origin:
        raise SignatureError("wrong_register", "The witnessed state is that of another register.")
    check_consistency(state.size, checkpoint.size, list(path), state.root, checkpoint.root)
    return state


def _signed(checkpoint: Checkpoint, line: Signature, keys: KeyRing) -> datetime:
    history = keys.get(line.name)
    if history is None or history.owner != line.name:
        raise SignatureError("unknown_issuer", f"No key of the witness {line.name} is known here.")
    for record in history.records:
        if record.purpose == "witness" and key_hint(line.name, record.key) == line.key_hint:
            at = check_timed(checkpoint, line, record.key)
            history.key(record.key.key_id, "witness", at)
            return at
    raise SignatureError("unknown_key", f"A key that {line.name} signed with as a witness is not in its key history.")


def only(text: str, names: Container[str]) -> str:
    """Leave the signature lines of some names."""
    body, _, lines = text.partition("\n\n")
    kept = [line for line in lines.splitlines(keepends=True) if line.split(" ")[1] in names]
    return f"{body}\n\n{''.join(kept)}"
