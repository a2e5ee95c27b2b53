"""Pictures on disk: the option that names one, and writing it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from drugcontrol.errors import ReadError, UsageError

F = TypeVar("F", bound=Callable[..., Any])

ENDINGS = (".svg", ".png")


def picture_option(text: str) -> Callable[[F], F]:
    """Add ``--picture``; `text` says what is drawn."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(
        "--picture", type=kind, default=None, metavar="FILE.svg|png", callback=_ending, expose_value=True, help=text
    )


def save(path: Path, drawn: str) -> None:
    """Write an SVG as its name says: as it is, or as PNG.

    Raises
    ------
    ReadError
        When the file cannot be written.
    """
    from drugcontrol.report.picture import png  # what draws is slow to import, and most answers have no picture

    content = drawn.encode() if path.suffix.lower() == ".svg" else png(drawn)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ReadError(f"{path} cannot be written: {error.strerror}.", "Check the folder and its rights.") from None


def _ending(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    del context, parameter
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise UsageError(f"--picture {path}: the name must end in {' or '.join(ENDINGS)}.", "Give it one of them.")
    return path
