"""The decisions of this browser: see them, take one back, carry them to the command line and in from it."""

import asyncio
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.params import URLEncodedBody
from litestar.response import File, Redirect, Template

from drugcontrol.errors import DrugcontrolError
from drugcontrol.screen.decisions import Decisions, read_decisions
from drugcontrol.web.inject import PageWords, TheDesk, TheSite
from drugcontrol.web.jobs.upload import Upload, receive
from drugcontrol.web.owner import owner_of, owner_or_new
from drugcontrol.web.pages._job import check_token
from drugcontrol.web.render import page

_MAX_FILE = 10_000_000


class WithdrawForm(msgspec.Struct, kw_only=True):
    """What a decision is about."""

    subject: str
    place: str
    questions: str


@get("/screen/decisions", sync_to_thread=True)
def decisions(request: Request[Any, Any, Any], site: TheSite, desk: TheDesk, words: PageWords) -> Template:
    """Show every decision, newest first."""
    return page(
        request,
        "screen_decisions.html",
        words,
        here="/screen",
        **_listed(desk.decisions(owner_of(request)), site.today()),
    )


@get("/screen/decisions/file", sync_to_thread=True)
def decisions_file(request: Request[Any, Any, Any], desk: TheDesk) -> File:
    """Give the decisions as the command line reads them."""
    owner = owner_of(request)
    path = desk.store.decisions(owner) if owner else None
    if path is None or not path.exists():
        raise NotFoundException
    return File(path, filename="decisions.csv", media_type="text/csv")


@post("/screen/decisions/withdraw", sync_to_thread=True)
def withdraw(
    request: Request[Any, Any, Any],
    desk: TheDesk,
    words: PageWords,
    data: URLEncodedBody[WithdrawForm],
) -> Redirect:
    """Take a decision back."""
    owner = owner_of(request)
    if owner:
        about = (data.subject, data.place, tuple(sorted(data.questions.split())))
        desk.change(owner, lambda held: held.without(*about))
    return Redirect(f"/{words.language}/screen/decisions", status_code=303)


@post("/screen/decisions/upload", opt={"exclude_from_csrf": True}, request_max_body_size=None)
async def take_in(request: Request[Any, Any, Any], site: TheSite, desk: TheDesk, words: PageWords) -> Redirect:
    """Add the decisions of a file to those that are held; the later one of two about the same counts."""
    owner, cookies = owner_or_new(request, site.settings)
    with TemporaryDirectory(dir=desk.store.root, prefix="gone-") as directory:
        path = Path(directory) / "decisions.csv"

        def begin(taken: Upload) -> Path:
            check_token(request, site, taken)
            return path

        await receive(request.stream(), request.headers.get("content-type", ""), _MAX_FILE, begin)
        try:
            given = await asyncio.to_thread(read_decisions, path)
        except DrugcontrolError as error:
            error.code, error.message = "decision_file", error.message.replace(str(path), "decisions.csv")
            raise
    await asyncio.to_thread(desk.change, owner, lambda held: Decisions.of([*held, *given]))
    return Redirect(f"/{words.language}/screen/decisions", status_code=303, cookies=cookies)


def _listed(held: Decisions, today: date) -> dict[str, Any]:
    newest = sorted(held, key=lambda decision: decision.on, reverse=True)
    return {"decisions": [(decision, decision.counts_on(today)) for decision in newest]}


HANDLERS = (decisions, decisions_file, withdraw, take_in)
