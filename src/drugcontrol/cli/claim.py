"""``drugcontrol claim``: what was said, checked as known then and as known now."""

import re
from datetime import date
from pathlib import Path

import click

from drugcontrol.check.question import today
from drugcontrol.cli import options
from drugcontrol.cli.evidence import trusted
from drugcontrol.errors import ReadError, UsageError
from drugcontrol.report import claims as text
from drugcontrol.report.claim_values import checked_row, claim_review, claim_row
from drugcontrol.report.words import Language, Words
from drugcontrol.situation.claims import Evidence, Grounds, check_claim, find_claim, load_claims
from drugcontrol.situation.measures import load_measures
from drugcontrol.situation.store import load_figures

_AUTHORITY = re.compile(r"urn:[a-z0-9-]+:authority:([A-Z]{2}):.+")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def claim() -> None:
    """Check what was said against figures, law and registers, as known that day and as known now."""


@claim.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@options.language_option
@options.law_option
def list_(as_json: bool, language: Language, edition: Path | None) -> None:
    """List the claims that are held, with their kind and the number of their readings."""
    claims = load_claims(load_figures(), options.open_law(edition))
    if as_json:
        options.print_json([claim_row(item) for item in claims])
        return
    text.print_list(claims, Words.of(language), options.console())


@claim.command()
@click.argument("claim_ids", metavar="ID...|all", nargs=-1, required=True)
@click.option("--as-of", "day", type=options.Day(), default=None, help="Day of the second answer (default: today).")
@click.option("--evidence", "bundles", type=_FILE, multiple=True, metavar="BUNDLE.dcx.zip", help="May be given again.")
@click.option(
    "--trust",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Key history you got by another way, or a directory of them; without it no bundle is evidence.",
)
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--html", "form", flag_value="html", help="Give one page that opens from disk.")
@click.option("--jsonld", "form", flag_value="jsonld", help="Print ClaimReview (schema.org), one for each reading.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="File to write.")
@options.language_option
@options.law_option
def check(
    claim_ids: tuple[str, ...],
    day: date | None,
    bundles: tuple[Path, ...],
    trust: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    language: Language,
    edition: Path | None,
) -> None:
    """Check the claims ID, or all of them: each reading by itself, with rows used and what was not available.

    A bundle is evidence only if it is verified, signed by keys of --trust, and no simulation.
    """
    law, figures, words = options.open_law(edition), load_figures(), Words.of(language)
    claims = load_claims(figures, law)
    everything = "all" in (name.casefold() for name in claim_ids)
    wanted = claims if everything else tuple(find_claim(claims, name) for name in dict.fromkeys(claim_ids))
    day = day or today()
    if early := [item for item in wanted if item.said_on > day]:
        raise UsageError(
            f"--as-of {day}: {early[0].id} was said on {early[0].said_on}.", "Take that day or a later one."
        )
    evidence = tuple(_evidence(path, trust) for path in bundles)
    grounds = Grounds(figures=figures, law=law, measures=load_measures(), evidence=evidence)
    checked = [check_claim(item, grounds, day) for item in wanted]
    match form:
        case "json":
            content = options.json_text([checked_row(item, law, words) for item in checked])
        case "jsonld":
            content = options.json_text(claim_review(checked, law, words))
        case "html":
            from drugcontrol.report.claim_page import claim_page

            content = claim_page(checked, figures, law, words)
        case _ if output is not None:
            raise UsageError("-o needs a form.", "Add --html, --json or --jsonld.")
        case _:
            text.print_checked(checked, law, words, options.console())
            return
    _give(content, output)


def _evidence(path: Path, trust: tuple[Path, ...]) -> Evidence:
    """Verify a bundle and say what of it counts here."""
    from drugcontrol.channel import files
    from drugcontrol.channel.bundle import MAX_BUNDLE
    from drugcontrol.channel.ladder import Event
    from drugcontrol.channel.verdict import verify_bundle

    verdict = verify_bundle(files.read(path, MAX_BUNDLE), trusted(trust) if trust else None)
    if verdict.simulation:
        return Evidence(name=path.name, refused="simulation")
    if any(reason == "unpinned" for reason, _ in verdict.faults) or (not verdict.faults and verdict.unpinned):
        return Evidence(name=path.name, refused="unpinned")
    if verdict.code or verdict.statement is None:
        return Evidence(name=path.name, refused="faults")
    header = verdict.statement.header
    delivered = [step for step in verdict.steps if step.event is Event.DELIVERED]
    return Evidence(
        name=path.name,
        message_id=verdict.statement.message_id.hex(),
        refused="",
        type=header.type,
        sender=_country(header.issuer),
        delivered={_country(step.by): date.fromisoformat(step.at[:10]) for step in delivered},
    )


def _country(name: str) -> str:
    """Give the country that the pinned name of an authority says; empty where it says none."""
    match = _AUTHORITY.fullmatch(name)
    return match[1] if match else ""


def _give(content: str, output: Path | None) -> None:
    if output is None:
        click.echo(content)
        return
    try:
        output.write_text(content + "\n", encoding="utf-8")
    except OSError as error:
        hint = "Check the folder and its rights."
        raise ReadError(f"{output} cannot be written: {error.strerror}.", hint) from None
