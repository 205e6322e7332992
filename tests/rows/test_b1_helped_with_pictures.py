"""B1 and B7: a child whom a worker helps is asked in the way and the language that suits them."""

import html
import re

import pytest

from surveys.definition import read_from_library
from tests.factories import make_consultation
from tests.voice.web.visitor import Visitor, count
from voice.models import Channel, Response, WorkerNote

PLAN, PLAY = "/consultations/plan", "/consultations/play"
WORKER = ("worker", "social_worker")
WORDS = "remember"  # the free-text question of Chelsea's Choice


class TestWithPictures:
    def test_the_way_of_the_start_page_is_kept_beside_the_worker(self, visitor, stored):
        page = follow_to_help(visitor, f"{PLAN}?way=pictures")

        page = visitor.press(page, WORKER)

        assert "voice-symbol-question" in page.body
        assert "School?" in page.body
        assert how(stored) == (Channel.ASSISTED, "social_worker", "pictures", "")

    @pytest.mark.parametrize(
        ("told", "first"),
        [
            pytest.param("age=7", "pictures", id="a seven-year-old"),
            pytest.param("age=8", "words", id="an eight-year-old"),
            pytest.param("age=14&pictures=yes", "pictures", id="a disabled teenager"),
        ],
    )
    def test_the_child_is_offered_every_way_the_best_first(self, visitor, stored, told, first):
        """B1 TEST a, with a worker beside the child."""
        page = follow_to_help(visitor, f"{PLAN}?{told}")

        assert sorted(ways_on(page)) == ["easy_read", "pictures", "words"]
        assert ways_on(page)[0] == first
        assert page.body.count("Best for you") == 1
        visitor.press(page, WORKER)
        assert how(stored) == (Channel.ASSISTED, "social_worker", first, "")

    def test_the_child_may_choose_another(self, visitor, stored):
        page = follow_to_help(visitor, f"{PLAN}?age=7")

        visitor.press(page, WORKER, button=ways_on(page).index("easy_read"))

        assert how(stored)[2] == "easy_read"

    def test_a_press_without_a_role_begins_nothing_and_keeps_the_way(self, visitor, stored):
        page = visitor.open(f"{PLAN}/with-somebody")

        page = visitor.press(page, button=ways_on(page).index("pictures"))

        assert page.status == 422
        assert stored(Response) == []
        visitor.press(page, WORKER)
        assert how(stored)[2] == "pictures"

    def test_words_are_still_the_childs_or_said_to_be_missing(self, visitor, stored, database):
        """B7, in a version with pictures that asks for words."""
        with database.writing() as session:
            make_consultation(session, survey=with_words_in_pictures(), slug="words")
        visitor.press(visitor.open("/consultations/words/with-somebody?way=pictures"), WORKER)

        page = visitor.press(visitor.ask("words", "tell"), ("tell-note", "Seemed calm"))

        assert "voice-symbol-move" in page.body
        assert page.status == 422
        assert "say below why there are none" in page.body
        visitor.press(page, ("tell-hearing", "declined"))
        assert [one.hearing.value for one in stored(WorkerNote)] == ["declined"]


class TestInWelsh:
    def test_the_language_of_the_start_page_is_kept_beside_the_worker(self, visitor, stored):
        page = follow_to_help(visitor, f"{PLAY}?language=cy")

        page = visitor.press(page, WORKER)

        assert 'lang="cy"' in page.body.split("<head")[0]
        assert how(stored) == (Channel.ASSISTED, "social_worker", "", "cy")

    def test_the_language_is_offered_on_the_page_of_the_worker(self, visitor, stored):
        page = visitor.open(f"{PLAY}/with-somebody?age=7")

        page = visitor.open(link_to(page, r"[^\"]*language=cy[^\"]*"))
        visitor.press(page, WORKER)

        assert how(stored)[3] == "cy"

    def test_a_note_alone_is_refused_as_in_english(self, visitor, database):
        """B7."""
        visitor.press(visitor.open(f"{PLAY}/with-somebody?language=cy"), WORKER)

        page = visitor.press(visitor.ask("play", WORDS), (f"{WORDS}-note", "Seemed calm"))

        assert page.status == 422
        assert count(database, "worker_note") == 0


class TestTheWayThere:
    def test_carries_all_that_was_told(self, visitor):
        page = visitor.open(f"{PLAY}?language=cy&age=7&pictures=yes")

        goal = link_to(page, r"[^\"]*with-somebody[^\"]*")

        assert {"language=cy", "age=7", "pictures=yes"} == set(goal.partition("?")[2].split("&"))

    def test_keeps_the_link_before_a_meeting(self, visitor):
        page = follow_to_help(visitor, f"{PLAN}?way=pictures&meeting=AB12")

        page = visitor.open(link_to(page, r"[^\"]*", says="Choose another way"))

        assert ("meeting", "AB12") in page.forms[0].hidden

    def test_leads_back_to_a_choice_of_ways(self, visitor):
        page = follow_to_help(visitor, f"{PLAN}?way=pictures")

        page = visitor.open(link_to(page, r"[^\"]*", says="Choose another way"))

        assert sorted(ways_on(page)) == ["easy_read", "pictures", "words"]


def follow_to_help(visitor, address):
    """Open a start page and follow its link for whoever helps somebody."""
    return visitor.open(link_to(visitor.open(address), r"[^\"]*with-somebody[^\"]*"))


def link_to(page, pattern, says=""):
    return html.unescape(re.search(rf'href="({pattern})"[^>]*>{says}', page.body)[1])


def ways_on(page):
    return re.findall(r'<button[^>]* name="way" value="(\w+)"', page.body)


def how(stored):
    """Return by whom and in which way the only response is helped."""
    (one,) = stored(Response)
    return one.channel, one.helped_by, one.variant, one.language


def with_words_in_pictures():
    survey = read_from_library("pep_pupil_2017")
    variants = [each.model_copy(update={"leave_out": ()}) for each in survey.variants]
    return survey.model_copy(update={"variants": tuple(variants)})


@pytest.fixture(autouse=True)
def consultations(database):
    with database.writing() as session:
        make_consultation(session, survey="pep_pupil_2017", slug="plan")
        make_consultation(session, survey="chelseas_choice_2015", slug="play")


@pytest.fixture
def visitor(app):
    return Visitor(app)
