"""``drugcontrol courier``: hold a sealed message for a recipient that does not take it from its sender."""

from pathlib import Path

import click

from drugcontrol.channel import couriering, files, noting
from drugcontrol.channel.exchange import Exchange, write_exchange
from drugcontrol.cli.authority import now, opened
from drugcontrol.cli.notice import FILE, OUTPUT, in_option, note_option, read, read_id, told
from drugcontrol.errors import SignatureError

receipt_option = click.option("-o", "--output", type=OUTPUT, required=True, help="Receipt file to write.")


@click.group()
def courier() -> None:
    """Hold a sealed message of one authority for another. A courier cannot read it."""


@courier.command()
@click.argument("file", type=FILE)
@in_option
@receipt_option
def take(file: Path, directory: Path, output: Path) -> None:
    """Take the message in FILE to hold for its recipients (E3), and write the receipt for its sender."""
    found = opened(directory)
    try:
        made = couriering.take(found, read(file), now())
    except SignatureError as error:
        click.echo(f"REFUSED ({error.reason}): {error}")
        raise SystemExit(1) from None
    _write(output, made)


@courier.command()
@click.argument("file", type=FILE)
@in_option
@note_option
@receipt_option
def refuse(file: Path, directory: Path, note: str, output: Path) -> None:
    """Refuse to hold the message in FILE, and write the signed refusal for its sender."""
    _write(output, couriering.refuse(opened(directory), read(file), note, now()))


@courier.command()
@click.argument("file", type=FILE)
@in_option
@note_option
@receipt_option
def listed(file: Path, directory: Path, note: str, output: Path) -> None:
    """Enter that the recipient was shown the message in FILE (X2), and write the receipt for its sender."""
    _write(output, noting.notified(opened(directory), read(file).message_id, "listed", note, now()))


@courier.command()
@click.argument("message_id", metavar="MESSAGE-ID")
@in_option
@click.option("-o", "--output", type=OUTPUT, required=True, help="Message file to write (.dcx).")
def give(message_id: str, directory: Path, output: Path) -> None:
    """Write the file of a message that is held here, for its recipient to receive. See “notice list” for the id."""
    found = opened(directory)
    files.write(output, write_exchange(couriering.give(found, read_id(message_id), now())))
    click.echo(f"{output}: the message as its sender wrote it. Give it to its recipient.")


def _write(output: Path, made: Exchange) -> None:
    files.write(output, write_exchange(made))
    click.echo(f"{output}: {told(made)} Send it to the sender of the message.")
