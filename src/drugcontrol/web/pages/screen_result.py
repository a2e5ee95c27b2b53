"""The result of a screening job: counts, a page of rows, downloads, and decisions on what is to be reviewed."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import File, Redirect, Stream, Template

from drugcontrol.dates import parse_day
from drugcontrol.law import Law
from drugcontrol.law.rows import Text
from drugcontrol.report.words import Words
from drugcontrol.screen.decisions import Choice, Decision, Decisions
from drugcontrol.web.inject import PageWords, PathId, Places, Short, TheDesk, TheSite
from drugcontrol.web.jobs.desk import Desk
from drugcontrol.web.jobs.exports import csv_of, named_after
from drugcontrol.web.jobs.finding import keep_text, kept_text
from drugcontrol.web.jobs.store import Counts, Job, Outcome, Preview
from drugcontrol.web.jobs.table import FILTERS, SORTABLE, View, of_line
from drugcontrol.web.jobs.table import page as page_of
from drugcontrol.web.pages._job import choosing, failure, found, offered, owned, running, shared, unkept
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site

_LABEL = 300
"""Characters of what a row is called."""


class DecisionForm(msgspec.Struct, kw_only=True):
    """The form of a row that is to be reviewed, and where to go back to."""

    subject: str
    place: str
    questions: str
    choice: Choice
    by: str
    why: str
    until: str
    name: str = ""
    view: str = ""
    line: str = ""
    everywhere: str = ""


class FindForm(msgspec.Struct, kw_only=True):
    """What is looked for in a result."""

    text: str = ""
    view: str = ""


@dataclass(frozen=True)
class Row:
    """A row as the page shows it: its cells, what it is called, and a decision that the next run will honour."""

    cells: dict[str, str]
    label: str
    status: str
    instrument: Text
    schedule: Text
    law_of: str
    recorded: Decision | None


@get("/screen/job/{job_id:str}", sync_to_thread=True)
def job(
    request: Request[Any, Any, Any],
    site: TheSite,
    desk: TheDesk,
    words: PageWords,
    job_id: PathId,
    show: Short = "",
    places: Places = "",
    sort: Short = "",
    order: Short = "",
    find: Short = "",
    number: Annotated[int, QueryParameter(name="page", ge=1, le=10_000_000)] = 1,
) -> Template:
    """Show a job: the preview, how far it is, what came out, or why it could not be done."""
    asked = found(desk, job_id)
    context = shared(request, desk, asked)
    match context["state"]:
        case "ready":
            context |= choosing(site, desk, asked, offered(site, desk, asked))
            if context["preview"] is None:  # taken away since the state was asked for: it is being read again
                context |= running(desk, asked, "reading")
        case "failed":
            context |= {"problem": failure(desk, asked)}
        case "done":
            view = View(
                show=show if show in FILTERS else "",
                place=places if places in site.law.jurisdictions else "",
                sort=sort if sort in SORTABLE else "input_line",
                falling=order == "falling",
                page=number,
                text=kept_text(desk.store.directory(asked.id), find),
            )
            decisions = desk.decisions(asked.owner) if context["is_owner"] else None
            context |= _result(site, desk, asked, view, find if view.text else "", decisions)
        case _:
            context |= running(desk, asked, context["state"])
    day = parse_day(asked.question.day) if asked.question else None
    return unkept(page(request, "screen_job.html", words, asked_day=day, **context))


@get("/screen/job/{job_id:str}/result/{ending:str}", sync_to_thread=True)
def download(desk: TheDesk, job_id: PathId, ending: PathId) -> Response[Any]:
    """Give the whole result as a file."""
    asked = found(desk, job_id)
    if desk.store.state(asked) != "done":
        raise NotFoundException
    directory = desk.store.directory(asked.id)
    name = named_after(asked.source, ending)
    match ending:
        case "csv":
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
            preview = desk.store.read(asked.id, "preview", Preview)
            content = csv_of(directory / "result.parquet", preview.delimiter if preview else ",")
            return unkept(Stream(content, media_type="text/csv", headers=headers))
        case "parquet":
            return unkept(
                File(directory / "result.parquet", media_type="application/vnd.apache.parquet", filename=name)
            )
        case "html":
            return unkept(File(directory / "report.html", media_type="text/html", filename=name))
        case _:
            raise NotFoundException


@post("/screen/job/{job_id:str}/decide", sync_to_thread=True)
def decide(
    request: Request[Any, Any, Any],
    site: TheSite,
    desk: TheDesk,
    words: PageWords,
    job_id: PathId,
    data: URLEncodedBody[DecisionForm],
) -> Redirect:
    """Record what someone decided on a row; the next run honours it."""
    asked = owned(request, desk, job_id)
    decision = Decision(
        subject=data.subject,
        place=site.law.place(data.place),
        questions=tuple(sorted(data.questions.split())),
        choice=data.choice,
        by=data.by.strip(),
        why=" ".join(data.why.split()),
        on=site.today(),
        until=parse_day(data.until),
        name=data.name,
    )
    decisions = [decision]
    if data.everywhere and about_the_row(data.questions):
        for cells in of_line(desk.store.directory(asked.id) / "result.parquet", data.line):
            if cells["subject"] == data.subject and about_the_row(cells["questions"]):
                questions = tuple(cells["questions"].split())
                decisions.append(replace(decision, place=cells["jurisdiction"], questions=questions))
    desk.change(asked.owner, lambda held: reduce(Decisions.with_one, decisions, held))
    return _back(words, asked, dict(parse_qsl(data.view)))


def about_the_row(questions: str) -> bool:
    """Say whether the questions are of the row alone, whatever the law of a place: its name and structure disagree.

    Examples
    --------
    >>> about_the_row("un-1961-fentanyl:identifiers_disagree"), about_the_row("ca-fentanyls-1997:open_standard")
    (True, False)
    """
    asked = {question.rpartition(":")[2] for question in questions.split()}
    return asked == {"identifiers_disagree"}


@post("/screen/job/{job_id:str}/find", sync_to_thread=True)
def find(desk: TheDesk, words: PageWords, job_id: PathId, data: URLEncodedBody[FindForm]) -> Redirect:
    """Look for a name or number in a result; what is looked for stays out of the address."""
    asked = found(desk, job_id)
    view = dict(parse_qsl(data.view)) | {"page": "", "find": keep_text(desk.store.directory(asked.id), data.text)}
    return _back(words, asked, view)


def _back(words: Words, asked: Job, view: dict[str, str]) -> Redirect:
    """Lead back to the rows that were looked at."""
    query = {key: view.get(key, "") for key in ("find", "show", "in", "sort", "order", "page")}
    return Redirect(address(f"/{words.language}/screen/job/{asked.id}", query) + "#rows", status_code=303)


def _result(
    site: Site, desk: Desk, asked: Job, view: View, found_by: str, decisions: Decisions | None
) -> dict[str, Any]:
    """Give counts and one page of rows; decisions are those of the owner, None for anybody else."""
    outcome = desk.store.read(asked.id, "outcome", Outcome)
    if outcome is None or outcome.counts is None:  # deleted since its state was asked for
        raise NotFoundException
    names = _labels(desk, asked, outcome.counts)
    view = replace(view, within=tuple(names))
    shown = page_of(desk.store.directory(asked.id) / "result.parquet", view)
    query = {
        "find": found_by,
        "show": view.show,
        "in": view.place,
        "sort": view.sort if view.sort != "input_line" else "",
        "order": "falling" if view.falling else "",
        "page": str(shown.number) if shown.number > 1 else "",
    }
    return {
        "counts": outcome.counts,
        "shown": shown,
        "rows": [_row(site.law, cells, names, decisions) for cells in shown.rows],
        "view": view,
        "query": query,
        "query_text": urlencode({key: value for key, value in query.items() if value}),
        "filters": FILTERS,
        "about_the_row": about_the_row,
        "sortable": SORTABLE,
        "input_columns": outcome.counts.columns,
        "places": site.law.jurisdictions,
        "today": site.today().isoformat(),
        "report_full": outcome.counts.report_rows < desk.store.limits.report_rows,
    }


def _labels(desk: Desk, asked: Job, counts: Counts) -> list[str]:
    """Give the columns of the result that say what a row is, best first."""
    preview = desk.store.read(asked.id, "preview", Preview)
    assert asked.question is not None  # noqa: S101 - the job is done
    assert preview is not None  # noqa: S101
    renamed = dict(zip(dict.fromkeys(preview.columns), counts.columns, strict=True))
    question = asked.question
    chosen = [question.name, "name" if preview.has_structures else "", question.cas, question.smiles]
    return [renamed[column] for column in chosen if column in renamed]


def _row(law: Law, cells: dict[str, str], names: list[str], decisions: Decisions | None) -> Row:
    partial = cells["status"] == "not_listed" and cells["coverage"] != "complete"
    instrument = law.instruments.get(cells["instrument"])
    schedules = {schedule.id: schedule.name for schedule in instrument.schedules} if instrument else {}
    recorded = None
    if cells["status"] == "review" and decisions is not None:
        recorded = decisions.about(cells["subject"], cells["jurisdiction"], cells["questions"].split())
        if recorded is not None and _shown_already(recorded, cells):
            recorded = None
    return Row(
        cells=cells,
        label=next((cells[name][:_LABEL] for name in names if cells[name]), ""),
        status="not_listed_partial" if partial else cells["status"] or "error",
        instrument=instrument.title if instrument else {"en": cells["instrument"]},
        schedule=schedules.get(cells["schedule"], {"en": cells["schedule"]}),
        law_of=instrument.jurisdiction if instrument else "",
        recorded=recorded,
    )


def _shown_already(recorded: Decision, cells: dict[str, str]) -> bool:
    """Say whether the run of this result had the decision."""
    had = (cells["decided_by"], cells["decision_reason"], cells["decided_on"], cells["decided_until"])
    return had == (recorded.by, recorded.why, recorded.on.isoformat(), recorded.until.isoformat())


HANDLERS = (job, download, decide, find)
