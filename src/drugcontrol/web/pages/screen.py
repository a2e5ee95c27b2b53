"""Screening a file: take it in, choose columns, day and places, watch it, throw it away."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from drugcontrol.errors import DrugcontrolError, UsageError
from drugcontrol.law.model import KINDS
from drugcontrol.report.words import Words
from drugcontrol.web.inject import PageWords, PathId, Short, TheDesk, TheSite
from drugcontrol.web.jobs.desk import EXAMPLES, Desk, left
from drugcontrol.web.jobs.store import Job, Outcome, Preview, Progress, Question, State
from drugcontrol.web.jobs.upload import Upload, receive, suffix_of
from drugcontrol.web.owner import owner_of, owner_or_new
from drugcontrol.web.problems import Problem, problem_of
from drugcontrol.web.render import address, page
from drugcontrol.web.security import FORM_COOKIE, token_fits
from drugcontrol.web.site import Site

Asked = Request[Any, Any, Any]
R = TypeVar("R", bound=Response[Any])

ROLES = ("smiles", "name", "cas", "day_column", "places_column")
"""What a column can hold, in the order of the form."""


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
def screen(request: Asked, desk: TheDesk, words: PageWords, problem: Short = "") -> Template:
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
async def upload(request: Asked, site: TheSite, desk: TheDesk, words: PageWords) -> Redirect:
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
    request: Asked, site: TheSite, desk: TheDesk, words: PageWords, data: URLEncodedBody[ExampleForm]
) -> Redirect:
    """Take in one of the files that are shipped."""
    owner, cookies = owner_or_new(request, site.settings)
    try:
        return _to(words, desk.example(owner, data.name, words.language), cookies)
    except UsageError as error:
        return Redirect(address(f"/{words.language}/screen", {"problem": error.code}), status_code=303)


@get("/screen/job/{job_id:str}/progress", sync_to_thread=True)
def progress(request: Asked, desk: TheDesk, words: PageWords, job_id: PathId) -> Template:
    """Give the part of the page that changes while a job runs; once it does no more, ask for the whole page."""
    job = found(desk, job_id)
    state = desk.store.state(job)
    template = unkept(page(request, "_screen_progress.html", words, **running(desk, job, state)))
    if state not in ("reading", "queued", "running"):
        template.headers["hx-refresh"] = "true"
    return template


@post("/screen/job/{job_id:str}/start", status_code=200, sync_to_thread=True)
def start(
    request: Asked, site: TheSite, desk: TheDesk, words: PageWords, job_id: PathId, data: URLEncodedBody[StartForm]
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
def again(request: Asked, desk: TheDesk, words: PageWords, job_id: PathId) -> Redirect:
    """Screen the same file once more: with the decisions, and the law, of now."""
    job = owned(request, desk, job_id)
    try:
        return _to(words, desk.again(job))
    except UsageError as error:
        return Redirect(address(f"/{words.language}/screen", {"problem": error.code}), status_code=303)


@post("/screen/job/{job_id:str}/delete", sync_to_thread=True)
def delete(request: Asked, desk: TheDesk, words: PageWords, job_id: PathId) -> Redirect:
    """Throw a job away with its file and results; a running one is ended."""
    desk.delete(owned(request, desk, job_id))
    return Redirect(f"/{words.language}/screen", status_code=303)


def unkept(answer: R) -> R:
    """Say that no browser keeps an answer: what is screened can be confidential."""
    answer.headers["cache-control"] = "no-store"
    return answer


def found(desk: Desk, job_id: str) -> Job:
    """Give a job, or say that there is no such page."""
    job = desk.store.find(job_id)
    if job is None:
        raise NotFoundException
    return job


def owned(request: Asked, desk: Desk, job_id: str) -> Job:
    """Give a job to its owner; nobody else changes it."""
    job = found(desk, job_id)
    if owner_of(request) != job.owner:
        raise PermissionDeniedException
    return job


def check_token(request: Asked, site: Site, taken: Upload) -> None:
    """Refuse a form with a file that does not carry the token of this browser."""
    if not token_fits(taken.fields.get("_csrf_token", ""), request.cookies.get(FORM_COOKIE, ""), site.settings):
        raise PermissionDeniedException


def shared(request: Asked, desk: Desk, job: Job) -> dict[str, Any]:
    """Give what every page of a job shows."""
    return {
        "here": "/screen",
        "job": job,
        "state": desk.store.state(job),
        "is_owner": owner_of(request) == job.owner,
        "days_left": left(job, desk.store.limits, datetime.now(tz=UTC)),
    }


def running(desk: Desk, job: Job, state: State) -> dict[str, Any]:
    """Give how far a job is, in the state in which the page shows it: meanwhile it may be in the next."""
    told = desk.store.read(job.id, "progress", Progress) or Progress()
    seconds = told.seconds * (1 - told.share) / told.share if told.share > 0.01 else 0.0
    return {
        "job": job,
        "state": state,
        "progress": told,
        "rate": round(told.rows / told.seconds) if told.seconds else 0,
        "seconds_left": round(seconds),
        "before": desk.runner.before(job.id),
    }


def choosing(site: Site, desk: Desk, job: Job, chosen: dict[str, Any]) -> dict[str, Any]:
    """Give the preview and what the form offers, with what was chosen."""
    places = chosen.get("places", ())
    kinds = chosen.get("kind", ())
    return {
        "preview": desk.store.read(job.id, "preview", Preview),
        "roles": ROLES,
        "chosen": chosen,
        "chosen_places": [places] if isinstance(places, str) else places,
        "chosen_kinds": [kinds] if isinstance(kinds, str) else kinds,
        "places": site.law.jurisdictions,
        "kinds": KINDS,
    }


def offered(site: Site, desk: Desk, job: Job) -> dict[str, Any]:
    """Give what the form holds at first: what was asked of the file before, else what its columns are called."""
    before = job.before
    if before is None:
        preview = desk.store.read(job.id, "preview", Preview)
        return {"on": site.today().isoformat(), **(preview.found if preview else {})}
    chosen = {role: getattr(before, role) for role in ROLES}
    everywhere = before.places == tuple(site.law.jurisdictions)
    chosen |= {"on": before.day, "places": () if everywhere else before.places, "kind": before.kinds, "to": before.to}
    return chosen | {"everything": "yes" if before.everything else ""}


def failure(desk: Desk, job: Job) -> Problem | None:
    """Give why a job could not be done."""
    outcome = desk.store.read(job.id, "outcome", Outcome)
    if outcome is None or outcome.counts is not None:
        return None
    return Problem(code=outcome.code, message=outcome.message, hint=outcome.hint)


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
