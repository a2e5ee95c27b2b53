"""Make the shipped tables of figures again from the publishers' files: ``make figures SOURCES=DIRECTORY``.

A row of ``releases.csv`` with a digest was read from a file with that digest. Every such file that stands in the
directory is read by the same readers that ``figures import`` uses, and its tables are written anew. Releases that were
read by hand have no digest and are left as they are.
"""

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

from drugcontrol.situation.formats import Content
from drugcontrol.situation.formats.recognise import recognise
from drugcontrol.situation.importing import check_periods, to_rows
from drugcontrol.situation.model import Dataset, Release
from drugcontrol.situation.store import SHIPPED, load_figures
from drugcontrol.situation.tables import table_text


def tables(sources: Path) -> Iterator[tuple[Path, str]]:
    """Give path and text of every table that can be made from the files of a directory."""
    files = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(sources.iterdir()) if path.is_file()
    }
    for dataset in load_figures(own=Path("nowhere")).datasets.values():
        for release in dataset.releases:
            if release.sha256 in files:
                yield _target(dataset, release), _text(dataset, release, files[release.sha256])


def _target(dataset: Dataset, release: Release) -> Path:
    return SHIPPED / dataset.id / "observations" / f"{release.id}.csv"


def _text(dataset: Dataset, release: Release, path: Path) -> str:
    form, file = recognise(path)
    content = _content(form.read(file), release)
    check_periods(dataset, form, path, content.figures)
    rows, new = to_rows(dataset, path, content.figures)
    if new:
        raise SystemExit(f"{path}: add to terms.csv of {dataset.id}: {', '.join(term.publisher for term in new)}")
    return table_text("observations", rows)


def _content(contents: list[Content], release: Release) -> Content:
    """Pick the content of a release: the only one, or the one whose label is the id, ``to-`` left out."""
    wanted = release.id.removeprefix("to-")
    return next(content for content in contents if len(contents) == 1 or content.label[:7] == wanted)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path)
    for target, text in tables(parser.parse_args().sources):
        target.write_text(text, encoding="utf-8")
        print(target)
