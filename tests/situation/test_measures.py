"""Measures: what is held is dated and cited, problems name file, line and cure, and a gap is never a "none"."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugcontrol.errors import DataError
from drugcontrol.law import Law
from drugcontrol.situation import load_measures
from drugcontrol.situation.measure_rows import KINDS, SIDES, InstrumentRow, MeasureFile, MeasureRow
from drugcontrol.situation.measures import SHIPPED, compare

HELD = load_measures()
HANDBOOK = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")

GOOD = """\
jurisdiction: XA
covers: {en: All, es: Todo, zh: 全部}
measures:
- id: xa-one
  kind: naloxone
  title: {en: One, es: Uno, zh: 一}
  instrument: {name: Act, number: '1', address: 'https://example.org/1'}
  decided: 2020-01-01
  effective: 2020-02-01
  until: 2021-02-01
  says: {en: It says., es: Dice., zh: 内容。}
  known: official
  read: ['https://example.org/1']
  read_on: 2026-11-25
"""


def test_every_place_of_the_issue_has_several() -> None:
    assert len(HELD.all) >= 60
    for place in ("US", "CN", "MX", "CA", "UN"):
        assert len(HELD.select((place,))) >= 10, place
        assert HELD.covers[place]["en"]


def test_places_are_those_of_the_law(law: Law) -> None:
    assert set(HELD.places()) <= set(law.jurisdictions)


def test_the_handbook_explains_every_kind_and_key() -> None:
    for kind in KINDS:
        assert re.search(rf"^\| `{kind}` \| {SIDES[kind]} \|", HANDBOOK, re.MULTILINE), kind
    for row in (MeasureFile, MeasureRow, InstrumentRow):
        for key in row.__struct_fields__:
            assert f"`{key}`" in HANDBOOK, key


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("{en: One, es: Uno, zh: 一}", "{en: One, zh: 一}", "missing in es", 6),
        ("effective: 2020-02-01", "effective: 2020-02-31", "effective", 9),
        ("  decided: 2020-01-01\n  effective: 2020-02-01\n", "", "has no day", 4),
        ("until: 2021-02-01", "until: 2019-02-01", "lies before effective", 10),
        ("id: xa-one", "id: one", "does not name its place", 4),
        ("address: 'https://example.org/1'", "address: example.org", "is no address", 4),
        ("read: ['https://example.org/1']", "read: []", "nothing that was read", 4),
        ("read_on: 2026-11-25", "read_on: 2026-11", "when it was read", 4),
        ("kind: naloxone", "kind: sorcery", "sorcery", 5),
        ("known: official", "known: official\n  colour: red", "colour", 4),
        ("jurisdiction: XA", "jurisdiction: XB", "holds measures of", 1),
    ],
)
def test_a_problem_names_file_line_and_cure(tmp_path: Path, old: str, new: str, said: str, line: int) -> None:
    assert old in GOOD
    (tmp_path / "xa.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_measures(tmp_path)
    message = str(raised.value)
    assert "xa.yaml" in message
    assert said in message
    assert f"xa.yaml:{line}: " in message
    assert re.search(rf"xa\.yaml:{line}: .+(\. [A-Z].+)", message), "no cure"


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    again = GOOD.partition("measures:\n")[2]
    (tmp_path / "xa.yaml").write_text(GOOD + again, encoding="utf-8")
    with pytest.raises(DataError, match="given twice"):
        load_measures(tmp_path)


def test_a_good_file_loads(tmp_path: Path) -> None:
    (tmp_path / "xa.yaml").write_text(GOOD, encoding="utf-8")
    (item,) = load_measures(tmp_path).all
    assert (item.place, item.day_of, item.on.text, item.side) == ("XA", "effective", "2020-02-01", "demand")


@given(st.dates(date(1960, 1, 1), date(2027, 1, 1)))
def test_the_timeline_of_a_day_knows_nothing_later(day: date) -> None:
    places = HELD.places()
    shown = HELD.public_by(places, day)
    assert all(item.on.latest <= day and item.known_from.latest <= day for item in shown)
    assert {item.row.id for item in shown} <= {
        item.row.id for item in HELD.public_by(places, day + timedelta(days=400))
    }


def test_a_day_in_doubt_is_found_by_either_end_and_drawn_only_when_past() -> None:
    doubtful = next(item for item in HELD.all if item.on.precision == "range" and item.on.latest < date.max)
    inside = doubtful.on.earliest
    assert doubtful in HELD.select((doubtful.place,), (), inside, inside)
    assert doubtful not in HELD.public_by((doubtful.place,), inside)


@given(st.sampled_from(HELD.places()), st.sampled_from(HELD.places()), st.sampled_from(KINDS))
def test_comparing_is_symmetric_and_keeps_a_kind_that_was_asked_for(one: str, other: str, kind: str) -> None:
    there = compare(HELD, one, other)
    back = compare(HELD, other, one)
    assert [(item.kind, item.one, item.other) for item in there] == [(item.kind, item.other, item.one) for item in back]
    asked = compare(HELD, one, other, (kind,))  # type: ignore[arg-type]
    assert [item.kind for item in asked] == [kind]


def test_the_shipped_files_are_the_only_ones() -> None:
    assert sorted(path.stem for path in SHIPPED.iterdir()) == sorted(place.lower() for place in HELD.places())
