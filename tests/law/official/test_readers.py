"""Reading official files: what an entry gives, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from drugcontrol.errors import ReadError
from drugcontrol.law import Law
from drugcontrol.law.official import FORMATS, OfficialFile, OfficialRow, compare, read_official
from tests.official.listed import SHARED

TEXTS = Path(__file__).parents[2] / "official/texts"
CANADA = TEXTS / "ca-cdsa-schedules.xml"
ECFR = TEXTS / "us-21-cfr-1308-12-15.xml"
GERMANY = TEXTS / "de-btmg-2020-09-24.xml"
GERMAN_PAGE = "% Gesetz über den Verkehr mit Betäubungsmitteln"
UK = TEXTS / "gb-mda-1971-schedule-2.xml"
EU_HTML, EU_FORMEX = TEXTS / "eu-273-2004.html", TEXTS / "eu-111-2005.fmx.xml"

NIEM_CSV = """code_type,dea_code,definition
DEAClassScheduleCodeCodeSimpleType,I,Schedule I Controlled Substances.
DrugCodeSimpleType,9801,Fentanyl
DrugCodeSimpleType,9822,Butyryl fentanyl (N-(1-phenethylpiperidin-4-yl)-N-phenylbutyramide)
"""
NIEM_PAGE = """Publication: Controlled Substances - by DEA Drug Code Number;
Date: 8 Feb 2016;

## DEAClassScheduleCodeCodeSimpleType

| 9999 | a number of another table |

## DrugCodeSimpleType

| Code | Definition |
| --- | --- |
| 9801 | Fentanyl |
"""
HEAD = '<Statute lims:current-date="2026-06-14" xmlns:lims="http://justice.gc.ca/lims">'


def written(tmp_path: Path, text: str | bytes, name: str = "file.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def damaged(path: Path, found: str, instead: str) -> str:
    return path.read_text(encoding="utf-8").replace(found, instead)


def entry(file: OfficialFile, schedule: str, item: str) -> OfficialRow:
    (row,) = [row for row in file.rows if (row.schedule, row.item) == (schedule, item)]
    return row


def test_canada_gives_item_name_chemical_name_and_the_day_of_the_text() -> None:
    file = read_official(CANADA)
    assert (file.instruments, file.text_of) == (("ca-cdsa",), date(2026, 6, 14))
    bromide = entry(file, "Schedule VI, Part 1", "33")
    assert (bromide.names, bromide.chemical) == (("Phenethyl bromide",), "(2-bromoethyl)benzene")
    assert (bromide.since, bromide.act) == (date(2026, 4, 12), "SOR/2026-38")


def test_canada_has_no_day_for_items_that_the_database_only_set_up_anew() -> None:
    assert entry(read_official(CANADA), "Schedule VI, Part 1", "1").since is None


def test_canada_reads_the_period_of_temporary_entries_and_leaves_repealed_ones_out() -> None:
    temporary = [row for row in read_official(CANADA).rows if row.schedule.startswith("Schedule V, ")]
    assert {(row.since, row.until) for row in temporary} == {(date(2026, 6, 5), date(2027, 6, 4))}
    assert not any("Repealed" in row.printed for row in temporary)


def test_canada_marks_what_stands_after_but_not_including(tmp_path: Path) -> None:
    items = (
        "<Item><Label>1</Label><Text>Alpha</Text><List>"
        "<Item><Label>(1)</Label><Text>Beta</Text></Item><Item><Text>but not including</Text></Item>"
        "<Item><Label>(2)</Label><Text>Gamma</Text></Item></List></Item>"
    )
    text = (
        f"{HEAD}<ConsolidatedNumber>C-38.8</ConsolidatedNumber><Schedule><ScheduleFormHeading>"
        f"<Label>SCHEDULE I</Label></ScheduleFormHeading><List>{items}</List></Schedule></Statute>"
    )
    rows = read_official(written(tmp_path, text)).rows
    assert [(row.item, row.printed, row.excluded) for row in rows] == [
        ("1", "Alpha", False),
        ("1(1)", "Beta", False),
        ("1(2)", "Gamma", True),
    ]


def test_ecfr_finds_the_paragraph_of_an_entry_in_lines_and_in_tables() -> None:
    file = read_official(ECFR)
    assert (file.instruments, file.text_of) == (("us-cfr-1308",), date(2026, 9, 21))
    assert file.schedules == {"1308.12", "1308.15"}
    assert entry(file, "1308.12", "(b)(1)(xviii)").names == ("Thebaine",)
    assert entry(file, "1308.12", "(g)(3)(ii)").chemical == "N-phenyl-N-(piperidin-4-yl)propionamide"
    assert entry(file, "1308.12", "(c)(11)").names == ("Levo-alphacetylmethadol", "LAAM", "levomethadyl acetate")
    assert entry(file, "1308.15", "(e)(7)").note == "code 2782"


def test_code_lists_give_names_without_headings(tmp_path: Path) -> None:
    table = read_official(written(tmp_path, NIEM_CSV, "codes.csv"))
    page = read_official(written(tmp_path, NIEM_PAGE, "codes.md"))
    assert [row.names[0] for row in table.rows] == ["Fentanyl", "Butyryl fentanyl"]
    assert table.rows[1].chemical == "N-(1-phenethylpiperidin-4-yl)-N-phenylbutyramide"
    assert [(row.item, row.printed) for row in page.rows] == [("9801", "Fentanyl")]
    assert (page.text_of, page.schedules) == (date(2016, 2, 8), frozenset())


def test_code_lists_give_each_substance_that_shares_a_code_and_the_names_before_the_chemical_name(
    tmp_path: Path,
) -> None:
    table = f"""{NIEM_CSV}DrugCodeSimpleType,2100,Aprobarbital; Butabarbital (secbutabarbital)
DrugCodeSimpleType,7011,"5-Fluoro-UR-144 and XLR11 [1-(5-fluoro-pentyl)1Hindol-3-yl](2,2,3,3-tetramethyl)methanone"
DrugCodeSimpleType,9600,"Opium, raw"
"""
    rows = read_official(written(tmp_path, table, "codes.csv")).rows[2:]
    assert [row.item for row in rows] == ["2100", "2100", "7011", "9600"]
    assert rows[0].names == ("Aprobarbital",)
    assert "Butabarbital" in rows[1].names
    assert {"5-Fluoro-UR-144", "XLR11"} <= set(rows[2].names)
    assert "raw opium" in rows[3].names


def test_the_code_lists_show_what_no_law_names_alone(law: Law) -> None:
    """Of 450 codes only classes and products are told as not held; what is held must not be."""
    path = SHARED / "us/niem6-dea-drug-codes-2025.csv"
    if not path.exists():
        path = TEXTS / "us-dea-codes-extract.csv"
    told = {change.row.item for change in compare(law, read_official(path)) if change.row}
    assert told <= {"1405", "2100", "2126", "2271", "2316", "4000", "7365", "7369", "9278", "9850"}


def test_an_unknown_format_is_told_with_the_formats_known(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as told:
        read_official(written(tmp_path, "hello", "list.txt"))
    assert all(known.name in str(told.value) for known in FORMATS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEAD}<ConsolidatedNumber>F-27</ConsolidatedNumber></Statute>", "F-27"),
        (f"{HEAD}<ConsolidatedNumber>C-38.8</ConsolidatedNumber></Statute>", "no entry"),
        (f"{HEAD}<unclosed>", "no well-formed XML"),
        ('<DLPSTEXTCLASS><DIV8 N="§ 1308.12" TYPE="SECTION"/></DLPSTEXTCLASS>', "of which day"),
        (b"code_type,dea_code,definition\nDrugCodeSimpleType,1,\xff", "no UTF-8"),
        (f"{NIEM_CSV}DrugCodeSimpleType,98", "line 5: not 3 columns"),
        (NIEM_PAGE.replace("8 Feb 2016", "8 Foo 2016"), "no day"),
        (f"{HEAD}<ConsolidatedNumber>C-38.8</ConsolidatedNumber></Statute>".replace("2026-06-14", "soon"), "no day"),
        (
            f"{HEAD}<ConsolidatedNumber>C-38.8</ConsolidatedNumber></Statute>".replace("current-date", "day"),
            "which day",
        ),
        (
            damaged(CANADA, 'inforce-start-date="2019-05-15"', 'inforce-start-date="soon"'),
            "a value that cannot be read",
        ),
        (damaged(ECFR, "<AMDDATE>", "<AMDDATE>Foo 99, 2026 "), "no day"),
        (damaged(GERMANY, "builddate=", "built="), "which day"),
        (damaged(GERMANY, 'builddate="2020', 'builddate="X20'), "no day"),
        (damaged(UK, "2025-01-15", "2025"), "no day"),
        (damaged(EU_HTML, "</html>", ""), "cut off"),
        (damaged(EU_FORMEX, "</CONS.ACT>", ""), "cut off"),
        (f"{GERMAN_PAGE}\n# Anlage I – (zu § 1 Abs. 1)\n<table>", "cut off"),
        (f"{GERMAN_PAGE}\n# Anlage I – (zu § 1 Abs. 1)\n<table></table>", "does not hold Anlage II, Anlage III"),
    ],
)
def test_a_damaged_or_other_file_is_told_by_name(tmp_path: Path, text: str | bytes, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ReadError, match=words) as told:
        read_official(path)
    assert str(path) in str(told.value)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
        f"{HEAD}<ConsolidatedNumber>&y;</ConsolidatedNumber></Statute>"
    )
    with pytest.raises(ReadError, match="declares entities"):
        read_official(written(tmp_path, bomb))


def test_a_file_larger_than_any_official_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drugcontrol.law.official.documents.MOST_BYTES", 10)
    with pytest.raises(ReadError, match="more than"):
        read_official(written(tmp_path, NIEM_CSV))
