"""E7: an online survey in school. Thirty phones behind one address, results by year group.

The phones answer one after another here; many presses at once are in web/test_public_at_once.py.
"""

import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.definition import read_survey
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer, sign_off
from tests.voice.web.doors import make_link, officer_at, press_at
from tests.voice.web.visitor import Visitor
from voice.analysis.coding.seeing import Sight
from voice.models import Consultation, LinkKind, Mention, Theme
from voice.services import assigning, jobs
from voice.web.public.teaching import SECOND_PRESS_SECONDS

SCHOOL = {"REMOTE_ADDR": "198.51.100.7"}  # all of the school's phones leave through one address
SURVEY = """
code: online_safety
title: "What worries you online?"
audience: young
about: {what: "w", why: "w", who_for: "w", minutes: 2, what_happens: "w", who_reads: "w"}
questions:
  - code: worries
    kind: several
    text: "What worries you online?"
    options:
      - {code: strangers, label: "Strangers who write to me"}
      - {code: mean, label: "Mean messages"}
      - {code: pictures, label: "Pictures being shared"}
      - {code: time, label: "Too much time on my phone"}
  - code: more
    kind: free_text
    text: "Anything else?"
"""
PUPILS = [
    *[("Year 8", ("strangers", "mean"))] * 9,
    *[("Year 8", ("mean",))] * 5,
    *[("Year 9", ("pictures",))] * 7,
    *[("Year 9", ("pictures", "time"))] * 5,
    *[("Year 7", ("time",))] * 3,  # fewer than five: counted together with
    ("Year 10", ("strangers",)),  # this one, and with the smallest of the others
]


@pytest.fixture
def teacher(app, database):
    """A teacher with the address that the council gave to the school."""
    with database.writing() as session:
        make_consultation(session, survey=read_survey(SURVEY, name="e7.yaml"), slug="online")
    make_link(database, "online", LinkKind.CLASS, label="Princes Risborough School")
    page = officer_at(app, database).open("/officers/consultations/online/classes")
    teacher = Visitor(app)
    teacher.address = re.search(r"http://localhost(/teach/[^<\s]+)", page.body)[1]
    return teacher


@pytest.fixture
def board(teacher):
    page = teacher.open(teacher.address)
    years = [("years", each) for each in ("Year 7", "Year 8", "Year 9", "Year 10")]
    return press_at(teacher, page, teacher.address, *years)


def code_on(board):
    return re.search(r'class="voice-code"[^>]*>([A-Z0-9]+)<', board.body)[1]


def end(teacher, board, clock):
    """Press the button that ends the lesson, and say yes when it is asked."""
    asked = press_at(teacher, board, code_on(board))
    clock.moment += timedelta(seconds=SECOND_PRESS_SECONDS)
    return press_at(teacher, asked, code_on(board))


def pupil_answers(app, code, year_group, worries, *, sends=True, more=""):
    """One phone: join, choose the year group, answer, send."""
    finish(begun_phone(app, code, year_group), worries, sends=sends, more=more)


def begun_phone(app, code, year_group="Year 8"):
    """One phone that joined and chose the year group."""
    phone = app.test_client()
    page = phone.get(f"/class/{code}", environ_base=SCHOOL).text
    token = ("csrf_token", re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1])
    press = ("press", re.search(r'name="press"[^>]* value="([^"]+)"', page)[1])
    post(phone, f"/class/{code}", [token, ("year-group", year_group), press])
    return phone, token


def finish(begun, worries, *, sends=True, more=""):
    """Answer on a phone that joined, and send."""
    phone, token = begun
    for address, given in (
        ("/consultations/online/questions/worries", [("worries", each) for each in worries]),
        (
            "/consultations/online/questions/more",
            [("more", more)] if more else [("more", ""), ("skip", "yes")],
        ),
        *([("/consultations/online/check", [])] if sends else []),
    ):
        post(phone, address, [token, *given])


def post(phone, address, pairs):
    form = {name: [v for n, v in pairs if n == name] for name, _ in pairs}
    reply = phone.post(address, data=form, environ_base=SCHOOL)
    assert reply.status_code in {302, 303}, (address, reply.text)


class TestAClassOfThirtyBehindOneAddress:
    def test_e7_shows_the_teacher_the_top_concerns_of_each_year_within_a_minute(
        self, app, teacher, board, clock
    ):
        for year_group, worries in PUPILS:
            pupil_answers(app, code_on(board), year_group, worries)
        finished_at = time.monotonic()

        counted = teacher.open(teacher.address).body
        results = end(teacher, board, clock)

        assert time.monotonic() - finished_at < 60
        assert re.findall(r'voice-figure">(\d+)', counted) == ["30", "30"]
        assert "Year 8: 14 pupils" in results.body
        year_8, others = results.body.split("Year 8: 14 pupils")[1].split("</section>")[:2]
        assert _rows(year_8) == [("Mean messages", "14"), ("Strangers who write to me", "9")]
        # Year 7 (3) and Year 10 (1) are too few, and too few together: Year 9 (12) joins them.
        assert "Year 7, Year 9 and Year 10 together: 16 pupils" in others
        # One pupil alone chose the strangers, so no number here may be exact.
        assert _rows(others) == [
            ("Pictures being shared", "10 or more"),
            ("Too much time on my phone", "5 or more"),
        ]
        assert "answered)" in year_8
        assert "answered)" not in others
        assert "Year 7: " not in results.body

    def test_e7_shows_the_themes_of_what_a_class_wrote_within_a_minute(
        self, app, teacher, board, clock, database, listed
    ):
        """The words of the pupils join the list that an officer signed off for earlier classes."""
        for number in range(7):
            words = f"There are adverts in game number {number}"
            pupil_answers(app, code_on(board), "Year 8", ("mean",), more=words)
        for number in range(6):
            words = f"I always forget password number {number}"
            pupil_answers(app, code_on(board), "Year 9", ("time",), more=words)
        finished_at = time.monotonic()

        results = end(teacher, board, clock)
        join = assigning.assigning(Sight(), with_new=True)
        assert jobs.work_once(database, {jobs.JOIN: join}, now=lambda: clock.moment)
        page = teacher.open(results.address).body

        assert time.monotonic() - finished_at < 60
        year_8, year_9 = page.split("Year 8: 7 pupils")[1].split("</section>")[:2]
        assert ("Adverts", "7") in _rows(year_8)
        assert "Passwords" not in year_8
        assert ("Passwords", "6") in _rows(year_9)

    @pytest.fixture
    def listed(self, teacher, database):
        """Two themes of earlier answers, signed off."""
        with database.writing() as session:
            asked = session.scalars(select(Consultation)).one()
            for key, label, words in (
                ("t1", "Adverts", "The adverts in game {} are annoying"),
                ("t2", "Passwords", "My password for site {} is hard to remember"),
            ):
                theme = Theme(
                    consultation_id=asked.id, question="more", key=key, label=label, place=1,
                    found_label=label, description="", words=[label.lower()[:-1]],
                )  # fmt: skip
                for number in range(8):
                    one = make_response(session, asked, more=words.format(number))
                    one.answers["more"].tone = "neutral"
                    theme.mentions.append(Mention(response_id=one.id, strength=0.9))
                session.add(theme)
            session.flush()
            sign_off(session, asked, make_officer(session), code="more")

    def test_is_shown_how_many_and_never_what_they_said(self, app, teacher, board):
        pupil_answers(app, code_on(board), "Year 8", ("mean",), sends=False)

        page = teacher.open(teacher.address)

        assert re.findall(r'voice-figure">(\d+)', page.body) == ["1", "0"]
        assert "Mean messages" not in page.body

    def test_is_told_nothing_of_four_pupils(self, app, teacher, board, clock):
        for _ in range(4):
            pupil_answers(app, code_on(board), "Year 8", ("mean",))

        results = end(teacher, board, clock)

        assert "Fewer than 5 have finished" in results.body
        assert "Mean messages" not in results.body

    def test_is_not_told_what_one_pupil_chose_who_finishes_later(self, app, clock, teacher, board):
        code = code_on(board)
        for _ in range(5):
            pupil_answers(app, code, "Year 8", ("mean",))
        late = [begun_phone(app, code) for _ in range(5)]
        results = end(teacher, board, clock)
        assert _rows(results.body) == [("Mean messages", "5")]
        seen = []
        clock.moment += timedelta(minutes=1)

        for phone in late:
            finish(phone, ("mean",))
            seen.append(_rows(teacher.open(results.address).body)[0][1])

        assert seen == ["5", "5", "5", "5", "10"]

    def test_lets_nobody_in_once_it_has_ended(self, app, teacher, board, clock):
        end(teacher, board, clock)

        page = Visitor(app).open(f"/class/{code_on(board)}")

        assert "This class is over" in page.body
        assert page.forms == []

    def test_goes_on_after_a_second_press_at_once(self, app, teacher, board, clock):
        begun_phone(app, code_on(board))

        asked = press_at(teacher, board, code_on(board))
        again = press_at(teacher, asked, code_on(board))

        assert "Pupils still answering: 1." in asked.body
        assert "End the class?" in again.body
        assert Visitor(app).open(f"/class/{code_on(board)}").forms

    def test_takes_the_code_however_it_is_typed(self, app, board):
        pupil = Visitor(app)
        code = code_on(board).lower()
        page = pupil.press(pupil.open("/class"), ("code", f" {code[:3]} {code[3:]} "))

        wrong = pupil.press(pupil.open("/class"), ("code", "ABCDEF"))

        assert page.address == f"/class/{code.upper()}"
        assert (wrong.status, "ABCDEF" in wrong.body) == (422, True)

    def test_makes_each_pupil_somebody_new_on_one_shared_tablet(self, app, database, board):
        tablet, code = Visitor(app), code_on(board)
        for _ in range(2):
            page = tablet.press(tablet.open(f"/class/{code}"), ("year-group", "Year 8"))
            page = tablet.press(page, ("worries", "mean"))
            page = tablet.press(page, button=1)
            assert "Thank you" in tablet.press(page).body

        with database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT count(DISTINCT respondent) FROM response")
            assert rows.scalar() == 2

    def test_opens_to_nobody_with_a_wrong_key(self, app, teacher):
        page = Visitor(app).open(teacher.address[:-1] + "x")

        assert page.status == 404


def _rows(section):
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*>([^<]+)</td>', section)
