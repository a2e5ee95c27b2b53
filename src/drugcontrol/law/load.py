"""Reading the law: from the data files, from a compiled edition, from the cache.

A wheel carries ``data/edition.json``. In a source checkout the YAML files are the law; they are compiled once and kept
in the user's cache directory under the digest of their bytes: an edited row is seen at once and an old one never.
"""

import hashlib
from pathlib import Path

import msgspec
import platformdirs

from drugcontrol.errors import DataError, ReadError
from drugcontrol.law import rows
from drugcontrol.law.files import DATA, digest, encode, read_files
from drugcontrol.law.model import Law
from drugcontrol.law.validate import problems

COMPILED = DATA / "edition.json"
"""The compiled edition; only a built wheel has it."""

_EXPORT = "Use a file written by “drugcontrol law export”, unchanged."


def load_law(edition: Path | None = None) -> Law:
    """Load the law that the package carries, or another edition from a file.

    Parameters
    ----------
    edition : Path, optional
        A file written by ``drugcontrol law export``.

    Raises
    ------
    ReadError
        When the file is no edition of this format.
    DataError
        When data files of a source checkout do not fit.
    """
    if edition is not None:
        return _decode(edition)
    if COMPILED.exists():
        return _decode(COMPILED)
    cached = Path(platformdirs.user_cache_dir("drugcontrol")) / f"edition-{_digest_of_files(DATA)}.json"
    if cached.exists():
        try:
            return _decode(cached)
        except ReadError:
            pass  # a damaged or older cache file is written anew below
    files = read_files()
    if found := problems(files):
        raise DataError(found)
    compiled = encode(files.edition())
    _keep(cached, compiled)
    return Law.of(msgspec.json.decode(compiled, type=rows.Edition), digest(compiled))


def _decode(path: Path) -> Law:
    try:
        compiled = path.read_bytes()
        return Law.of(msgspec.json.decode(compiled, type=rows.Edition), digest(compiled))
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
    except msgspec.DecodeError as error:
        raise ReadError(f"{path} is no edition of the law: {error}.", _EXPORT) from None
    except (ValueError, KeyError) as error:  # a day that does not exist, an id that nothing bears
        raise ReadError(f"{path} is an edition whose rows do not fit together: {error}.", _EXPORT) from None


def _digest_of_files(data: Path) -> str:
    seen = hashlib.sha256((DATA.parent / "law" / "rows.py").read_bytes())  # another form of rows is another cache
    for path in sorted(data.rglob("*.yaml")):
        seen.update(str(path.relative_to(data)).encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:32]


def _keep(path: Path, compiled: bytes) -> None:
    """Write the cache if that is possible; a machine without a writable home just compiles each time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{hashlib.sha256(compiled).hexdigest()[:8]}.part")
        draft.write_bytes(compiled)
        draft.replace(path)
    except OSError:
        return
