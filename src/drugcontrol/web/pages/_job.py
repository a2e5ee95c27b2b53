"""What the pages of a screening job share: finding it for who may see or change it, and what its templates show."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from litestar import Request, Response
from litestar.exceptions import NotFoundException, PermissionDeniedException

from drugcontrol.law.model import KINDS
from drugcontrol.web.jobs.desk import Desk, left
from drugcontrol.web.jobs.store import Job, Outcome, Preview, Progress, State
from drugcontrol.web.jobs.upload import Upload
from drugcontrol.web.owner import owner_of
from drugcontrol.web.problems import Problem
from drugcontrol.web.security import FORM_COOKIE, token_fits
from drugcontrol.web.site import Site

R = TypeVar("R", bound=Response[Any])

ROLES = ("smiles", "name", "cas", "day_column", "places_column")
"""What a column can hold, in the order of the form."""


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


def owned(request: Request[Any, Any, Any], desk: Desk, job_id: str) -> Job:
    """Give a job to its owner; nobody else changes it."""
    job = found(desk, job_id)
    if owner_of(request) != job.owner:
        raise PermissionDeniedException
    return job


def check_token(request: Request[Any, Any, Any], site: Site, taken: Upload) -> None:
    """Refuse a form with a file that does not carry the token of this browser."""
    if not token_fits(taken.fields.get("_csrf_token", ""), request.cookies.get(FORM_COOKIE, ""), site.settings):
        raise PermissionDeniedException


def shared(request: Request[Any, Any, Any], desk: Desk, job: Job) -> dict[str, Any]:
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
