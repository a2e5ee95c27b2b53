"""``drugcontrol witness``: third parties sign the states of registers; they see hashes, no message."""

from pathlib import Path

import click

from drugcontrol.channel import files, witnessing
from drugcontrol.channel.checkpoint import MAX_BYTES
from drugcontrol.channel.instant import text
from drugcontrol.channel.policy import Policy
from drugcontrol.cli.authority import DIRECTORY, now, opened
from drugcontrol.errors import ReadError, SignatureError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(path_type=Path)
in_option = click.option("--in", "directory", type=DIRECTORY, required=True, help="Directory of the authority.")


@click.group()
def witness() -> None:
    """Have the states of a register signed by third parties, or sign those of others."""


@witness.command()
@click.argument("names", nargs=-1, metavar="URN ...")
@in_option
@click.option("--quorum", type=click.IntRange(1, 16), default=None, help="How many must sign (default: all named).")
def choose(names: tuple[str, ...], directory: Path, quorum: int | None) -> None:
    """Name the witnesses that this authority asks, and how many must sign; each must be a peer. Without names: none."""
    found = opened(directory)
    policy = Policy(names, len(names) if quorum is None else quorum)
    witnessing.choose(found, policy)
    click.echo(f"{policy.quorum} of {len(names)} witnesses must sign{': ' if names else '.'}{', '.join(names)}")


@witness.command()
@click.argument("name", metavar="URN")
@in_option
@click.option("--old", type=click.IntRange(0), default=None, help="Entries in the state that the witness signed last.")
@click.option("-o", "--output", type=OUTPUT, required=True, help="Request to write; send it to the witness.")
def ask(name: str, directory: Path, old: int | None, output: Path) -> None:
    """Write the request to the witness URN to sign the state of the register as it is now."""
    found = opened(directory)
    size = witnessing.last_signed(found, name) if old is None else old
    files.write(output, witnessing.ask(found, size, now()).encode())
    click.echo(f"{output}: request to {name}, from entry {size} on. Send it; it holds hashes, no message.")


@witness.command()
@click.argument("request", type=FILE)
@in_option
@click.option("-o", "--output", type=OUTPUT, required=True, help="Signed state to write; send it back.")
def sign(request: Path, directory: Path, output: Path) -> None:
    """Sign the state in REQUEST as a witness, if everything signed before is still in it.

    Exit code 1 when it is not: the register was rewritten; keep the file.
    """
    found = opened(directory)
    try:
        signed = witnessing.cosign(found, _read(request), now())
    except SignatureError as error:
        click.echo(f"REFUSED ({error.reason}): {error}")
        raise SystemExit(1) from None
    files.write(output, signed.encode())
    click.echo(f"{output}: signed. Send it back.")


@witness.command()
@click.argument("file", type=FILE)
@in_option
def take(file: Path, directory: Path) -> None:
    """Keep the signatures of witnesses in FILE; evidence made from now on carries them."""
    found = opened(directory)
    try:
        signed = witnessing.take(found, _read(file))
    except SignatureError as error:
        click.echo(f"REFUSED ({error.reason}): {error}")
        raise SystemExit(1) from None
    for name, at in signed.items():
        click.echo(f"{name} signed {text(at)}")


def _read(file: Path) -> str:
    try:
        return files.read(file, MAX_BYTES).decode()
    except UnicodeDecodeError:
        raise ReadError(f"{file} is no text.", "Use the file that was sent.") from None
