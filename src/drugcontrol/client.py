"""A client of the API in a few lines: the answers are the same typed values that the package gives.

::

    from drugcontrol.client import Client

    answer = Client("http://127.0.0.1:8765/").check("norfentanyl", date="2023-04-06", places=["CN"])
    answer.verdicts[0].status  # 'not_listed'
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import msgspec

from drugcontrol.check.verdict import Answer, SubstanceShown
from drugcontrol.errors import DrugcontrolError, ReadError

T = TypeVar("T")


class ApiError(DrugcontrolError):
    """The server refused a question; ``code``, ``message``, ``field`` and ``hint`` are those of its answer."""

    code = "api"


@dataclass(frozen=True)
class Client:
    """A server of ``drugcontrol serve``.

    Attributes
    ----------
    address : str
        Its address, for example ``http://127.0.0.1:8765/``.
    key : str
        For structures in batches; asked of the operator.
    timeout : float
        Seconds to wait for an answer.
    """

    address: str
    key: str = ""
    timeout: float = 30.0

    def check(
        self, text: str, *, date: str = "", places: Sequence[str] = (), kinds: Sequence[str] = (), to: str = ""
    ) -> Answer:
        """Say whether a substance is controlled; a structure stays out of addresses, since all is sent by POST.

        Raises
        ------
        ApiError
            When the server cannot answer, for instance because no substance has that name.
        ReadError
            When no server answers at the address in time, or what answers there is no such server.
        """
        question = {"text": text, "date": date, "in": list(places), "kinds": list(kinds), "to": to}
        return self._ask("check", Answer, body=question)

    def batch(
        self, texts: Sequence[str], *, date: str = "", places: Sequence[str] = (), structures: bool = False
    ) -> list[Mapping[str, Any]]:
        """Ask about many names and numbers at once, or about structures with a key; errors as of :meth:`check`.

        Returns
        -------
        list of mapping
            In the order of `texts`: ``verdicts`` of each, or ``error``.
        """
        path = "batch/structures" if structures else "batch"
        body = {"texts": list(texts), "date": date, "in": list(places)}
        return self._ask(path, _Batch, body=body).answers

    def substances(self, family: str = "") -> list[SubstanceShown]:
        """Give the registered substances, of one family or all; errors as of :meth:`check`."""
        return self._ask("substances", list[SubstanceShown], {"family": family} if family else {})

    def get(self, path: str, **query: str) -> Any:
        """Give the plain values of any other call, for instance ``get("upcoming", within="90")``."""
        return self._ask(path, Any, query)

    def _ask(self, path: str, kind: type[T], query: Mapping[str, str] | None = None, body: object = None) -> T:
        address = f"{self.address.rstrip('/')}/api/v1/{quote(path)}{'?' + urlencode(query) if query else ''}"
        headers = {"accept": "application/json", "content-type": "application/json"}
        if self.key:
            headers["authorization"] = f"Bearer {self.key}"
        if not address.startswith(("http://", "https://")):
            raise ReadError("The address of the server is none of HTTP.", "Write it as http://127.0.0.1:8765/.")
        content = None if body is None else msgspec.json.encode(body)
        asked = Request(address, data=content, headers=headers)  # noqa: S310 - HTTP only, see above
        try:
            with urlopen(asked, timeout=self.timeout) as answer:  # noqa: S310
                return msgspec.json.decode(answer.read(), type=kind)
        except HTTPError as error:
            raise _refusal(error) from None
        except (OSError, HTTPException) as error:  # not reached, silent, or gone in the middle of its answer
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise ReadError(f"No server answers at {self.address}: {reason}.", "Is it started?") from None
        except msgspec.DecodeError:
            what = f"What answers at {self.address} is no server of this version of drugcontrol."
            raise ReadError(what, "Compare the address, and the versions.") from None


class _Batch(msgspec.Struct):
    answers: list[Mapping[str, Any]]


class _Refusal(msgspec.Struct):
    code: str
    message: str
    field: str
    hint: str


def _refusal(error: HTTPError) -> ApiError:
    try:
        said = msgspec.json.decode(error.read(), type=_Refusal)
    except (OSError, HTTPException, msgspec.DecodeError):
        return ApiError(f"The server answered {error.code}.", "Compare the address with that of the API.")
    return ApiError(said.message, said.hint, code=said.code, field=said.field)
