"""Control over time as a picture: rows, doubt and gaps are those of the data."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from drugcontrol.cli.main import cli
from drugcontrol.law import Law
from drugcontrol.report.timeline import of_controls, of_first, svg
from drugcontrol.report.words import LANGUAGES, Words

TODAY = date(2026, 11, 25)
ENGLISH = Words.of("en")


def texts(drawn: str) -> str:
    return " ".join(ElementTree.fromstring(drawn).itertext())


def test_one_row_for_each_place_earliest_first(law: Law) -> None:
    spans = of_first(law, "fentanyl", TODAY, ENGLISH)
    assert [(span.row[:2], span.nature) for span in spans] == [
        ("GB", "class"),
        ("CA", "open_standard"),
        ("IE", "class"),
        ("US", "class_temporary"),
        ("US", "class"),
        ("CN", "class"),
    ]
    assert len({span.row for span in spans}) == 5
    assert all(span.certain for span in spans)


def test_texts_that_carry_one_another_on_make_one_stretch_and_another_nature_its_own(law: Law) -> None:
    temporary, permanent, china = of_first(law, "fentanyl", TODAY, ENGLISH)[3:]
    assert (temporary.first, temporary.last) == (date(2018, 2, 6), date(2025, 9, 30))
    assert (permanent.first, permanent.last) == (date(2025, 7, 16), TODAY)
    assert (china.first, china.last) == (date(2019, 5, 1), TODAY)


def test_the_days_of_doubt_are_told_apart(law: Law) -> None:
    listing = next(item for item in law.listings_of("ocfentanil") if item.instrument.id == "de-btmg")
    doubt, sure = of_controls([("DE", listing)], {}, TODAY, ENGLISH)
    assert (doubt.certain, sure.certain) == (False, True)
    assert doubt.last == sure.first


def test_a_gap_in_a_chain_of_temporary_orders_stays_a_gap(xa_law: Law) -> None:
    (listing,) = (item for item in xa_law.listings_of("cathinone") if item.instrument.jurisdiction == "XA")
    first, second = of_controls([("XA", listing)], {}, TODAY, ENGLISH)
    assert (first.last, second.first) == (date(2017, 12, 31), date(2018, 3, 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_names_each_nature_in_words(law: Law, language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    drawn = texts(svg("title", of_first(law, "fentanyl", TODAY, words), TODAY, "2026.11.25+x", words))
    for nature in ("class", "class_temporary", "open_standard"):
        assert words("nature", nature) in drawn
    assert "2026.11.25+x" in drawn


def test_doubt_is_explained_where_it_is_drawn(law: Law) -> None:
    listing = next(item for item in law.listings_of("ocfentanil") if item.instrument.id == "de-btmg")
    doubtful = of_controls([("DE", listing)], {}, TODAY, ENGLISH)
    assert "hollow: days of doubt" in texts(svg("x", doubtful, TODAY, "x", ENGLISH))
    assert "hollow" not in texts(svg("x", of_first(law, "fentanyl", TODAY, ENGLISH), TODAY, "x", ENGLISH))


def test_a_class_that_is_open_or_gives_way_says_so_beside_its_bar(tmp_path: Path) -> None:
    target = tmp_path / "x.svg"
    CliRunner().invoke(cli, ["history", "carfentanil", "--in", "US,CA", "--picture", str(target)])
    drawn = texts(target.read_text(encoding="utf-8"))
    assert "since 2025-07-16 · gives way to the listing by name" in drawn
    assert "since 1997-05-14 · gives way to the listing by name; review needed" in drawn


def test_rows_follow_the_places_as_asked(tmp_path: Path) -> None:
    target = tmp_path / "x.svg"
    CliRunner().invoke(cli, ["history", "ocfentanil", "--in", "UN,DE", "--picture", str(target)])
    drawn = texts(target.read_text(encoding="utf-8"))
    assert drawn.index("UN  Schedule I") < drawn.index("DE  Annex I")


@pytest.mark.parametrize("arguments", [("first", "fentanyl"), ("history", "ocfentanil", "--in", "UN,DE")])
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_both_commands_write_pictures(tmp_path: Path, arguments: tuple[str, ...], ending: str) -> None:
    target = tmp_path / f"x.{ending}"
    done = CliRunner().invoke(cli, [*arguments, "--picture", str(target)])
    assert done.exit_code == 0, done.output
    assert target.read_bytes()[:4] == (b"\x89PNG" if ending == "png" else b"<svg")


def test_another_ending_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["first", "fentanyl", "--picture", str(tmp_path / "x.pdf")])
    assert done.exit_code != 0
    assert not (tmp_path / "x.pdf").exists()
