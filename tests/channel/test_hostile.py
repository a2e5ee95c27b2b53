"""Hostile input crashes neither verifier and takes bounded memory: nested and endless CBOR, zip bombs, huge headers.

Each case runs in a process of its own that may use no more than 512 MB of address space. DRUGCONTROL_FUZZ sets the
number of random changes beyond the fixed cases.
"""

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from drugcontrol.channel import bundle, verifier
from drugcontrol.channel.evidence import make_bundle
from drugcontrol.channel.exchange import read_exchange, write_exchange
from drugcontrol.channel.history import write_history
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.channel.witnessing import cosign
from drugcontrol.check.status import Checker
from drugcontrol.errors import DrugcontrolError, ReadError
from tests.channel.offices import answered, hours, offices, request

FUZZ = int(os.environ.get("DRUGCONTROL_FUZZ", "600"))
MEGABYTES = 512

_ALONE = """
import resource, sys
from pathlib import Path
from drugcontrol.channel import verifier
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.errors import ReadError

data = Path(sys.argv[1]).read_bytes()
limit = int(sys.argv[2]) * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    first = verify_bundle(data).code
except ReadError:
    first = 2
print(first, verifier.verdict(data, [])[0])
"""

HEADERS = {
    "ten megabytes of text": b"\xd2\x84\x5a\x00\x98\x96\x80" + b"\xa1\x01\x7a\x00\x98\x96\x78" + b"a" * 10_000_000,
    "a length beyond the file": b"\xd2\x84\x5b" + b"\x7f" * 8,
    "arrays in arrays": b"\xd2" + b"\x81" * 60_000,
    "maps in maps": b"\xd2" + b"\xa1\x01" * 30_000,
    "tags on tags": b"\xd2" + b"\xc1" * 60_000,
    "an array without an end": b"\xd2\x9f" + b"\x00" * 60_000,
    "an array of four thousand million": b"\xd2\x9a\xff\xff\xff\xff",
    "a map of four thousand million": b"\xd2\xba\xff\xff\xff\xff",
    "a decimal fraction with a huge exponent": b"\xd2\xc4\x82\x1a\x7f\xff\xff\xff\x01",
    "a big float": b"\xd2\xc5\x82\x1b" + b"\x7f" * 8 + b"\x01",
    "shared references": b"\xd2\xd8\x1c\x81\xd8\x1d\x00",
    "a regular expression": b"\xd2\xd8\x23\x6a(a+)+$aaaa",
}


def zips() -> dict[str, bytes]:
    """Make zips that claim or hold more than a bundle may."""
    found = {}
    for name, method in (("a bomb", zipfile.ZIP_DEFLATED), ("a bomb in another packing", zipfile.ZIP_LZMA)):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            archive.writestr("manifest.json", bytes(100_000_000 if method == zipfile.ZIP_DEFLATED else 10_000_000))
        found[name] = file.getvalue()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"receipts/{number % 1000:03}.entry.cbor{number}", b"")
    found["twenty thousand members"] = file.getvalue()
    whole = bytearray(bundle.write_zip({"manifest.json": b"{}", "manifest.cose": b"", "statement.cose": b""}))
    struct.pack_into("<I", whole, whole.index(b"PK\1\2") + 24, 0xFFFF_FFFE)
    found["a member that claims four gigabytes"] = bytes(whole)
    found["members that overlap"] = bytes(whole).replace(b"statement.cose", b"manifest.cose\0")
    return found


def members(**more: bytes) -> dict[str, bytes]:
    named = {"manifest.json": b"{}", "manifest.cose": b"", "statement.cose": b""}
    return named | {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}


def cases() -> Iterator[tuple[str, bytes, int]]:
    """Give hostile files with the code that both verifiers answer."""
    for name, header in HEADERS.items():
        yield f"statement: {name}", bundle.write_zip(members(statement_cose=header)), 1
    yield "a manifest nested deep", bundle.write_zip(members(manifest_json=b"[" * 9_000_000)), 1
    yield "a key history nested deep", bundle.write_zip(members(keys__01_json=b'{"owner":' * 900_000)), 1
    yield "a policy nested deep", bundle.write_zip(members(policy_json=b'{"a":' * 900_000)), 1
    yield "a policy with a number of a million digits", bundle.write_zip(members(policy_json=b"1" * 1_000_000)), 1
    stranger = b'{"quorum": 1, "version": 1, "witnesses": ["\\ud800"]}'
    yield "a witness whose name is no text", bundle.write_zip(members(policy_json=stranger)), 1
    yield (
        "an owner whose name is no text",
        bundle.write_zip(members(keys__01_json=b'{"owner": "\\ud800", "keys": []}')),
        1,
    )
    for name, data in zips().items():
        yield name, data, 2
    yield "fifty megabytes of nothing", bytes(50_000_000), 2


CASES = list(cases())


@pytest.mark.parametrize(("name", "data", "code"), CASES, ids=[name for name, _, _ in CASES])
def test_a_hostile_file_is_refused_in_bounded_memory(tmp_path: Path, name: str, data: bytes, code: int) -> None:
    file = tmp_path / "hostile.dcx.zip"
    file.write_bytes(data)
    command = [sys.executable, "-c", _ALONE, str(file), str(MEGABYTES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == [str(code), str(code)], (name, done.stderr)


def test_ten_megabytes_of_header_are_no_file_of_the_channel() -> None:
    for name, header in HEADERS.items():
        with pytest.raises(DrugcontrolError):
            read_exchange(header[1:])
        assert name


def changed(data: bytes, draw: random.Random) -> bytes:
    """Change some bytes, cut, double or insert CBOR heads with absurd lengths."""
    at = draw.randrange(len(data))
    match draw.randrange(5):
        case 0:
            return data[:at] + draw.randbytes(draw.randint(1, 9)) + data[at + draw.randint(0, 9) :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[draw.randrange(len(data)) :]
        case 3:
            return (
                data[:at]
                + draw.choice([b"\x9f", b"\xbf", b"\x5b", b"\x9b", b"\xbb", b"\xd9"])
                + b"\xff" * 8
                + data[at:]
            )
        case _:
            return data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]


def test_fuzzed_members_and_files_are_refused_or_hold_and_nothing_else(checker: Checker, tmp_path: Path) -> None:
    """Fuzzed members stand in a zip and under a manifest that are whole, so that each parser is reached."""
    xa, xb, xc = offices(tmp_path, "XA", "XB", "XC")
    sent = answered(xa, xb, checker)
    whole = bundle.unpack(make_bundle(xa, sent.message_id, hours(2), open_content=True, with_sealed=True))
    facts = {"message_id": sent.message_id.hex(), "simulation": True}
    parts = {name: content for name, content in whole.items() if not name.startswith("manifest")}
    file = write_exchange(request(xa, checker, hours(3)))
    draw, key, trust = random.Random(20230406), xa.secret("statement"), xa.keyring()
    pinned = [verifier.Keys(write_history(history).encode()) for history in trust.values()]
    answers = [0, 0]
    for _ in range(FUZZ):
        name = draw.choice(sorted(parts))
        fuzzed = changed(parts[name], draw)
        if fuzzed == parts[name]:
            continue
        data = bundle.pack({**parts, name: fuzzed}, facts, xa.name, key, hours(2))
        codes = verify_bundle(data, trust).code, verifier.verdict(data, pinned)[0]
        assert codes[0] == codes[1], name
        assert codes[0] == 1 or name == "document.html" or name.startswith("keys/"), name
        answers[codes[0]] += 1
        with suppress(DrugcontrolError):
            read_exchange(changed(file, draw))
        with suppress(DrugcontrolError):
            cosign(xc, changed(whole["checkpoints/01.txt"], draw).decode(errors="replace"), hours(4))
    assert answers[1] > FUZZ // 2
    with pytest.raises(ReadError):
        read_exchange(file[:-1])
