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


def test_one_row_for_each_text_of_a_class_earliest_first(law: Law) -> None:
    spans = of_first(law, "fentanyl", TODAY, ENGLISH)
    assert [span.row[:2] for span in spans] == ["GB", "CA", "US", "CN", "US", "CN"]
    assert [span.nature for span in spans][:4] == ["class", "open_standard", "class_temporary", "class"]
    assert all(span.certain for span in spans)


def test_the_days_of_doubt_are_told_apart(law: Law) -> None:
    listing = next(item for item in law.listings_of("ocfentanil") if item.instrument.id == "de-btmg")
    doubt, sure = of_controls([("DE", listing)], TODAY, ENGLISH)
    assert (doubt.certain, sure.certain) == (False, True)
    assert doubt.last == sure.first


def test_a_gap_in_a_chain_of_temporary_orders_stays_a_gap(xa_law: Law) -> None:
    (listing,) = (item for item in xa_law.listings_of("cathinone") if item.instrument.jurisdiction == "XA")
    first, second = of_controls([("XA", listing)], TODAY, ENGLISH)
    assert (first.last, second.first) == (date(2017, 12, 31), date(2018, 3, 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_names_each_nature_in_words(law: Law, language: str) -> None:
    words = Words.of(language)  # type: ignore[arg-type]
    drawn = texts(svg("title", of_first(law, "fentanyl", TODAY, words), words))
    for nature in ("class", "class_temporary", "open_standard"):
        assert words("nature", nature) in drawn


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
