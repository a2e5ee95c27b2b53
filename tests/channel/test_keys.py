"""Keys and their files; the signature checks answer the public vectors as these say."""

import gzip
import json
import os
from pathlib import Path

import pytest

from drugcontrol.channel.keys import ALGORITHMS, Algorithm, PublicKey, SecretKey, load_secret, save_secret
from drugcontrol.errors import DrugcontrolError, ReadError, SignatureError, UsageError

VECTORS = Path(__file__).parents[1] / "vectors"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("passphrase", [None, b"correct horse"])
def test_a_saved_key_is_the_same_key_when_loaded(
    tmp_path: Path, algorithm: Algorithm, passphrase: bytes | None
) -> None:
    key = SecretKey.generate(algorithm)
    save_secret(key, tmp_path / "key.pem", passphrase)
    assert load_secret(tmp_path / "key.pem", passphrase).public == key.public


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    save_secret(SecretKey.generate("Ed25519"), path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(ReadError, match="chmod 600"):
        load_secret(path)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    save_secret(SecretKey.generate("Ed25519"), tmp_path / "key.pem")
    before = (tmp_path / "key.pem").read_bytes()
    with pytest.raises(UsageError, match="never written over"):
        save_secret(SecretKey.generate("Ed25519"), tmp_path / "key.pem")
    assert (tmp_path / "key.pem").read_bytes() == before


def test_a_wrong_passphrase_a_damaged_file_and_a_missing_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    with pytest.raises(ReadError, match="cannot be read"):
        load_secret(path)
    save_secret(SecretKey.generate("ML-DSA-44"), path, b"one")
    for wrong in (b"two", None):
        with pytest.raises(ReadError, match="does not open"):
            load_secret(path, wrong)
    os.truncate(path, 60)
    with pytest.raises(ReadError, match="no key file"):
        load_secret(path)


def test_a_key_of_another_kind_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    save_secret(SecretKey("Ed25519", SecretKey.generate("ML-KEM-768/X25519").parts[1:]), path)
    with pytest.raises(ReadError, match="another kind"):
        load_secret(path)


def test_a_secret_key_does_not_show_itself() -> None:
    key = SecretKey.generate("Ed25519")
    assert key.parts[0].private_bytes_raw().hex() not in repr(key)
    assert "parts" not in repr(key)


def test_the_key_id_depends_on_the_algorithm() -> None:
    assert len({SecretKey.generate(algorithm).public.key_id for algorithm in ALGORITHMS}) == 3


def test_an_encryption_key_neither_signs_nor_verifies() -> None:
    key = SecretKey.generate("ML-KEM-768/X25519")
    with pytest.raises(UsageError):
        key.sign(b"text")
    with pytest.raises(SignatureError, match="signs nothing"):
        key.public.verify(b"", b"text")


@pytest.mark.parametrize("length", [0, 31, 33, 1311, 1312, 1216])
def test_bytes_of_the_wrong_length_are_no_key(length: int) -> None:
    with pytest.raises(ReadError):
        PublicKey("Ed25519", bytes(length))


def test_bytes_that_encode_no_key_are_no_key() -> None:
    with pytest.raises(ReadError, match="ML-KEM"):
        PublicKey("ML-KEM-768/X25519", b"\xff" * 1216)


def _wycheproof(algorithm: Algorithm) -> list[tuple[str, dict[str, str], str]]:
    if algorithm == "Ed25519":
        document = json.loads((VECTORS / "wycheproof-ed25519.json").read_text())
    else:
        document = json.loads(gzip.decompress((VECTORS / "wycheproof-mldsa44-verify.json.gz").read_bytes()))
    cases = []
    for group in document["testGroups"]:
        raw = group["publicKey"]["pk"] if algorithm == "Ed25519" else group["publicKey"]
        cases += [(raw, case, case["result"]) for case in group["tests"] if not case.get("ctx")]
    return cases


@pytest.mark.parametrize(("algorithm", "number"), [("Ed25519", 151), ("ML-DSA-44", 60)])
def test_every_wycheproof_signature_is_judged_as_published(algorithm: Algorithm, number: int) -> None:
    cases = _wycheproof(algorithm)
    assert len(cases) >= number
    for raw, case, result in cases:
        try:
            PublicKey(algorithm, bytes.fromhex(raw)).verify(bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
            judged = "valid"
        except DrugcontrolError:
            judged = "invalid"
        assert judged == result, case
