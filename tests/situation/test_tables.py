"""The file contract: Table Schemas that this reader and the frictionless package both hold the tables to."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.errors import DataError
from drugcontrol.situation import Figures
from drugcontrol.situation.rows import texts
from drugcontrol.situation.store import SHIPPED, load_dataset
from drugcontrol.situation.tables import Name, read_table, table_text

HEADER = "series,period_first,period_last,value,status,completeness_percent,pending_percent,footnote\n"


def table(tmp_path: Path, line: str) -> Path:
    path = tmp_path / "x.csv"
    path.write_text(HEADER + line + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("dataset", sorted(path.parent.name for path in SHIPPED.glob("*/dataset.yaml")))
def test_frictionless_finds_every_shipped_table_valid(dataset: str) -> None:
    from frictionless import Package, Resource, Schema, system

    folder = SHIPPED / dataset
    files: list[tuple[Name, Path]] = [("releases", folder / "releases.csv")]
    files += [("observations", path) for path in sorted((folder / "observations").glob("*.csv"))]
    files += [("terms", folder / "terms.csv")] if (folder / "terms.csv").exists() else []
    resources = [
        Resource(
            name=re.sub(r"[^a-z0-9]+", "-", f"{name}-{path.stem}"),
            path=str(path.relative_to(SHIPPED)),
            schema=Schema.from_descriptor(str(SHIPPED / f"{name}.schema.json")),
        )
        for name, path in files
    ]
    with system.use_context(trusted=True):
        report = Package(resources=resources, basepath=str(SHIPPED)).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:10]


def test_every_table_has_its_release_and_every_release_its_table(figures: Figures) -> None:
    for dataset in figures.datasets.values():
        held = {path.stem for path in (SHIPPED / dataset.id / "observations").glob("*.csv")}
        assert held == {release.id for release in dataset.releases}, dataset.id
        assert dataset.observations


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("a,2020-01-01,2020-12-31,12x,final,,,", "no number"),
        ("a,2020-01-01,2020-12-31,-1,final,,,", "below 0"),
        ("a,2020-01-01,2020-12-31,NaN,final,,,", "no number"),
        ("a,2020-02-30,2020-12-31,1,final,,,", "no day"),
        ("a,2020-01-01,2020-12-31,1,perhaps,,,", "not one of the values"),
        (",2020-01-01,2020-12-31,1,final,,,", "it is empty"),
        ("a,2020-01-01,2020-12-31,1,234,final,,,", "9 cells, 8 are expected"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_file_and_line(tmp_path: Path, line: str, what: str) -> None:
    path = table(tmp_path, line)
    with pytest.raises(DataError) as caught:
        read_table(path, "observations")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), 2)
    assert what in problem.what
    assert problem.cure


def copied(tmp_path: Path, dataset: str) -> Path:
    """A data directory with one dataset that may be spoiled."""
    import shutil

    shutil.copytree(SHIPPED / dataset, tmp_path / dataset)
    return tmp_path / dataset


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nobody,2023-06-01,2024-05-31,1,provisional,,,", "No series has the id"),
        ("gb-deaths-nitazenes-laboratory-confirmed,2024-06-01,2023-05-31,1,provisional,,,", "ends before it begins"),
        (
            "gb-deaths-nitazenes-laboratory-confirmed,2023-06-01,2024-05-31,180,provisional,,,",
            "stand on line 2 already",
        ),
        ("gb-deaths-nitazenes-laboratory-confirmed,2022-06-01,2023-05-31,,provisional,,,", "Value and status"),
    ],
)
def test_rows_that_contradict_each_other_are_refused(tmp_path: Path, line: str, what: str) -> None:
    folder = copied(tmp_path, "ohid-nitazenes")
    path = folder / "observations" / "2024-09-19.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=what) as caught:
        _ = load_dataset("ohid-nitazenes", tmp_path, tmp_path / "own").observations
    assert caught.value.problems[0].line == 3


def test_every_text_of_every_dataset_is_there_in_three_languages(figures: Figures) -> None:
    for dataset in figures.datasets.values():
        for text in texts(dataset.row):
            assert set(text) == {"en", "es", "zh"}, (dataset.id, text)
            assert all(said.strip() for said in text.values())
            assert len({tuple(sorted(re.findall(r"{\w+}", said))) for said in text.values()}) == 1


def test_every_series_says_who_publishes_it_in_what_unit_for_whom_and_under_which_licence(figures: Figures) -> None:
    for dataset in figures.datasets.values():
        row = dataset.row
        assert all([row.publisher, row.licence, row.address.startswith("https://"), row.population["en"], row.caveats])
    ids = {series.id for series in figures.all_series()} | {""}
    assert all({series.rate, series.population} <= ids for series in figures.all_series())
    assert len({series.id for series in figures.all_series()}) == sum(1 for _ in figures.all_series())


def test_reported_predicted_and_final_are_separate_series(figures: Figures) -> None:
    fits = {"reported": "provisional-reported", "predicted": "provisional-predicted"}
    for series in figures.all_series():
        statuses = {item.status for item in figures.dataset_of(series).observations.get(series.id, ())}
        if series.pattern.nature in fits:
            assert statuses <= {fits[series.pattern.nature], "rounded", "suppressed"}, series.id
        if series.pattern.nature == "final":
            assert statuses <= {"final", "suppressed"}, series.id


def test_the_datasets_are_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 3_000_000
    assert all(yaml.safe_load(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*/dataset.yaml"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_footnote_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, footnote: str) -> None:
    from datetime import date
    from decimal import Decimal

    path = tmp_path_factory.mktemp("t") / "x.csv"
    cells = {
        "series": "a",
        "period_first": date(2020, 1, 1),
        "period_last": date(2020, 12, 31),
        "value": Decimal("1.50"),
        "status": "final",
        "footnote": footnote,
    }
    path.write_text(table_text("observations", [cells]), encoding="utf-8", newline="")
    (line,) = read_table(path, "observations")
    assert line.cells["footnote"] == footnote
    assert line.cells["value"] == Decimal("1.50")
