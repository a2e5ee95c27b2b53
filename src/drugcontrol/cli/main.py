"""The entry point: ``drugcontrol COMMAND``."""

import sys

import click

from drugcontrol import __version__
from drugcontrol.cli.authority import audit, authority
from drugcontrol.cli.check import check
from drugcontrol.cli.compare import compare
from drugcontrol.cli.coverage import coverage
from drugcontrol.cli.diff import diff
from drugcontrol.cli.evidence import evidence, verify
from drugcontrol.cli.figures import figures
from drugcontrol.cli.first import first
from drugcontrol.cli.history import history
from drugcontrol.cli.law import law
from drugcontrol.cli.notice import notice, receive
from drugcontrol.cli.screen import screen
from drugcontrol.cli.upcoming import upcoming
from drugcontrol.errors import DrugcontrolError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version")
def cli() -> None:
    """Is this substance controlled, where, by what, since when - as the law stood on a day."""


_LAW = (check, screen, history, compare, diff, first, upcoming, coverage, law)
_CHANNEL = (authority, notice, receive, evidence, verify, audit)
for command in (*_LAW, *_CHANNEL, figures):
    cli.add_command(command)


def main() -> None:
    """Run the command line; errors of the package become a sentence and exit code 2."""
    try:
        cli(standalone_mode=True)
    except DrugcontrolError as error:
        click.echo(f"drugcontrol: {error}", err=True)
        sys.exit(2)
