"""The entry point: ``drugcontrol COMMAND``."""

import sys
from collections.abc import Mapping
from importlib import import_module

import click

from drugcontrol import __version__
from drugcontrol.errors import DrugcontrolError

_LAW = {
    "check": "check",
    "screen": "screen",
    "history": "history",
    "compare": "compare",
    "diff": "diff",
    "first": "first",
    "upcoming": "upcoming",
    "coverage": "coverage",
    "law": "law",
}
_CHANNEL = {
    "authority": "authority",
    "notice": "notice",
    "receive": "notice",
    "evidence": "evidence",
    "verify": "evidence",
    "audit": "authority",
    "courier": "courier",
    "witness": "witness",
}
_SITUATION = {"figures": "figures", "measures": "measures", "claim": "claim"}
COMMANDS: Mapping[str, str] = {**_LAW, **_CHANNEL, **_SITUATION, "serve": "serve"}
"""The module of ``drugcontrol.cli`` in which each command stands."""


class CommandsOnDemand(click.Group):
    """A group that imports a command when it is asked for: one answer needs one of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"drugcontrol.cli.{COMMANDS[name]}"), name)
        return command


@click.group(cls=CommandsOnDemand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version")
def cli() -> None:
    """Is this substance controlled, where, by what, since when - as the law stood on a day."""


def main() -> None:
    """Run the command line; errors of the package become a sentence and exit code 2."""
    try:
        cli(standalone_mode=True)
    except DrugcontrolError as error:
        click.echo(f"drugcontrol: {error}", err=True)
        sys.exit(2)
