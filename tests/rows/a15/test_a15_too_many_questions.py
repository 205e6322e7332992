"""Row A15: how many questions one visitor may send to committees in a day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.rows.a15.asking import DANGER
from tests.voice.web.doors import make_link
from tests.voice.web.visitor import Visitor, count, words_in
from voice.errors import TooManySentError
from voice.models import Concern, LinkKind
from voice.services import forgetting, throttling
from voice.services.throttling import Sender


class TestTooManyQuestions:
    """SEC-10: a day's limit for a browser and for a network; neither is stored."""

    def test_of_one_browser_are_refused_with_the_words_kept(self, ask, database):
        pages = [ask(words=f"Why {number}?") for number in range(throttling.MAX_OF_BROWSER + 1)]

        assert [page.status for page in pages[:-1]] == [200] * throttling.MAX_OF_BROWSER
        assert pages[-1].status == 422
        assert "as many questions as we take from one place in a day" in pages[-1].body
        assert words_in(pages[-1], "words") == "Why 10?"
        assert count(database, "enquiry") == throttling.MAX_OF_BROWSER

    def test_are_taken_again_the_nextday_of(self, ask, clock):
        for number in range(throttling.MAX_OF_BROWSER):
            ask(words=f"Why {number}?")
        clock.moment = NOON + timedelta(days=1)

        assert ask(words="Why not?").status == 200

    def test_of_whoever_comes_next_to_a_library_s_screen_are_their_own(self, ask, visitor, screen):
        visitor.open(f"/go/{screen}")
        pages = [ask(words=f"Why {number}?") for number in range(throttling.MAX_OF_BROWSER + 1)]
        visitor.open("/consultations/bus/reset")

        assert pages[-1].status == 422
        assert ask(words="And I ask?").status == 200

    def test_of_a_browser_of_ones_own_are_not_begun_anew_by_clearing_the_screen(
        self, ask, visitor, screen
    ):
        for number in range(throttling.MAX_OF_BROWSER):
            ask(words=f"Why {number}?")
        visitor.open("/consultations/bus/reset")

        assert ask(words="And I ask?").status == 422

    def test_of_every_person_at_a_screen_count_for_its_network(
        self, ask, visitor, screen, monkeypatch
    ):
        """SEC-10: a script that pretends to be the next person meets the network's limit."""
        monkeypatch.setattr(throttling, "MAX_OF_NETWORK", 15)
        visitor.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        visitor.open(f"/go/{screen}")
        asked = []
        for number in range(throttling.MAX_OF_NETWORK + 1):
            asked.append(ask(words=f"Why {number}?").status)
            if number % throttling.MAX_OF_BROWSER == throttling.MAX_OF_BROWSER - 1:
                visitor.open("/consultations/bus/reset")

        assert asked == [200] * throttling.MAX_OF_NETWORK + [422]

    def test_are_screened_though_they_are_refused(self, ask, database):
        for number in range(throttling.MAX_OF_BROWSER):
            ask(words=f"Why {number}?")
        page = ask(words=DANGER)

        assert "Is somebody not safe?" in page.body
        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == [DANGER]

    def test_are_not_counted_for_the_same_press(self, form, visitor, database):
        page = visitor.open("/questions/ask")
        for _ in range(throttling.MAX_OF_BROWSER + 2):
            assert visitor.press(page, *form()).status == 200

    def test_a_class_behind_one_address_is_not_shut_out(self, form, app, database):
        asked = []
        for pupil in range(30):
            browser = Visitor(app)
            browser.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
            for number in range(2):
                typed = form(words=f"Pupil {pupil} asks {number}?")
                asked.append(browser.press(browser.open("/questions/ask"), *typed).status)

        assert asked == [200] * 60

    @pytest.mark.parametrize(
        ("addresses", "is_one_network"),
        [
            pytest.param(["203.0.113.9", "203.0.113.9"], True, id="one address"),
            pytest.param(["2001:db8::1", "2001:db8::2"], True, id="one home of IPv6"),
            pytest.param(["203.0.113.9", "203.0.113.10"], False, id="two addresses"),
            pytest.param(["", ""], False, id="nobody knows"),
        ],
    )
    def test_of_one_network_are_limited_whatever_the_browser(
        self, database, addresses, is_one_network
    ):
        with database.writing() as session:
            refused = False
            for number in range(throttling.MAX_OF_NETWORK + 1):
                sender = Sender(f"browser {number}", addresses[number % 2])
                try:
                    throttling.count(session, sender, "question", secret=SECRET, now=NOON)
                except TooManySentError:
                    refused = True

        assert refused is is_one_network

    def test_leave_no_address_and_go_with_theday_of(self, ask, visitor, database, tmp_path):
        visitor.client.environ_base["REMOTE_ADDR"] = "203.0.113.80"
        ask()
        left = b"".join(path.read_bytes() for path in tmp_path.glob("voice.db*"))
        assert b"203.0.113." not in left
        assert count(database, "sent_today") == 2

        with database.writing() as session:
            forgetting.sweep(session, now=NOON + timedelta(days=1))

        assert count(database, "sent_today") == 0


@pytest.fixture
def screen(database):
    """The code of a library's screen, which many people use one after the other."""
    with database.writing() as session:
        make_consultation(session, slug="bus")
    return make_link(database, "bus", LinkKind.KIOSK)
