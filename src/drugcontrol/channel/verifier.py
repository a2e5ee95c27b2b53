"""Verify an evidence bundle, in one file that needs Python 3.11, ``cryptography`` and ``cbor2``, and no other package.

    python verifier.py FILE.dcx.zip [KEYHISTORY.json ...]

Exit code 0: everything in the bundle is as claimed. 1: something is not, or a signer is not among the key histories
given. 2: the file is no bundle. Without key histories the bundle is judged by the keys that it brings itself, so who
signed is not proven. Get this file from whom you trust, never from whom you got the bundle.

It was written a second time from the standards, so that a mistake in one of the two shows: zip (APPNOTE 6.3), COSE (RFC
9052), deterministic CBOR (RFC 8949), Merkle trees (RFC 9162), COSE receipts (RFC 9942), checkpoints and cosignatures
(C2SP).
"""

import base64
import binascii
import json
import re
import struct
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

EXCHANGE, TREE_SIZE = -70001, -70002
DAY, CLOCKS = 86_400, 600
LAST = 253_402_300_799  # the end of the year 9999
MOST = 48 * 1024 * 1024
NAME = re.compile(
    r"(manifest|content|policy)\.json|(manifest|statement)\.cose|sealed\.cbor|content\.salt|document\.html|calendar\.txt"
    r"|checkpoints/\d{2}\.txt|keys/\d{2}\.json|witnessed/\d{2}\.(txt|cbor)|receipts/\d{3}\.(entry\.cbor|receipt\.cose|detail\.cbor)",
    re.ASCII,
)
BY_SENDER = {"registered", "attempt-failed", "notified-otherwise", "overdue"}
BY_COURIER = {"couriered", "courier-refused", "notified-otherwise"}
BY_RECIPIENT = {"delivered", "readable", "unreadable", "opened", "accepted", "refused", "answered"}
ATTEMPTS, NOTICES = {"email", "network", "hand", "post"}, {"paper", "stamped", "listed"}
RECORDS: dict[str, dict[str, type]] = {
    "readable": {"type": str},
    "unreadable": {"reason": str},
    "opened": {"by": str},
    "accepted": {"reply": bytes},
    "refused": {"reply": bytes},
    "courier-refused": {"note": str},
    "attempt-failed": {"note": str, "way": str},
    "notified-otherwise": {"note": str, "way": str},
    "overdue": {"due": int},
}
KINDS = {
    "statement": {"Ed25519": 32},
    "register": {"Ed25519": 32, "ML-DSA-44": 1312},
    "encryption": {"ML-KEM-768/X25519": 1216},
    "witness": {"ML-DSA-44": 1312},
}


class Unreadable(Exception):
    """The file is no bundle."""


class NotAsClaimed(Exception):
    """Something in the bundle is not as claimed."""


def no(why: str) -> NoReturn:
    """Stop: something is not as claimed."""
    raise NotAsClaimed(why)


def need(holds: Any, why: str) -> None:
    """Stop unless something holds."""
    if not holds:
        no(why)


# --- the container ---------------------------------------------------------------------------------------------------


def members_of(data: bytes) -> dict[str, bytes]:
    """Read a zip of stored members with nothing between, before or after them, and no field that could differ."""
    found: dict[str, bytes] = {}
    rows, at = [], 0
    try:
        while data[at : at + 4] == b"PK\x03\x04":
            size, name_size = struct.unpack_from("<I", data, at + 22)[0], struct.unpack_from("<H", data, at + 26)[0]
            name = data[at + 30 : at + 30 + name_size].decode("ascii")
            content = data[at + 30 + name_size : at + 30 + name_size + size]
            common = struct.pack(
                "<HHHHHIIIH", 20, 0, 0, 0, 33, binascii.crc32(content), len(content), len(content), len(name)
            )
            local = b"PK\x03\x04" + common + b"\0\0" + name.encode()
            if data[at : at + 30 + name_size] != local or len(content) != size:
                raise Unreadable("a member is damaged")
            if not NAME.fullmatch(name) or (found and name <= max(found)):
                raise Unreadable("a member has a name that none has, or stands in the wrong place")
            mode = struct.pack("<HHHII", 0, 0, 0, 0o600 << 16, at)
            rows.append(b"PK\x01\x02\x14\x03" + common + b"\0\0" + mode + name.encode())
            found[name] = content
            at += 30 + name_size + size
    except (struct.error, UnicodeDecodeError):
        raise Unreadable("the file is cut or damaged") from None
    directory = b"".join(rows)
    end = struct.pack("<HHHHIIH", 0, 0, len(rows), len(rows), len(directory), at, 0)
    if len(rows) > 1000 or sum(map(len, found.values())) > MOST // 2 or data[at:] != directory + b"PK\x05\x06" + end:
        raise Unreadable("the file is no bundle in its one form")
    if not {"manifest.json", "manifest.cose", "statement.cose"} <= set(found):
        raise Unreadable("the manifest or the statement is missing")
    return found


# --- CBOR and COSE ---------------------------------------------------------------------------------------------------


def written(value: Any, depth: int = 12) -> bytes:
    """Write the one encoding of a value, by hand."""
    need(depth >= 0, "a value is nested too deep")
    match value:
        case None:
            return b"\xf6"
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int():
            return head(0, value) if value >= 0 else head(1, -1 - value)
        case bytes():
            return head(2, len(value)) + value
        case str():
            try:
                return head(3, len(value.encode())) + value.encode()
            except UnicodeEncodeError:
                no("a text is no Unicode")
        case list():
            return head(4, len(value)) + b"".join(written(item, depth - 1) for item in value)
        case dict():
            need(all(type(key) in (int, str) for key in value), "a map has a key of another kind")
            pairs = sorted((written(key, 0), written(item, depth - 1)) for key, item in value.items())
            return head(5, len(value)) + b"".join(key + item for key, item in pairs)
    no("a value is of another kind")


def head(major: int, number: int) -> bytes:
    """Write the head of an item: its kind and a number in the shortest form."""
    if number < 24:
        return bytes([major << 5 | number])
    for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * size):
            return bytes([major << 5 | extra]) + number.to_bytes(size, "big")
    no("a number is too large")


def read(data: bytes, limit: int = 65_536) -> Any:
    """Read CBOR, and only in its one encoding."""
    need(len(data) <= limit, "an encoding is too long")
    try:
        value = cbor2.loads(data)
    except Exception:  # hostile bytes make the decoder raise more than its own errors; each of them is a refusal
        no("bytes are no CBOR")
    need(written(value) == data, "bytes are not in the one encoding of what they say")
    return value


def cose(data: bytes, limit: int = 65_536) -> tuple[bytes, dict[Any, Any], dict[Any, Any], bytes]:
    """Read a COSE_Sign1 with a detached payload: protected header as bytes and as map, other header, signature."""
    need(data[:1] == b"\xd2", "bytes are no COSE_Sign1")
    match read(data[1:], limit):
        case [bytes(protected), dict(other), None, bytes(signature)] if len(signature) == 64:
            header = read(protected, limit) if protected else None
            if isinstance(header, dict) and header.get(1) == -8 and type(header[1]) is int:
                return protected, header, other, signature
    no("bytes are no COSE_Sign1 with EdDSA")


def to_sign(protected: bytes, payload: bytes) -> bytes:
    """Give the Sig_structure."""
    return written(["Signature1", protected, b"", payload])


def digest(value: Any) -> bytes:
    """Expect 32 bytes."""
    if isinstance(value, bytes) and len(value) == 32:
        return value
    no("a digest is not one")


def seconds(value: Any) -> int:
    """Expect a time in whole seconds."""
    if type(value) is int and 0 <= value <= LAST:
        return value
    no("a time is not one")


def day(value: Any) -> int:
    """Read 2026-11-25T03:00:00Z as seconds."""
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        no("a time is not written as it must")
    need(shown(int(moment.timestamp())) == value, "a time is not written as it must")
    return seconds(int(moment.timestamp()))


def shown(at: int) -> str:
    """Write seconds as a time."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- keys ------------------------------------------------------------------------------------------------------------


class Keys:
    """The key history of one authority, from its JSON."""

    def __init__(self, text: bytes) -> None:
        try:
            content = json.loads(text.decode())
        except (ValueError, RecursionError):
            no("a key history is no JSON")
        match content:
            case {"owner": str(owner), "keys": list(rows), **more} if owner and owner.isprintable() and not more:
                self.owner, self.rows = owner, [self.row(row) for row in rows]
            case _:
                no("a key history has another form")
        need(len({row["id"] for row in self.rows}) == len(self.rows), "a key history names a key twice")

    @staticmethod
    def row(row: Any) -> dict[str, Any]:
        """Read one key."""
        names = {"algorithm", "compromised_since", "key", "key_id", "purpose", "valid_from", "valid_until"}
        need(isinstance(row, dict) and set(row) == names, "a key has other fields")
        need(isinstance(row["purpose"], str) and isinstance(row["algorithm"], str), "a key has no purpose")
        length = KINDS.get(row["purpose"], {}).get(row["algorithm"])
        try:
            raw = base64.b64decode(row["key"], validate=True)
            need(length == len(raw), "a key is of another kind")
            if length == 1216:
                MLKEM768PublicKey.from_public_bytes(raw[:1184])
                key: Any = X25519PublicKey.from_public_bytes(raw[1184:])
            else:
                key = (Ed25519PublicKey if length == 32 else MLDSA44PublicKey).from_public_bytes(raw)
        except (TypeError, ValueError):
            no("a key cannot be read")
        key_id = sha256(written([row["algorithm"], raw])).digest()
        need(row["key_id"] == key_id.hex(), "a key id is not that of its key")
        start, end = day(row["valid_from"]), day(row["valid_until"])
        need(start < end, "a key ends before it begins")
        stolen = None if row["compromised_since"] is None else day(row["compromised_since"])
        return {**row, "id": key_id, "raw": raw, "public": key, "start": start, "end": end, "stolen": stolen}

    def key(self, key_id: Any, purpose: str, at: int) -> Any:
        """Give a key that may serve a purpose at a time."""
        for row in self.rows:
            if row["id"] == key_id and row["purpose"] == purpose:
                good = row["start"] <= at < row["end"] and (row["stolen"] is None or at < row["stolen"])
                need(good, f"a key of {self.owner} did not hold at the time")
                return row
        no(f"a key is not in the history of {self.owner}")


Ring = dict[str, Keys]


def owner_of(ring: Ring, name: Any) -> Keys:
    """Give the keys of an authority."""
    if isinstance(name, str) and name in ring:
        return ring[name]
    no("the keys of a signer are not known")


def check(key: dict[str, Any], signature: bytes, data: bytes) -> None:
    """Check a signature."""
    try:
        key["public"].verify(signature, data)
    except (InvalidSignature, ValueError):
        no("a signature does not hold")


# --- what is signed --------------------------------------------------------------------------------------------------


class Statement:
    """A signed statement."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.protected, header, other, self.signature = cose(data)
        need(set(header) == {1, 2, 4, 15, 258, 259, EXCHANGE} and not other, "a statement has other fields")
        need(header[2] == [EXCHANGE, 258] and header[258] == -16, "a statement has other fields")
        claims, said = header[15], header[EXCHANGE]
        need(isinstance(claims, dict) and set(claims) == {1, 2, 6} and isinstance(said, dict), "the claims differ")
        names = {"commitment", "legal_basis", "payload_digest", "respond_by", "simulation", "supersedes", "to", "type"}
        need(
            set(said) == names | {"version"} and type(said["version"]) is int and said["version"] == 1,
            "the fields differ",
        )
        self.key_id, self.media, self.said = digest(header[4]), header[259], said
        self.issuer, self.thread, self.issued = claims[1], claims[2], seconds(claims[6])
        for text in (self.issuer, self.thread, said["type"], said["legal_basis"], self.media):
            line(text)
        self.to = self.recipients(said["to"])
        need(isinstance(said["simulation"], bool), "the statement does not say whether it is a simulation")
        digest(said["commitment"]), digest(said["payload_digest"])
        need(said["supersedes"] is None or digest(said["supersedes"]), "the superseded message is none")
        due = said["respond_by"]
        need(due is None or seconds(due) > self.issued, "the deadline lies before the statement")
        self.signed = to_sign(self.protected, said["payload_digest"])
        self.id = sha256(self.signed).digest()

    def recipients(self, rows: Any) -> list[str]:
        """Read the recipients."""
        need(isinstance(rows, list) and 1 <= len(rows) <= 64, "the recipients cannot be read")
        names = []
        for row in rows:
            match row:
                case [str(name), int(number), None | bytes() as before] if type(number) is int and 0 < number < 1 << 63:
                    need((number == 1) == (before is None) and (before is None or digest(before)), "the row is broken")
                    names.append(line(name))
                case _:
                    no("a recipient cannot be read")
        need(len(set(names)) == len(names) and self.issuer not in names, "a recipient is named twice")
        return names

    def check(self, ring: Ring, *times: int) -> None:
        """Check the signature; the key must hold at each time."""
        for at in (self.issued, *times):
            found = owner_of(ring, self.issuer).key(self.key_id, "statement", at)
        check(found, self.signature, self.signed)


def line(value: Any) -> str:
    """Expect a short line of text."""
    if isinstance(value, str) and 1 <= len(value) <= 256 and value.isprintable() and value == value.strip():
        return value
    no("a text is no short line")


def hash_up(leaf: bytes, index: int, size: int, path: list[Any]) -> bytes:
    """Give the root that an inclusion path leads to, from the top down."""
    if size == 1:
        need(not path, "a proof is too long")
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    need(path, "a proof is too short")
    if index < half:
        return sha256(b"\1" + hash_up(leaf, index, half, path[:-1]) + digest(path[-1])).digest()
    return sha256(b"\1" + digest(path[-1]) + hash_up(leaf, index - half, size - half, path[:-1])).digest()


def grown(old: int, size: int, path: list[Any], root: bytes, whole: bool) -> tuple[bytes, bytes]:
    """Give the roots of the first `old` leaves and of all, as a consistency path says, from the top down."""
    if old == size:
        need(len(path) == (0 if whole else 1), "a proof between two states has another length")
        return (root, root) if whole else (digest(path[0]), digest(path[0]))
    need(path, "a proof between two states is too short")
    half, last = 1 << (size - 1).bit_length() - 1, digest(path[-1])
    if old <= half:
        left, right = grown(old, half, path[:-1], root, whole)
        return left, sha256(b"\1" + right + last).digest()
    left, right = grown(old - half, size - half, path[:-1], root, False)
    return sha256(b"\1" + last + left).digest(), sha256(b"\1" + last + right).digest()


def checkpoint(text: bytes, ring: Ring) -> tuple[str, int, bytes]:
    """Check a signed state of a register: origin, size, root. Both kinds of signature must hold."""
    try:
        body, tail = text.decode().split("\n\n", 1)
        origin, size_text, root_text = body.split("\n")
    except ValueError:
        no("a checkpoint has another form")
    rows = tail.split("\n")
    need(rows.pop() == "" and 1 <= len(rows) <= 32 and len(text.decode()) <= 131_072, "a checkpoint has another form")
    need(re.fullmatch(r"0|[1-9][0-9]{0,18}", size_text) and int(size_text) < 1 << 63, "a size is none")
    root, size = digest(base64_of(root_text)), int(size_text)
    need(re.fullmatch(r"[!-*,-~]{1,255}", origin), "a register has a name that none has")
    keys = owner_of(ring, origin)
    found: dict[str, tuple[dict[str, Any], bytes]] = {}
    for row in rows:
        match = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/]+=*)", row)
        need(match and "+" not in match[1], "a line of a checkpoint is no signature")
        assert match is not None  # noqa: S101 - for the reader; need() has stopped otherwise
        value = base64_of(match[2])
        need(len(value) > 4, "a line of a checkpoint is no signature")
        for key in keys.rows:
            kind = {"Ed25519": b"\1", "ML-DSA-44": b"\6"}.get(key["algorithm"], b"")
            hint = sha256(origin.encode() + b"\n" + kind + key["raw"]).digest()[:4]
            if key["purpose"] == "register" and (match[1], value[:4]) == (origin, hint):
                need(key["algorithm"] not in found, "a checkpoint is signed twice with one kind")
                found[key["algorithm"]] = (key, value[4:])
    need(set(found) == {"Ed25519", "ML-DSA-44"}, "a checkpoint lacks one of its two signatures")
    check(found["Ed25519"][0], found["Ed25519"][1], f"{body}\n".encode())
    second, value = found["ML-DSA-44"]
    name = bytes([len(origin)]) + origin.encode()
    signed = b"subtree/v1\n\0" + name + value[:8] + name + bytes(8) + size.to_bytes(8, "big") + root
    check(second, value[8:], signed)
    at = seconds(int.from_bytes(value[:8], "big"))
    for used, _ in found.values():
        keys.key(used["id"], "register", at)
    return origin, size, root


def cosigned(text: bytes, state: tuple[str, int, bytes], ring: Ring) -> dict[str, int]:
    """Check the signatures of witnesses under a checked state: when each signed."""
    origin, size, root = state
    found: dict[str, int] = {}
    rows = text.decode().split("\n\n", 1)[1].splitlines()
    for name, value in ((row.split(" ")[1], base64_of(row.split(" ")[2])) for row in rows):
        if name == origin:
            continue
        keys = owner_of(ring, name)
        hints = {sha256(name.encode() + b"\n\6" + key["raw"]).digest()[:4]: key for key in keys.rows}
        key = hints.get(value[:4])
        need(key is not None and key["purpose"] == "witness" and name not in found, "a witness signed in another way")
        assert key is not None  # noqa: S101 - for the reader; need() has stopped otherwise
        at = seconds(int.from_bytes(value[4:12], "big"))
        parts = (bytes([len(name)]) + name.encode(), value[4:12], bytes([len(origin)]) + origin.encode(), bytes(8))
        check(key, value[12:], b"subtree/v1\n\0" + b"".join(parts) + size.to_bytes(8, "big") + root)
        keys.key(key["id"], "witness", at)
        found[name] = at
    need(len(rows) == 2 + len(found), "a witnessed state carries other lines")
    return found


def base64_of(text: str) -> bytes:
    """Read Base 64 in its one form."""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        no("a text is not in Base 64")
    need(base64.b64encode(value).decode() == text, "a text is not in Base 64")
    return value


def receipt(data: bytes, entry: bytes, states: dict[str, tuple[int, bytes]], ring: Ring) -> dict[str, Any]:
    """Check a receipt for an entry, against the state of its register."""
    match read(entry):
        case [int(version), str(event), bytes(message), bytes(about), int(at)] if type(version) is int and version == 1:
            digest(message), digest(about), seconds(at)
        case _:
            no("an entry has another form")
    protected, header, other, signature = cose(data, 8192)
    need(set(header) == {1, 4, 15, 395, TREE_SIZE} and header[395] == 1, "a receipt has other fields")
    claims = header[15]
    need(type(header[395]) is int and isinstance(claims, dict) and set(claims) == {1, 2, 6}, "a receipt claims less")
    match other:
        case {396: {-1: [bytes(proof)], **more}, **rest} if not more and not rest:
            proven = read(proof)
        case _:
            no("a receipt carries no proof")
    match proven:
        case [int(size), int(position), list(path)] if bool not in (type(size), type(position)):
            need(0 <= position < size < 1 << 63 and len(path) < 64, "a proof has no place in its register")
        case _:
            no("a proof has another form")
    need(type(header[TREE_SIZE]) is int and header[TREE_SIZE] == size, "a proof is over another register")
    need(claims[2] == message.hex(), "a receipt is for another message")
    keys = owner_of(ring, claims[1])
    key = keys.key(header[4], "register", seconds(claims[6]))
    need(key["algorithm"] == "Ed25519", "a receipt is signed with another kind of key")
    root = hash_up(sha256(b"\0" + entry).digest(), position, size, path)
    check(key, signature, to_sign(protected, root))
    need(states.get(keys.owner) == (size, root), "a receipt does not fit the signed state of its register")
    return {"by": keys.owner, "event": event, "message": message, "about": about, "at": at, "position": position}


# --- the whole -------------------------------------------------------------------------------------------------------


def judge(members: dict[str, bytes], trusted: list[Keys], told: list[str]) -> None:
    """Check everything in a bundle, and tell what it proves."""
    statement = Statement(members["statement.cose"])
    if statement.said["simulation"]:
        told.append("SIMULATION. An exercise: no act of a real State.")
    brought = [Keys(content) for name, content in members.items() if name.startswith("keys/")]
    need(len({keys.owner for keys in brought}) == len(brought), "the bundle brings two histories of one authority")
    pins = {keys.owner: keys for keys in trusted}
    asked, quorum = policy_of(members.get("policy.json", b""))
    known = all(keys.owner in pins or keys.owner in asked for keys in brought)
    need(not pins or known, "a signer is not among the key histories given")
    everyone = {**{keys.owner: keys for keys in brought}, **pins}
    ring = pins or everyone
    maker = manifest(members, statement, ring)
    statement.check(ring)
    states: dict[str, tuple[int, bytes]] = {}
    for name, content in members.items():
        if name.startswith("checkpoints/"):
            origin, size, root = checkpoint(content, ring)
            need(origin not in states, "the bundle brings two states of one register")
            states[origin] = (size, root)
    steps = [step(members, number, statement, states, ring) for number in numbers(members)]
    need(len({(row["entered"], row["by"]) for row in steps}) == len(steps), "two receipts are about one event")
    seen = witnessed(members, states, steps, ring, everyone)
    need(all(set(signed) <= asked for signed in seen.values()), "a witness signed that nobody asked for")
    times(statement, steps, ring)
    enclosed(members, statement)
    calls = "" if pins else " (calls itself so)"
    told.append(f"Message {statement.id.hex()}, {statement.said['type']}, signed by {statement.issuer}{calls}")
    for row in sorted(steps, key=lambda row: row["at"]):
        told.append(f"  {row['event']} {shown(row['at'])} by {row['by']}{calls} {row['detail']}".rstrip())
    for event, what in (("delivered", "delivery"), ("opened", "opening"), ("answered", "an answer")):
        told += [f"  NOT proven: {what} by {name}" for name in statement.to if (event, name) not in done(steps)]
    for name in sorted(states):
        counted = {witness: at for witness, at in seen.get(name, {}).items() if witness in ring}
        when = sorted(counted.values())
        who = f"{len(counted)} of the {quorum} witnesses asked for signed a state of the register of {name}"
        if quorum and len(when) >= quorum:
            told.append(
                f"  posted {shown(when[quorum - 1])}: {who} that holds this: {', '.join(sorted(counted))}{calls}"
            )
        else:
            told.append(f"  NOT proven: that third parties saw the register of {name}: {who}.")
    told.append("  NOT proven: times (each register's own clock).")
    told.append(f"Bundle made by {maker}{calls}. Everything in it is as claimed.")


def policy_of(data: bytes) -> tuple[set[str], int]:
    """Read which witnesses are asked for, and how many must sign."""
    try:
        policy = json.loads(data)
    except (ValueError, RecursionError):
        policy = None
    match policy:
        case {"version": int(version), "witnesses": list(names), "quorum": int(quorum), **more} if not more:
            whole = type(version) is int and version == 1 and type(quorum) is int and len(names) <= 16
            need(
                whole and all(isinstance(name, str) and name.isprintable() for name in names),
                "the policy has another form",
            )
            need(len(set(names)) == len(names), "the policy names a witness twice")
            need(1 <= quorum <= len(names) or (not names and quorum == 0), "the policy asks for too few or too many")
            form = json.dumps(policy, sort_keys=True).encode()
            need(form == data, "the policy has another form")
            return set(names), quorum
    no("the policy has another form")


def witnessed(
    members: dict[str, bytes], states: dict[str, tuple[int, bytes]], steps: list[dict[str, Any]], ring: Ring, all_: Ring
) -> dict[str, dict[str, int]]:
    """Check the states that witnesses signed: by register, when each witness signed."""
    found: dict[str, dict[str, int]] = {}
    for number in sorted({name[10:12] for name in members if name.startswith("witnessed/")}):
        text, proof = members.get(f"witnessed/{number}.txt"), members.get(f"witnessed/{number}.cbor")
        if text is None or proof is None:
            no("a witnessed state is there in part")
        state = checkpoint(text, ring)
        origin, size, root = state
        need(origin in states and origin not in found, "a witnessed state fits no register")
        path, (later, new_root) = read(proof), states[origin]
        need(isinstance(path, list) and len(path) < 64 and 0 < size <= later, "a proof between states has another form")
        need(grown(size, later, path, root, True) == (root, new_root), "a witnessed state is not part of the later one")
        need(any(row["by"] == origin and row["position"] < size for row in steps), "a witnessed state is about nothing")
        found[origin] = cosigned(text, state, all_)
    return found


def done(steps: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Give what was done, by whom."""
    return {(row["event"], row["by"]) for row in steps}


def manifest(members: dict[str, bytes], statement: Statement, ring: Ring) -> str:
    """Check the signed manifest and give its maker."""
    protected, header, other, signature = cose(members["manifest.cose"])
    need(set(header) == {1, 3, 4, 15} and not other, "the manifest is signed in another way")
    need(header[3] == "application/vnd.dcx.manifest+json", "the manifest is signed in another way")
    claims = header[15]
    need(isinstance(claims, dict) and set(claims) == {1, 6}, "the manifest names no maker and time")
    keys, at = owner_of(ring, claims[1]), seconds(claims[6])
    check(keys.key(header[4], "statement", at), signature, to_sign(protected, members["manifest.json"]))
    try:
        said = json.loads(members["manifest.json"])
    except (ValueError, RecursionError):
        no("the manifest is no JSON")
    own = {"manifest.json", "manifest.cose"}
    expected = {
        "version": 1,
        "maker": keys.owner,
        "made_at": shown(at),
        "message_id": statement.id.hex(),
        "simulation": statement.said["simulation"],
        "members": {name: sha256(content).hexdigest() for name, content in members.items() if name not in own},
    }
    need(said == expected and type(said["version"]) is int, "the manifest is not that of the bundle")
    return keys.owner


def numbers(members: dict[str, bytes]) -> list[str]:
    """Give the numbers of the receipts."""
    found = sorted({name[9:12] for name in members if name.startswith("receipts/")})
    for number in found:
        pair = {f"receipts/{number}.entry.cbor", f"receipts/{number}.receipt.cose"}
        need(pair <= set(members), "a receipt is there in part")
    return found


def step(
    members: dict[str, bytes], number: str, statement: Statement, states: dict[str, tuple[int, bytes]], ring: Ring
) -> dict[str, Any]:
    """Check one receipt, who may say what it says, and the record it is about."""
    entry = members[f"receipts/{number}.entry.cbor"]
    row = receipt(members[f"receipts/{number}.receipt.cose"], entry, states, ring)
    need(row["message"] == statement.id, "a receipt is for another message")
    row["entered"] = row["event"]
    if re.fullmatch(r"attempt-failed\.([2-9]|[1-9][0-9])", row["event"]):
        row["event"] = "attempt-failed"
    third = BY_RECIPIENT if row["by"] in statement.to else BY_COURIER
    need(
        row["event"] in (BY_SENDER if row["by"] == statement.issuer else third),
        "a register speaks of what it cannot know",
    )
    record = members.get(f"receipts/{number}.detail.cbor")
    row["detail"] = ""
    if row["event"] in ("registered", "couriered", "delivered"):
        need(record is None and row["about"] == sha256(statement.data).digest(), "a receipt is for other bytes")
    elif record is not None:
        need(sha256(record).digest() == row["about"], "a record is not the one entered")
        row["detail"] = detail(record, row, statement, ring)
    return row


def detail(record: bytes, row: dict[str, Any], statement: Statement, ring: Ring) -> str:
    """Read the record of an event."""
    if row["event"] == "answered":
        reply = Statement(record)
        reply.check(ring, row["at"])
        need(statement.issuer in reply.to, "the answer is not for the sender")
        need((reply.issuer, reply.thread) == (row["by"], statement.thread), "the answer is to another message")
        return f"with {reply.said['type']} {reply.id.hex()}"
    said, kinds = read(record), RECORDS[row["event"]]
    need(isinstance(said, dict) and set(said) == {*kinds, "version"}, "a record differs")
    need(type(said["version"]) is int and said["version"] == 1, "a record differs")
    for name, kind in kinds.items():
        need(type(said[name]) is kind, "a record differs")
        need(kind is not str or (said[name].isprintable() and len(said[name]) <= 200), "a record differs")
    need(said.get("way", "hand") in ATTEMPTS or row["event"] == "notified-otherwise", "a record names no way")
    need(said.get("way", "paper") in NOTICES or row["event"] == "attempt-failed", "a record names no way")
    if row["event"] == "overdue":
        due = statement.said["respond_by"]
        need(due is not None and said["due"] == due <= row["at"], "the deadline that passed is another")
        return f"(deadline {shown(due)})"
    texts = [value.hex() if isinstance(value, bytes) else value for name, value in said.items() if name != "version"]
    return f"({', '.join(texts)})"


def times(statement: Statement, steps: list[dict[str, Any]], ring: Ring) -> None:
    """Check that the times fit one another."""
    for one in steps:
        for other in steps:
            ordered = one["position"] < other["position"] and one["at"] > other["at"]
            need(not (one["by"] == other["by"] and ordered), "entries are not in the order of their times")
    for sent in (row["at"] for row in steps if row["event"] == "registered"):
        statement.check(ring, sent)
        need(-CLOCKS <= sent - statement.issued <= DAY, "the statement claims another time than its entry")
        need(all(sent - row["at"] <= CLOCKS for row in steps), "a message was received before it was sent")


def enclosed(members: dict[str, bytes], statement: Statement) -> None:
    """Check sealed content, opened content and calendar."""
    said = statement.said
    if "sealed.cbor" in members:
        need(sha256(members["sealed.cbor"]).digest() == said["payload_digest"], "sealed content is not the one signed")
    clear, salt = members.get("content.json"), members.get("content.salt")
    if clear is None or salt is None:
        need(not {"content.json", "content.salt", "document.html", "calendar.txt"} & set(members), "content is cut")
        return
    made = sha256(b"drugcontrol commitment 1\n" + salt + clear).digest()
    need(len(salt) == 32 and made == said["commitment"], "the content is not the one signed")
    try:
        message = json.loads(clear)
    except (ValueError, RecursionError):
        no("the content is no JSON")
    match message:
        case {"type": str(kind), "simulation": bool(flag), "sender": {"urn": str(sender)}}:
            need((kind, flag, sender) == (said["type"], said["simulation"], statement.issuer), "the header differs")
        case _:
            no("the content lacks what the header says")
    match message:
        case {"recipients": list(rows), "legal_basis": list(basis)}:
            names = [row.get("urn") if isinstance(row, dict) else None for row in rows]
            need(names == statement.to and all(isinstance(code, str) for code in basis), "the header differs")
            need(" ".join(basis) == said["legal_basis"] and statement.media == "application/json", "the header differs")
        case _:
            no("the content lacks what the header says")
    due = message.get("answer_by")
    if due is not None or said["respond_by"] is not None:
        try:
            moment = datetime.fromisoformat(due["at"])
        except (TypeError, KeyError, ValueError):
            no("the deadline cannot be read")
        need(moment.tzinfo is not None and moment.timestamp() == said["respond_by"], "the deadline differs")
    if "calendar.txt" in members:
        named = due.get("calendar_digest") if isinstance(due, dict) else None
        need(named == sha256(members["calendar.txt"]).hexdigest(), "the calendar is another")


def verdict(data: bytes, trusted: list[Keys]) -> tuple[int, list[str]]:
    """Judge a bundle: exit code and what to print."""
    told: list[str] = []
    try:
        if len(data) > MOST:
            raise Unreadable("the file is too long")
        judge(members_of(data), trusted, told)
    except Unreadable as error:
        return 2, [f"UNREADABLE: {error}."]
    except NotAsClaimed as error:
        return 1, [*[row for row in told if row.startswith("SIMULATION")], f"NOT AS CLAIMED: {error}."]
    return 0, told


def main(arguments: list[str]) -> int:
    """Run as a script."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        trusted = [Keys(Path(name).read_bytes()) for name in arguments[1:]]
        with Path(arguments[0]).open("rb") as file:
            data = file.read(MOST + 1)
    except (OSError, NotAsClaimed) as error:
        print(f"UNREADABLE: {error}.")
        return 2
    code, told = verdict(data, trusted)
    print("\n".join(told))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
