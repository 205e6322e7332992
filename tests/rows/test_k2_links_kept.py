"""Capability K2: a link, a class and a way stay with somebody, in chats and without cookies."""

import re
from dataclasses import replace

from surveys.definition import read_from_library
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from tests.voice.web.doors import make_link, officer_at, press_at, responses_in
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.models import Channel, LinkKind
from voice.services import links
from voice.services.consultations import find_by_slug


class TestALinkIntoTelegram:
    def test_is_on_the_start_page_of_whoever_came_by_one(self, settings, database, clock):
        council = settings.council.model_copy(update={"telegram_name": "TestshireBot"})
        app = create_app(replace(settings, council=council), database, now=clock)
        with database.writing() as session:
            make_consultation(session, survey="parent_feedback", slug="parents")
        code = make_link(database, "parents")
        visitor = Visitor(app)

        visitor.open(f"/go/{code}")

        assert f"t.me/TestshireBot?start={code}" in visitor.open("/consultations/parents").body
        assert "t.me/TestshireBot?start=parents" in Visitor(app).open("/consultations/parents").body

    def test_begins_the_consultation_and_is_counted(self, tmp_path, database):
        open_survey(database, read_from_library("parent_feedback"))
        code = make_link(database, "asked")
        person = Chatter(database, settings_for(tmp_path), channel=Channel.TELEGRAM)

        person.start(code)
        person.press("Yes, let’s start")
        person.type("They listened")
        person.press("No")

        with database.reading() as session:
            (counted,) = links.list_links(session, find_by_slug(session, "asked"))
        assert (counted.begun, counted.sent) == (1, 1)

    def test_that_is_closed_still_begins_it_and_counts_no_more(self, tmp_path, database):
        open_survey(database, read_from_library("parent_feedback"))
        code = make_link(database, "asked")
        with database.writing() as session:
            links.get_link(session, code).closed_at = NOON
        person = Chatter(database, settings_for(tmp_path), channel=Channel.TELEGRAM)

        person.start(code)
        person.press("Yes, let’s start")

        (response,) = responses_in(database)
        assert response.link_id is None


class TestABrowserThatLosesItsKeyInTheMiddleOfAPage:
    def test_asks_on_in_the_same_way(self, app, database):
        with database.writing() as session:
            make_consultation(session, survey="pep_pupil_2017", slug="plan")
        visitor = Visitor(app)
        start = visitor.open("/consultations/plan")
        ways = re.findall(r'name="way"[^>]*value="(\w+)"', start.body)
        page = visitor.press(start, button=ways.index("easy_read"))
        visitor.lose_cookies()

        before = responses_in(database)
        again = visitor.press(page, ("school", "good"))
        visitor.press(again, ("school", "good"))

        assert 'name="came-way" value="easy_read"' in again.body
        assert begun_since(before, database).variant == "easy_read"

    def test_stays_in_its_class_and_year_group(self, app, database):
        pupil, page = in_class(app, database)
        (first,) = before = responses_in(database)
        pupil.lose_cookies()

        again = pupil.press(page, ("attitude", "yes"))
        pupil.press(again, ("attitude", "yes"))

        second = begun_since(before, database)
        assert second.lesson_id == first.lesson_id is not None
        assert (second.year_group, second.channel) == ("Year 8", Channel.CLASSROOM)
        assert second.link_id == first.link_id

    def test_joins_no_class_by_a_year_group_that_is_none_of_it(self, app, database):
        pupil, page = in_class(app, database)
        before = responses_in(database)
        pupil.lose_cookies()
        body = page.body.replace('value="Year 8"', 'value="Year 1"')
        forged = type(page)(page.address, page.status, body)

        again = pupil.press(forged, ("attitude", "yes"))
        pupil.press(again, ("attitude", "yes"))

        assert begun_since(before, database).lesson_id is None


def begun_since(before, database):
    """The one response that was begun since; all of them began at the same moment."""
    known = {each.id for each in before}
    (new,) = [each for each in responses_in(database) if each.id not in known]
    return new


def in_class(app, database):
    """A pupil of Year 8 at the first question of the play."""
    with database.writing() as session:
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
    make_link(database, "play", LinkKind.CLASS, label="A school")
    officer = officer_at(app, database)
    listed = officer.open("/officers/consultations/play/classes").body
    teacher, pupil = Visitor(app), Visitor(app)
    address = re.search(r"http://localhost(/teach/[^<\s]+)", listed)[1]
    years = [("years", each) for each in ("Year 8", "Year 9")]
    board = press_at(teacher, teacher.open(address), address, *years)
    code = re.search(r'class="voice-code"[^>]*>([A-Z0-9]+)<', board.body)[1]
    return pupil, pupil.press(pupil.open(f"/class/{code}"), ("year-group", "Year 8"))
