"""Words typed with a slip in a chat: understood as a choice, and screened even so."""

import pytest
from sqlalchemy import select

from tests.stores import new_sqlite
from tests.surveys.conftest import survey_asking
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from voice.analysis.safeguarding import screen
from voice.models import AnswerRow, Concern

LABELS = ("Race", "Happy", "Yes")
OPTIONS = [{"code": label.lower(), "label": label} for label in LABELS]
CHOICE = {"code": "about", "kind": "choice", "text": "What was it about?", "options": OPTIONS}
HOW_OLD = {"code": "age", "kind": "number", "text": "How old are you?"}


@pytest.fixture
def database(tmp_path):
    database = new_sqlite(tmp_path)
    yield database
    database.close()


@pytest.fixture
def person(database, tmp_path):
    open_survey(database, survey_asking(CHOICE, HOW_OLD))
    return Chatter(database, settings_for(tmp_path)).at_first_question()


def words_raised(database):
    with database.reading() as session:
        return list(session.scalars(select(Concern.words)))


def values(database):
    with database.reading() as session:
        return {row.question: row.values for row in session.scalars(select(AnswerRow))}


class TestASlip:
    def test_is_screened_for_it_may_be_another_word(self, person, database):
        assert screen("rape").tier is not None

        said = person.type("rape")

        assert words_raised(database) == ["rape"]
        assert "999" in said

    def test_is_kept_as_the_choice(self, person, database):
        person.type("hapy")

        assert values(database) == {"about": ["happy"]}


class TestWhatSaysLittle:
    @pytest.mark.parametrize("typed", ["yh", "Race", "two"])
    def test_wakes_nobody_at_a_choice(self, person, database, typed):
        person.type(typed)

        assert "about" in values(database)
        assert words_raised(database) == []

    @pytest.mark.parametrize("typed", ["sixteen", "im 14", "16 yrs"])
    def test_wakes_nobody_as_an_age(self, person, database, typed):
        person.type("1")

        person.type(typed)

        assert values(database)["age"][0] in {"16", "14"}
        assert words_raised(database) == []
