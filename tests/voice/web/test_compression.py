"""Pages on slow lines: squeezed for a browser that takes it, whole for any other."""

import gzip
import re

import pytest

from tests.factories import make_consultation
from voice.web.compression import squeeze_page

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
FIRST_VISIT_KB, LATER_KB = 60, 10


@pytest.fixture
def start(client, database):
    """The address of a start page."""
    with database.writing() as session:
        make_consultation(session)
    return "/consultations/early-help"


def body_of(client, address, **headers):
    """What an address answers with, byte for byte."""
    with client.get(address, headers=headers) as reply:
        return reply.data


def without_nonce(page):
    """The page without what each answer has of its own."""
    return re.sub(rb'nonce="[^"]*"', b"", page)


def files_of(page):
    """The addresses of everything that a page brings with it."""
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', page)


class TestAPage:
    def test_is_the_same_squeezed_or_whole(self, client, start):
        whole = client.get("/help")
        squeezed = client.get("/help", headers=GZIP)

        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in whole.headers
        assert without_nonce(gzip.decompress(squeezed.data)) == without_nonce(whole.data)
        assert "Accept-Encoding" in whole.headers["Vary"]

    def test_weighs_little_on_the_first_visit_and_less_after(self, client, start):
        page = client.get(start, headers=GZIP)
        files = files_of(gzip.decompress(page.data).decode())
        brought = sum(len(body_of(client, each, **GZIP)) for each in files)

        assert len(page.data) <= LATER_KB * 1_000
        assert 10_000 < len(page.data) + brought <= FIRST_VISIT_KB * 1_000

    def test_has_a_length_that_does_not_tell_what_is_in_it(self):
        lengths = {len(squeeze_page(b"the very same words " * 100)) for _ in range(40)}

        assert len(lengths) > 5

    def test_that_is_refused_still_comes_whole_to_an_old_browser(self, client, start):
        assert b"</html>" in client.get("/nothing-here", headers={"Accept-Encoding": ""}).data


class TestAFile:
    def test_is_the_same_squeezed_or_whole(self, client, start):
        page = client.get(start).text
        style = next(each for each in files_of(page) if "voice.css" in each)

        whole, squeezed = body_of(client, style), body_of(client, style, **GZIP)

        assert gzip.decompress(squeezed) == whole
        assert len(squeezed) * 4 < len(whole)
