"""The law itself: places with what is held, instruments with their schedules, class rules as a lawyer's sheet."""

from collections.abc import Iterable
from datetime import date
from itertools import chain, islice
from typing import Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from drugcontrol.check import Identified
from drugcontrol.check.question import FAMILIES
from drugcontrol.law.coverage import lists_held
from drugcontrol.law.model import Substance
from drugcontrol.law.rows import ClassRuleRow, InstrumentRow, JurisdictionRow
from drugcontrol.law.rules import rule_texts
from drugcontrol.report.coverage import coverage_rows, coverage_values, lawgivers
from drugcontrol.report.instrument import entries_on, entry_values
from drugcontrol.report.sheet import facts, sections, sheet_values
from drugcontrol.report.words import Words
from drugcontrol.web.answer import Picture, shown
from drugcontrol.web.citation import law_citation
from drugcontrol.web.inject import PageWords, PathId, Short, TheSite
from drugcontrol.web.pages.law_changes import year_before
from drugcontrol.web.pages.law_time import PAIR
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, csv_file

_TRIED = 60
"""Substances that are looked at to find one that shows a rule."""


@get("/law", sync_to_thread=True)
def law(request: Request[Any, Any, Any], site: TheSite, words: PageWords) -> Template:
    """Show the way to places, instruments and rules, and to what compares and orders them."""
    today = site.today()
    return page(
        request,
        "law.html",
        words,
        places=site.law.jurisdictions,
        instruments=list(site.law.instruments.values()),
        rules=site.law.edition.rules,
        families=FAMILIES,
        pair=PAIR,
        today=today.isoformat(),
        year_ago=year_before(today).isoformat(),
    )


@get("/law/places/{place:str}", sync_to_thread=True)
def place(request: Request[Any, Any, Any], site: TheSite, words: PageWords, place: PathId, on: Short = "") -> Template:
    """Show one place: what is held of its lists on a day, what is held of them at all, and what is not."""
    row, day = _place(site, place), site.day(on)
    groups = lawgivers(site.law, row.id)
    mine = [item for item in site.law.instruments.values() if item.jurisdiction in groups]
    held = [item for item in site.law.coverage if item.instrument.jurisdiction in groups]
    path = f"/{words.language}/law/places/{row.id}"
    return page(
        request,
        "place.html",
        words,
        asked_day=day,
        row=row,
        day=day,
        lists=lists_held(site.law, row.id, day),
        instruments=mine,
        held=held,
        texts=[text for text in site.law.rules if text.instrument.jurisdiction in groups],
        known=coverage_rows(site.law, row.id)["known"],
        share=address(path, {"on": day.isoformat(), "edition": site.law.edition_name}),
        citation=law_citation(site, words, words.text(row.name), day),
        files={
            "coverage.csv": f"{path}/coverage.csv",
            "coverage.json": address("/api/v1/coverage", {"in": row.id}),
        },
    )


@get("/law/places/{place:str}/coverage.csv", sync_to_thread=True)
def place_file(site: TheSite, place: PathId) -> File:
    """Give what is held of the lists of a place as rows."""
    row = _place(site, place)
    return csv_file(coverage_values(site.law, row.id), f"coverage-{row.id}")


@get("/law/instruments/{instrument_id:str}", sync_to_thread=True)
def instrument(
    request: Request[Any, Any, Any], site: TheSite, words: PageWords, instrument_id: PathId, on: Short = ""
) -> Template:
    """Show one instrument as it stood on a day: its schedules with entries and their days, its acts, its sources."""
    row = _instrument(site, instrument_id)
    day = site.day(on)
    path, query = f"/{words.language}/law/instruments/{row.id}", {"on": day.isoformat()}
    return page(
        request,
        "instrument.html",
        words,
        asked_day=day,
        row=row,
        day=day,
        place=site.law.jurisdictions[row.jurisdiction],
        by_schedule=list(entries_on(site.law, row, day)),
        texts=[text for text in site.law.rules if text.instrument is row],
        share=address(path, query | {"edition": site.law.edition_name}),
        citation=law_citation(site, words, words.text(row.title), day),
        files={
            "entries.csv": address(f"{path}/entries.csv", query),
            "entries.json": address(f"/api/v1/instruments/{row.id}", {"date": query["on"]}),
        },
    )


@get("/law/instruments/{instrument_id:str}/entries.csv", sync_to_thread=True)
def instrument_file(site: TheSite, instrument_id: PathId, on: Short = "") -> File:
    """Give the entries of an instrument on a day as rows."""
    row = _instrument(site, instrument_id)
    day = site.day(on)
    rows = [entry_values(entry) for _, entries, _ in entries_on(site.law, row, day) for entry in entries]
    return csv_file(rows, f"{row.id}-{day.isoformat()}")


@get("/law/rules/{rule_id:str}", sync_to_thread=True)
def rule(request: Request[Any, Any, Any], site: TheSite, words: PageWords, rule_id: PathId, on: Short = "") -> Template:
    """Show a class rule as the sheet that a lawyer signs off, and which of its texts was in force on a day."""
    texts, day = rule_texts(site.law, rule_id), site.day(on)
    row = texts[0].rule
    members = _members(site, row)
    return page(
        request,
        "rule.html",
        words,
        asked_day=day,
        row=row,
        day=day,
        texts=texts,
        in_force=[(text, text.in_force(day)[0].value) for text in texts],
        about=facts(site.law, texts, words),
        sections=[(title, lines) for title, lines in sections(site.law, texts, words) if lines],
        members=members,
        picture=_picture(site, row, members, day, words),
        share=address(
            f"/{words.language}/law/rules/{row.id}", {"on": day.isoformat(), "edition": site.law.edition_name}
        ),
        citation=law_citation(site, words, words.text(row.title), day),
        files={
            "rule.csv": f"/{words.language}/law/rules/{row.id}/rule.csv",
            "rule.json": f"/api/v1/rules/{row.id}",
        },
    )


@get("/law/rules/{rule_id:str}/rule.csv", sync_to_thread=True)
def rule_file(site: TheSite, words: PageWords, rule_id: PathId) -> File:
    """Give the sheet of a class rule as rows, in the language of the page."""
    texts = rule_texts(site.law, rule_id)
    return csv_file(sheet_values(site.law, texts, words), f"rule-{texts[0].rule.id}")


def _place(site: Site, code: str) -> JurisdictionRow:
    row = site.law.jurisdictions.get(code.upper())
    if row is None:
        raise NotFoundException
    return row


def _instrument(site: Site, instrument_id: str) -> InstrumentRow:
    row = site.law.instruments.get(instrument_id)
    if row is None:
        raise NotFoundException
    return row


def _members(site: Site, row: ClassRuleRow) -> list[Substance]:
    """Give registered substances that clauses name as members; their pages draw them with the clauses coloured."""
    ids = [item for clause in row.clauses for item in clause.members if isinstance(item, str)]
    return [site.law.substances[item] for item in dict.fromkeys(ids) if site.law.substances[item].structure]


def _picture(
    site: Site, row: ClassRuleRow, members: Iterable[Substance], day: date, words: Words
) -> tuple[Picture, Substance] | None:
    """Draw the first registered substance that the rule reaches on a day, with what each clause changes coloured."""
    families = set(row.families)
    others = (item for item in site.law.substances.values() if item.structure and families & set(item.families))
    question = site.question(day.isoformat(), [site.law.instruments[row.instrument].jurisdiction])
    for substance in islice(chain(members, others), _TRIED):
        asked = Identified(substance.name, "name", substance=substance)
        picture = shown(site, asked, question, words).picture
        if picture is not None and picture.of.hit is not None and picture.of.hit.rule.rule is row:
            return picture, substance
    return None


HANDLERS = (law, place, place_file, instrument, instrument_file, rule, rule_file)
