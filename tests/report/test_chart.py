"""Charts of figures: what is provisional looks so, gaps and definitions break a line, the law is a strip of its own."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from drugcontrol.cli.main import cli
from drugcontrol.errors import UsageError
from drugcontrol.law import Law
from drugcontrol.report.chart import draw, page, specification
from drugcontrol.report.chart_law import Strip
from drugcontrol.report.words import LANGUAGES, Language, Words
from drugcontrol.situation import Figures, View, acts, as_of, load_figures

STATEMENT = date(2023, 4, 6)
TODAY = date(2026, 11, 25)
ENGLISH = Words.of("en")
PREDICTED = "us-overdose-deaths-all-drugs-12m-predicted"
REPORTED = "us-overdose-deaths-all-drugs-12m-reported"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return load_figures(own=tmp_path_factory.mktemp("own"))


def views(figures: Figures, day: date, *series: str) -> list[View]:
    return [as_of(figures, figures.series(name), day) for name in series]


def strip(law: Law, day: date) -> Strip:
    places = ("CN", "US", "MX")
    return Strip(law=law, family="fentanyl", places=places, acts=tuple(acts(law, "fentanyl", places, day)))


def points(spec: dict[str, Any], panel: int = 0) -> list[dict[str, Any]]:
    """The data of a panel, wherever Altair put them."""
    chart = spec["vconcat"][panel]
    data = chart.get("data") or chart["layer"][0].get("data") or spec["data"]
    values: list[dict[str, Any]] = spec["datasets"][data["name"]] if "name" in data else data["values"]
    return values


def texts(drawn: str) -> str:
    return " ".join(ElementTree.fromstring(drawn).itertext())


def test_reported_and_predicted_share_a_panel_and_never_a_line(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, STATEMENT, PREDICTED, REPORTED), None, ENGLISH))
    by_run: dict[str, set[str]] = {}
    for point in shown:
        by_run.setdefault(point["run"], set()).add(point["series"])
    assert len({point["series"] for point in shown}) == 2
    assert all(len(series) == 1 for series in by_run.values())


def test_no_line_crosses_months_that_are_not_held(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, STATEMENT, PREDICTED), None, ENGLISH))
    before, after = (next(point for point in shown if point["day"] == day) for day in ("2019-02-28", "2021-10-31"))
    assert before["run"] != after["run"]


def test_no_line_leads_from_one_release_to_another_that_may_have_changed(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, STATEMENT, PREDICTED), None, ENGLISH))
    runs = {point["day"]: point["run"] for point in shown}
    assert len({runs["2022-01-31"], runs["2022-02-28"], runs["2022-03-31"]}) == 3
    assert runs["2018-01-31"] == runs["2019-02-28"]


def test_no_line_crosses_a_change_of_definition(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, TODAY, "us-overdose-deaths-t40.4-final"), None, ENGLISH))
    runs = {point["day"][:4]: point["run"] for point in shown}
    assert runs["2019"] == runs["2020"] != runs["2021"] == runs["2022"]


def test_a_year_to_date_stands_apart(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, TODAY, "us-cbp-fentanyl-lb-fy"), None, ENGLISH))
    assert [point["mark"] for point in shown][-2:] == ["final", "year to date"]
    assert shown[-1]["run"] != shown[-2]["run"]


def test_dense_lines_have_marks_where_they_begin_end_or_change(figures: Figures) -> None:
    shown = points(specification(figures, views(figures, STATEMENT, PREDICTED), None, ENGLISH))
    marked = [point["day"] for point in shown if point["marked"]]
    assert {"2015-01-31", "2019-02-28", "2022-03-31", "2022-10-31"} <= set(marked)
    assert "2017-06-30" not in marked
    sparse = points(specification(figures, views(figures, TODAY, "us-cbp-fentanyl-lb-fy"), None, ENGLISH))
    assert all(point["marked"] for point in sparse)


def test_each_unit_has_a_panel_that_starts_at_zero(figures: Figures) -> None:
    spec = specification(figures, views(figures, TODAY, "us-cbp-fentanyl-lb-fy", PREDICTED, REPORTED), None, ENGLISH)
    assert len(spec["vconcat"]) == 2
    scales = [layer["encoding"]["y"]["scale"] for panel in spec["vconcat"] for layer in panel["layer"]]
    assert all(scale["zero"] for scale in scales)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_names_what_is_provisional_the_day_and_the_publisher(
    figures: Figures, law: Law, language: Language
) -> None:
    words = Words.of(language)
    drawn = texts(draw(figures, views(figures, STATEMENT, PREDICTED, REPORTED), strip(law, STATEMENT), words))
    wanted = [
        words("series_nature", "predicted"),
        words("series_nature", "reported"),
        words("mark", "provisional"),
        words("mark", "may-have-changed"),
        words("figures", "as_known", date="2023-04-06"),
        words("figures", "acts_class"),
        words("nature", "class_temporary"),
        "CDC, National Center for Health Statistics",
    ]
    assert [text for text in wanted if text not in drawn] == []


def test_the_law_is_a_strip_of_its_own_on_the_same_axis(figures: Figures, law: Law) -> None:
    spec = specification(figures, views(figures, STATEMENT, PREDICTED), strip(law, STATEMENT), ENGLISH)
    figure, below = spec["vconcat"]
    axes = [layer["encoding"]["x"]["scale"]["domain"] for panel in (figure, below) for layer in panel["layer"]]
    assert all(axis == axes[0] for axis in axes)
    assert not any(layer["mark"].get("type") == "rule" for layer in figure["layer"])


def test_one_day_moves_figures_and_law(figures: Figures, law: Law) -> None:
    early, late = (
        json.dumps(specification(figures, views(figures, day, PREDICTED), strip(law, day), ENGLISH))
        for day in (STATEMENT, TODAY)
    )
    assert "109345" in late
    assert "109345" not in early
    assert "2025-07-16" in late
    assert "2025-07-16" not in early


def test_a_series_of_which_nothing_was_known_is_said_and_not_drawn(figures: Figures) -> None:
    shown = views(figures, STATEMENT, PREDICTED, "us-nflis-fentanyl-and-related")
    assert len(specification(figures, shown, None, ENGLISH)["vconcat"]) == 1
    assert "[Laboratory reports: fentanyl and related, all names together] No figure" in texts(
        draw(figures, shown, None, ENGLISH)
    )


def test_nothing_to_draw_is_an_error_with_the_way_on(figures: Figures) -> None:
    with pytest.raises(UsageError, match="figures show"):
        draw(figures, views(figures, date(2000, 1, 1), PREDICTED), None, ENGLISH)


def test_more_series_than_colours_are_refused(figures: Figures) -> None:
    names = [series.id for series in figures.datasets["cbp-nationwide"].series.values()][:8]
    with pytest.raises(UsageError, match="told apart"):
        draw(figures, views(figures, TODAY, *names), None, ENGLISH)


def test_the_page_loads_nothing_and_has_the_chart_as_a_table(figures: Figures, law: Law) -> None:
    shown, below = views(figures, TODAY, "us-cbp-fentanyl-lb-fy"), strip(law, TODAY)
    html = page(figures, shown, below, draw(figures, shown, below, ENGLISH), ENGLISH)
    assert "<script" not in html
    assert not any(mark in html for mark in ("<link", "<img", "@import", "src=", "url("))
    assert "27,022.9" in html
    assert "12,257.4" in html
    assert "kg (computed)" in html


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_the_command_writes_each_form(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"x.{ending}"
    arguments = ["figures", "plot", PREDICTED, "--with-law", "CN,US,MX", "--as-of", "2023-04-06", "-o", str(target)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert target.read_bytes()[:4] == {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!do"}[ending]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["figures", "plot", PREDICTED, "-o", str(tmp_path / "x.gif")])
    assert isinstance(done.exception, UsageError)
