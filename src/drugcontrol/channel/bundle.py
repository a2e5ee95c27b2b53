"""The evidence bundle (``.dcx.zip``): a zip with one possible form, and a signed manifest over every member.

Members are stored without compression, in the order of their names, with fixed times and rights. One set of members
has one sequence of bytes; any other sequence is refused, so nothing can hide in a comment, a gap or a second entry.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drugcontrol.channel import instant, sign1
from drugcontrol.channel.history import KeyRing
from drugcontrol.channel.keys import SecretKey
from drugcontrol.errors import ReadError, SignatureError, UsageError

MAX_BUNDLE = 48 * 1024 * 1024
MAX_MEMBERS = 1000
MANIFEST, SIGNATURE, STATEMENT = "manifest.json", "manifest.cose", "statement.cose"
CONTENT_TYPE = "application/vnd.dcx.manifest+json"

_NAME = re.compile(
    r"manifest\.(json|cose)|statement\.cose|sealed\.cbor|content\.(json|salt)|document\.html|calendar\.txt|policy\.json"
    r"|(checkpoints/\d\d\.txt|keys/\d\d\.json|witnessed/\d\d\.(txt|cbor)|receipts/\d\d\d\.(entry\.cbor|receipt\.cose|detail\.cbor))"
)
_LABELS = {sign1.ALG, sign1.KID, sign1.CONTENT_TYPE, sign1.CWT_CLAIMS}
_TIME = (1980, 1, 1, 0, 0, 0)


def pack(members: Mapping[str, bytes], facts: Mapping[str, Any], maker: str, key: SecretKey, at: datetime) -> bytes:
    """Write a bundle.

    Parameters
    ----------
    members : mapping
        Content by name, without the manifest.
    facts : mapping
        What the manifest says of the message: ``message_id`` and ``simulation``.
    maker : str
        Who makes the bundle, and signs its manifest with the statement key.
    at : datetime
        UTC.
    """
    manifest = {
        **facts,
        "version": 1,
        "maker": maker,
        "made_at": instant.text(at),
        "members": {name: hashlib.sha256(content).hexdigest() for name, content in members.items()},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode()
    header = {
        sign1.CONTENT_TYPE: CONTENT_TYPE,
        sign1.CWT_CLAIMS: {sign1.ISS: maker, sign1.IAT: instant.seconds(at)},
    }
    signature = sign1.sign(key, header, text)
    return write_zip({**members, MANIFEST: text, SIGNATURE: signature})


def write_zip(members: Mapping[str, bytes]) -> bytes:
    """Write the one form of a zip with these members.

    Raises
    ------
    UsageError
        When a name is none of a bundle, or there is too much.
    """
    if len(members) > MAX_MEMBERS or sum(map(len, members.values())) > MAX_BUNDLE // 2:
        raise UsageError("A bundle holds no more than 1,000 members and 24 MiB.")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(members):
            if not _NAME.fullmatch(name):
                raise UsageError(f"“{name}” is no member of a bundle.")
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, members[name])
    return file.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Read a bundle's members, without believing them.

    Raises
    ------
    ReadError
        When the bytes are not the one form that these members have, or the statement or the manifest is missing.
    """
    if len(data) > MAX_BUNDLE:
        raise ReadError(f"A bundle has at most {MAX_BUNDLE:,} bytes.")
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            rows = archive.infolist()
            if len(rows) > MAX_MEMBERS or sum(row.file_size for row in rows) > len(data):
                raise ReadError("The bundle claims more than it holds.")
            for row in rows:
                if row.compress_type != zipfile.ZIP_STORED or not _NAME.fullmatch(row.filename):
                    raise ReadError("The bundle holds a member that none has.")
                members[row.filename] = archive.read(row)
        if write_zip(members) != data:
            raise ReadError("The bundle is not in the one form that its members have.")
    except (zipfile.BadZipFile, UsageError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
        raise ReadError("The file is no bundle, or was damaged.", "Ask for the .dcx.zip file again.") from None
    if not {MANIFEST, SIGNATURE, STATEMENT} <= members.keys():
        raise ReadError("The bundle lacks its manifest or its statement.")
    return members


def check_manifest(members: Mapping[str, bytes], keys: KeyRing) -> dict[str, Any]:
    """Say whether the maker signed the manifest, and the manifest is that of these members.

    Returns
    -------
    dict
        The manifest.

    Raises
    ------
    ReadError, SignatureError
        ``bad_manifest``, ``unknown_issuer``, ``bad_signature`` or what `KeyHistory.key` says.
    """
    signed = sign1.read(members[SIGNATURE])
    claims = signed.header.get(sign1.CWT_CLAIMS)
    if set(signed.header) != _LABELS or signed.unprotected or signed.header[sign1.CONTENT_TYPE] != CONTENT_TYPE:
        raise SignatureError("bad_manifest", "The signature of the manifest is of another kind.")
    if not isinstance(claims, dict) or set(claims) != {sign1.ISS, sign1.IAT}:
        raise SignatureError("bad_manifest", "The signature of the manifest names no maker and time.")
    maker, at = claims[sign1.ISS], instant.from_seconds(claims[sign1.IAT])
    history = keys.get(maker) if isinstance(maker, str) else None
    if history is None or not isinstance(signed.header[sign1.KID], bytes):
        raise SignatureError("unknown_issuer", "No key of the maker of the bundle is known here.")
    signed.check(history.key(signed.header[sign1.KID], "statement", at), members[MANIFEST])
    try:
        manifest = json.loads(members[MANIFEST])
    except (ValueError, RecursionError):
        manifest = None
    others = {name: content for name, content in members.items() if name not in (MANIFEST, SIGNATURE)}
    expected = {name: hashlib.sha256(content).hexdigest() for name, content in others.items()}
    if (
        not isinstance(manifest, dict)
        or set(manifest) != {"made_at", "maker", "members", "message_id", "simulation", "version"}
        or type(manifest["version"]) is not int
        or (manifest["version"], manifest["maker"], manifest["made_at"]) != (1, maker, instant.text(at))
        or manifest["members"] != expected
    ):
        raise SignatureError("bad_manifest", "The manifest is not that of the members of the bundle.")
    return manifest
