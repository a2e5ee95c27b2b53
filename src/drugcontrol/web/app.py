"""The application: pages in three languages, the API, the files that are shipped."""

from collections.abc import Callable
from datetime import date

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from drugcontrol import __version__
from drugcontrol.check.question import today
from drugcontrol.law import Law
from drugcontrol.report.words import LANGUAGES, Language
from drugcontrol.web import api, pages
from drugcontrol.web.jobs.desk import Desk
from drugcontrol.web.language import root
from drugcontrol.web.problems import answer_error
from drugcontrol.web.render import STATIC, environment
from drugcontrol.web.security import MAX_BODY, add_headers, csrf, host_guard
from drugcontrol.web.settings import Settings
from drugcontrol.web.site import Site
from drugcontrol.web.wording import page_words

_YEAR = 31_536_000
_WORTH_PACKING = 4_000
"""Bytes of an answer from which on packing it is quicker than sending it."""


def create_app(law: Law, settings: Settings, clock: Callable[[], date] = today) -> Litestar:
    """Make the application for one edition of the law.

    Parameters
    ----------
    clock : callable
        Gives the day that is asked about when none is named.
    """
    site = Site.of(law, settings, clock)
    desk = Desk(law, settings.state, settings.screening)
    files = create_static_files_router(
        "/static",
        [STATIC],
        include_in_schema=False,
        cache_control=CacheControlHeader(max_age=_YEAR, public=True),
        opt={"exclude_from_csrf": True},
    )
    return Litestar(
        route_handlers=[root, *(_pages(language) for language in LANGUAGES), api.router(), files],
        state=State({"site": site, "navigation": pages.NAVIGATION}),
        dependencies={
            "site": Provide(lambda: site, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
        },
        lifespan=[desk.running],
        guards=[host_guard(settings)],
        csrf_config=csrf(settings),
        request_max_body_size=MAX_BODY,
        compression_config=_packed(),
        before_send=[add_headers],
        exception_handlers={Exception: answer_error},
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment())),
        openapi_config=OpenAPIConfig(
            title="drugcontrol",
            version=__version__,
            description=api.DESCRIPTION,
            use_handler_docstrings=True,
            path="/api/v1/openapi.json",
            render_plugins=[JsonRenderPlugin(path="/")],
        ),
        logging_config=None,
    )


def _pages(language: Language) -> Router:
    words = page_words(language)
    return Router(
        f"/{language}",
        route_handlers=list(pages.HANDLERS),
        dependencies={"words": Provide(lambda: words, sync_to_thread=False)},
        include_in_schema=False,
    )


def _packed() -> CompressionConfig:
    """Pack what is shipped and what the API answers; a page holds a token beside what was asked, and stays as it is."""
    return CompressionConfig(
        backend="gzip", minimum_size=_WORTH_PACKING, gzip_compress_level=5, exclude=[f"^/({'|'.join(LANGUAGES)})(/|$)"]
    )
