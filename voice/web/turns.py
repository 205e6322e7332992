"""Pages for the public are made one after the other in each process, whatever its threads.

The interpreter lets one thread compute at a time. Threads that share it hand it over at every call
to the store, so that eight pages made at once cost more than the same eight in turn. The body of a
request is read before its turn, so that a slow line holds nobody up. Officers' pages, files
such as a paper form and large uploads take no turn: what takes long must keep nobody waiting.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

MOST_BYTES_READ_BEFORE = 256_000  # a form with every word in it; more is a file
MOST_DIGITS = 9
AT_ONCE_WITH_SERVER = 4  # a store across the network is waited for without computing


class InTurn:
    """An application whose public pages are made `at_once` at a time."""

    def __init__(self, application: "Application", *, at_once: int = 1) -> None:
        self.application = application
        self._turns = BoundedSemaphore(at_once)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request when its turn has come."""
        if not _takes_turn(environ):
            return self.application(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length) if length else b"")
        with self._turns:
            return self.application(environ, start_response)


def _takes_turn(environ: "WSGIEnvironment") -> bool:
    path, length = environ["PATH_INFO"], environ.get("CONTENT_LENGTH") or "0"
    is_file = "." in path.rpartition("/")[2]
    is_known = length.isascii() and length.isdigit() and len(length) <= MOST_DIGITS
    if path.startswith("/officers") or is_file or "HTTP_TRANSFER_ENCODING" in environ:
        return False
    return is_known and int(length) <= MOST_BYTES_READ_BEFORE
