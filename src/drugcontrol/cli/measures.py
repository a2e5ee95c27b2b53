"""``drugcontrol measures``: list and compare."""

from datetime import date

import click

from drugcontrol.cli import options
from drugcontrol.dates import LegalDate
from drugcontrol.errors import UsageError
from drugcontrol.report import measures as text
from drugcontrol.report.words import Language, Words
from drugcontrol.situation.measure_rows import KINDS
from drugcontrol.situation.measures import compare as put_beside
from drugcontrol.situation.measures import load_measures, read_kinds, read_places

_KIND = click.option(
    "--kind", "kinds", default="", metavar="KINDS", help=f"Only these kinds, separated by commas: {', '.join(KINDS)}."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def measures() -> None:
    """List and compare measures of States: treatment, overdose help, prescribing, inspection, trade, post."""


@measures.command("list")
@click.option(
    "--in", "places", default="", metavar="CODES", help="Only these places: US,CN (default: all that are held)."
)
@_KIND
@click.option("--from", "first", type=options.Bound(), default=None, help="Only measures from then on.")
@click.option("--to", "last", type=options.Bound(), default=None, help="Only measures until then.")
@_JSON
@options.language_option
def list_(
    places: str, kinds: str, first: LegalDate | None, last: LegalDate | None, as_json: bool, language: Language
) -> None:
    """List measures by place, oldest first. What was asked for and is not held is said."""
    held, words = load_measures(), Words.of(language)
    codes, wanted = read_places(held, places), read_kinds(kinds)
    lower, upper = (first.earliest if first else date.min), (last.latest if last else date.max)
    if lower > upper:
        raise UsageError(f"--from {lower} lies after --to {upper}.", "Exchange them.")
    found = held.select(codes, wanted, lower, upper)
    if as_json:
        options.print_json([text.value(item, words) for item in found])
        return
    text.print_list(held, found, codes, wanted, _names(codes, words), words, options.console())


@measures.command()
@click.argument("one", metavar="PLACE")
@click.argument("other", metavar="PLACE")
@_KIND
@_JSON
@options.language_option
def compare(one: str, other: str, kinds: str, as_json: bool, language: Language) -> None:
    """Put the measures of two places side by side, by kind and day. An empty side is “not held”, never “none”."""
    held, words = load_measures(), Words.of(language)
    places = (read_places(held, one), read_places(held, other))
    if len(places[0]) != 1 or len(places[1]) != 1 or places[0] == places[1]:
        raise UsageError("Two places are compared.", "Name two different ones, for example: measures compare US CN.")
    codes = (places[0][0], places[1][0])
    found = put_beside(held, *codes, read_kinds(kinds))
    if as_json:
        options.print_json([text.comparison_value(item, codes, words) for item in found])
        return
    text.print_comparison(held, found, codes, _names(codes, words), words, options.page())


def _names(places: tuple[str, ...], words: Words) -> dict[str, str]:
    jurisdictions = options.open_law(None).jurisdictions
    return {place: words.text(jurisdictions[place].name) for place in places}
