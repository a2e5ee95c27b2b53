"""The checks behind ``drugcontrol law check``: what the form of a row cannot say."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from drugcontrol.codes import cas_check_digit_holds, customs_digits, is_inchikey
from drugcontrol.dates import LegalDate
from drugcontrol.errors import Problem
from drugcontrol.law.files import LawFiles
from drugcontrol.law.names import normal_name
from drugcontrol.law.rows import InstrumentRow, Known, ListingRow, ProvisionRow, SubstanceRow, Text
from drugcontrol.law.validate_rules import rule_problems
from drugcontrol.law.yamlfile import LinedFile, Place


def problems(files: LawFiles) -> list[Problem]:
    """Give everything that does not fit, in the order of the files."""
    parts = (_substances(files), _jurisdictions(files), _instruments(files), rule_problems(files), _cases(files))
    return [problem for part in parts for problem in part]


def _substances(files: LawFiles) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    keys: dict[str, str] = {}
    numbers: dict[str, str] = {}
    names: dict[str, str] = {}
    for file, content in files.substances:
        for index, row in enumerate(content.substances):
            place: Place = ("substances", index)
            yield from _once(file, seen, row.id, row.id, (*place, "id"), "substance id")
            yield from _substance(file, row, place)
            for number in row.cas:
                yield from _once(file, numbers, number, row.id, (*place, "cas"), "CAS number")
            if row.structure is not None:
                where = (*place, "structure", "inchikey")
                yield from _once(file, keys, row.structure.inchikey, row.id, where, "InChIKey")
            for name in [row.name, *(name for group in row.names.values() for name in group)]:
                if names.setdefault(normal_name(name), row.id) != row.id:
                    other = names[normal_name(name)]
                    yield file.problem(f"The name “{name}” belongs to {other} too", "Keep it at one substance", *place)


def _substance(file: LinedFile, row: SubstanceRow, place: Place) -> Iterator[Problem]:
    for number in row.cas:
        if not cas_check_digit_holds(number):
            cure = "Look the number up again, or leave it out"
            yield file.problem(f"CAS {number} fails its check digit", cure, *place, "cas")
    for code in row.cn_codes:
        if customs_digits(code) is None:
            yield file.problem(f"“{code}” is no customs code", "Write it as 2933 39 99", *place, "cn_codes")
    if (row.structure is None) == (not row.no_structure):
        cure = "Give `structure`, or the reason in `no_structure`"
        yield file.problem(f"{row.id} needs either a structure or the reason why it has none", cure, *place)
    if row.structure is not None:
        if not is_inchikey(row.structure.inchikey):
            yield file.problem(f"“{row.structure.inchikey}” is no InChIKey", "Run make structures", *place, "structure")
        if not row.structure.witnesses:
            yield file.problem(f"The structure of {row.id} has no witness", "Name one", *place, "structure")


def _jurisdictions(files: LawFiles) -> Iterator[Problem]:
    file, content = files.jurisdictions
    for index, row in enumerate(content.jurisdictions):
        place: Place = ("jurisdictions", index)
        yield from _has_english(file, row.name, (*place, "name"))
        for membership in row.member_of:
            for text in filter(None, (membership.since, membership.until)):
                yield from _date(file, text, (*place, "member_of"))


def _instruments(files: LawFiles) -> Iterator[Problem]:
    substances = {row.id for _, content in files.substances for row in content.substances}
    jurisdictions = {row.id: row.languages for row in files.jurisdictions[1].jurisdictions}
    instrument_ids: dict[str, str] = {}
    listing_ids: dict[str, str] = {}
    for file, row in files.instruments:
        yield from _once(file, instrument_ids, row.id, row.id, ("id",), "instrument id")
        if row.jurisdiction not in jurisdictions:
            cure = "Add it to jurisdictions.yaml, or mend the code"
            yield file.problem(f"The jurisdiction {row.jurisdiction} is not known", cure, "jurisdiction")
        if file.path.parent.name != row.jurisdiction.lower():
            yield file.problem(
                f"A file of {row.jurisdiction} stands in {file.path.parent.name}/", "Move it", "jurisdiction"
            )
        yield from _has_english(file, row.title, ("title",))
        languages = jurisdictions.get(row.jurisdiction, ())
        if languages and not set(languages) & row.title.keys():
            what = f"The title is in no language in which the law of {row.jurisdiction} is written"
            yield file.problem(what, f"Add it as the law prints it, in one of {', '.join(languages)}", "title")
        yield from _instrument(file, row, substances)
        for index, listing in enumerate(row.listings):
            yield from _once(file, listing_ids, listing.id, listing.id, ("listings", index, "id"), "listing id")


def _instrument(file: LinedFile, row: InstrumentRow, substances: set[str]) -> Iterator[Problem]:
    whole = {source.id for source in row.sources if source.read in ("whole", "extract")}
    sources = {source.id for source in row.sources}
    schedules = {schedule.id for schedule in row.schedules}
    provisions = {provision.id: provision for provision in row.provisions}
    groups: list[tuple[str, list[str]]] = [
        ("sources", [source.id for source in row.sources]),
        ("schedules", [schedule.id for schedule in row.schedules]),
        ("provisions", [provision.id for provision in row.provisions]),
    ]
    for group, ids in groups:
        for index, item in enumerate(ids):
            if item in ids[:index]:
                yield file.problem(f"The id {item} is given twice in {group}", "Give one another id", group, index)
    for index, schedule in enumerate(row.schedules):
        yield from _has_english(file, schedule.name, ("schedules", index, "name"))
        yield from _known_ids(file, schedule.sources, sources, ("schedules", index, "sources"), "source")
        if schedule.within:
            yield from _known_ids(file, [schedule.within], schedules, ("schedules", index, "within"), "schedule")
    for index, provision in enumerate(row.provisions):
        place: Place = ("provisions", index)
        yield from _known_ids(file, provision.sources, sources, (*place, "sources"), "source")
        yield from _evidence(file, provision.known, provision.sources, whole, place)
        yield from _provision_dates(file, provision, place)
    for index, listing in enumerate(row.listings):
        place = ("listings", index)
        yield from _known_ids(file, listing.sources, sources, (*place, "sources"), "source")
        yield from _evidence(file, listing.known, listing.sources, whole, place)
        yield from _known_ids(file, [listing.substance], substances, (*place, "substance"), "substance")
        named_apart = (*listing.excludes, *listing.doubtful)
        yield from _known_ids(file, named_apart, substances, (*place, "excludes"), "substance")
        yield from _known_ids(file, [listing.schedule], schedules, (*place, "schedule"), "schedule")
        yield from _known_ids(file, listing.by, set(provisions), (*place, "by"), "provision")
        if listing.until:
            yield from _known_ids(file, [listing.until], set(provisions), (*place, "until"), "provision")
        if not listing.by:
            yield file.problem(f"{listing.id} has no provision", "Name in `by` what put it there", *place)
        elif all(item in provisions for item in (*listing.by, *filter(None, [listing.until]))):
            yield from _order(file, listing, provisions, place)
    for index, entry in enumerate(row.apart):
        yield from _known_ids(file, [entry.schedule], schedules, ("apart", index, "schedule"), "schedule")
    yield from _coverage(file, row, sources, schedules)


def _coverage(file: LinedFile, row: InstrumentRow, sources: set[str], schedules: set[str]) -> Iterator[Problem]:
    for index, coverage in enumerate(row.coverage):
        place: Place = ("coverage", index)
        yield from _known_ids(file, [coverage.schedule], schedules, (*place, "schedule"), "schedule")
        yield from _known_ids(file, coverage.sources, sources, (*place, "sources"), "source")
        if coverage.state == "partial":
            yield from _has_english(file, coverage.missing, (*place, "missing"))
        elif coverage.missing:
            yield file.problem("A complete list misses nothing", "Write partial, or drop `missing`", *place)
        days = []
        for text in (coverage.since, coverage.to):
            yield from _date(file, text, place)
            days += [LegalDate.parse(text)] if _readable(text) else []
        if any(not day.exact for day in days):
            yield file.problem("Coverage needs exact days", "Write YYYY-MM-DD", *place)
        elif len(days) == 2 and days[0].earliest > days[1].earliest:
            yield file.problem("The coverage ends before it begins", "Mend `from` or `to`", *place)
    covered = {coverage.schedule for coverage in row.coverage}
    for index, schedule in enumerate(row.schedules):
        if schedule.id not in covered and any(listing.schedule == schedule.id for listing in row.listings):
            cure = "Say in `coverage` what is held of it"
            yield file.problem(f"Schedule {schedule.id} has listings but no coverage", cure, "schedules", index)


def _provision_dates(file: LinedFile, row: ProvisionRow, place: Place) -> Iterator[Problem]:
    for key in ("decided", "published", "effective", "expires"):
        text = getattr(row, key)
        if text:
            yield from _date(file, text, (*place, key))
    if _readable(row.effective) and LegalDate.parse(row.effective).earliest.year == 1:
        cure = "Give the first day on which it can have begun"
        yield file.problem(f"{row.id}: `effective` has no lower end", cure, *place, "effective")
    if row.expires and _readable(row.effective) and _readable(row.expires):
        ends_first = LegalDate.parse(row.expires).latest < LegalDate.parse(row.effective).earliest
        if ends_first:
            yield file.problem(f"{row.id} expires before it is effective", "Mend one of the dates", *place, "expires")


def _order(file: LinedFile, row: ListingRow, provisions: dict[str, ProvisionRow], place: Place) -> Iterator[Problem]:
    dates = [provisions[item].effective for item in row.by]
    if not all(_readable(text) for text in dates):
        return
    begins = [LegalDate.parse(text) for text in dates]
    for earlier, later in pairwise(begins):
        if later.latest < earlier.earliest:
            yield file.problem(f"{row.id}: the provisions in `by` are not in order of time", "Sort them", *place, "by")
    removed = provisions[row.until].effective if row.until else ""
    if removed and _readable(removed) and LegalDate.parse(removed).latest <= begins[0].earliest:
        yield file.problem(f"{row.id} ends before it begins", "Mend `by` or `until`", *place, "until")


def _evidence(file: LinedFile, known: Known, cited: Iterable[str], whole: set[str], place: Place) -> Iterator[Problem]:
    count = len(set(cited))
    if count == 0:
        yield file.problem("A dated fact without a source", "Cite what was read", *place)
    elif known == "two-sources" and count < 2:
        yield file.problem("two-sources with one source", "Cite the other, or write one-source", *place)
    elif known == "official" and not whole & set(cited):
        cure = "Cite a source with `read: whole` or `extract`, or lower `known`"
        yield file.problem("official, but no text that was read beyond its opening is cited", cure, *place)


def _cases(files: LawFiles) -> Iterator[Problem]:
    for file, content in files.cases:
        for index, case in enumerate(content.cases):
            for text in filter(None, (case.on, case.since, case.until)):
                yield from _date(file, text, ("cases", index))
            if not case.cite:
                yield file.problem(
                    "A case without citation", "Say in `cite` where the answer comes from", "cases", index
                )


def _once(file: LinedFile, seen: dict[str, str], value: str, owner: str, place: Place, what: str) -> Iterator[Problem]:
    if value in seen:
        yield file.problem(f"The {what} {value} is given twice (also {seen[value]})", "Keep one", *place)
    seen[value] = owner


def _known_ids(file: LinedFile, ids: Iterable[str], known: set[str], place: Place, what: str) -> Iterator[Problem]:
    for item in ids:
        if item not in known:
            yield file.problem(f"The {what} “{item}” is not defined", f"Add the {what}, or mend the id", *place)


def _has_english(file: LinedFile, text: Text, place: Place) -> Iterator[Problem]:
    if not text.get("en"):
        yield file.problem("The English text is missing", "Add `en: ...`", *place)


def _date(file: LinedFile, text: str, place: Place) -> Iterator[Problem]:
    try:
        LegalDate.parse(text)
    except ValueError as error:
        yield file.problem(str(error), "See “Dates” in docs/data-guide.md", *place)


def _readable(text: str) -> bool:
    try:
        LegalDate.parse(text)
    except ValueError:
        return False
    return True
