"""What comes in with a request, read in few steps: cookies, fields of a form, where it leads.

Each reads what Werkzeug and Flask read. What is out of the ordinary is left to them.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import Map, MapAdapter
from werkzeug.sansio.http import parse_cookie
from werkzeug.sansio.utils import get_host
from werkzeug.utils import cached_property

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

FIELDS = "application/x-www-form-urlencoded"  # what a browser sends of a form without files
HOSTS_KNOWN = 64
_NOTHING: ImmutableMultiDict[str, str] = ImmutableMultiDict()
_NO_FILES: "ImmutableMultiDict[str, FileStorage]" = ImmutableMultiDict()


class Asked(Request):
    """A request that reads what our pages ask of it, and nothing more."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies that the browser sent, read where they stand."""
        sent = parse_cookie(self.environ.get("HTTP_COOKIE", ""), cls=ImmutableMultiDict)
        return cast("ImmutableMultiDict[str, str]", sent)

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What stands in the address after its question mark: mostly nothing."""
        return super().args if self.query_string else _NOTHING

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """The fields that were sent in."""
        if not self._sends_fields:
            return super().form
        try:
            sent = self.stream.read().decode()  # no longer than is allowed
            fields = _fields_in(sent)
        except ValueError:  # no words: a form with nothing in it, as Werkzeug takes it
            fields = []
        return ImmutableMultiDict(fields)

    @cached_property
    def files(self) -> "ImmutableMultiDict[str, FileStorage]":
        """The files that were sent in."""
        return _NO_FILES if self._sends_fields else super().files

    @property
    def _sends_fields(self) -> bool:
        """Whether it sends nothing but the fields of a form."""
        return self.environ.get("CONTENT_TYPE") == FIELDS and "_cached_data" not in self.__dict__


def _fields_in(sent: str) -> list[tuple[str, str]]:
    """Return the names and values of a form, as `parse_qsl` does; most need nothing written out."""
    pairs = [each.partition("=") for each in sent.split("&") if each]
    return [
        (
            _written_out(name) if "%" in name or "+" in name else name,
            _written_out(value) if "%" in value or "+" in value else value,
        )
        for name, _, value in pairs
    ]


def _written_out(quoted: str) -> str:
    return unquote(quoted.replace("+", " "), errors="werkzeug.url_quote")


def way_of(asked: Request, ways: Map) -> MapAdapter | None:
    """Return what finds the page that a request asks for; None for an unusual request.

    `ways` must depend on no host.

    Raises:
        BadHost: if the request names a host that cannot be one.
    """
    environ = asked.environ
    path = environ.get("PATH_INFO", "")
    is_usual = path[:1] == "/" != path[1:2] and not asked.query_string
    if not is_usual or "HTTP_UPGRADE" in environ:
        return None
    scheme, method = asked.scheme, environ["REQUEST_METHOD"]
    asked.host, name = _host_of(scheme, environ.get("HTTP_HOST"), asked.server)
    return MapAdapter(ways, name, asked.root_path, "", scheme, asked.path, method, "")


@lru_cache(maxsize=HOSTS_KNOWN)
def _host_of(
    scheme: str, said: str | None, server: tuple[str, int | None] | None
) -> tuple[str, str]:
    """Return the host that a request is sent to, and its name in the letters of a domain."""
    host = get_host(scheme, said, server)
    return host, Map().bind(host.lower()).server_name
