"""``drugcontrol law rule``: a class rule as a lawyer's sheet."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from drugcontrol.cli import options
from drugcontrol.law import Law
from drugcontrol.law.model import ClassRule
from drugcontrol.law.rules import rule_texts
from drugcontrol.report.sheet import print_rules, print_sheet
from drugcontrol.report.words import Language, Words


@click.command()
@click.argument("rule_id", metavar="[ID]", default="")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the rows of the rule, with the acts and their days, as JSON."
)
@options.language_option
@options.law_option
def rule(rule_id: str, as_json: bool, language: Language, edition: Path | None) -> None:
    """Show the class rule ID as a sheet of one page: text, acts, clauses, reading, open questions, rulings.

    ID is that of the rule or of one of its texts, as answers print it. Without ID the rules are listed.
    """
    law, words = options.open_law(edition), Words.of(language)
    if as_json:
        ids = [rule_id] if rule_id else [row.id for row in law.edition.rules]
        rows = [sheet_row(law, rule_texts(law, item)) for item in ids]
        content = rows[0] if rule_id else rows
        click.echo(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())
    elif rule_id:
        print_sheet(law, rule_texts(law, rule_id), words, options.page())
    else:
        print_rules(law, words, options.console())


def sheet_row(law: Law, texts: Sequence[ClassRule]) -> dict[str, Any]:
    """Give a rule as it is written, with its place, and with the acts and days of each text in place of their ids."""
    row: dict[str, Any] = msgspec.to_builtins(texts[0].rule)
    written = [{**msgspec.to_builtins(text.row), "by": list(_acts(text))} for text in texts]
    place = {"edition": law.edition_name, "jurisdiction": texts[0].instrument.jurisdiction}
    return {**place, **row, "texts": written}


def _acts(text: ClassRule) -> Iterator[dict[str, str]]:
    for act, period in zip(text.chain, text.periods, strict=True):
        last = period.last.text if period.last else ""
        yield {"act": act.row.act, "from": period.first.text, "until": last, "known": act.row.known}
