"""What the README prints is what the program prints, and every command that it names exists."""

import re
import sys
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import readme  # noqa: E402 - the tools are no package

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text(encoding="utf-8")


def test_printed_answers_are_as_printed_now() -> None:
    assert "<!-- run: " in README
    assert readme.filled(README) == README


def test_every_command_and_option_of_the_guide_exists() -> None:
    from drugcontrol.cli.main import cli

    options = {option for command in _commands(cli) for option in command}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", GUIDE + README))
    assert named <= options, named - options


def test_links_lead_somewhere() -> None:
    for path in [
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").rglob("*.md"),
    ]:
        prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!http)([^)#]+)", prose):
            assert (path.parent / target).exists(), f"{path.name} -> {target}"


def test_the_published_schemas_are_those_of_the_types() -> None:
    import write_schema

    written = {path.name: path.read_bytes() for path in write_schema.DIRECTORY.glob("*.json")}
    assert written == write_schema.schemas()


def _commands(command: click.Command | None) -> list[list[str]]:
    assert command is not None
    found = [[option for parameter in command.params for option in parameter.opts + parameter.secondary_opts]]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found += _commands(command.get_command(context, name))
    return found
