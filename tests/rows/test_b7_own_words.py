"""B7 and F6: a worker answers with a child; the child's own words are kept apart from theirs."""

import re

import pytest

from tests.factories import make_consultation
from tests.voice.web.doors import officer_at
from tests.voice.web.visitor import Visitor, count
from voice.models import Channel, Concern, Response, WorkerNote
from voice.services.exports import stored_answers
from voice.services.theme_answers import readable_words

WORDS = "remember"  # the free-text question of Chelsea's Choice


@pytest.fixture
def worker(app, database):
    """A social worker beside a child, at the question that asks for words."""
    with database.writing() as session:
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
    visitor = Visitor(app)
    page = visitor.open("/consultations/play/with-somebody")
    page = visitor.press(page, ("worker", "social_worker"))
    for code, option in (("attitude", "yes"), ("helpful", "very"), ("will_do", "respect")):
        page = visitor.press(page, (code, option))
    visitor.press(page, ("worried", "no"))
    return visitor


def save(worker, *given):
    """Fill in the page that asks for words, and press Continue."""
    return worker.press(worker.ask("play", WORDS), *given)


def test_b7_a_browser_that_lost_its_key_gives_both_their_words_and_the_note_back(worker, database):
    page = worker.ask("play", WORDS)
    worker.lose_cookies_but("form")

    page = worker.press(page, (WORDS, "I liked it"), (f"{WORDS}-note", "Seemed calm"),
                        (f"{WORDS}-hearing", "own_words"))  # fmt: skip

    assert page.status == 422
    assert "I liked it" in page.body
    assert "Seemed calm" in page.body
    assert "has lost its place" in page.body
    assert len(kept(database, Response)) == 1


def kept(database, kind):
    with database.reading() as session:
        return session.query(kind).all()


class TestAWorkerCannotSave:
    @pytest.mark.parametrize(
        ("given", "complaint"),
        [
            pytest.param([], "say below why there are none", id="nothing at all"),
            pytest.param([(f"{WORDS}-note", "Seemed calm")], "there are none", id="a note only"),
            pytest.param([(WORDS, " \n ")], "why there are none", id="spaces"),
            pytest.param(
                [(f"{WORDS}-hearing", "not_sought")], "reason why you did not ask", id="no reason"
            ),
            pytest.param(
                [(WORDS, "I liked it"), (f"{WORDS}-hearing", "declined")], "take the words out",
                id="both",
            ),
        ],
    )  # fmt: skip
    def test_b7_without_words_or_why_there_are_none(self, worker, database, given, complaint):
        page = save(worker, *given)

        assert page.status == 422
        assert complaint in page.body
        assert all(words in page.body for _, words in given)
        assert count(database, "worker_note") == 0

    def test_b7_by_going_round_the_question(self, worker, database):
        guard = worker.ask("play", WORDS).forms[0].hidden
        page = worker.send("/consultations/play/check", guard)

        assert page.address.endswith(f"/questions/{WORDS}")
        assert [one.submitted_at for one in kept(database, Response)] == [None]


class TestAWorkerCanSave:
    @pytest.mark.parametrize(
        ("given", "hearing"),
        [
            pytest.param([(WORDS, "I liked it")], "own_words", id="the child's words"),
            pytest.param([(f"{WORDS}-hearing", "declined")], "declined", id="chose not to say"),
            pytest.param(
                [(f"{WORDS}-hearing", "not_sought"), (f"{WORDS}-reason", "Asleep")], "not_sought",
                id="not sought, with the reason",
            ),
        ],
    )  # fmt: skip
    def test_b7_one_of_the_three(self, worker, database, given, hearing):
        check = save(worker, *given)
        sent = worker.press(check)

        assert "Thank you" in sent.body
        assert [one.hearing.value for one in kept(database, WorkerNote)] == [hearing]
        response = kept(database, Response)[0]
        assert (response.channel, response.helped_by) == (Channel.ASSISTED, "social_worker")

    def test_and_the_device_forgets_the_child(self, worker):
        worker.press(save(worker, (WORDS, "my very own words")))

        assert worker.open("/consultations/play/sent").address == "/consultations/play"


class TestWhoseWordsAreWhose:
    @pytest.fixture
    def noted(self, worker):
        worker.press(
            save(worker, (WORDS, "I liked the actors"), (f"{WORDS}-note", "Attentive all along"))
        )

    def test_themes_read_the_childs_alone(self, noted, database):
        with database.reading() as session:
            consultation = session.query(Response).one().consultation

            words = readable_words(session, consultation, WORDS)

        assert list(words.values()) == ["I liked the actors"]

    def test_the_export_keeps_them_apart(self, noted, database):
        with database.reading() as session:
            lines = {one["question"]: one for one in stored_answers(session, "play")}

        assert lines[WORDS]["value"] == "I liked the actors"
        assert lines[WORDS]["worker_note"] == "Attentive all along"
        assert lines[WORDS]["helped_by"] == "social_worker"
        assert lines["attitude"]["worker_note"] == ""

    def test_the_page_of_responses_shows_them_apart(self, noted, app, database):
        page = officer_at(app, database).open("/officers/consultations/play/responses")

        assert "With a worker (Social worker)" in page.body
        note = re.search(r"worker’s own note.*?Attentive all along", page.body, re.DOTALL)
        assert note is not None
        assert "I liked the actors" not in note[0]

    def test_the_workers_are_screened_for_safety_too(self, worker, database):
        page = save(
            worker, (WORDS, "It was ok"), (f"{WORDS}-note", "She told me her dad hits her at night")
        )

        assert page.address.endswith("thank-you-for-telling-us")
        assert [one.words for one in kept(database, Concern)] == [
            "She told me her dad hits her at night"
        ]


class TestWithoutAConnection:
    def test_f6_the_same_form_is_printed_and_typed_in_later(self, worker):
        page = worker.open("/consultations/play/with-somebody")

        assert "/consultations/play/paper" in page.body
        paper = worker.open("/consultations/play/paper")
        assert "What will you remember or do differently?" in paper.body
