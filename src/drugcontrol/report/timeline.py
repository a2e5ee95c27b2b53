"""Control over time as a picture: one row for each list, on one axis of time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from drugcontrol.dates import Period
from drugcontrol.law import Law
from drugcontrol.law.first import runs_begun, texts_of
from drugcontrol.law.model import ClassRule, Listing
from drugcontrol.law.rows import Family
from drugcontrol.report.words import Standing, Words

Nature = Literal["named", "class", "class_temporary", "open_standard"]

COLOURS: Mapping[Nature, str] = {
    "named": "#4477aa",
    "class": "#228833",
    "class_temporary": "#ccbb44",
    "open_standard": "#aa3377",
}
"""The bright scheme of Paul Tol; the words stand beside each bar, so nothing hangs on the colour alone."""

_ROW_HEIGHT = 30
_WIDTH = 620


@dataclass(frozen=True)
class Span:
    """A stretch of time in a row.

    Attributes
    ----------
    last : date
        Last day, or the day up to which the picture goes.
    certain : bool
        False for the days of doubt around a date that is known only in part; they are drawn hollow.
    note : str
        Words beside the first stretch of the row.
    """

    row: str
    nature: Nature
    first: date
    last: date
    certain: bool
    note: str = ""

    @property
    def drawn_until(self) -> date:
        """Give the day after the last one, up to which a bar goes; there is none after the last of the calendar."""
        return self.last + min(timedelta(days=1), date.max - self.last)


def of_controls(
    controls: Iterable[tuple[str, Listing | ClassRule]],
    standing: Mapping[str, Collection[Standing]],
    today: date,
    words: Words,
) -> list[Span]:
    """Draw the listings and class rules of one substance, each with the place whose answer it gives, as they come.

    Parameters
    ----------
    standing : mapping
        What is said of a class rule beside this substance, by its id.
    """
    spans = []
    for place, control in controls:
        title = words.text(control.schedule.name if isinstance(control, Listing) else control.row.title)
        nature: Nature = "named" if isinstance(control, Listing) else nature_of(control)
        said = words.standing(standing.get(control.id, ()))
        spans += list(_stretches(f"{place}  {title} [{control.id}]", nature, control.runs(), today, words, said))
    return spans


def of_first(law: Law, family: Family, day: date, words: Words) -> list[Span]:
    """Draw class control of a family up to a day, a row for each place, in the order in which they began.

    The texts of a place that carry one another on make one stretch; those of another nature a stretch of their own.
    """
    texts = texts_of(law, family)
    spans = []
    for place in dict.fromkeys(text.instrument.jurisdiction for text in texts):
        own = [text for text in texts if text.instrument.jurisdiction == place]
        row = f"{place}  {words.text(law.jurisdictions[place].name)}"
        for nature in dict.fromkeys(nature_of(text) for text in own):
            runs = runs_begun([text for text in own if nature_of(text) == nature], day)
            spans += list(_stretches(row, nature, runs, day, words))
    return spans


def of_public(law: Law, family: Family, place: str, day: date, words: Words) -> list[Span]:
    """Draw class control of a family in one place as it was public on a day, up to that day, all texts on one row."""
    spans = []
    for text in law.rules:
        here = text.instrument.jurisdiction == place or place in text.instrument.applies_in
        public = any(item.known_from is None or item.public_on(day) for item in text.chain)
        if here and public and text.rule.families[0] == family:
            spans += list(_stretches(place, nature_of(text), text.runs(), day, words))
    return spans


def nature_of(text: ClassRule) -> Nature:
    """Say what a class rule is: an open standard, a temporary or a permanent definition by structure."""
    if text.rule.form == "open_standard":
        return "open_standard"
    return "class_temporary" if text.row.term == "temporary" else "class"


def _stretches(
    row: str, nature: Nature, runs: Sequence[Period], today: date, words: Words, said: str = ""
) -> Iterator[Span]:
    for run in runs:
        begins, last = run.first, run.last
        note = " · ".join(filter(None, [words.span(begins.text, last.text if last else ""), said]))
        if not begins.exact:
            yield Span(row, nature, begins.earliest, min(begins.latest, today), False, note)
            note = ""
        sure_until = min(last.earliest if last is not None else today, today)
        if begins.latest <= sure_until:
            yield Span(row, nature, begins.latest, sure_until, True, note)
        if last is not None and not last.exact and last.earliest < today:
            yield Span(row, nature, last.earliest + timedelta(days=1), min(last.latest, today), False)


def svg(title: str, spans: Sequence[Span], today: date, edition: str, words: Words) -> str:
    """Draw the rows as SVG, with the edition and the last day drawn, and a legend of the natures that occur."""
    import altair as alt  # slow to load, and few need it
    from vl_convert import vegalite_to_svg

    rows = list(dict.fromkeys(span.row for span in spans))
    natures = [nature for nature in COLOURS if any(span.nature == nature for span in spans)]
    colour = alt.Scale(domain=[words("nature", nature) for nature in natures], range=[COLOURS[n] for n in natures])
    base = alt.Chart(alt.InlineData(values=_data(spans, words))).encode(
        y=alt.Y("row:N", sort=rows, title=None, axis=alt.Axis(labelLimit=460, domain=False, ticks=False, offset=4)),
        x=alt.X("first:T", title=None, axis=alt.Axis(format="%Y", tickCount=10, grid=True)),
    )
    coloured = alt.Color("nature:N", scale=colour, legend=alt.Legend(title=None, orient="bottom", labelLimit=400))
    bars = base.mark_bar(height=12, strokeWidth=1.5).encode(
        x2="last:T",
        color=coloured,
        stroke=alt.Color("nature:N", scale=colour, legend=None),
        fillOpacity=alt.Opacity("certain:Q", scale=alt.Scale(domain=[0, 1], range=[0.08, 0.9]), legend=None),
    )
    notes = base.mark_text(align="left", baseline="bottom", dy=-7, fontSize=10).encode(text="note:N")
    heading = alt.TitleParams(title, subtitle=_subtitle(spans, today, edition, words), anchor="start")
    chart = (bars + notes).properties(width=_WIDTH, height=_ROW_HEIGHT * len(rows) + 10, title=heading)
    framed = chart.configure_view(stroke=None).configure_axis(gridColor="#ddd")
    return str(vegalite_to_svg(framed.to_dict()))


def _subtitle(spans: Iterable[Span], today: date, edition: str, words: Words) -> str:
    named = words("word", "edition", edition=edition)
    drawn = words("survey", "drawn", edition=named, date=today.isoformat())
    doubt = any(not span.certain for span in spans)
    return " · ".join([drawn, *([words("survey", "hollow")] if doubt else [])])


def row_note(row: str, spans: Iterable[Span]) -> str:
    """Give the words beside a row: those of its stretches, in order."""
    return "; ".join(span.note for span in spans if span.row == row and span.note)


def _data(spans: Sequence[Span], words: Words) -> list[dict[str, Any]]:
    """Give a datum for each stretch; the first one of a row carries its words, which would overlap one another."""
    notes = {span.row: row_note(span.row, spans) for span in spans}
    return [
        {
            "row": span.row,
            "nature": words("nature", span.nature),
            "first": span.first.isoformat(),
            "last": span.drawn_until.isoformat(),
            "certain": int(span.certain),
            "note": notes.pop(span.row, ""),
        }
        for span in spans
    ]
