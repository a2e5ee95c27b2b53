"""Screening a file: take it in, choose columns, day and places, watch it, throw it away."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from drugcontrol.errors import DrugcontrolError, UsageError
from drugcontrol.report.words import Words
from drugcontrol.web.inject import PageWords, PathId, Short, TheDesk, TheSite
from drugcontrol.web.jobs.desk import EXAMPLES, Desk
from drugcontrol.web.jobs.store import Job, Preview, Question
from drugcontrol.web.jobs.upload import Upload, receive, suffix_of
from drugcontrol.web.owner import owner_of, owner_or_new
from drugcontrol.web.pages._job import ROLES, check_token, choosing, found, owned, running, shared, unkept
from drugcontrol.web.problems import Problem, problem_of
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site


class StartForm(msgspec.Struct, kw_only=True):
    """The form below the preview."""

    smiles: str = ""
    name: str = ""
    cas: str = ""
    day_column: str = ""
    places_column: str = ""
    on: str = ""
    places: str | list[str] = msgspec.field(name="in", default="")
    kind: str | list[str] = ""
    to: str = ""
    everything: str = ""


class ExampleForm(msgspec.Struct, kw_only=True):
    """The buttons of the examples."""

    name: str = ""


@get("/screen", sync_to_thread=True)
def screen(request: Request[Any, Any, Any], desk: TheDesk, words: PageWords, problem: Short = "") -> Template:
    """Show the form for a file, the examples, and the files of this browser."""
    owner = owner_of(request)
    jobs = [(job, desk.store.state(job)) for job in desk.store.of(owner)] if owner else []
    known = problem if words.has("problem", problem) else ""
    return page(
        request,
        "screen.html",
        words,
        jobs=jobs,
        examples=EXAMPLES,
        limits=desk.store.limits,
        decided=len(desk.decisions(owner)),
        problem=Problem(code=known, message="") if known else None,
    )


@post("/screen/upload", opt={"exclude_from_csrf": True}, request_max_body_size=None)
async def upload(request: Request[Any, Any, Any], site: TheSite, desk: TheDesk, words: PageWords) -> Redirect:
    """Take a file in, piece by piece; its token is compared before a byte of the file is written."""
    owner, cookies = owner_or_new(request, site.settings)
    limit = desk.store.limits.upload_bytes
    jobs: list[Job] = []
    try:
        with ExitStack() as taking_in:

            def begin(taken: Upload) -> Path:
                check_token(request, site, taken)
                making = desk.taking_in(owner, taken.name, suffix_of(taken.name), words.language)
                jobs.append(taking_in.enter_context(making))
                return desk.store.input(jobs[0])

            await receive(request.stream(), request.headers.get("content-type", ""), limit, begin)
    except UsageError as error:
        return Redirect(address(f"/{words.language}/screen", {"problem": error.code}), status_code=303)
    return _to(words, jobs[0], cookies)


@post("/screen/example", sync_to_thread=True)
def example(
    request: Request[Any, Any, Any], site: TheSite, desk: TheDesk, words: PageWords, data: URLEncodedBody[ExampleForm]
) -> Redirect:
    """Take in one of the files that are shipped."""
    owner, cookies = owner_or_new(request, site.settings)
    try:
        return _to(words, desk.example(owner, data.name, words.language), cookies)
    except UsageError as error:
        return Redirect(address(f"/{words.language}/screen", {"problem": error.code}), status_code=303)


@get("/screen/job/{job_id:str}/progress", sync_to_thread=True)
def progress(request: Request[Any, Any, Any], desk: TheDesk, words: PageWords, job_id: PathId) -> Template:
    """Give the part of the page that changes while a job runs; once it does no more, ask for the whole page."""
    job = found(desk, job_id)
    state = desk.store.state(job)
    template = unkept(page(request, "_screen_progress.html", words, **running(desk, job, state)))
    if state not in ("reading", "queued", "running"):
        template.headers["hx-refresh"] = "true"
    return template


@post("/screen/job/{job_id:str}/start", status_code=200, sync_to_thread=True)
def start(
    request: Request[Any, Any, Any],
    site: TheSite,
    desk: TheDesk,
    words: PageWords,
    job_id: PathId,
    data: URLEncodedBody[StartForm],
) -> Redirect | Template:
    """Start a job with the columns, the day and the places of the form."""
    job = owned(request, desk, job_id)
    if desk.store.state(job) != "ready":
        return _to(words, job)
    try:
        desk.start(job, _question(site, desk, job, data))
    except DrugcontrolError as error:
        status, problem = problem_of(error)
        context = shared(request, desk, job) | choosing(site, desk, job, msgspec.structs.asdict(data))
        return page(request, "screen_job.html", words, status=status, kept=False, problem=problem, **context)
    return _to(words, job)


@post("/screen/job/{job_id:str}/again", sync_to_thread=True)
def again(request: Request[Any, Any, Any], desk: TheDesk, words: PageWords, job_id: PathId) -> Redirect:
    """Screen the same file once more: with the decisions, and the law, of now."""
    job = owned(request, desk, job_id)
    try:
        return _to(words, desk.again(job))
    except UsageError as error:
        return Redirect(address(f"/{words.language}/screen", {"problem": error.code}), status_code=303)


@post("/screen/job/{job_id:str}/delete", sync_to_thread=True)
def delete(request: Request[Any, Any, Any], desk: TheDesk, words: PageWords, job_id: PathId) -> Redirect:
    """Throw a job away with its file and results; a running one is ended."""
    desk.delete(owned(request, desk, job_id))
    return Redirect(f"/{words.language}/screen", status_code=303)


def _question(site: Site, desk: Desk, job: Job, data: StartForm) -> Question:
    question = site.question(data.on, data.places, data.kind, data.to)
    preview = desk.store.read(job.id, "preview", Preview)
    assert preview is not None  # noqa: S101 - the job is ready
    columns = {role: getattr(data, role) for role in ROLES}
    if any(column and column not in preview.columns for column in columns.values()):
        raise UsageError("There is no such column.", "Choose from the columns of the file.", code="job_no_column")
    if not (data.smiles or data.name or data.cas or preview.has_structures):
        hint = "Choose the column of the structure, the name or the CAS number."
        raise UsageError("No column says what the substance is.", hint, code="job_no_column")
    return Question(
        day=question.day.isoformat(),
        places=question.places,
        kinds=question.kinds,
        to=question.to,
        everything=bool(data.everything),
        **columns,
    )


def _to(words: Words, job: Job, cookies: Sequence[Cookie] = ()) -> Redirect:
    return Redirect(f"/{words.language}/screen/job/{job.id}", status_code=303, cookies=cookies)


HANDLERS = (screen, upload, example, progress, start, again, delete)
