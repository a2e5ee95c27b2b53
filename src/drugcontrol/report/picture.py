"""A finding as a picture: the structure with core and changes coloured by clause, and a legend in words.

The picture is of one place: the first of those asked about in which a class rule reaches the structure, else the first
in which a list does. A negative has no picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drugcontrol.check import Answer, Finding, Verdict
from drugcontrol.check.classes import ClassHit
from drugcontrol.chem import Molecule
from drugcontrol.chem.draw import Mark, svg
from drugcontrol.errors import UsageError
from drugcontrol.report.environment import environment
from drugcontrol.report.lines import wrapped
from drugcontrol.report.words import Words

CORE = "#dddddd"
UNNAMED = "#eedd88"
CLAUSES = ("#77aadd", "#ee8866", "#44bb99", "#ffaabb", "#bbcc33", "#99ddff", "#aaaa00")
"""The light scheme of Paul Tol, made to be told apart by colour-blind readers and to carry black text.

References
----------
P. Tol, Colour Schemes, SRON technical note SRON/EPS/TN/09-002, issue 3.2, figure 4.
"""

_WIDTH = 760
_DRAWING_HEIGHT = 400
_LINE_HEIGHT = 21
_GAP = 9
_CELLS = 90
"""Width of a legend line in terminal cells (a Chinese character has two): what fits in `_WIDTH` in a wide font."""

_NO_GLYPH = "\U0010fffd"
"""A character that no font has."""


@dataclass(frozen=True)
class Subject:
    """What a picture is of: a finding of a place, and how the structure was read if the finding is by class."""

    verdict: Verdict
    finding: Finding
    hit: ClassHit | None


@dataclass(frozen=True)
class Ground:
    """What a coloured ground stands for; `sign` is the letter of its clause, empty for the core and the rest."""

    says: str
    colour: str
    sign: str = ""


@dataclass(frozen=True)
class _Entry:
    """Lines of the legend; `sign` stands before them on a ground of `colour`."""

    lines: tuple[str, ...]
    colour: str = ""
    sign: str = ""
    bold: bool = False

    @property
    def height(self) -> int:
        """Pixels that it takes; entries without a ground are paragraphs and stand a little apart."""
        return len(self.lines) * _LINE_HEIGHT + (0 if self.colour or self.bold else _GAP)


def subject(answer: Answer, classes: Sequence[ClassHit]) -> Subject | None:
    """Choose the finding to be drawn; None when nothing is controlled or under review.

    Parameters
    ----------
    classes : sequence of ClassHit
        Of the same question, as :meth:`drugcontrol.check.Checker.recognise` gives them.
    """
    found = [(verdict, finding) for verdict in answer.verdicts for finding in verdict.findings]
    for verdict, finding in found:
        for hit in classes:
            if finding.basis == "class" and (hit.rule.id, hit.component) == (finding.listing, finding.component):
                return Subject(verdict, finding, hit)
    return Subject(*found[0], None) if found else None


def picture(answer: Answer, of: Subject, mol: Molecule, words: Words) -> str:
    """Draw a finding as SVG, with its legend.

    Parameters
    ----------
    mol : Molecule
        The structure as asked for; drawn where the finding is of a listing. A class is drawn as it was tested: neutral,
        without counter-ions, isotopes and stereo.
    """
    entries = [*_head(answer, of, words), *_legend(of, words), *_foot(answer, words)]
    template = environment().get_template("picture.svg")
    return template.render(
        language=words.language,
        title=entries[0].lines[0],
        drawing=drawing(of, mol, _WIDTH, _DRAWING_HEIGHT),
        entries=entries,
        width=_WIDTH,
        top=_DRAWING_HEIGHT + _LINE_HEIGHT,
        line_height=_LINE_HEIGHT,
        height=_DRAWING_HEIGHT + _LINE_HEIGHT + sum(entry.height for entry in entries) + _GAP,
    )


def drawing(of: Subject, mol: Molecule, width: int, height: int) -> str:
    """Draw the structure of a finding as SVG without a legend; a class with its changes coloured by clause."""
    if of.hit is None:
        return svg(mol, width, height)
    return svg(of.hit.molecule, width, height, list(_marks(of.hit)))


def png(picture_svg: str) -> bytes:
    """Turn a picture into PNG, at twice its size in pixels.

    Raises
    ------
    UsageError
        When the picture holds Chinese and no font of this machine does.
    """
    from vl_convert import svg_to_png  # slow to load, and few need it

    if any("\u4e00" <= letter <= "\u9fff" for letter in picture_svg):
        chinese, none = (svg_to_png(f"{_ONE_LETTER}{letter}</text></svg>") for letter in ("中", _NO_GLYPH))
        if chinese == none:
            raise UsageError(
                "No font of this machine has Chinese letters, so no PNG can be drawn.",
                "Write .svg, which the reader's fonts draw, or install a font (Debian: fonts-noto-cjk).",
            )
    return bytes(svg_to_png(picture_svg, scale=2))


_ONE_LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-family="sans-serif">'


def _colours(hit: ClassHit) -> dict[str, str]:
    """Give the colour of each clause of the rule, met or not, so that a clause has one colour in all pictures."""
    return {clause.id: CLAUSES[index % len(CLAUSES)] for index, clause in enumerate(hit.rule.rule.clauses)}


def _marks(hit: ClassHit) -> Iterator[Mark]:
    yield Mark(hit.account.core, CORE)
    if hit.rule.rule.other_additions == "open":
        for atoms in hit.account.unlisted:
            yield Mark(atoms, UNNAMED, "(?)")
    colours = _colours(hit)
    for change in hit.account.met:
        yield Mark(change.atoms, colours[change.clause], f"({change.clause})")


def _head(answer: Answer, of: Subject, words: Words) -> Iterator[_Entry]:
    substance = answer.substance.name if answer.substance else words("word", "no_substance")
    as_of = words("word", "as_of", date=answer.as_of)
    yield _entry(f"{substance} · {words.text(of.verdict.name)} · {words.status(of.verdict)} · {as_of}", bold=True)
    if of.hit is not None:
        status = "" if of.finding.status == of.verdict.status else f" · {words('status', of.finding.status)}"
        title = words.text(of.hit.rule.rule.title)
        yield _entry(f"{words('word', 'class_rule')}: {title}{status}", bold=True)
    yield _entry(f"{_where(of.finding, words)} · {words('word', 'by')} {'; '.join(of.finding.provisions)}")


def _where(finding: Finding, words: Words) -> str:
    where = f"{words.text(finding.instrument_title)}, {words.text(finding.schedule_name)}"
    item = f", {words('word', 'item', item=finding.item)}" if finding.item else ""
    return f"{where}{item} · {words.span(finding.since, finding.until)}"


def _legend(of: Subject, words: Words) -> Iterator[_Entry]:
    finding = of.finding
    if of.hit is not None:
        yield from (_entry(ground.says, ground.colour, ground.sign) for ground in grounds(of.hit, words))
        yield _Entry(())
    if finding.question or finding.rulings:
        yield _entry(words.reason(finding, clauses_in_full=False))
    yield from (_entry(remark) for remark in remarks(of, words))


def remarks(of: Subject, words: Words) -> Iterator[str]:
    """Say what else holds the substance in that place, and how a class is drawn."""
    governing = of.verdict.findings[0]
    if governing is not of.finding:
        key = "gives_way" if of.finding.role == "displaced" else "also"
        yield words("picture", key, listing=_where(governing, words))
    if of.hit is not None:
        yield words("picture", "as_tested")


def grounds(hit: ClassHit, words: Words) -> Iterator[Ground]:
    """Say what each ground stands for: every clause that is met, the core, and what is left."""
    colours, rule, account = _colours(hit), hit.rule.rule, hit.account
    for clause in hit.clauses:
        yield Ground(words.text(clause.says), colours[clause.id], f"({clause.id})")
    if account.unlisted and rule.other_additions == "open":
        yield Ground(words("picture", "unnamed"), UNNAMED, "(?)")
    yield Ground(words("picture", "core"), CORE)
    marked = account.core.union(*(change.atoms for change in account.met), *account.unlisted)
    if rule.other_additions == "any":
        yield Ground(words("picture", "rest"), "#ffffff")
    elif len(marked) < hit.molecule.GetNumAtoms():
        yield Ground(words("picture", "unchanged"), "#ffffff")


def _foot(answer: Answer, words: Words) -> Iterator[_Entry]:
    yield _entry(f"{words('word', 'edition', edition=answer.edition)}. {words.text(answer.notice)}")


def _entry(text: str, colour: str = "", sign: str = "", *, bold: bool = False) -> _Entry:
    """Break a text into lines; those beside a ground are shorter."""
    cells = _CELLS - (12 if colour else 0) - (8 if bold else 0)
    return _Entry(tuple(wrapped(text, cells)), colour, sign, bold)
