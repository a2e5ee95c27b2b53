"""Drawing a structure as SVG, plain or with atoms on coloured grounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, pi, sin
from xml.sax.saxutils import escape

from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D

from drugcontrol.chem.molecule import Molecule

rdDepictor.SetPreferCoordGen(True)

_NOTE_SIZE = 17
_NOTE_GAP = 16
"""Pixels between an atom and its note: outside the coloured ground."""

_BOND_LENGTH = 46
"""Pixels of a bond at most, so that small structures are not blown up."""


@dataclass(frozen=True)
class Mark:
    """Atoms on a coloured ground.

    Attributes
    ----------
    colour : str
        ``#rrggbb``; light, since bonds and letters are black.
    note : str
        Short text beside one of the atoms, so that nothing hangs on the colour alone.
    """

    atoms: frozenset[int]
    colour: str
    note: str = ""


@dataclass(frozen=True)
class _Box:
    """The place of a note: its middle and half its size, in pixels."""

    x: float
    y: float
    half_width: float
    half_height: float

    def room(self, x: float, y: float) -> float:
        """Say how far a point is from the middle; from 1 on it is outside."""
        return max(abs(x - self.x) / self.half_width, abs(y - self.y) / self.half_height)


def svg(mol: Molecule, width: int = 240, height: int = 170, marks: Sequence[Mark] = ()) -> str:
    """Draw a molecule; the SVG has no XML header, so that it can stand inside a page.

    Parameters
    ----------
    width, height : int
        Size in pixels.
    marks : sequence of Mark
        An atom in several has the ground of the last.
    """
    drawer = rdMolDraw2D.MolDraw2DSVG(width, height)
    drawing = drawer.drawOptions()
    setattr(drawing, "clearBackground", False)  # noqa: B010 - the published types of these are wrong
    setattr(drawing, "fixedBondLength", _BOND_LENGTH)  # noqa: B010
    setattr(drawing, "padding", 0.08 if marks else 0.04)  # noqa: B010
    if marks:
        drawing.useBWAtomPalette()
    atoms = {atom: _rgb(mark.colour) for mark in marks for atom in mark.atoms}
    bonds = {bond: _rgb(mark.colour) for mark in marks for bond in _bonds_within(mol, mark)}
    rdMolDraw2D.PrepareAndDrawMolecule(
        drawer,
        mol,
        highlightAtoms=list(atoms),
        highlightBonds=list(bonds),
        highlightAtomColors=atoms,
        highlightBondColors=bonds,
    )
    drawer.FinishDrawing()
    text = str(drawer.GetDrawingText())
    notes = "".join(_notes(drawer, mol, marks, (width, height)))
    return text[text.index("<svg") : text.rindex("</svg>")] + notes + "</svg>\n"


def _bonds_within(mol: Molecule, mark: Mark) -> Iterator[int]:
    for bond in mol.GetBonds():
        if {bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()} <= mark.atoms:
            yield bond.GetIdx()


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _notes(
    drawer: rdMolDraw2D.MolDraw2DSVG, mol: Molecule, marks: Sequence[Mark], size: tuple[int, int]
) -> Iterator[str]:
    """Write each note beside the atom of its mark that has most room: clear of atoms, bonds and other notes."""
    points = [drawer.GetDrawCoords(index) for index in range(mol.GetNumAtoms())]
    taken = [(point.x, point.y) for point in points]
    for bond in mol.GetBonds():
        begin, end = points[bond.GetBeginAtomIdx()], points[bond.GetEndAtomIdx()]
        taken += [
            (begin.x + part * (end.x - begin.x), begin.y + part * (end.y - begin.y)) for part in (0.25, 0.5, 0.75)
        ]
    for mark in marks:
        if not mark.note:
            continue
        around = [(points[atom].x, points[atom].y) for atom in sorted(mark.atoms)]
        boxes = [box for box in _boxes(around, mark.note) if _inside(box, size)] or list(_boxes(around, mark.note))
        best = max(boxes, key=lambda box: min(box.room(x, y) for x, y in taken))
        taken += [(best.x + step * best.half_width, best.y) for step in (-0.9, 0.0, 0.9)]
        yield _note(best, mark.note)


def _note(box: _Box, text: str) -> str:
    halo = 'stroke="#ffffff" stroke-width="4" paint-order="stroke"'
    letters = f'text-anchor="middle" font-weight="bold" font-size="{_NOTE_SIZE}"'
    return f'<text x="{box.x:.1f}" y="{box.y + _NOTE_SIZE / 3:.1f}" {letters} {halo}>{escape(text)}</text>\n'


def _boxes(around: Sequence[tuple[float, float]], note: str) -> Iterator[_Box]:
    half_width, half_height = len(note) * _NOTE_SIZE * 0.3, _NOTE_SIZE * 0.6
    for (x, y), turn in product(around, range(16)):
        across, down = cos(turn * pi / 8), sin(turn * pi / 8)
        left, top = across * (half_width + _NOTE_GAP), down * (half_height + _NOTE_GAP)
        yield _Box(x + left, y + top, half_width, half_height)


def _inside(box: _Box, size: tuple[int, int]) -> bool:
    width, height = size
    across = box.half_width <= box.x <= width - box.half_width
    return across and box.half_height <= box.y <= height - box.half_height
