"""Evidence: drop a bundle, and read what it proves, by whom, and what it does not. Nothing is kept."""

import asyncio
from dataclasses import dataclass
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import UploadFile
from litestar.response import Template

from drugcontrol.channel.bundle import MAX_BUNDLE
from drugcontrol.channel.history import KeyHistory, read_history
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import Verdict, verify_bundle
from drugcontrol.errors import DrugcontrolError, UsageError
from drugcontrol.web.inject import PageWords
from drugcontrol.web.problems import problem_of
from drugcontrol.web.render import page

_MAX_HISTORY = 1_000_000


@get("/verify", sync_to_thread=False)
def verify(request: Request[Any, Any, Any], words: PageWords) -> Template:
    """Show the form."""
    return page(request, "verify.html", words)


@post("/verify", status_code=200, request_max_body_size=MAX_BUNDLE + 4 * _MAX_HISTORY)
async def verified(request: Request[Any, Any, Any], words: PageWords) -> Template:
    """Judge the bundle as ``drugcontrol verify`` does; an unreadable file leads back to the form with the reason."""
    form = await request.form()
    bundles, trusted = await _files(form.getall("bundle", [])), await _files(form.getall("trust", []))
    try:
        verdict = await asyncio.to_thread(_judged, bundles, trusted)
    except DrugcontrolError as error:
        status, problem = problem_of(error)
        return page(request, "verify.html", words, status=status, problem=problem, kept=False)
    lines = tuple(tell(verdict, words.language))
    return page(
        request,
        "verify.html",
        words,
        kept=False,
        verdict=verdict,
        unproven=_unproven(verdict),
        told=_told(lines[1:] if verdict.simulation else lines),
        simulation=lines[0] if verdict.simulation else "",
        name=bundles[0].name,
    )


@dataclass(frozen=True)
class _Sent:
    """A file of the form: what the sender calls it, and its bytes."""

    name: str
    content: bytes


def _unproven(verdict: Verdict) -> bool:
    """Say whether the sender only calls itself so: nothing in a bundle proves who made its keys."""
    statement = verdict.statement
    return not verdict.code and statement is not None and statement.header.issuer in verdict.unpinned


async def _files(parts: list[Any]) -> list[_Sent]:
    """Read the files of a field; one that was not chosen is a part without a name."""
    sent = []
    for part in parts:
        if isinstance(part, UploadFile) and part.filename:
            sent.append(_Sent(part.filename, await part.read()))
            await part.close()
    return sent


def _judged(bundles: list[_Sent], trusted: list[_Sent]) -> Verdict:
    """Judge the first bundle, by the keys of the files where there are some.

    Raises
    ------
    UsageError
        When no bundle was chosen, or a file of keys is none.
    ReadError
        When the bundle is none.
    """
    if not bundles:
        hint = "Choose a bundle, a file whose name ends in .dcx.zip."
        raise UsageError("No file was chosen.", hint, code="no_file", field="bundle")
    return verify_bundle(bundles[0].content, _keys(trusted) or None)


def _keys(files: list[_Sent]) -> dict[str, KeyHistory]:
    """Read key histories.

    Raises
    ------
    UsageError
        When a file is no key history, or two tell of the same authority and differ.
    """
    found: dict[str, KeyHistory] = {}
    for file in files:
        hint = "Use the key-history.json of the authority."
        if len(file.content) > _MAX_HISTORY:
            raise UsageError("The file of keys is too large.", hint, code="no_keys", field="trust")
        try:
            history = read_history(file.content.decode())
        except (UnicodeDecodeError, DrugcontrolError):
            raise UsageError("The file of keys is no key history.", hint, code="no_keys", field="trust") from None
        if found.setdefault(history.owner, history) != history:
            said = f"There are two key histories of {history.owner}."
            raise UsageError(said, "Keep the right one.", code="keys_twice", field="trust")
    return found


def _told(lines: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Put the lines of a verdict under their headings: text and, below it, what stands in as a list."""
    told: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("  ") and told:
            told[-1][1].append(line.strip().removeprefix("- "))
        else:
            told.append((line.strip(), []))
    return told


HANDLERS = (verify, verified)
