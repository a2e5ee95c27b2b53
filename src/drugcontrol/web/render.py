"""Pages from templates: what every template can use, and the frame around it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.lists import format_list
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Request
from litestar.response import Template
from markupsafe import Markup, escape

from drugcontrol import __version__
from drugcontrol.check import NOTICE, Finding
from drugcontrol.law import Substance
from drugcontrol.law.rows import Text
from drugcontrol.report.words import ICONS, LANGUAGES, Language, Words
from drugcontrol.web.language import SHOWN

STATIC = Path(__file__).parent / "static"


def environment() -> Environment:
    """Give the templates, and below ``report/`` those of reports, with escaping everywhere and no name undefined."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("drugcontrol.web"), PrefixLoader({"report": PackageLoader("drugcontrol.report")})]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(icons=ICONS, local_name=local_name, static=static, languages=SHOWN, program_version=__version__)
    made.filters.update(called=called, legal=legal, said=said, named=named, reasoned=reasoned, tariff=tariff)
    made.filters.update(address=address, day=day, below=below)
    return made


def origin(request: Request[Any, Any, Any]) -> str:
    """Give scheme and host under which the reader reached the server: what a citation needs before an address."""
    scheme = "https" if request.app.state.site.settings.tls else request.scope["scheme"]
    return f"{scheme}://{request.headers.get('host', '')}"


def static(name: str) -> str:
    """Give the address of a file that is shipped; it changes with the version of the program."""
    if not (STATIC / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{name}?v={__version__}"


def address(path: str, query: Mapping[str, str]) -> str:
    """Give a path with what is set of a query; letters that need no escape in a query stay readable.

    Examples
    --------
    >>> address("/en/substance/fentanyl", {"on": "2023-04-06", "in": "US,CN", "to": ""})
    '/en/substance/fentanyl?on=2023-04-06&in=US,CN'
    """
    given = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(given, safe=',:')}" if given else path


def day(text: str) -> Markup:
    """Let a range of days break at its dots where a column is narrow."""
    return escape(text).replace("..", Markup("..<wbr>"))


def below(path: str, sections: Iterable[str]) -> bool:
    """Say whether a page stands in one of the sections or below it; everything would stand below the home page.

    Examples
    --------
    >>> below("/law/rules/x", ["/law"]), below("/lawyers", ["/law"]), below("/law", ["/"])
    (True, False, False)
    """
    return any(path == section or path.startswith(f"{section}/") for section in sections if section != "/")


def _other(asked: str, served: str) -> str:
    """Give the edition that an address names where another one answers; its plus sign may have come as a space."""
    named = asked.replace(" ", "+")
    return "" if named == served else named


@pass_context
def said(context: Context, text: Text) -> Markup:
    """Put a text of the data into the language of the page; marked as the language it is in where it is another."""
    words: Words = context["w"]
    given = _given(text, words)
    shown = escape(text.get(given, ""))
    return shown if given == words.language else Markup('<span lang="{}">{}</span>').format(given, shown)


@pass_context
def legal(context: Context, text: Text, place: str = "") -> Markup:
    """Put a title or quoted words into the language of the page as :func:`said` does, with the original behind them.

    A title of the law of a place is a translation where the page is in no language of that law: the title as the law
    prints it stands behind it. Without a place, what the data have in a language of none of the pages does.
    """
    languages = context["site"].law.jurisdictions[place].languages if place else ()
    if languages:
        own = _printed(languages, text, _given(text, context["w"]))
    else:
        own = [(tag, name) for tag, name in text.items() if tag not in LANGUAGES]
    originals = Markup("").join(Markup(' <span class="original" lang="{}">{}</span>').format(*item) for item in own)
    return said(context, text) + originals


def local_name(row: Substance, language: Language) -> str:
    """Give the name of a registered substance in a language; that of the register where it has none.

    Examples
    --------
    >>> row = Substance(id="anpp", name="ANPP", families=("precursor",), names={"zh": ("4-苯胺基-N-苯乙基哌啶",)})
    >>> local_name(row, "zh"), local_name(row, "es")
    ('4-苯胺基-N-苯乙基哌啶', 'ANPP')
    """
    names = row.names.get(language, ()) if language != "en" else ()
    return names[0] if names else row.name


@pass_context
def tariff(context: Context, item: str, place: str) -> str:
    """Write an item of a list; the Union names its own by the code of its tariff, whose short name is that of China."""
    words: Words = context["w"]
    return words("answer", "tariff", code=item.removeprefix("CN ")) if place == "EU" and item[:3] == "CN " else item


@pass_context
def reasoned(context: Context, found: Finding) -> Markup:
    """Say why a finding holds, the act marked as the language it is named in."""
    words: Words = context["w"]
    said, act = escape(words.reason(found)), escape(found.reason.params.get("act", ""))
    if words.language == "en" or not act:
        return said
    return Markup(str(said).replace(str(act), f'<span lang="en">{act}</span>'))  # noqa: S704 - both are escaped


@pass_context
def called(context: Context, row: Substance) -> Markup:
    """Name a registered substance in the language of the page, with the name of the register behind it."""
    language = context["language"]
    local = local_name(row, language)
    if language == "en" or local == row.name:
        return escape(row.name) if language == "en" else Markup('<span lang="en">{}</span>').format(row.name)
    return Markup('{} <span class="original" lang="en">{}</span>').format(local, row.name)


def _given(text: Text, words: Words) -> str:
    return words.language if words.language in text else "en"


@pass_context
def named(context: Context, tags: Sequence[str]) -> str:
    """Name languages in the language of the page."""
    locale = Locale.parse(SHOWN[context["w"].language][0], sep="-")
    return format_list([locale.languages.get(tag, tag) for tag in tags], locale=locale)


def _printed(languages: Sequence[str], text: Text, given: str) -> list[tuple[str, str]]:
    """Give a title as the law prints it, with the tag of its language; nothing where that is what is shown already.

    Of several languages of the law it is English where the data have it: most readers of a translation know it.
    """
    if given in languages:
        return []
    first = sorted(languages, key=lambda tag: tag != "en")
    found = [(tag, text[tag]) for tag in first if tag in text and text[tag] != text.get(given)]
    return [(SHOWN[tag][0] if tag in SHOWN else tag, name) for tag, name in found[:1]]


def page(
    request: Request[Any, Any, Any],
    template: str,
    words: Words,
    *,
    status: int = 200,
    kept: bool = True,
    asked_day: date | None = None,
    **context: Any,
) -> Template:
    """Give a page.

    Parameters
    ----------
    words : Words
        ``w`` in the template.
    kept : bool
        The page has an address under which another language shows the same; the answer to a form has none.
    asked_day : date, optional
        The day whose law or figures are shown; the page says so where that day has not come yet.
    context
        What else the template uses.
    """
    path = request.scope["path"].strip("/").partition("/")[2] if kept and request.method == "GET" else ""
    asked = request.scope["query_string"].decode("latin-1") if path else ""
    site = request.app.state.site
    return Template(
        template_name=template,
        status_code=status,
        context={
            "w": words,
            "language": words.language,
            "site": site,
            "edition": site.law.edition_name,
            "notice": words.text(NOTICE),
            "navigation": request.app.state.navigation,
            "here": f"/{path}" if kept else "",
            "other_edition": _other(request.query_params.get("edition", ""), site.law.edition_name),
            "origin": origin(request),
            "ahead": asked_day.isoformat() if asked_day and asked_day > site.today() else "",
            "in_language": {language: f"/{language}/{path}{asked and f'?{asked}'}" for language in LANGUAGES},
            **context,
        },
    )
