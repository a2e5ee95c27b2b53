"""Changing keys: the old statement key signs the new key history, so that peers can follow without meeting again.

A history only grows. What an old key signed while it held is good for ever; from the day on that a key ended or was
reported stolen, nothing signed with it counts. When a key was stolen its signature under the new history proves
nothing, and peers compare the fingerprint by another way, as at the first contact.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from drugcontrol.channel import files, instant, sign1
from drugcontrol.channel.authority import KEYS, Authority, add_peer, key_file, new_key, newest, open_authority
from drugcontrol.channel.encoding import decode, encode
from drugcontrol.channel.history import KeyHistory, read_history, write_history
from drugcontrol.errors import ReadError, SignatureError, UsageError

OVERLAP = timedelta(days=30)
"""How long an old key still holds after its successor began, so that what is under way arrives."""

CLOCK_ERROR = timedelta(minutes=10)
CONTENT_TYPE = "application/vnd.dcx.keys+json"
MAX_RENEWAL = 1024 * 1024

_LABELS = {sign1.ALG, sign1.KID, sign1.CONTENT_TYPE, sign1.CWT_CLAIMS}


def rotate(
    authority: Authority,
    kinds: Collection[str],
    now: datetime,
    years: int = 2,
    stolen_since: datetime | None = None,
) -> tuple[Authority, Path | None]:
    """Make new keys, end the old ones, and write the renewal for peers.

    The secret halves of old signing keys are removed; that of an old encryption key stays, to open what was sealed
    for it.

    Parameters
    ----------
    kinds : collection of str
        Of `KEYS`.
    now : datetime
        UTC, whole seconds.
    stolen_since : datetime, optional
        Report the old keys stolen since then; no renewal is written.

    Returns
    -------
    authority : Authority
        With the new history.
    renewal : Path or None
        File for peers; None when the old statement key cannot vouch for the new history.

    Raises
    ------
    UsageError
        When a kind is none, the clock is behind the newest key, or the theft lies in the future.
    """
    if not kinds or not set(kinds) <= set(KEYS):
        raise UsageError("Name the keys to change.", f"Keys: {', '.join(KEYS)}.")
    if stolen_since is not None and stolen_since > now:
        raise UsageError(
            "The theft lies in the future.", "Give the first instant at which the key may have been known."
        )
    old_key = authority.secret("statement")
    with authority.register():  # nobody else signs meanwhile
        records, ended = list(authority.history.records), []
        for kind in kinds:
            old = newest(authority.history, kind)
            if old.valid_from >= now:
                raise UsageError("The clock is behind the newest key.", "Set the clock; nothing was changed.")
            until = max(min(old.valid_until, now + OVERLAP), old.valid_from + timedelta(seconds=1))
            records[records.index(old)] = replace(old, valid_until=until, compromised_since=stolen_since)
            records.append(new_key(authority.directory, kind, now, years, authority.passphrase))
            if old.purpose != "encryption":
                ended.append(key_file(authority.directory, old.key))
        text = write_history(KeyHistory(authority.name, tuple(records))).encode()
        renewal = authority.directory / "key-renewal.dcx"
        vouched = stolen_since is None and newest(authority.history, "statement").valid_until > now
        if vouched:
            header = {
                sign1.CONTENT_TYPE: CONTENT_TYPE,
                sign1.CWT_CLAIMS: {sign1.ISS: authority.name, sign1.IAT: instant.seconds(now)},
            }
            content = {"dcx_keys": 1, "history": text, "signature": sign1.sign(old_key, header, text)}
            files.write(renewal, encode(content))
        else:
            renewal.unlink(missing_ok=True)
        files.write(authority.directory / "key-history.json", text)
        for path in ended:
            path.unlink()
    return open_authority(authority.directory, authority.passphrase), renewal if vouched else None


def renew_peer(authority: Authority, data: bytes, now: datetime) -> KeyHistory:
    """Follow a peer to its new keys, if a statement key that is believed here signed them.

    Raises
    ------
    ReadError
        When the bytes are no renewal.
    SignatureError
        ``unknown_issuer``, ``bad_signature``, ``from_the_future`` or what `KeyHistory.key` says.
    UsageError
        When the new history takes something of the old one back.
    """
    content = decode(data, MAX_RENEWAL)
    match content:
        case {"dcx_keys": 1, "history": bytes(text), "signature": bytes(signature), **more} if not more:
            pass
        case _:
            raise ReadError("The file is no renewal of keys.", "Ask the peer for its key-renewal.dcx.")
    try:
        history = read_history(text.decode())
    except UnicodeDecodeError:
        raise ReadError("The key history in the renewal is no text.") from None
    signed = sign1.read(signature)
    claims = signed.header.get(sign1.CWT_CLAIMS)
    if set(signed.header) != _LABELS or signed.unprotected or signed.header[sign1.CONTENT_TYPE] != CONTENT_TYPE:
        raise ReadError("The signature of the renewal is of another kind.")
    if not isinstance(claims, dict) or set(claims) != {sign1.ISS, sign1.IAT} or claims[sign1.ISS] != history.owner:
        raise ReadError("The signature of the renewal names another owner.")
    known, at = authority.peers().get(history.owner), instant.from_seconds(claims[sign1.IAT])
    if known is None:
        raise SignatureError("unknown_issuer", f"{history.owner} is no peer.", "Add it: drugcontrol authority peer add")
    if at > now + CLOCK_ERROR:
        raise SignatureError("from_the_future", "The renewal claims a time that has not come.", "Compare the clocks.")
    key_id = signed.header[sign1.KID]
    for keys in (known, history):
        signed.check(keys.key(key_id, "statement", at), text)
    old = {record.key.key_id for record in known.records}
    if any(record.valid_from < at for record in history.records if record.key.key_id not in old):
        raise UsageError("A new key begins before it was announced.", "Ask the peer by another way.")
    add_peer(authority, history)
    return history
