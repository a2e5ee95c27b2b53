"""``drugcontrol figures``: list, show, plot, import."""

from datetime import date
from pathlib import Path

import click

from drugcontrol.check.question import FAMILIES, read_places, today
from drugcontrol.cli import options
from drugcontrol.cli.pictures import save
from drugcontrol.dates import LegalDate
from drugcontrol.errors import ReadError, UsageError
from drugcontrol.law.rows import Family
from drugcontrol.report import figure_values as values
from drugcontrol.report import figures as text
from drugcontrol.report.flat import csv_text
from drugcontrol.report.words import Language, Words
from drugcontrol.situation.acts import acts
from drugcontrol.situation.importing import plan
from drugcontrol.situation.known import as_of, revisions
from drugcontrol.situation.measures import load_measures
from drugcontrol.situation.measures import read_places as read_measure_places
from drugcontrol.situation.store import add_release, load_figures

_ENDINGS = (".svg", ".png", ".html")
_INDICATORS = {
    "deaths": "deaths",
    "seizures": "seizures",
    "laboratory": "laboratory-reports",
    "population": "population",
    "notifications": "notifications",
}
"""Words of the command line; traffic of notices can be asked for, and the answer says that nothing is held."""


_AS_OF = click.option("--as-of", "day", type=options.Day(), default=None, help="As known on that day (default: today).")
_FROM = click.option("--from", "first", type=options.Bound(), default=None, help="Only periods ending on or after it.")
_TO = click.option("--to", "last", type=options.Bound(), default=None, help="Only periods ending on or before it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def figures() -> None:
    """Show official figures as they were known on a day, draw them beside the law, and import newer files."""


@figures.command("list")
@click.argument("words_wanted", nargs=-1, metavar="[WORD]...")
@click.option("--indicator", type=click.Choice(tuple(_INDICATORS)), default=None, help="Only series of this kind.")
@_JSON
@options.language_option
def list_(words_wanted: tuple[str, ...], indicator: str | None, as_json: bool, language: Language) -> None:
    """List the series that are held; with WORDs only those that have all of them in id, title or dataset."""
    held, words = load_figures(), Words.of(language)
    if as_json:
        rows = [
            values.series_row(dataset, series)
            for dataset in held.datasets.values()
            for series in dataset.series.values()
            if text.has_words(series, dataset, words_wanted)
            and (indicator is None or series.pattern.indicator == _INDICATORS[indicator])
        ]
        options.print_json(rows)
        return
    wanted = _INDICATORS[indicator] if indicator else None
    text.print_list(held, words_wanted, words, options.console(), wanted)


@figures.command()
@click.argument("series")
@_AS_OF
@_FROM
@_TO
@click.option("--revisions", "as_revisions", is_flag=True, help="What every release said of each period.")
@_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@options.language_option
def show(
    series: str,
    day: date | None,
    first: LegalDate | None,
    last: LegalDate | None,
    as_revisions: bool,
    as_json: bool,
    as_csv: bool,
    language: Language,
) -> None:
    """Show SERIES as it was known on a day: for each period the newest release published not later."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.", "Give one of them.")
    held, words, day = load_figures(), Words.of(language), day or today()
    found = held.series(series)
    dataset = held.dataset_of(found)
    lower, upper = _window(first, last)
    if as_revisions:
        said = {
            period: items for period, items in revisions(dataset, found, day).items() if lower <= period.last <= upper
        }
        if as_json or as_csv:
            flat = values.revision_values(dataset, found, said)
            options.print_json(flat) if as_json else click.echo(csv_text(flat), nl=False)
            return
        text.print_revisions(dataset, found, said, words, options.console())
        return
    view = as_of(held, found, day, lower, upper)
    if as_json:
        options.print_json(values.view_row(dataset, view, words))
    elif as_csv:
        click.echo(csv_text([values.row_values(found, row) for row in view.rows]), nl=False)
    else:
        text.print_view(dataset, view, words, options.console())


@figures.command()
@click.argument("series", nargs=-1, required=True)
@_AS_OF
@_FROM
@_TO
@click.option("--with-law", "places", default="", metavar="CODES", help="A strip of acts of these places: CN,US,MX.")
@click.option(
    "--with-measures", "measured", default="", metavar="CODES", help="Measures of these places below: CN,US,MX,CA,UN."
)
@click.option("--family", type=click.Choice(FAMILIES), default="fentanyl", show_default=True, help="Whose acts.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.svg|png|html"
)
@options.language_option
@options.law_option
def plot(
    series: tuple[str, ...],
    day: date | None,
    first: LegalDate | None,
    last: LegalDate | None,
    places: str,
    measured: str,
    family: Family,
    output: Path,
    language: Language,
    edition: Path | None,
) -> None:
    """Draw one or several SERIES as known on a day; each unit has a panel of its own, the law a strip below."""
    from drugcontrol.report.chart import draw, page
    from drugcontrol.report.chart_law import Strip
    from drugcontrol.report.chart_measures import MeasureStrip

    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"-o {output}: the name must end in .svg, .png or .html.", "Give it one of them.")
    held, words, day = load_figures(), Words.of(language), day or today()
    lower, upper = _window(first, last)
    views = [as_of(held, held.series(name), day, lower, upper) for name in dict.fromkeys(series)]
    strip, beside = None, None
    if places:
        law = options.open_law(edition)
        codes = read_places(law, places)
        strip = Strip(law=law, family=family, places=codes, acts=tuple(acts(law, family, codes, day)))
    if measured:
        measures = load_measures()
        codes = read_measure_places(measures, measured)
        names = {code: options.open_law(edition).jurisdictions[code].name for code in codes}
        beside = MeasureStrip(places=codes, names=names, measures=tuple(measures.public_by(codes, day)))
    drawn = draw(held, views, strip, words, beside)
    if ending == ".html":
        _write(output, page(held, views, strip, drawn, words, beside))
    else:
        save(output, drawn)


@figures.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--series", "only", multiple=True, help="Only this series; may be given more than once.")
@click.option("--published", default="", metavar="DATE", help="Day of publication: 2026-05-13, 2026-05, or a range.")
@click.option("--id", "release_id", default="", metavar="ID", help="Name of the release (default: day and digest).")
@click.option("--address", default="", help="Where the file was taken from.")
@click.option("--dry-run", is_flag=True, help="Say what would be added and add nothing.")
@options.language_option
def import_(
    file: Path,
    only: tuple[str, ...],
    published: str,
    release_id: str,
    address: str,
    dry_run: bool,
    language: Language,
) -> None:
    """Add the figures of a publisher's own FILE as a release, beside those of the package; nothing is written over."""
    words, upto = Words.of(language), today()
    planned = plan(load_figures(), file, upto, published=published, only=only, release_id=release_id, address=address)
    for item in planned:
        if item.same_as is None and not dry_run:
            add_release(item.release, item.rows, item.new_terms)
        line = text.planned_line(item, words, stored=not dry_run)
        click.echo(f"{file} → {item.release.dataset}: {line}")
        if item.same_as is None and item.release.basis == "inferred":
            click.echo(words("figures", "day_unknown"), err=True)


def _window(first: LegalDate | None, last: LegalDate | None) -> tuple[date, date]:
    lower, upper = (first.earliest if first else date.min), (last.latest if last else date.max)
    if lower > upper:
        raise UsageError(f"--from {lower} lies after --to {upper}.", "Exchange them.")
    return lower, upper


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the folder and its rights.") from None
