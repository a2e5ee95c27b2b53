"""``drugcontrol law``: check the data, run the lawyers' cases, export an edition."""

from pathlib import Path

import click

from drugcontrol.errors import DataError


@click.group()
def law() -> None:
    """Work on the law data: check them, export an edition."""


@law.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another data directory.")
@click.option("--cases/--no-cases", default=True, help="Run the cases too.")
def check(files: tuple[Path, ...], data: Path | None, cases: bool) -> None:
    """Check every row of the law data; name file, line and cure of what does not fit.

    With FILES only the problems of these files are shown.
    """
    from drugcontrol.law.load import DATA, encode, read_files
    from drugcontrol.law.validate import problems

    wanted = {path.resolve() for path in files}
    try:
        content = read_files(data or DATA)
        found = problems(content)
    except DataError as error:
        found = list(error.problems)
    shown = [problem for problem in found if not wanted or Path(problem.file).resolve() in wanted]
    for problem in shown:
        click.echo(str(problem))
    if shown:
        click.echo(f"{len(shown)} problem(s).", err=True)
        raise SystemExit(1)
    if found:
        return
    edition = content.edition()
    click.echo(
        f"Law data {edition.version}: {len(edition.substances)} substances, {len(edition.instruments)} instruments, "
        f"{sum(len(row.listings) for row in edition.instruments)} listings, {len(encode(edition))} bytes. No problem found."
    )
