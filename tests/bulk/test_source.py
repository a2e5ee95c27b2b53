"""A folder is read like one file: every row with the name of its file, and a bad file costs itself only."""

import csv
import gzip
import os
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
import pytest
from rdkit import Chem

from drugcontrol.bulk import screen_table
from drugcontrol.bulk.local import answered
from drugcontrol.bulk.operator import LINE, MOLFILE
from drugcontrol.bulk.run import begun_at, run_to_file
from drugcontrol.errors import ReadError
from drugcontrol.screen.run import Columns
from drugcontrol.screen.summary import Summary
from tests.bulk.conftest import EVERYTHING, plan_for, source_of

FENTANYL = "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "lists"
    (path / "more").mkdir(parents=True)
    (path / "a.csv").write_text(f"Product,Structure\nA,{FENTANYL}\n", encoding="utf-8")
    (path / "b.smi.gz").write_bytes(gzip.compress(f"{FENTANYL} b\nCCO ethanol\n".encode()))
    (path / "c.parquet").write_bytes(b"no parquet")
    (path / "d.csv").write_text("mass\n1\n", encoding="utf-8")
    lots = "".join(f"fentanyl,{number * 7919}\n" for number in range(6_000))
    (path / "e.csv.gz").write_bytes(gzip.compress(f"name,lot\n{lots}".encode())[:-4000])
    parquet.write_table(pyarrow.table({"cas": ["437-38-7"], "input_file": ["mine"]}), path / "more" / "f.parquet")
    (path / "readme.docx").write_bytes(b"not read")
    return path


def test_each_file_of_a_folder_has_its_own_columns_and_none_is_lost(folder: Path) -> None:
    source = source_of(folder)
    assert [source.name_of(path) for path in source.files] == [
        "a.csv", "b.smi.gz", "c.parquet", "d.csv", "e.csv.gz", "more/f.parquet",
    ]  # fmt: skip
    plan = plan_for(source, places=("US",))
    answers = [row for table in source.tables() for row in screen_table(table, plan).to_pylist()]
    told = {(row["input_input_file"], row["status"] or row["error"].split(".")[0][-40:]) for row in answers}
    assert {name for name, what in told if what == "controlled"} == {"a.csv", "b.smi.gz", "e.csv.gz", "more/f.parquet"}
    assert {name for name, what in told if what != "controlled"} == {"c.parquet", "d.csv", "e.csv.gz"}
    (named,) = [row for row in answers if row["input_input_file"] == "more/f.parquet"]
    assert (named["input_file"], named["cas"]) == ("mine", "437-38-7")


def test_no_file_of_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    (Path(os.fsdecode(os.fsencode(folder / "na") + b"\xefve.smi"))).write_text(f"{FENTANYL}\n", encoding="utf-8")
    record = Chem.MolToMolBlock(Chem.MolFromSmiles("O")).encode()
    (folder / "old.sdf").write_bytes(record + b"> <Bestellnr\xfc>\n1\n\n$$$$\n" + record + b"$$$$\n")
    twice = pyarrow.Table.from_arrays([pyarrow.array([FENTANYL])] * 2, ["smiles", "smiles"])
    parquet.write_table(twice, folder / "twice.parquet")
    out = tmp_path / "out.csv"
    source = source_of(folder)
    plan = plan_for(source, places=("US",))
    run_to_file(source, plan, out, lambda tables: answered(tables, plan, 1), Summary(), resume=False)
    with out.open(encoding="utf-8-sig", newline="") as text:
        told = {row["input_file"]: row["status"] or row["error"] for row in csv.DictReader(text)}
    assert told.pop("na?ve.smi") == "controlled"
    assert [what.split(": ")[-1][:30] for _, what in sorted(told.items())] == [
        "No such file or directory. Che", "the record holds bytes that ar", "the column “smiles” stands twi",
    ]  # fmt: skip
    assert begun_at(out) is None


def test_parquet_that_holds_text_as_bytes_is_read(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"smiles": [FENTANYL.encode()]}), tmp_path / "a.parquet")
    (table,) = source_of(tmp_path / "a.parquet").tables()
    assert table["smiles"].to_pylist() == [FENTANYL]


def test_the_title_of_a_record_is_its_name_where_the_field_name_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.sdf"
    block = Chem.MolToMolBlock(Chem.MolFromSmiles("O"))
    path.write_text(f"water{block}> <name>\n\n$$$$\nwater{block}> <name>\naqua\n\n$$$$\n", encoding="utf-8")
    source = source_of(path)
    (table,) = source.tables()
    assert source.columns == ("name",)
    assert table["name"].to_pylist() == ["water", "aqua"]


def test_what_was_read_goes_from_nothing_to_all(folder: Path) -> None:
    source = source_of(folder)
    seen = [source.read for _ in source.tables()]
    assert seen == sorted(seen)
    assert source.read == 1.0


def test_a_single_file_that_cannot_be_read_is_refused_at_once(folder: Path) -> None:
    with pytest.raises(ReadError, match="no Parquet file"):
        source_of(folder / "c.parquet")
    with pytest.raises(ReadError, match="No column says"):
        source_of(folder / "d.csv")
    with pytest.raises(ReadError, match="no column “name”"):
        source_of(folder / "d.csv", Columns(name="name"))


def test_a_folder_without_a_file_to_read_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"holds no file that is read.*\.parquet"):
        source_of(tmp_path)


def test_a_molfile_goes_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.sdf"
    path.write_text(f"{Chem.MolToMolBlock(Chem.MolFromSmiles('O'))}$$$$\n", encoding="utf-8")
    (table,) = source_of(path).tables()
    assert "M  END" in table[MOLFILE][0].as_py()
    answers = screen_table(table, plan_for(source_of(path), EVERYTHING, ("US",)))
    assert answers["status"].to_pylist() == ["not_listed"]


def test_a_column_with_the_name_of_an_own_one_is_refused_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"smiles,{LINE}\nCCO,7\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"drugcontrol:line.*Rename"):
        source_of(tmp_path / "a.csv")
