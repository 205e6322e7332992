"""What people say about who they are is kept apart from everything else they say."""

import pytest
from sqlalchemy import func, select

from surveys.answers import Answer
from surveys.definition import DefinitionError, read_survey
from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import Talk
from tests.voice.themed import make_officer
from voice.models import AnswerRow, Channel, EqualityCount
from voice.services import equality, results
from voice.services.entering import Entry, enter_response
from voice.services.exports import stored_answers
from voice.services.responses import record_answer, submit_response

BACKGROUND = {
    "code": "background",
    "kind": "several",
    "text": "What is your background?",
    "equality": True,
    "options": [{"code": each, "label": each.title()} for each in ("asian", "black", "white")],
}
WHAT = {"code": "what", "kind": "free_text", "text": "What would you change?"}
SURVEY = Survey.model_validate(
    {"code": "kept", "title": "Kept apart", "about": ABOUT, "questions": [BACKGROUND, WHAT]}
)


class TestAQuestionAboutWhoSomebodyIs:
    def test_is_asked_last_wherever_the_file_has_it(self):
        assert [question.code for question in SURVEY.questions] == ["what", "background"]

    def test_waits_with_the_draft_until_it_is_sent_in(self, session, consultation):
        make_response(session, consultation, submitted=False, background=["asian"], what="Buses")

        assert stored(session) == ["background", "what"]
        assert tallies(session) == {}

    def test_goes_into_the_tallies_with_the_sending_and_leaves_no_row(self, session, consultation):
        response = make_response(
            session, consultation, submitted=False, background=["asian", "white"], what="Buses"
        )

        submit_response(session, response, now=NOON)

        assert stored(session) == ["what"]
        assert tallies(session) == {"-answered": 1, "asian": 1, "white": 1}

    def test_is_added_up_over_people_and_skips_are_told_apart(self, session, consultation):
        for said in (["asian"], ["asian"], ""):
            response = make_response(session, consultation, submitted=False, background=said)
            submit_response(session, response, now=NOON)

        assert tallies(session) == {"-answered": 2, "-skipped": 1, "asian": 2}

    def test_is_counted_once_however_often_it_is_sent(self, session, consultation):
        response = make_response(session, consultation, submitted=False, background=["asian"])

        submit_response(session, response, now=NOON)
        submit_response(session, response, now=NOON)

        assert tallies(session) == {"-answered": 1, "asian": 1}

    def test_takes_nothing_more_once_it_is_sent(self, session, consultation):
        response = make_response(session, consultation, submitted=False, background=["asian"])
        submit_response(session, response, now=NOON)

        record_answer(session, response, Answer("background", ("black",)), now=NOON)

        assert stored(session) == []

    def test_is_in_no_export_and_no_figure_even_before_it_is_sent(self, session, consultation):
        make_response(session, consultation, submitted=False, background=["asian"], what="Buses")

        lines = list(stored_answers(session, "kept"))
        figures = results.question_figures(session, consultation)
        assert {line["question"] for line in lines} == {"what"}
        assert [figure.code for figure in figures] == ["what"]

    def test_names_nobody_no_moment_and_no_order(self):
        columns = set(EqualityCount.__table__.columns.keys())

        assert columns == {"consultation_id", "question", "value", "people"}

    def test_is_set_apart_from_paper_and_the_same_page_saved_twice_is_once(
        self, session, consultation, officer
    ):
        answers = (Answer("background", ("black",)), Answer("what", ("Buses",)))
        entry = Entry(Channel.PAPER, NOON.date(), answers, "press")

        for _ in range(2):
            enter_response(session, consultation, officer, entry, now=NOON)

        assert stored(session) == ["what"]
        assert tallies(session) == {"-answered": 1, "black": 1}


class TestTheFigures:
    def test_are_withheld_while_few_have_answered(self, session, consultation):
        _tally(session, consultation, {"-answered": 9, "asian": 9})

        figures = equality.figures(session, consultation)[0]

        assert figures.rows == ()

    def test_are_rounded_and_small_ones_withheld(self, session, consultation):
        _tally(session, consultation, {"-answered": 41, "asian": 33, "black": 7, "white": 0})

        figures = equality.figures(session, consultation)[0]

        assert figures.answered == "40"
        assert figures.rows == (("Asian", "35", "78–98%"), ("Black", "*", ""), ("White", "0", "0%"))

    def test_are_exported_on_their_own(self, session, consultation):
        _tally(session, consultation, {"-answered": 41, "asian": 33, "black": 7})

        lines = {
            line["answer"]: line["people"] for line in equality.exported(session, consultation)
        }

        assert lines["Asian"] == "35"
        assert lines["Black"] == "too few to show"


class TestInTheChat:
    def test_what_is_chosen_is_not_repeated(self):
        talk = Talk.at_first_question(SURVEY)
        talk.type("Buses")
        talk.press("Asian")
        talk.press("Done")

        said = "\n".join(message.text for message in talk.messages)
        assert "Asian" not in said

    def test_it_is_not_asked_again_after_the_end(self):
        talk = Talk.at_first_question(SURVEY)
        talk.type("Buses")
        talk.press("Skip")

        assert "What would you change?" in talk.press("Back")
        assert "last question" in talk.type("Trains")


class TestADefinition:
    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            pytest.param("required: true", "always optional", id="required"),
            pytest.param("ask_if: {question: what, answered: true}", "not kept apart", id="joined"),
        ],
    )
    def test_that_would_join_it_to_the_answers_is_refused(self, change, problem):
        with pytest.raises(DefinitionError, match=problem):
            read_survey(_yaml(change))

    def test_that_asks_for_words_is_refused(self):
        with pytest.raises(DefinitionError, match="only counts are kept"):
            read_survey(
                _yaml("").replace("kind: several", "kind: free_text").split("    options")[0]
            )


def _yaml(change):
    about = "\n".join(f"  {key}: {value}" for key, value in ABOUT.items())
    return f"""\
code: kept
title: Kept
about:
{about}
questions:
  - {{code: what, kind: free_text, text: What?}}
  - code: who
    kind: several
    text: Who are you?
    equality: true
    {change}
    options: [{{code: a, label: A}}, {{code: b, label: B}}]
"""


def stored(session):
    return sorted(session.scalars(select(AnswerRow.question)))


def tallies(session):
    session.expire_all()
    return dict(
        session.execute(
            select(EqualityCount.value, func.sum(EqualityCount.people)).group_by(
                EqualityCount.value
            )
        ).all()
    )


def _tally(session, consultation, people):
    session.add_all(
        EqualityCount(
            consultation_id=consultation.id, question="background", value=value, people=each
        )
        for value, each in people.items()
    )
    session.flush()


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


@pytest.fixture
def consultation(session):
    return make_consultation(session, survey=SURVEY, slug="kept")


@pytest.fixture
def officer(session):
    return make_officer(session)
