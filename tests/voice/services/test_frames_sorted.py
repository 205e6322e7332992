"""Answers sorted into a coding frame by the worker, and what officers moved staying where it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION, make_officer
from voice.analysis.coding.frames import FrameTheme
from voice.analysis.coding.seeing import Sight
from voice.models import Consultation, Mention, Officer, Theme
from voice.services import assigning, frames, jobs, theme_moves, themes
from voice.services.theme_answers import answer_rows
from voice.services.theme_keeping import Edit

FRAME = (
    FrameTheme("bus", "Buses", "Late or full", ("bus", "late", "too full")),
    FrameTheme("park", "The park", "", ("park", "swings", "bench")),
)
BUSES = tuple(f"The {when} bus is {how}" for when in ("school", "evening", "first", "last")
              for how in ("late", "too full", "always late"))  # fmt: skip
PARKS = tuple(f"The {what} in the park {how}" for what in ("swings", "bench", "pond", "gate")
              for how in ("is muddy", "needs lights", "is broken"))  # fmt: skip


class TestAFrame:
    def test_sorts_the_answers_under_its_own_keys(self, database, framed, work):
        work()

        raised = _raised(database)
        wrong = {text: keys for text, keys in raised.items() if keys - {_said_of(text)}}
        plain = {text for text in raised if "bus" in text or "swings" in text or "bench" in text}
        assert wrong == {}
        assert {text for text in plain if not raised[text]} == set()

    def test_leaves_a_comment_where_an_officer_moved_it(self, database, framed, work):
        work()
        with database.writing() as session:
            asked = session.scalars(select(Consultation)).one()
            officer = session.scalars(select(Officer)).one()
            bus, park = themes.themes_of(session, asked, QUESTION)
            moved = framed[BUSES[0]]
            edit = Edit(officer, bus.edition, NOON + timedelta(minutes=6))
            theme_moves.move(session, bus, [moved], [park.id], edit=edit)
            themes.ask_for_analysis(session, asked, QUESTION, officer, now=edit.now)

        work(at=NOON + timedelta(minutes=7))

        assert _raised(database)[BUSES[0]] == {"park"}


class TestAThemeAddedByHand:
    def test_takes_the_answers_that_speak_of_it(self, database, framed, work):
        work()
        with database.writing() as session:
            asked = session.scalars(select(Consultation)).one()
            edit = Edit(session.scalars(select(Officer)).one(), 0, NOON + timedelta(minutes=6))
            new = theme_moves.NewTheme("The pond", keywords=["pond", "the pond in the park"])
            theme_moves.add(session, asked, QUESTION, new, edit=edit)

        work(at=NOON + timedelta(minutes=7))

        raised = _raised(database)
        assert "the-pond" in raised["The pond in the park is muddy"]
        assert "the-pond" not in raised["The school bus is late"]


@pytest.fixture
def framed(database):
    """A question with answers and a frame; the responses by their words."""
    with database.writing() as session:
        asked, officer = make_consultation(session), make_officer(session)
        said = {text: make_response(session, asked, **{QUESTION: text}) for text in BUSES + PARKS}
        session.flush()
        frames.use(session, asked, QUESTION, FRAME, officer, now=NOON)
        return {text: one.id for text, one in said.items()}


@pytest.fixture
def work(database):
    sight = Sight()
    works = {
        jobs.JOIN: assigning.assigning(sight, with_new=True),
        jobs.ASSIGN: assigning.assigning(sight, with_new=False),
    }

    def work(at=NOON + timedelta(minutes=5)):
        while jobs.work_once(database, works, now=lambda: at):
            pass
        with database.reading() as session:
            for kind in works:
                job = jobs.find_latest(session, kind, f"early-help/{QUESTION}")
                assert job is None or job.problem == ""

    return work


def _said_of(text):
    return "bus" if text in BUSES else "park"


def _raised(database):
    """Return the keys of the themes that each answer raises, by its words."""
    with database.reading() as session:
        rows = session.execute(
            select(Mention.response_id, Theme.key).join(Theme, Theme.id == Mention.theme_id)
        ).all()
        asked = session.scalars(select(Consultation)).one()
        words = {one: row.values[0] for one, row in answer_rows(session, asked, QUESTION).items()}
        raised = {text: set() for text in words.values()}
        for response, key in rows:
            raised[words[response]].add(key)
        return raised
