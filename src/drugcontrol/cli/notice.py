"""``drugcontrol notice`` and ``receive``: messages between authorities, by file."""

import re
from pathlib import Path
from typing import cast

import click

from drugcontrol.channel import files, noting, receiving, store
from drugcontrol.channel.document import as_text
from drugcontrol.channel.evidence import document_facts
from drugcontrol.channel.exchange import MAX_FILE, Exchange, read_exchange, write_exchange
from drugcontrol.channel.ladder import ATTEMPTS, NOTICES, Way
from drugcontrol.channel.messages import decode
from drugcontrol.channel.messages.reading import MAX_BYTES
from drugcontrol.channel.sending import message_again, new_message, sign_message
from drugcontrol.channel.statement import read_statement
from drugcontrol.check import Checker
from drugcontrol.cli import options
from drugcontrol.cli.authority import DIRECTORY, now, opened
from drugcontrol.errors import SignatureError, UsageError
from drugcontrol.law.rows import LANGUAGES, Language

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(path_type=Path)
from_option = click.option("--from", "directory", type=DIRECTORY, required=True, help="Directory of the sender.")
note_option = click.option("--note", required=True, metavar="TEXT", help="What happened, in one line.")
in_option = click.option("--in", "directory", type=DIRECTORY, required=True, help="Directory of the authority.")


@click.group()
def notice() -> None:
    """Write, sign and show messages: notices, pre-export notifications, requests, and the replies to them."""


@notice.command()
@click.argument("draft", type=FILE)
@from_option
@click.option("-o", "--output", type=OUTPUT, default=None, help="File to write (default: DRAFT with .json).")
@options.law_option
def new(draft: Path, directory: Path, output: Path | None, edition: Path | None) -> None:
    """Prepare DRAFT (YAML or JSON): legal status and deadline are computed; problems are named with line and cure."""
    found = opened(directory)
    target = output or draft.with_suffix(".json")
    if target.resolve() == draft.resolve():
        raise UsageError("The prepared message would be written over the draft.", "Name another file with -o.")
    message = new_message(found, draft, Checker.of(options.open_law(edition)), now())
    files.write(target, message)
    click.echo(f"{target}: prepared. Read it (notice show), then sign it with: notice sign {target} --from {directory}")


@notice.command()
@click.argument("message", type=FILE)
@from_option
@click.option("-o", "--output", type=OUTPUT, default=None, help="File to write (default: MESSAGE with .dcx).")
@options.law_option
def sign(message: Path, directory: Path, output: Path | None, edition: Path | None) -> None:
    """Sign MESSAGE, seal it for its recipients, enter it in the register, and write the file to send."""
    found = opened(directory)
    checker = Checker.of(options.open_law(edition))
    exchange = sign_message(found, files.read(message, MAX_BYTES), checker, now())
    target = output or message.with_suffix(".dcx")
    files.write(target, write_exchange(exchange))
    click.echo(f"{target}: signed and entered. Message {exchange.message_id.hex()}")


@notice.command()
@click.argument("file", type=FILE)
@in_option
@click.option("--open", "officer", default="", metavar="NAME", help="Officer who opens it, the first time.")
@click.option("--lang", "languages", default="en,es", show_default=True, metavar="A,B", help="Two of en, es, zh.")
def show(file: Path, directory: Path, officer: str, languages: str) -> None:
    """Print the message in FILE: a prepared one (.json), or one sent or received here (.dcx)."""
    found = opened(directory)
    pair = read_languages(languages)
    if file.suffix == ".json":
        click.echo(as_text(decode(files.read(file, MAX_BYTES), str(file)), pair))
        return
    exchange = read(file)
    content = receiving.open_message(found, exchange.message_id, officer, now())
    click.echo(as_text(decode(content), pair, document_facts(read_statement(exchange.statement))))


@notice.command()
@click.argument("file", type=FILE)
@in_option
@click.option("-o", "--output", type=OUTPUT, required=True, help="Receipt file to write.")
def receipt(file: Path, directory: Path, output: Path) -> None:
    """Write the own receipts for the message in FILE again, with what happened since."""
    found = opened(directory)
    made = receiving.receipts(found, read(file).message_id, now())
    files.write(output, write_exchange(made))
    click.echo(f"{output}: {told(made)}")


@notice.command("list")
@in_option
def list_messages(directory: Path) -> None:
    """List the messages sent and received: number in the row, parties, type, what was entered here, message id."""
    found = opened(directory)
    with found.register() as register:
        for statement, entered in store.listed(register):
            header = statement.header
            row = ", ".join(f"no. {recipient.sequence} to {recipient.name}" for recipient in header.to)
            click.echo(f"{header.issuer}: {row}\n  {header.type}  {statement.message_id.hex()}")
            click.echo(f"  {', '.join(entered)}")


@notice.command()
@click.argument("message_id", metavar="MESSAGE-ID")
@from_option
@click.option("-o", "--output", type=OUTPUT, required=True, help="Message file to write (.dcx).")
def again(message_id: str, directory: Path, output: Path) -> None:
    """Write the file of a message sent from here again, when it was lost on the way. See “notice list” for the id."""
    found = opened(directory)
    files.write(output, write_exchange(message_again(found, read_id(message_id), now())))
    click.echo(f"{output}: the same message as before. Send it again.")


@notice.command()
@click.argument("file", type=FILE)
@from_option
@click.option("--way", type=click.Choice(ATTEMPTS), required=True, help="How it was sent.")
@note_option
def failed(file: Path, directory: Path, way: Way, note: str) -> None:
    """Enter that an attempt to deliver the message in FILE failed (X1). It is the sender's own word."""
    _entered(noting.failed(opened(directory), read(file).message_id, way, note, now()))


@notice.command()
@click.argument("file", type=FILE)
@from_option
@click.option("--way", type=click.Choice(NOTICES[:2]), required=True, help="Served on paper, or returned stamped.")
@note_option
def served(file: Path, directory: Path, way: Way, note: str) -> None:
    """Enter that the recipient was told of the message in FILE on paper (X2)."""
    _entered(noting.notified(opened(directory), read(file).message_id, way, note, now()))


@notice.command()
@click.argument("file", type=FILE)
@from_option
def overdue(file: Path, directory: Path) -> None:
    """Enter that the deadline of the message in FILE passed without an answer (X3)."""
    _entered(noting.overdue(opened(directory), read(file).message_id, now()))


@click.command()
@click.argument("file", type=FILE)
@in_option
@click.option("--open", "officer", default="", metavar="NAME", help="Open it too, as this officer.")
@click.option("-o", "--output", type=OUTPUT, default=None, help="Receipt file (default: FILE.receipt.dcx).")
def receive(file: Path, directory: Path, officer: str, output: Path | None) -> None:
    """Receive FILE, a message or a receipt: judge it, store it, enter it, and only then write the receipt file.

    Exit code 1 when it is refused; the reason is printed and nothing is entered.
    """
    found = opened(directory)
    exchange = read(file)
    try:
        received = receiving.receive(found, exchange, now())
    except SignatureError as error:
        click.echo(f"REFUSED ({error.reason}): {error}")
        raise SystemExit(1) from None
    if received.receipts is None:
        click.echo(f"{file}: receipts for message {exchange.message_id.hex()} are kept.")
        return
    made = received.receipts
    target = output or file.with_suffix(".receipt.dcx")
    files.write(target, write_exchange(made))
    if received.failure:
        click.echo(f"The content could not be read ({received.failure}); the receipt says so.")
    elif officer:
        receiving.open_message(found, exchange.message_id, officer, now())
        made = receiving.receipts(found, exchange.message_id, now())
        files.write(target, write_exchange(made))
    click.echo(f"{target}: {told(made)} Send it back.")


def read(file: Path) -> Exchange:
    """Read a .dcx file."""
    return read_exchange(files.read(file, MAX_FILE))


def read_id(text: str) -> bytes:
    """Read a message id."""
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise UsageError(f"“{text}” is no message id.", "Write 64 hexadecimal digits; see: notice list")
    return bytes.fromhex(text)


def read_languages(text: str) -> tuple[Language, Language]:
    """Give the two languages of a document."""
    parts = tuple(text.split(","))
    if len(parts) != 2 or not set(parts) <= set(LANGUAGES):
        raise click.UsageError(f"--lang {text}: write two of {', '.join(LANGUAGES)}, for example es,zh.")
    return cast(tuple[Language, Language], parts)


def told(exchange: Exchange) -> str:
    """Say what the receipts in a file are about."""
    return ", ".join(proof.entry.event for part in exchange.proofs for proof in part.proofs) + "."


def _entered(made: Exchange) -> None:
    click.echo(f"Message {made.message_id.hex()}: {told(made)}")
