"""The receiver in one loop: what arrives over HTTP, however it is sent, and how it ends."""

import asyncio
import json
import signal
import socket
import threading
import time
from types import SimpleNamespace

import pytest

from bot import in_one_loop
from bot.in_one_loop import InOneLoop
from bot.updates import MARKS_OF_FILES
from tests.bot.running import (
    WEBHOOK_SECRET,
    RunningBot,
    free_port,
    prepare,
    wait_for_webhook,
)

SECRET = f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK_SECRET}"
START = json.dumps(
    {
        "update_id": 9,
        "message": {"message_id": 1, "chat": {"id": 42, "type": "private"}, "text": "hi"},
    }
).encode()


@pytest.fixture(scope="module")
def listening(tmp_path_factory):
    """A receiver as it is started, and its port; then told to end."""
    home = tmp_path_factory.mktemp("loop")
    prepare(home).close()
    port = free_port()
    told = ("--mode", "webhook", "--role", "receiver", "--keep-webhook", "--port", str(port))
    secret = {"VOICE_TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET}
    # No Bot API listens here, and none is needed to take updates in.
    bot = RunningBot(home, f"http://127.0.0.1:{free_port()}", "1:x", **secret).start(*told)
    wait_for_webhook(port)
    yield SimpleNamespace(bot=bot, port=port)
    bot.process.send_signal(signal.SIGTERM)
    assert bot.process.wait(timeout=30) == 0


def ask(port, *lines, body=b""):
    """Send these lines as they are, and return the first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        head = "\r\n".join(["POST / HTTP/1.1", "Host: here", *lines]).encode("latin-1")
        connection.sendall(head + b"\r\n\r\n" + body)
        return connection.recv(65_536).split(b"\r\n")[0].decode()


class TestOverHttp:
    def test_takes_an_update_in(self, listening):
        assert ask(listening.port, SECRET, f"Content-Length: {len(START)}", body=START) == (
            "HTTP/1.1 200 OK"
        )

    def test_takes_one_that_comes_in_chunks(self, listening):
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (START[:10], START[10:]))
        chunked = ask(
            listening.port, SECRET, "Transfer-Encoding: chunked", body=chunks + b"0\r\n\r\n"
        )

        assert chunked == "HTTP/1.1 200 OK"

    @pytest.mark.parametrize("secret", ["", "X-Telegram-Bot-Api-Secret-Token: geh\xe9im"])
    def test_refuses_whoever_has_not_the_secret(self, listening, secret):
        lines = [each for each in (secret, f"Content-Length: {len(START)}") if each]

        assert ask(listening.port, *lines, body=START) == "HTTP/1.1 403 Forbidden"

    def test_reads_no_more_than_an_update_may_hold(self, listening):
        large = b"x" * 1_000_001

        answered = ask(listening.port, SECRET, f"Content-Length: {len(large)}", body=large)

        assert answered == "HTTP/1.1 413 Payload Too Large"

    def test_goes_on_after_a_line_that_is_no_http(self, listening):
        with socket.create_connection(("127.0.0.1", listening.port), timeout=30) as connection:
            connection.sendall(b"\x00\xff nonsense\r\n\r\n")
            connection.recv(1_000)

        assert ask(listening.port, SECRET, "Content-Length: 2", body=b"{}") == "HTTP/1.1 200 OK"


class TestOneAfterTheOther:
    def test_an_error_ends_one_request_alone(self):
        def breaks(environ, start_response):
            raise RuntimeError("words of somebody")

        assert answer(InOneLoop(breaks, most_bytes=9)) == (500, [], b"")

    def test_what_may_take_long_is_waited_for_elsewhere(self):
        here = threading.get_ident()
        seen = {}

        def note(environ, start_response):
            seen[environ["wsgi.input"].read()] = threading.get_ident()
            start_response("200 OK", [])
            return [b""]

        for body in (b'{"text"}', b'{"photo"}'):
            answer(InOneLoop(note, most_bytes=99, waits_for=MARKS_OF_FILES), body)

        assert seen[b'{"text"}'] == here
        assert seen[b'{"photo"}'] != here

    def test_nobody_is_waited_for_who_stops_in_the_middle(self, monkeypatch):
        monkeypatch.setattr(in_one_loop, "READING_SECONDS", 0.01)

        for headers in ({}, {"content-length": "9"}):
            slow = InOneLoop(lambda *_: [b""], most_bytes=9)
            assert answer(slow, stops=True, **headers) == (408, [], None)


class Protocol:
    """What Granian gives a request to answer with."""

    def __init__(self, body, *, stops):
        self.body, self.stops, self.said = body, stops, None

    async def __call__(self):
        if self.stops:
            await asyncio.sleep(30)
        return self.body

    async def __aiter__(self):
        yield self.body
        if self.stops:
            await asyncio.sleep(30)

    def response_bytes(self, status, headers, said):
        self.said = (status, headers, said)

    def response_empty(self, status, headers):
        self.said = (status, headers, None)


def answer(application, body=b"{}", *, stops=False, **headers):
    scope = SimpleNamespace(method="POST", path="/", headers=headers)
    protocol = Protocol(body, stops=stops)
    started = time.monotonic()
    asyncio.run(application.__rsgi__(scope, protocol))
    application.close()
    assert time.monotonic() - started < 20
    return protocol.said
