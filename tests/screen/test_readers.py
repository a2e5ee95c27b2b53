import gzip
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
import pytest

from drugcontrol.errors import ReadError
from drugcontrol.screen import InputRow, open_input


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def read(path: Path, content: str | bytes) -> list[InputRow]:
    with open_input(_written(path, content.encode() if isinstance(content, str) else content)) as source:
        return list(source)


def test_a_csv_gives_values_by_column_and_the_line_of_each_row(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", 'name,smiles\nethanol,CCO\n"two\nlines",C\n\nwater,O\n')
    assert [(row.line, row.values["name"]) for row in rows] == [(2, "ethanol"), (3, "two\nlines"), (6, "water")]
    assert not any(row.error for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    rows = read(tmp_path / "a.csv", f"name{separator}cas\nacetone{separator}67-64-1\n")
    assert rows[0].values == {"name": "acetone", "cas": "67-64-1"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_are_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    rows = read(tmp_path / "a.csv", "name,cas\n芬太尼,437-38-7\n".encode(encoding))
    assert rows[0].values["name"] == "芬太尼"


def test_a_row_in_another_encoding_is_an_error_row_and_the_others_stay(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", b"name,cas\nacetone,67-64-1\n\xe9ther,60-29-7\nwater,7732-18-5\n")
    assert [bool(row.error) for row in rows] == [False, True, False]
    assert "UTF-8" in rows[1].error
    assert rows[1].values["cas"] == "60-29-7"


def test_a_row_with_too_many_cells_is_an_error_row(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", "name,cas\na,b,c\nacetone,67-64-1\n")
    assert "3 cells" in rows[0].error
    assert not rows[1].error


def test_a_row_with_too_few_cells_is_filled_up(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "name,cas\nacetone\n")[0].values == {"name": "acetone", "cas": ""}


def test_stray_quotes_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", 'name,cas\n"ace"tone,67-64-1\nwater,7732-18-5\n"open,1\nethanol,64-17-5\n')
    assert rows[0].error.startswith("line 2")
    assert rows[1].values["name"] == "water"
    assert rows[2].error.startswith("line 4")
    assert rows[3].values["name"] == "ethanol"


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    lines = ["name,cas", '"open,1', *(f"water {number},7732-18-5" for number in range(500))]
    rows = read(tmp_path / "a.csv", "\n".join(lines) + "\n")
    assert [row.line for row in rows] == list(range(2, 503))
    assert [row.line for row in rows if row.error] == [2]


def test_a_cell_may_go_over_several_lines(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.csv", 'name,cas\n"acetone\n(pure)",67-64-1\nwater,7732-18-5\n')
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].values["name"] == "acetone\n(pure)"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_gzip_file_that_is_cut_off_is_named_as_damaged(tmp_path: Path, cut: float) -> None:
    path = tmp_path / "a.csv.gz"
    whole = gzip.compress(("name,cas\n" + "".join(f"{n},67-64-1\n" for n in range(20_000))).encode())
    path.write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(ReadError, match=r"damaged|no complete gzip"), open_input(path) as source:
        list(source)


def test_a_row_of_empty_cells_is_an_error_row(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "name,cas\n , \n")[0].error == "the row is empty"


def test_a_column_given_twice_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="stands twice"):
        read(tmp_path / "a.csv", "name,name\na,b\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"x"),
        ("a.parquet", b"no parquet"),
        ("a.csv.gz", b"no gzip"),
        ("a.csv.zst", b"no zst, but some text"),
        ("a.csv", b"\xff\xe9,\n1\n"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(ReadError, match=name):
        read(tmp_path / name, content)


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        open_input(tmp_path / "none.csv")


def test_smi_lines_hold_structure_and_name(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.smi", "smiles name\nCCO ethanol absolute\nCC(C)=O\tacetone\n\nO\n")
    assert [(row.line, row.values["smiles"], row.values["name"]) for row in rows] == [
        (2, "CCO", "ethanol absolute"),
        (3, "CC(C)=O", "acetone"),
        (5, "O", ""),
    ]


SDF = """acetone
  x

  4  3  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0
    1.5000    0.0000    0.0000 C   0  0
    2.2500    1.3000    0.0000 C   0  0
    2.2500   -1.3000    0.0000 O   0  0
  1  2  1  0
  2  3  1  0
  2  4  2  0
M  END
> <CAS>
67-64-1

$$$$
broken
> <NOTE>
no structure

$$$$
"""


def test_sdf_records_hold_structure_title_and_fields(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.sdf", SDF)
    assert rows[0].values == {"name": "acetone", "CAS": "67-64-1", "NOTE": ""}
    assert "M  END" in rows[0].molfile
    assert "cut off" in rows[1].error
    assert rows[1].line == 17
    with open_input(tmp_path / "a.sdf") as source:
        assert source.columns == ["name", "CAS", "NOTE"]


def test_an_sdf_that_is_cut_off_keeps_its_last_record_as_an_error(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.sdf", SDF.split("M  END")[0])
    assert [bool(row.error) for row in rows] == [True]


def test_gzip_is_read_as_it_streams(tmp_path: Path) -> None:
    rows = read(tmp_path / "a.smi.gz", gzip.compress(b"CCO ethanol\n"))
    assert rows[0].values["smiles"] == "CCO"


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.csv", "a.smi", "a.sdf"])
def test_packed_or_not_a_file_has_the_same_rows(tmp_path: Path, name: str, ending: str) -> None:
    content = {"a.csv": "name,cas\nacetone,67-64-1\n", "a.smi": "CCO ethanol\n", "a.sdf": SDF}[name].encode()
    packed = {"": content, ".gz": gzip.compress(content), ".zst": pyarrow.compress(content, "zstd", asbytes=True)}
    with open_input(_written(tmp_path / f"plain-{name}", content)) as source:
        plain = source.columns, list(source)
    with open_input(_written(tmp_path / f"{name}{ending}", packed[ending])) as source:
        assert (source.columns, list(source)) == plain
        assert source.fraction_read() == 1.0


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_zst_file_that_is_cut_off_is_named_as_damaged(tmp_path: Path, cut: float) -> None:
    lines = "name,cas\n" + "".join(f"{n},67-64-1\n" for n in range(200_000))
    whole = pyarrow.compress(lines.encode(), "zstd", asbytes=True)
    path = _written(tmp_path / "a.csv.zst", whole[: int(len(whole) * cut)])
    with pytest.raises(ReadError, match=r"damaged|no complete zst"), open_input(path) as source:
        list(source)


def test_a_zst_file_of_several_frames_is_read_to_its_end(tmp_path: Path) -> None:
    frames = [pyarrow.compress(text, "zstd", asbytes=True) for text in (b"CCO ethanol\n", b"CC(C)=O acetone\n")]
    assert len(read(tmp_path / "a.smi.zst", b"".join(frames))) == 2


def test_parquet_is_read_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"name": ["acetone", None], "mass": [1.5, 2.0]})
    parquet.write_table(table, path)
    with open_input(path) as source:
        rows = list(source)
    assert [(row.line, row.values) for row in rows] == [
        (1, {"name": "acetone", "mass": "1.5"}),
        (2, {"name": "", "mass": "2.0"}),
    ]


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name\n" + "water\n" * 50_000, encoding="utf-8")
    with open_input(path) as source:
        seen = [source.fraction_read() for _ in source]
        assert seen == sorted(seen)
        assert 0 < seen[0] < 0.5
        assert source.fraction_read() == 1.0
