"""A newer file becomes a release beside the others; what does not fit is named and nothing is written over."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drugcontrol.cli.main import cli
from drugcontrol.errors import DataError, ReadError, UsageError
from drugcontrol.situation import Figures, as_of, load_figures
from drugcontrol.situation.formats.recognise import recognise
from drugcontrol.situation.importing import plan
from drugcontrol.situation.store import add_release

OFFICIAL = Path(__file__).parents[1] / "official" / "figures"
TODAY = date(2026, 11, 25)

VSRR = "State,Year,Month,Period,Indicator,Data Value,Percent Complete,Percent Pending Investigation,State Name,"
VSRR += "Footnote,Footnote Symbol,Predicted Value"
MONTHS = ("January", "February", "March", "April", "May", "June", "July")
CBP = "cbp-nationwide-drugs-fy19-fy22.csv"


def vsrr(tmp_path: Path, months: tuple[str, ...] = MONTHS, header: str = VSRR, name: str = "vsrr.csv") -> Path:
    """A file in the form of data.cdc.gov; its figures are made up and only of tests."""
    lines = [header]
    for number, month in enumerate(months):
        for state, value in (("US", 70_000 + number), ("AK", 1)):
            indicator = "Number of Drug Overdose Deaths"
            lines.append(f'{state},2026,{month},12 month-ending,{indicator},"{value:,}",99.5+,0.2,x,,*,{value + 500}')
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def edited(tmp_path: Path, name: str, change: Callable[[list[str]], list[str]]) -> Path:
    lines = (OFFICIAL / name).read_text(encoding="utf-8-sig").splitlines()
    path = tmp_path / name
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["figures", "import", *arguments])


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        (CBP, "cbp-nationwide"),
        ("cbp-amo-drug-seizures-fy23-fy26-dec.csv", "cbp-amo"),
        ("cdc-vsrr-us-vintages.csv", "cdc-vsrr"),
        ("cdc-wonder-T40.4-2013-2020.tsv", "cdc-wonder"),
        ("canada-opioid-stimulant-deaths-vintages.csv", "phac-harms"),
        ("nflis-fentanyl-related-us-2026-03-03.csv", "dea-nflis"),
        ("ons-england-wales-drug-poisoning-by-substance-registrations-1993-2020.csv", "ons-poisoning"),
        ("ons-england-wales-drug-poisoning-by-substance-age-registrations-1993-2020.csv", "ons-poisoning-age"),
    ],
)
def test_every_publishers_form_is_recognised_by_its_header(name: str, dataset: str) -> None:
    form, file = recognise(OFFICIAL / name)
    assert form.dataset == dataset
    assert all(content.figures for content in form.read(file))


def test_a_newer_official_file_updates_a_series_in_one_command(tmp_path: Path, own: Path) -> None:
    path = vsrr(tmp_path)
    done = run(str(path), "--published", "2026-11-11")
    assert done.exit_code == 0, done.output
    assert "14 figures new" in done.output
    held = load_figures()
    series = held.series("us-overdose-deaths-all-drugs-12m-predicted")
    before, after = (as_of(held, series, day) for day in (date(2026, 11, 10), date(2026, 11, 11)))
    assert max(row.period.last for row in before.rows) == date(2025, 8, 31)
    newest = after.rows[-1].observation
    assert newest is not None
    assert (newest.period.last, newest.value) == (date(2026, 7, 31), Decimal(70506))
    assert newest.completeness_percent == "99.5+"
    assert held.datasets["cdc-vsrr"].own == {newest.release.id}
    assert list(own.glob("cdc-vsrr/observations/*.csv"))


def test_a_dry_run_says_the_same_and_adds_nothing(tmp_path: Path, own: Path) -> None:
    done = run(str(vsrr(tmp_path)), "--published", "2026-11-11", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "14 figures new" in done.output
    assert not own.exists()


def test_a_file_that_is_held_already_adds_nothing(tmp_path: Path, own: Path) -> None:
    path = vsrr(tmp_path)
    assert run(str(path), "--published", "2026-11-11").exit_code == 0
    tables = {file: file.read_bytes() for file in own.rglob("*.csv")}
    again = run(str(path), "--published", "2026-11-18")
    assert again.exit_code == 0
    assert "held already" in again.output
    assert {file: file.read_bytes() for file in own.rglob("*.csv")} == tables


def test_the_shipped_file_is_found_to_be_held_already(figures: Figures) -> None:
    (planned,) = plan(figures, OFFICIAL / "cdc-wonder-T40.4-2013-2020.tsv", TODAY)
    assert planned.same_as is not None
    assert planned.same_as.id == "2021-t40.4"
    assert (planned.new, planned.changed) == (0, 0)


def test_a_release_is_never_written_over(tmp_path: Path, own: Path) -> None:
    assert run(str(vsrr(tmp_path)), "--published", "2026-11-11", "--id", "november").exit_code == 0
    before = {file: file.read_bytes() for file in own.rglob("*.csv")}
    other = vsrr(tmp_path, MONTHS[:5], name="other.csv")
    done = run(str(other), "--published", "2026-11-12", "--id", "november")
    assert "is there already, with other figures" in str(done.exception)
    (planned,) = plan(load_figures(), other, TODAY, published="2026-11-12")
    with pytest.raises(ReadError, match="is there already"):
        add_release(replace(planned.release, id="november"), planned.rows, planned.new_terms)
    assert {file: file.read_bytes() for file in own.rglob("*.csv")} == before


@pytest.mark.parametrize("name", ["../escape", "a/b", "", " x", "A", ".hidden"])
def test_the_name_of_a_release_is_no_path(tmp_path: Path, own: Path, name: str) -> None:
    if name:
        with pytest.raises(UsageError, match="no name of a release"):
            plan(load_figures(), vsrr(tmp_path), TODAY, release_id=name)
    assert not own.exists()


def test_two_releases_one_after_another_are_both_kept(tmp_path: Path, own: Path) -> None:
    del own
    assert run(str(vsrr(tmp_path, MONTHS[:5])), "--published", "2026-09-16").exit_code == 0
    assert run(str(vsrr(tmp_path)), "--published", "2026-11-11").exit_code == 0
    releases = load_figures().datasets["cdc-vsrr"].releases
    assert [str(release.published) for release in releases][-2:] == ["2026-09-16", "2026-11-11"]


def test_an_unknown_day_of_publication_leaves_the_time_between_undecided(tmp_path: Path, own: Path) -> None:
    del own
    done = run(str(vsrr(tmp_path)))
    assert "cannot be decided" in done.output
    held = load_figures()
    series = held.series("us-overdose-deaths-all-drugs-12m-reported")
    row = as_of(held, series, date(2026, 8, 15)).rows[-1]
    assert (row.state, row.observation) == ("undecided", None)


def test_only_the_series_asked_for_are_taken_and_the_release_is_held_in_part(tmp_path: Path, own: Path) -> None:
    del own
    name = "us-overdose-deaths-all-drugs-12m-reported"
    assert "7 figures new" in run(str(vsrr(tmp_path)), "--published", "2026-11-11", "--series", name).output
    held = load_figures()
    assert held.datasets["cdc-vsrr"].releases[-1].held == "part"
    assert held.datasets["cdc-vsrr"].observations[name][-1].release.held == "part"


def problem(path: Path, figures: Figures) -> tuple[int, str, str]:
    with pytest.raises(DataError) as caught:
        plan(figures, path, TODAY)
    first = caught.value.problems[0]
    assert first.file == str(path)
    return first.line, first.what, first.cure


def test_another_unit_is_refused_with_both_names(tmp_path: Path, figures: Figures) -> None:
    path = edited(tmp_path, CBP, lambda lines: [lines[0].replace("Sum Qty (lbs)", "Sum Qty (kg)"), *lines[1:]])
    line, what, cure = problem(path, figures)
    assert line == 1
    assert "missing: Sum Qty (lbs)" in what
    assert "new: Sum Qty (kg)" in what
    assert "unit" in cure


def test_a_newer_form_of_file_is_named_as_such(tmp_path: Path, figures: Figures) -> None:
    line, what, _ = problem(vsrr(tmp_path, header=VSRR + ",Release Version"), figures)
    assert line == 1
    assert "another form of “CDC VSRR”: new: Release Version" in what


def test_a_missing_month_is_named_with_the_line_after_it(tmp_path: Path, figures: Figures) -> None:
    line, what, _ = problem(vsrr(tmp_path, (*MONTHS[:3], *MONTHS[4:])), figures)
    assert line == 8
    assert "between 2026-03-31 and 2026-05-31" in what


def test_a_missing_month_of_seizures_is_named(tmp_path: Path, figures: Figures) -> None:
    path = edited(tmp_path, CBP, lambda lines: [line for line in lines if not line.startswith("2022,MAR,")])
    line, what, _ = problem(path, figures)
    assert line > 1
    assert "between 2022-02-28 and 2022-04-30" in what


def test_a_closed_year_without_its_last_month_is_no_year(tmp_path: Path, figures: Figures) -> None:
    path = edited(tmp_path, CBP, lambda lines: [line for line in lines if not line.startswith("2022,SEP,")])
    assert "The fiscal year 2022 has no SEP" in problem(path, figures)[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",Fentanyl,", ",Fentanil,", "is not known to this dataset"),
        (",U.S. Border Patrol,", ",Coast Guard,", "Component is “Coast Guard”"),
        ("2022,APR,", "2022,AVR,", "Month is “AVR”"),
        ("2022,APR,", "22,APR,", "FY is “22”"),
    ],
)
def test_a_word_that_is_not_known_is_named_with_its_line(
    tmp_path: Path, figures: Figures, old: str, new: str, said: str
) -> None:
    def change(lines: list[str]) -> list[str]:
        at = next(index for index, line in enumerate(lines) if old in line and index > 5)
        return [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]

    line, what, cure = problem(edited(tmp_path, CBP, change), figures)
    assert line > 5
    assert said in what
    assert cure


def test_a_cell_that_is_no_count_is_named_with_its_line(tmp_path: Path, figures: Figures) -> None:
    path = edited(tmp_path, CBP, lambda lines: [*lines[:3], lines[3].rsplit(",", 1)[0] + ",-5", *lines[4:]])
    assert problem(path, figures)[:2] == (4, "Sum Qty (lbs) is “-5”, no count")


def test_a_figure_that_stands_twice_is_named(tmp_path: Path, figures: Figures) -> None:
    name = "ons-england-wales-drug-poisoning-by-substance-registrations-1993-2020.csv"
    path = edited(tmp_path, name, lambda lines: [*lines, lines[1]])
    line, what, _ = problem(path, figures)
    assert "stands on line 2 already" in what
    assert line > 2


def test_a_unit_of_canada_that_is_not_known_is_refused(tmp_path: Path, figures: Figures) -> None:
    name = "canada-opioid-stimulant-deaths-vintages.csv"
    path = edited(tmp_path, name, lambda lines: [lines[0], lines[1].replace(",Number,", ",Age-adjusted,"), *lines[2:]])
    assert "The unit is “Age-adjusted”" in problem(path, figures)[1]


def test_new_names_of_laboratories_become_series_of_their_own(tmp_path: Path, own: Path) -> None:
    del own
    name = "nflis-fentanyl-related-us-2026-03-03.csv"

    def change(lines: list[str]) -> list[str]:
        newer = [line.replace("2026-03-03", "2026-09-01") for line in lines]
        return [*newer, "2026-09-01,2025,SA2,9999,A NEW NAME,A new name,Fentanyl and Fentanyl-related,7,3"]

    done = run(str(edited(tmp_path, name, change)))
    assert done.exit_code == 0, done.output
    assert "A NEW NAME" in done.output
    assert any(series.term == "A NEW NAME" for series in load_figures().all_series())


@pytest.mark.parametrize("content", ["", "a,b,c\n1,2,3\n", "\x00\x01"])
def test_what_is_no_file_of_figures_is_refused_and_the_forms_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match="Known are: CDC VSRR"):
        recognise(path)


def test_a_workbook_is_refused_with_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(ReadError, match="Take the CSV"):
        recognise(path)


def test_a_row_with_a_cell_too_many_is_named(tmp_path: Path, figures: Figures) -> None:
    path = edited(tmp_path, CBP, lambda lines: [*lines[:3], lines[3] + ",7", *lines[4:]])
    assert problem(path, figures)[:2] == (4, "10 cells, 9 are expected")


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(VSRR + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="no rows"):
        recognise(path)


def test_a_release_cannot_come_before_the_end_of_its_newest_period(tmp_path: Path, figures: Figures) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        plan(figures, vsrr(tmp_path), TODAY, published="2026-05-01")


def test_a_table_without_its_row_in_releases_is_no_release(tmp_path: Path, own: Path) -> None:
    """An import that broke off between the two writes leaves the figures as they were."""
    assert run(str(vsrr(tmp_path)), "--published", "2026-11-11").exit_code == 0
    releases = own / "cdc-vsrr" / "releases.csv"
    rows = list(csv.reader(releases.read_text(encoding="utf-8").splitlines()))
    releases.write_text(",".join(rows[0]) + "\n", encoding="utf-8")
    assert not load_figures().datasets["cdc-vsrr"].own
