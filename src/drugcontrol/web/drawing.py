"""Drawings that can stand inside a page whose rules allow no style of its own."""

import re

from markupsafe import Markup

from drugcontrol.check import Answer, Identified
from drugcontrol.check.findings import Recognised
from drugcontrol.chem import read_smiles
from drugcontrol.report.picture import Subject, drawing, subject

_STYLE = re.compile(r"""\sstyle=(["'])(.*?)\1""")
_SIZE = re.compile(r"""\s(?:width|height)=(["'])\d+(?:\.\d+)?px\1""")
_WIDTH, _HEIGHT = 560, 330


def drawn(answer: Answer, asked: Identified, recognised: Recognised) -> tuple[Subject, Markup] | None:
    """Draw what is controlled or under review, a class with its changes coloured; None for a negative.

    Returns
    -------
    tuple of Subject and Markup, or None
        What the drawing is of, and an SVG that takes the width it is given.
    """
    of = subject(answer, recognised.classes)
    mol = asked.molecule
    if mol is None and asked.substance is not None and asked.substance.structure is not None:
        mol = read_smiles(asked.substance.structure.smiles)
    if of is None or mol is None:
        return None
    return of, without_styles(drawing(of, mol, _WIDTH, _HEIGHT))


def without_styles(svg: str) -> Markup:
    """Turn each ``style`` of an SVG into the attributes that say the same, and leave its size to the page.

    Examples
    --------
    >>> without_styles("<svg width='9px'><path style='fill:none;stroke:#000'/></svg>")
    Markup('<svg><path fill="none" stroke="#000"/></svg>')
    """
    head, tag_end, rest = svg.partition(">")
    return Markup(_STYLE.sub(_attributes, _SIZE.sub("", head) + tag_end + rest))  # noqa: S704 - drawn here, by RDKit


def _attributes(style: re.Match[str]) -> str:
    parts = (part.split(":", 1) for part in style[2].split(";") if ":" in part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in parts)
