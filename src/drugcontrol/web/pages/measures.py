"""Measures of States: listed, and two places side by side."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter
from litestar.response import Template

from drugcontrol.errors import UsageError
from drugcontrol.report import measures as text
from drugcontrol.report.words import Words
from drugcontrol.situation.measure_rows import KINDS, MeasureKind
from drugcontrol.situation.measures import Measures, compare, read_kinds, read_places
from drugcontrol.web.citation import law_citation
from drugcontrol.web.inject import PageWords, PathId, TheSite
from drugcontrol.web.render import address, page
from drugcontrol.web.site import Site
from drugcontrol.web.twins import File, csv_file, json_file

Many = Annotated[list[str] | None, QueryParameter(name="in", max_length=300)]
Beside = Annotated[bool, QueryParameter(name="beside")]
Kinds = Annotated[list[str] | None, QueryParameter(name="kind", max_length=300)]

FILES = ("measures.csv", "measures.json")
"""The twins of the page."""


@get("/measures", sync_to_thread=True)
def measures(
    request: Request[Any, Any, Any],
    site: TheSite,
    words: PageWords,
    places: Many = None,
    kinds: Kinds = None,
    beside: Beside = False,
) -> Template:
    """List measures by place, oldest first; or two places side by side. What is not held is said."""
    held = site.situation.measures
    codes, wanted = read_places(held, ",".join(places or [])), read_kinds(",".join(kinds or []))
    if beside and len(codes) != 2:
        raise UsageError("Two places are compared.", "Name two of them.", code="two_places", field="in")
    query = {"in": ",".join(codes), "kind": ",".join(wanted)}
    path = f"/{words.language}/measures"
    return page(
        request,
        "measures.html",
        words,
        held=held,
        codes=codes,
        wanted=wanted,
        kinds=KINDS,
        beside=compare(held, codes[0], codes[1], wanted) if beside else None,
        found={code: held.select((code,), wanted) for code in codes},
        gaps={code: list(_gaps(site, held, code, wanted, words)) for code in codes},
        names={code: site.law.jurisdictions[code].name for code in held.places()},
        title=text.title,
        day_text=text.day_text,
        beside_rows=text.beside_rows,
        files={name: address(f"{path}/{name}", query) for name in FILES},
        citation=law_citation(site, words, f"{words('situation', 'measures')}: {', '.join(codes)}", site.today()),
        share=address(path, query | {"beside": "true" if beside else "", "edition": site.law.edition_name}),
    )


@get("/measures/{name:str}", sync_to_thread=True)
def file(site: TheSite, words: PageWords, name: PathId, places: Many = None, kinds: Kinds = None) -> File:
    """Give a twin of the page."""
    if name not in FILES:
        raise NotFoundException
    held = site.situation.measures
    codes, wanted = read_places(held, ",".join(places or [])), read_kinds(",".join(kinds or []))
    rows = [text.value(item, words) for item in held.select(codes, wanted)]
    return json_file(rows) if name == "measures.json" else csv_file([_flat(row) for row in rows], "measures")


def _gaps(site: Site, held: Measures, code: str, wanted: tuple[MeasureKind, ...], words: Words) -> Any:
    names = {code: words.text(site.law.jurisdictions[code].name)}
    return text.gaps(code, held.select((code,), wanted), wanted, names, words)


def _flat(row: dict[str, Any]) -> dict[str, str]:
    """Put the instrument beside the other cells, and lists into one."""
    instrument = row["instrument"]
    cells = {key: value for key, value in row.items() if key != "instrument"}
    cells |= {"instrument": instrument["name"], "number": instrument["number"], "address": instrument["address"]}
    return {key: "; ".join(value) if isinstance(value, list) else str(value or "") for key, value in cells.items()}


HANDLERS = (measures, file)
