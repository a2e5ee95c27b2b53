"""The picture of a finding: every clause in colour and in words, for published substances only."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest
import vl_convert

from drugcontrol.check import Checker, identify
from drugcontrol.check.classes import ClassHit
from drugcontrol.chem import read_smiles
from drugcontrol.chem.account import Account
from drugcontrol.errors import UsageError
from drugcontrol.law import Law
from drugcontrol.report import LANGUAGES, Words
from drugcontrol.report.picture import CLAUSES, CORE, UNNAMED, Subject, picture, png, subject
from drugcontrol.report.words import Language

SVG = "{http://www.w3.org/2000/svg}"


def chosen(checker: Checker, name: str, day: str, *places: str) -> tuple[Subject | None, str]:
    """Give what is drawn, and the picture in English."""
    return drawn(checker, name, day, places, "en")


def drawn(
    checker: Checker, name: str, day: str, places: tuple[str, ...], language: Language
) -> tuple[Subject | None, str]:
    asked = identify(name, checker.names)
    answer = checker.check(asked, date.fromisoformat(day), places)
    of = subject(answer, checker.recognise(asked).classes)
    if of is None:
        return None, ""
    assert asked.substance is not None
    assert asked.substance.structure is not None
    mol = read_smiles(asked.substance.structure.smiles)
    return of, picture(answer, of, mol, Words.of(language))


def legend(svg: str) -> dict[str, tuple[str, str]]:
    """Give colour and words of each sign of the legend."""
    found = {}
    for entry in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if entry.get("class") == "entry":
            ground, sign, words = list(entry)
            found[sign.text or ""] = (ground.get("fill", ""), " ".join(part.text or "" for part in words))
    return found


def notes(svg: str) -> list[str]:
    """Give the notes that stand beside atoms."""
    (drawing,) = [group for group in ElementTree.fromstring(svg).iter(f"{SVG}g") if group.get("role") == "img"]
    return [text.text or "" for text in drawing.iter(f"{SVG}text")]


def text_of(svg: str) -> str:
    return " ".join("".join(ElementTree.fromstring(svg).itertext()).split())


KNOWN = [
    ("acetylfentanyl", "US", "2019-01-01", ["E"]),
    ("para-fluorofentanyl", "US", "2019-01-01", ["D"]),
    ("ocfentanil", "US", "2019-01-01", ["D", "E"]),
    ("thiofentanyl", "US", "2019-01-01", ["A"]),
    ("alpha-methylfentanyl", "US", "2019-01-01", ["B"]),
    ("3-methylfentanyl", "US", "2019-01-01", ["C"]),
    ("benzylfentanyl", "CN", "2020-01-01", ["4"]),
    ("isotonitazene", "GB", "2025-06-01", ["i", "ii", "iii"]),
]


@pytest.mark.parametrize(("name", "place", "day", "clauses"), KNOWN)
def test_every_clause_that_is_met_stands_in_the_legend_and_at_its_atoms(
    checker: Checker, name: str, place: str, day: str, clauses: list[str]
) -> None:
    of, svg = chosen(checker, name, day, place)
    assert of is not None
    assert of.hit is not None
    says = {clause.id: clause.says["en"] for clause in of.hit.rule.rule.clauses}
    signs = {sign: words for sign, (_, words) in legend(svg).items() if sign}
    assert signs == {f"({clause})": says[clause] for clause in clauses}
    assert set(notes(svg)) == set(signs)


@pytest.mark.parametrize(("name", "place", "day"), [case[:3] for case in KNOWN])
def test_the_colours_of_the_legend_are_those_of_the_atoms(checker: Checker, name: str, place: str, day: str) -> None:
    _, svg = chosen(checker, name, day, place)
    used = {colour.lower() for colour in re.findall(r"fill:(#[0-9A-Fa-f]{6});", svg)} & {*CLAUSES, CORE, UNNAMED}
    assert used == {colour for sign, (colour, _) in legend(svg).items() if sign} | {CORE}


def test_the_legend_names_rule_place_status_day_act_and_edition(checker: Checker) -> None:
    _, svg = chosen(checker, "furanylfentanyl", "2018-06-01", "US")
    for words in (
        "furanylfentanyl · United States · controlled · as of 2018-06-01",
        "class rule: fentanyl-related substances",
        "since 2018-02-06",
        "83 FR 5188",
        checker.law.edition_name,
        "not legal advice",
        "without counter-ions, isotopes and stereo",
    ):
        assert words in text_of(svg)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_speaks_the_language_asked_for(checker: Checker, language: Language) -> None:
    of, svg = drawn(checker, "ocfentanil", "2019-01-01", ("US",), language)
    assert of is not None
    assert of.hit is not None
    text = text_of(svg).replace(" ", "")
    assert of.hit.rule.rule.title[language].replace(" ", "") in text
    for clause in of.hit.clauses:
        assert clause.says[language].replace(" ", "") in text
    assert Words.of(language)("status", "controlled").replace(" ", "") in text


@pytest.mark.parametrize(
    ("name", "day", "place"), [("norfentanyl", "2019-06-01", "CN"), ("acetylfentanyl", "1960-01-01", "US")]
)
def test_a_negative_has_nothing_to_draw(checker: Checker, name: str, day: str, place: str) -> None:
    assert chosen(checker, name, day, place) == (None, "")


def test_only_what_is_controlled_or_under_review_is_drawn(checker: Checker) -> None:
    seen = set()
    for substance in checker.law.substances:
        asked = identify(substance, checker.names)
        answer = checker.check(asked, date(2020, 1, 1), ["CN"])
        found = subject(answer, checker.recognise(asked).classes) is not None
        assert found == (answer.verdicts[0].status in ("controlled", "review")), substance
        seen.add(found)
    assert seen == {True, False}


def test_a_listing_without_a_class_is_drawn_plain_and_named(checker: Checker) -> None:
    of, svg = chosen(checker, "acetone", "2020-01-01", "UN")
    assert of is not None
    assert of.hit is None
    assert legend(svg) == {}
    assert notes(svg) == []
    assert "Table II" in text_of(svg)


def test_the_picture_is_of_the_first_place_asked_that_has_a_class(checker: Checker) -> None:
    for places, wanted in ((("US", "GB"), "US"), (("GB", "US"), "GB"), (("UN", "GB"), "GB"), (("UN", "MX"), "UN")):
        of, _ = chosen(checker, "furanylfentanyl", "2024-01-01", *places)
        assert of is not None
        assert of.verdict.jurisdiction == wanted


def test_a_class_that_gives_way_says_to_what(checker: Checker) -> None:
    _, svg = chosen(checker, "acetylfentanyl", "2026-01-01", "US")
    assert "gives way to the listing by name" in text_of(svg)
    assert "(b)(3)" in text_of(svg)


def test_a_ruling_that_closed_a_question_is_named(checker: Checker) -> None:
    _, svg = chosen(checker, "fentanyl carbamate", "2019-01-01", "US")
    assert "86 FR 23602" in text_of(svg)


def test_an_open_standard_is_drawn_with_its_core_and_its_question(checker: Checker) -> None:
    of, svg = chosen(checker, "furanylfentanyl", "2024-01-01", "CA")
    assert of is not None
    assert of.finding.status == "review"
    assert "review needed" in text_of(svg)
    assert "for the authority or a court" in text_of(svg)
    assert legend(svg)[""] == ("#ffffff", "the rest, on which the text sets no limit")


def test_an_addition_that_no_clause_names_is_marked_as_a_question(checker: Checker) -> None:
    """A published substance with one of its changes taken for unnamed: no structure is made up."""
    asked = identify("ocfentanil", checker.names)
    answer = checker.check(asked, date(2019, 1, 1), ["US"])
    of = subject(answer, checker.recognise(asked).classes)
    assert of is not None
    assert of.hit is not None
    first, second = of.hit.account.met
    hit: ClassHit = replace(of.hit, account=Account(of.hit.account.core, (first,), (second.atoms,)))
    svg = picture(answer, replace(of, hit=hit), hit.molecule, Words.of("en"))
    assert legend(svg)["(?)"][0] == UNNAMED
    assert sorted(notes(svg)) == ["(?)", f"({first.clause})"]


def test_no_rule_has_more_clauses_than_there_are_colours(law: Law) -> None:
    assert all(len(row.clauses) <= len(CLAUSES) for row in law.edition.rules)
    assert len({*CLAUSES, CORE, UNNAMED}) == len(CLAUSES) + 2


def test_black_letters_are_readable_on_every_colour() -> None:
    assert all((luminance(colour) + 0.05) / 0.05 >= 7 for colour in (*CLAUSES, CORE, UNNAMED))


def test_colours_stay_apart_for_readers_without_red_or_green_cones() -> None:
    """Distance after the simulation of Viénot, Brettel and Mollon (1999), in linear light."""
    deuteranopia = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
    protanopia = ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0))
    for matrix in (deuteranopia, protanopia):
        seen = [
            tuple(sum(m * c for m, c in zip(row, linear(colour), strict=True)) for row in matrix) for colour in CLAUSES
        ]
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.05


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def test_a_picture_as_png_has_twice_the_size(checker: Checker) -> None:
    _, svg = chosen(checker, "furanylfentanyl", "2018-06-01", "US")
    image = png(svg)
    root = ElementTree.fromstring(svg)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * int(root.get("width", ""))
    assert int.from_bytes(image[20:24], "big") == 2 * int(root.get("height", ""))


def test_chinese_without_a_font_is_an_error_and_no_picture_of_empty_boxes(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, svg = drawn(checker, "furanylfentanyl", "2018-06-01", ("US",), "zh")
    monkeypatch.setattr(vl_convert, "svg_to_png", lambda *_, **__: b"a box")
    with pytest.raises(UsageError, match=r"Write \.svg"):
        png(svg)


def test_the_picture_holds_no_structure_as_text(checker: Checker) -> None:
    _, svg = chosen(checker, "furanylfentanyl", "2018-06-01", "US")
    assert "smiles" not in svg.casefold()
    assert "c1ccccc1" not in svg
    assert "InChI" not in svg
