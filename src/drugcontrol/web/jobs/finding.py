"""What someone looks for in a result: kept beside it, so that an address holds an id, never a name or a structure."""

import re
import secrets
from pathlib import Path

from drugcontrol.web.jobs.store import put

_ID = re.compile(r"[0-9a-f]{16}")
_MOST = 50
LONGEST = 300


def keep_text(directory: Path, text: str) -> str:
    """Keep a text in the directory of a job; give the id by which an address names it, drawn by chance.

    An id made from the text would let a reader of addresses try names and structures against it. Old ones make room.
    """
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return ""
    found = secrets.token_hex(8)
    kept = sorted(directory.glob("find-*"), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - _MOST + 1)]:
        path.unlink(missing_ok=True)
    put(directory / f"find-{found}", text.encode())
    return found


def kept_text(directory: Path, found: str) -> str:
    """Give the text of an id; empty where there is none."""
    if not _ID.fullmatch(found):
        return ""
    try:
        return (directory / f"find-{found}").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
