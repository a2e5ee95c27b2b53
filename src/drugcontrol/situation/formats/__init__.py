"""Readers of the publishers' own files: each knows one form by its header and gives figures, nothing more."""

from drugcontrol.situation.formats.cbp import AMO, NATIONWIDE
from drugcontrol.situation.formats.cell import Content, Figure, Format
from drugcontrol.situation.formats.nflis import NFLIS
from drugcontrol.situation.formats.ons import AGES, SUBSTANCES
from drugcontrol.situation.formats.phac import PHAC
from drugcontrol.situation.formats.sourcefile import SourceFile
from drugcontrol.situation.formats.vsrr import COPIED, OFFICIAL, VINTAGES
from drugcontrol.situation.formats.wonder import WONDER

FORMATS: tuple[Format, ...] = (
    OFFICIAL,
    VINTAGES,
    COPIED,
    WONDER,
    NATIONWIDE,
    AMO,
    PHAC,
    SUBSTANCES,
    AGES,
    NFLIS,
)

__all__ = ["FORMATS", "Content", "Figure", "Format", "SourceFile"]
