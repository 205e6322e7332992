"""One press that arrives many times at the same moment, on each store (REL-2)."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.factories import make_consultation
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.models import AnswerRow, Chat, Concern, Response

TIMES = 12
START = "/consultations/viewpoint"


def count(store, table):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def press_at_once(visitor, page, *given):
    """Return what each of many browsers with the same cookies sees after the same press."""
    browsers = [Visitor(visitor.client.application) for _ in range(TIMES)]
    for each in browsers:
        each.client._cookies = dict(visitor.client._cookies)
    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(lambda each: each.press(page, *given), browsers))


class TestOnePressManyTimesAtOnce:
    def test_begins_one_response(self, visitor, store):
        pages = press_at_once(visitor, visitor.open(START))

        assert {page.address for page in pages} == {f"{START}/questions/service"}
        assert count(store, Response) == 1

    def test_keeps_one_answer_and_raises_one_concern(self, visitor, store):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")

        pages = press_at_once(visitor, page, ("best", "my uncle hits me every night"))

        assert {each.address for each in pages} == {f"{START}/thank-you-for-telling-us"}
        assert (count(store, AnswerRow), count(store, Concern)) == (1, 1)

    def test_shows_one_receipt(self, visitor, store):
        visitor.begin("viewpoint")

        pages = press_at_once(visitor, visitor.open(f"{START}/check"))

        found = {re.search(r"Your reference<br><strong>([^<]+)", each.body)[1] for each in pages}
        assert len(found) == 1
        assert count(store, Response) == 1

    def test_begins_one_chat(self, visitor, store):
        pages = press_at_once(visitor, visitor.open(f"{START}/chat"))

        assert all("Is that OK?" in page.body for page in pages)
        assert count(store, Chat) == 1

    @pytest.fixture
    def visitor(self, settings, store, clock):
        with store.writing() as session:
            make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
        return Visitor(create_app(settings, store, now=clock))
