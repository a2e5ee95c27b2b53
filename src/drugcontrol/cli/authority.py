"""``drugcontrol authority``: the directory of an authority, and whom it believes to be who."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from drugcontrol.channel import files
from drugcontrol.channel.audit import audit as audit_register
from drugcontrol.channel.authority import (
    KEYS,
    Authority,
    add_peer,
    fingerprint,
    init_authority,
    open_authority,
    peer_file,
    read_history_file,
)
from drugcontrol.channel.checkpoint import read_checkpoint
from drugcontrol.channel.instant import parse, text
from drugcontrol.channel.rotation import MAX_RENEWAL, renew_peer, rotate
from drugcontrol.errors import RegisterError, SignatureError

DIRECTORY = click.Path(path_type=Path)
PASSPHRASE = "DRUGCONTROL_PASSPHRASE"  # noqa: S105 - the name of the variable that holds it


def now() -> datetime:
    """Give the time, in UTC and whole seconds."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def opened(directory: Path) -> Authority:
    """Open an authority with the passphrase of the environment, and say first that it is an exercise."""
    found = open_authority(directory, _passphrase())
    if found.settings.simulation:
        click.echo("SIMULATION")
    return found


@click.group()
def authority() -> None:
    """Make an authority, show it, add its peers. A passphrase for its keys is taken from DRUGCONTROL_PASSPHRASE."""


@authority.command()
@click.argument("directory", type=DIRECTORY)
@click.option("--name", required=True, metavar="URN", help="Its name, for example urn:dcx:authority:XA:office.")
@click.option("--country", required=True, metavar="XA", help="Code of ISO 3166; in a simulation one of no State.")
@click.option("--simulation", is_flag=True, help="Everything it signs and receives is an exercise.")
@click.option("--years", type=click.IntRange(1, 10), default=2, show_default=True, help="How long its keys hold.")
def init(directory: Path, name: str, country: str, simulation: bool, years: int) -> None:
    """Make DIRECTORY with keys, key history and an empty register. It must not exist."""
    init_authority(directory, name, country, simulation, now(), years, _passphrase())
    _show(opened(directory))


@authority.command()
@click.argument("directory", type=DIRECTORY)
def show(directory: Path) -> None:
    """Show name, fingerprints, register and peers of the authority in DIRECTORY."""
    _show(opened(directory))


@authority.group()
def peer() -> None:
    """Whom the authority believes to be who."""


@peer.command()
@click.argument("history", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--in", "directory", type=DIRECTORY, required=True, help="Directory of the authority.")
def add(history: Path, directory: Path) -> None:
    """Add the peer whose key history is the file HISTORY. Compare the fingerprint by another way first."""
    found = opened(directory)
    peer_history = read_history_file(history)
    add_peer(found, peer_history)
    click.echo(f"{peer_history.owner}\n  fingerprint {fingerprint(peer_history)}")


@peer.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--in", "directory", type=DIRECTORY, required=True, help="Directory of the authority.")
def renew(file: Path, directory: Path) -> None:
    """Follow a peer to the new keys in its FILE key-renewal.dcx, if a key that is believed here signed them.

    Exit code 1 when it did not; then compare the fingerprint by another way and use “peer add”.
    """
    found = opened(directory)
    try:
        history = renew_peer(found, files.read(file, MAX_RENEWAL), now())
    except SignatureError as error:
        click.echo(f"REFUSED ({error.reason}): {error}")
        raise SystemExit(1) from None
    click.echo(f"{history.owner}: signed by a key that was believed before.\n  fingerprint {fingerprint(history)}")


@authority.command("rotate")
@click.argument("directory", type=DIRECTORY)
@click.option("--key", "kinds", type=click.Choice(list(KEYS)), multiple=True, help="Which (default: all).")
@click.option("--years", type=click.IntRange(1, 10), default=2, show_default=True, help="How long the new keys hold.")
@click.option(
    "--stolen-since", default=None, metavar="INSTANT", help="Report the old keys stolen, 2026-11-25T03:00:00Z."
)
def rotate_keys(directory: Path, kinds: tuple[str, ...], years: int, stolen_since: str | None) -> None:
    """Make new keys for the authority in DIRECTORY; the old ones hold 30 days longer, or to the theft reported."""
    since = None if stolen_since is None else parse(stolen_since)
    found, renewal = rotate(opened(directory), kinds or list(KEYS), now(), years, since)
    _show(found)
    if renewal is not None:
        click.echo(f"Send {renewal} to your peers: the old key signed it. They run: drugcontrol authority peer renew")
    else:
        click.echo(
            "No key vouches for the new ones. Give your peers key-history.json, and the fingerprint by another way."
        )


@click.command()
@click.argument("directory", type=DIRECTORY)
def audit(directory: Path) -> None:
    """Compute the whole register in DIRECTORY again and compare everything in it. Exit code 1: it does not hold."""
    found = opened(directory)
    with found.register() as register:
        try:
            register.check_file()
            result = audit_register(register, found.keyring())
        except RegisterError as error:
            click.echo(f"The register does not hold: {error}")
            raise SystemExit(1) from None
    checked = f"{result.checkpoints} signed states, {result.kept} stored contents"
    click.echo(f"{result.state.origin}: {result.state.size} entries agree, {checked}. Root {result.state.root.hex()}")


def _show(found: Authority) -> None:
    with found.register() as register:
        entries = len(register)
    click.echo(f"{found.name} ({found.settings.country})\n  fingerprint {fingerprint(found.history)}")
    for record in found.history.records:
        until = text(record.valid_until)
        if record.compromised_since is not None:
            until += f"  STOLEN since {text(record.compromised_since)}"
        click.echo(f"  {record.purpose:<10} {record.key.algorithm:<17} {record.key.key_id.hex()[:16]}  until {until}")
    click.echo(f"  register   {entries} entries\n  for peers  {found.directory / 'key-history.json'}")
    for history in found.peers().values():
        seen = peer_file(found, history.owner, "seen.txt")
        size = read_checkpoint(files.read(seen, 128 * 1024).decode()).checkpoint.size if seen.exists() else 0
        click.echo(f"peer {history.owner}\n  fingerprint {fingerprint(history)}\n  register   {size} entries seen")


def _passphrase() -> bytes | None:
    value = os.environ.get(PASSPHRASE)
    return value.encode() if value else None
