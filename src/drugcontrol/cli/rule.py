"""``drugcontrol law rule``: a class rule as a lawyer's sheet."""

from pathlib import Path

import click

from drugcontrol.cli import options
from drugcontrol.law.rules import rule_texts
from drugcontrol.report.sheet import print_rules, print_sheet, sheet_row
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
        options.print_json(content)
    elif rule_id:
        print_sheet(law, rule_texts(law, rule_id), words, options.page())
    else:
        print_rules(law, words, options.console())
