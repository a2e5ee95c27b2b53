"""``drugcontrol serve``: the pages and the API, on this machine unless told otherwise."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import click

from drugcontrol.cli import options
from drugcontrol.errors import UsageError

KEYS = "DRUGCONTROL_API_KEYS"
_LAST_SECONDS = 5
"""How long requests that are under way may still take once the server is to end."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; this machine only.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--name", "names", multiple=True, help="Name under which others reach the server. May be repeated.")
@click.option("--tls", is_flag=True, help="A proxy before the server speaks TLS: cookies are then for TLS only.")
@click.option("--state", type=click.Path(path_type=Path), default=None, help="Directory for what outlives a restart.")
@click.option("--max-upload", type=click.IntRange(1), default=200, show_default=True, help="MB of a file to screen.")
@click.option("--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of such a file.")
@click.option("--max-minutes", type=click.IntRange(1), default=60, show_default=True, help="Time to screen one file.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Files screened at the same time.")
@click.option("--keep-days", type=click.IntRange(1), default=7, show_default=True, help="Days until a file is deleted.")
@options.law_option
def serve(
    host: str,
    port: int,
    names: tuple[str, ...],
    tls: bool,
    state: Path | None,
    max_upload: int,
    max_rows: int,
    max_minutes: int,
    jobs: int,
    keep_days: int,
    edition: Path | None,
) -> None:
    """Serve pages for people and an API for programs. Needs “pip install drugcontrol[web]”.

    Keys for structures in batches are taken from DRUGCONTROL_API_KEYS, separated by spaces. The log on standard error
    names method, route, status and time; no address and no content of a request.
    """
    try:
        import uvicorn

        from drugcontrol.web.access import LOG, logged
        from drugcontrol.web.app import create_app
        from drugcontrol.web.head import answering_head
        from drugcontrol.web.jobs.limits import MEGABYTE, Limits
        from drugcontrol.web.settings import LOOPBACK, Settings
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed.", "Run: pip install 'drugcontrol[web]'.") from None
    from drugcontrol.web.listen import listening

    limits = Limits(
        upload_bytes=max_upload * MEGABYTE,
        rows=max_rows,
        seconds=60 * max_minutes,
        running=jobs,
        keep_days=keep_days,
    )
    keys = frozenset(os.environ.get(KEYS, "").split())
    settings = Settings(hosts=(*LOOPBACK, host, *names), keys=keys, tls=tls, screening=limits)
    if state is not None:
        settings = replace(settings, state=state)
    app = create_app(options.open_law(edition), settings)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    LOG.setLevel(logging.INFO)
    with listening(host, port) as (socket, address):
        app.state.site.prepare()
        click.echo(f"drugcontrol is served on {address} - end it with Ctrl+C.")
        config = uvicorn.Config(
            answering_head(logged(app)),
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[socket])
