"""``drugcontrol law``: check the data, show a class rule, compare official texts and editions, export."""

from pathlib import Path

import click
import msgspec

from drugcontrol.check import Checker
from drugcontrol.check.cases import failures, vectors
from drugcontrol.check.rules import class_problems
from drugcontrol.check.structures import structure_problems
from drugcontrol.cli.law_diff import diff
from drugcontrol.cli.propose import propose
from drugcontrol.cli.rule import rule
from drugcontrol.errors import DataError, Problem
from drugcontrol.law import Law
from drugcontrol.law.files import DATA, LawFiles, digest, encode, read_files
from drugcontrol.law.validate import problems

_DATA_OPTION = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DATA,
    show_default="the package's",
    help="Another data directory.",
)


@click.group()
def law() -> None:
    """Work on the law data: check them, show a class rule, compare official texts and editions, export."""


for _command in (rule, propose, diff):
    law.add_command(_command)


@law.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@_DATA_OPTION
def check(files: tuple[Path, ...], data: Path) -> None:
    """Check every row of the law data and run the cases; name file, line and cure of what does not fit.

    With FILES only the problems of these files are shown.
    """
    wanted = {path.resolve() for path in files}
    found, content = _problems(data)
    shown = [problem for problem in found if not wanted or Path(problem.file).resolve() in wanted]
    for problem in shown:
        click.echo(str(problem))
    if content is not None:
        listings = sum(len(row.listings) for _, row in content.instruments)
        substances = sum(len(file.substances) for _, file in content.substances)
        cases = sum(len(file.cases) for _, file in content.cases)
        counts = f"{substances} substances, {len(content.instruments)} instruments, {listings} listings, {cases} cases"
        click.echo(f"{counts}: {len(shown)} problem(s).", err=True)
    if shown:
        raise SystemExit(1)


@law.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write (.json).")
@_DATA_OPTION
def export(output: Path, data: Path) -> None:
    """Write the law as one edition file, for --law: an answer can then be reproduced years later."""
    edition = read_files(data).edition()
    compiled = encode(edition)
    output.write_bytes(compiled)
    click.echo(f"{output}: edition {edition.version}+{digest(compiled)}", err=True)


@law.command()
@_DATA_OPTION
def cases(data: Path) -> None:
    """Print the lawyers' cases as JSON, one a line: test vectors for any other tool."""
    for vector in vectors(read_files(data)):
        click.echo(msgspec.json.encode(vector).decode())


def _problems(data: Path) -> tuple[list[Problem], LawFiles | None]:
    """Check in three steps, each only when the one before found nothing: form and references, chemistry, cases."""
    try:
        content = read_files(data)
    except DataError as error:
        return list(error.problems), None
    found = problems(content) or [*structure_problems(content), *class_problems(content)]
    if not found:
        edition = content.edition()
        found = list(failures(content, Checker.of(Law.of(edition, digest(encode(edition))))))
    return found, content
