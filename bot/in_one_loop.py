"""A receiver in one event loop: Granian speaks HTTP, and updates are taken in one after the other.

For a store that takes one writer at a time (SQLite). There, threads of a receiver wait for one
another and take the interpreter from the one that writes.
"""

import asyncio
import io
import logging
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

logger = logging.getLogger(__name__)

READING_SECONDS = 30
THREADS = 8
_NOT_READ, _FAILED = 408, 500

Reply = tuple[int, list[tuple[str, str]], bytes]
Application = Callable[[dict[str, Any], Callable[[str, list[tuple[str, str]]], object]], Any]


class InOneLoop:
    """A WSGI application as Granian's own interface (RSGI) calls it.

    Of a body longer than `most_bytes` no more than that and one piece is read. What has one of
    `waits_for` in it may take long, such as a photo that must be fetched: it is answered in a
    thread, so that nobody else waits for it.
    """

    def __init__(
        self, application: Application, *, most_bytes: int, waits_for: Iterable[bytes] = ()
    ) -> None:
        self._application = application
        self._most_bytes = most_bytes
        self._waits_for = tuple(waits_for)
        self._threads = ThreadPoolExecutor(THREADS, "waits")

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        try:
            async with asyncio.timeout(READING_SECONDS):
                body = await self._read(scope, protocol)
        except TimeoutError:
            protocol.response_empty(_NOT_READ, [])
            return
        if any(each in body for each in self._waits_for):
            run = asyncio.get_running_loop().run_in_executor
            status, headers, said = await run(self._threads, self._answer, scope, body)
        else:
            status, headers, said = self._answer(scope, body)
        protocol.response_bytes(status, headers, said)

    def close(self) -> None:
        """Wait for what is still being answered."""
        self._threads.shutdown()

    async def _read(self, scope: Any, protocol: Any) -> bytes:
        length = scope.headers.get("content-length", "")
        if length.isdigit() and int(length) <= self._most_bytes:
            return bytes(await protocol())  # whole: a body has no more than it said
        parts: list[bytes] = []
        size = 0
        async for part in protocol:
            parts.append(bytes(part))
            size += len(part)
            if size > self._most_bytes:
                break
        return b"".join(parts)

    def _answer(self, scope: Any, body: bytes) -> Reply:
        environ: dict[str, Any] = {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in scope.headers.items()
        }
        environ["REQUEST_METHOD"], environ["PATH_INFO"] = scope.method, scope.path
        environ["CONTENT_LENGTH"], environ["wsgi.input"] = str(len(body)), io.BytesIO(body)
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        try:
            said = b"".join(
                self._application(environ, lambda status, headers: begun.append((status, headers)))
            )
        except Exception as error:  # noqa: BLE001 - one update must not end the receiver
            # Only the error's name: its message may hold a person's words.
            logger.error("request failed", extra={"error": type(error).__name__})
            return _FAILED, [], b""
        status, headers = begun[0]
        return int(status.partition(" ")[0]), headers, said


def listen_in_one_loop(
    application: InOneLoop, host: str, port: int, *, begin: Callable[[], object]
) -> None:
    """Take requests until told to end; `begin` is called once the port is ours."""
    try:
        asyncio.run(_serve(application, host, port, begin))
    finally:
        application.close()


async def _serve(application: InOneLoop, host: str, port: int, begin: Callable[[], object]) -> None:
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )
    server.on_startup(begin)
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, server.stop)
    await server.serve()
