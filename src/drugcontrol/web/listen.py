"""Opening the port before the server starts, so that its address is known and an occupied one is an error in words."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from drugcontrol.errors import UsageError


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Listen on a port.

    Yields
    ------
    tuple of socket and str
        The socket, and the address that a browser opens.

    Raises
    ------
    UsageError
        When the address is not of this machine, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
            opened.listen(1024)
        except OSError as error:
            message = f"The server cannot listen on {host}, port {port}: {error.strerror}."
            raise UsageError(message, "Name another port with --port; 0 takes a free one.") from None
        shown = f"[{host}]" if family is socket.AF_INET6 else host
        yield opened, f"http://{shown}:{opened.getsockname()[1]}/"
