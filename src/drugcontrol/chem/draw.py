"""Drawing a structure as SVG."""

from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D

from drugcontrol.chem.molecule import Molecule

rdDepictor.SetPreferCoordGen(True)


def svg(mol: Molecule, width: int = 240, height: int = 170) -> str:
    """Draw a molecule; the SVG has no XML header, so that it can stand inside a page. Sizes in pixels."""
    drawer = rdMolDraw2D.MolDraw2DSVG(width, height)
    drawing = drawer.drawOptions()
    setattr(drawing, "clearBackground", False)  # noqa: B010 - the published types of these two are wrong
    setattr(drawing, "padding", 0.04)  # noqa: B010
    rdMolDraw2D.PrepareAndDrawMolecule(drawer, mol)
    drawer.FinishDrawing()
    text = str(drawer.GetDrawingText())
    return text[text.index("<svg") :]
