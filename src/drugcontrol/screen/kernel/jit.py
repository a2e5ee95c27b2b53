"""Compiling the functions of the kernel: numba where it is installed; without it the kernel is not used at all."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., Any])

AVAILABLE = find_spec("numba") is not None
"""False where numba is missing: then every row takes the full check, with the same answers."""


def compiled(function: Function) -> Function:
    """Compile a function that works on arrays and holds no lock; the result is kept on disk for the next process.

    numba looks for changes in the file of the function alone, by time and size. Functions here use constants and
    functions of other files, so the place on disk is named by the content of all of them.
    """
    if not AVAILABLE:
        return function
    import numba

    config: Any = numba.config

    before = config.CACHE_DIR
    config.CACHE_DIR = _place()
    try:
        return cast(Function, numba.njit(cache=True, nogil=True)(function))
    finally:
        config.CACHE_DIR = before


def compiled_before() -> bool:
    """Say whether the functions lie on disk from an earlier process; else compiling them takes a while."""
    return any(Path(_place()).rglob("*.nbi"))


@cache
def _place() -> str:
    content = sha256(version("numba").encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        content.update(path.read_bytes())
    return str(user_cache_path("drugcontrol") / f"kernel-{content.hexdigest()[:16]}")
