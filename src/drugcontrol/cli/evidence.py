"""``drugcontrol evidence`` and ``verify``: a file that proves what was sent, delivered and answered."""

from collections.abc import Iterable
from pathlib import Path

import click

from drugcontrol.channel import files
from drugcontrol.channel.authority import read_history_file
from drugcontrol.channel.bundle import MAX_BUNDLE
from drugcontrol.channel.history import KeyHistory
from drugcontrol.channel.telling import tell
from drugcontrol.channel.verdict import verify_bundle
from drugcontrol.cli import options
from drugcontrol.errors import UsageError
from drugcontrol.report.words import Language


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--in", "directory", type=click.Path(path_type=Path), required=True, help="Directory of the authority.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Bundle to write (.dcx.zip).")
@click.option("--sealed", is_flag=True, help="Enclose the sealed content too.")
@click.option("--open-content", is_flag=True, help="Enclose the content in clear: whoever gets the bundle reads it.")
@click.option("--lang", "languages", default="en,es", show_default=True, metavar="A,B", help="Of the printed document.")
def evidence(file: Path, directory: Path, output: Path, sealed: bool, open_content: bool, languages: str) -> None:
    """Write everything that is known of the message in FILE as one bundle that others can verify without us."""
    from drugcontrol.channel.evidence import make_bundle
    from drugcontrol.cli.authority import now, opened
    from drugcontrol.cli.notice import read, read_languages

    found = opened(directory)
    made = make_bundle(
        found,
        read(file).message_id,
        now(),
        with_sealed=sealed,
        open_content=open_content,
        languages=read_languages(languages),
    )
    files.write(output, made)
    click.echo(f"{output}: {len(made):,} bytes. Anyone can check it: drugcontrol verify {output} --trust KEYS")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Key history you got by another way, or a directory of them; may be given again.",
)
@options.language_option
def verify(file: Path, trust: tuple[Path, ...], language: Language) -> None:
    """Say what the bundle FILE proves, by whom, and what it does not. Needs no network, database or account.

    Exit code 0: everything is as claimed. 1: something is not, or a signer is not among those of --trust. 2: FILE is no
    bundle. Without --trust a bundle is judged by the keys that it brings: who signed is then not proven.
    """
    verdict = verify_bundle(files.read(file, MAX_BUNDLE), trusted(trust) if trust else None)
    for line in tell(verdict, language):
        click.echo(line)
    raise SystemExit(verdict.code)


def trusted(paths: Iterable[Path]) -> dict[str, KeyHistory]:
    """Read key histories from files and directories."""
    found: dict[str, KeyHistory] = {}
    for path in paths:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            history = read_history_file(file)
            if found.setdefault(history.owner, history) != history:
                raise UsageError(f"--trust gives two key histories of {history.owner}.", "Keep the right one.")
    return found
