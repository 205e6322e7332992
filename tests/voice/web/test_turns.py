"""Pages made in turn: never two at once, and nobody waits for somebody else's slow line."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from voice.web.turns import MOST_BYTES_READ_BEFORE, InTurn

PAGE = "/consultations/bus"


class Pages:
    """An application that notes how many of its pages are made at the same time."""

    def __init__(self):
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.bodies = []
        self.met = threading.Barrier(2)

    def __call__(self, environ, start_response):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            self.met.wait(timeout=0.2)  # somebody else would come meanwhile
        except threading.BrokenBarrierError:
            self.met.reset()
        self.bodies.append(environ["wsgi.input"].read())
        with self.lock:
            self.now -= 1
        return [b"page"]


def request(path=PAGE, body=b"", **more):
    return {
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **more,
    }


def at_once(application, *requests):
    with ThreadPoolExecutor(len(requests)) as people:
        return list(people.map(lambda each: application(each, None), requests))


class TestPages:
    def test_for_the_public_are_made_one_after_the_other(self):
        pages = Pages()

        answers = at_once(InTurn(pages), request(), request())

        assert (pages.most, answers) == (1, [[b"page"]] * 2)

    def test_are_made_as_many_at_once_as_is_said(self):
        pages = Pages()

        at_once(InTurn(pages, at_once=2), request(), request())

        assert pages.most == 2

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param({"path": "/officers/consultations"}, id="an officer's"),
            pytest.param({"path": "/static/voice.css"}, id="a file"),
            pytest.param({"path": f"{PAGE}/paper.pdf"}, id="a paper form, drawn for seconds"),
            pytest.param({"CONTENT_LENGTH": "9" * 5_000}, id="of a length beyond reading"),
            pytest.param({"body": b"x" * (MOST_BYTES_READ_BEFORE + 1)}, id="an upload"),
            pytest.param({"HTTP_TRANSFER_ENCODING": "chunked"}, id="of no known length"),
            pytest.param({"CONTENT_LENGTH": "-1"}, id="of a forged length"),
        ],
    )
    def test_that_may_take_long_wait_for_no_turn(self, other):
        pages = Pages()

        at_once(InTurn(pages), request(**other), request())

        assert pages.most == 2


class TestAForm:
    def test_reaches_the_page_whole(self):
        pages = Pages()

        InTurn(pages)(request(body="words=مرحبا".encode()), None)

        assert pages.bodies == ["words=مرحبا".encode()]

    def test_that_comes_slowly_keeps_nobody_waiting(self):
        pages, finish = Pages(), threading.Event()
        slow = request(body=b"four")
        slow["wsgi.input"] = SlowLine(b"four", finish)
        application = InTurn(pages)

        with ThreadPoolExecutor(1) as person:
            coming = person.submit(application, slow, None)
            slow["wsgi.input"].begun.wait(timeout=5)

            assert application(request(), None) == [b"page"]
            assert not coming.done()

            finish.set()
            assert coming.result(timeout=5) == [b"page"]


class SlowLine:
    """A body whose last byte comes when somebody says so."""

    def __init__(self, body, finish):
        self.body, self.finish, self.begun = body, finish, threading.Event()

    def read(self, _length):
        self.begun.set()
        self.finish.wait(timeout=10)
        return self.body
