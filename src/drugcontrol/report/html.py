"""A screening report as one page that opens from disk: nothing is loaded from elsewhere, no script runs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from drugcontrol.check import NOTICE
from drugcontrol.chem import read_molfile, read_smiles
from drugcontrol.chem.draw import svg
from drugcontrol.errors import StructureError
from drugcontrol.law import Law
from drugcontrol.report.environment import environment
from drugcontrol.report.words import Words
from drugcontrol.screen.run import Columns, Result, Settings
from drugcontrol.screen.summary import Summary
from drugcontrol.screen.writers import part_file


class HtmlReport:
    """A report that takes results one by one; the summary is put in front when it is finished."""

    def __init__(self, body: IO[str], law: Law, settings: Settings, columns: Columns, words: Words) -> None:
        self._body = body
        self._law = law
        self._settings = settings
        self._columns = columns
        self._words = words
        self._templates = environment()
        self._templates.globals.update(w=words, settings=settings)
        self._templates.filters["form_name"] = lambda form: words("form", form)
        self._row = self._templates.get_template("row.html")

    def write(self, result: Result) -> None:
        """Take one result."""
        row = result.row
        label = next((row.values[name] for name in (self._columns.name, "name") if row.values.get(name)), "")
        self._body.write(
            self._row.render(
                result=result,
                label=label or row.values.get(self._columns.cas, ""),
                cas=row.values.get(self._columns.cas, ""),
                picture=self._picture(result),
                found=[verdict for verdict in result.verdicts if verdict.findings],
            )
        )

    def page(self, out: IO[str], source: str, summary: Summary) -> None:
        """Write the whole page."""
        page = self._templates.get_template("report.html")
        facts: dict[str, Any] = {"source": source, "summary": summary, "edition": self._law.edition_name}
        head, foot = page.render(**facts, notice=self._words.text(NOTICE), body="\0").split("\0")
        out.write(head)
        self._body.seek(0)
        shutil.copyfileobj(self._body, out)
        out.write(foot)

    def _picture(self, result: Result) -> str:
        """Draw what was asked, or the registered structure; nothing where nothing was found."""
        findings = [finding for verdict in result.verdicts for finding in verdict.findings]
        if not findings:
            return ""
        try:
            if result.row.molfile:
                return svg(read_molfile(result.row.molfile))
            smiles = result.row.values.get(self._columns.smiles, "").strip()
            if smiles:
                return svg(read_smiles(smiles))
        except StructureError:
            return ""  # the error of the row says so; a name may have given the findings
        structure = self._law.substances[findings[0].substance].structure
        return svg(read_smiles(structure.smiles)) if structure else ""


@contextmanager
def html_writer(
    path: Path, source: str, summary: Summary, law: Law, settings: Settings, columns: Columns, words: Words
) -> Iterator[HtmlReport]:
    """Open a report; the page is written when the block ends well, with the summary as it is then."""
    with TemporaryFile("w+", encoding="utf-8") as body:
        report = HtmlReport(body, law, settings, columns, words)
        yield report
        with part_file(path) as part, part.open("w", encoding="utf-8") as out:
            report.page(out, source, summary)
