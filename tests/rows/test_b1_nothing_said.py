"""B1 and B7: whoever skips everything has given no view, and whoever helps them says why not."""

from datetime import timedelta

import pytest

from surveys.definition import read_from_library
from surveys.engine import Survey
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.models import AnswerRow, Concern, Response, WorkerNote
from voice.services import conferences, usage
from voice.services.conferences import Planned, Standing
from voice.services.consultations import find_by_slug

SLUG = "plan"
START = f"/consultations/{SLUG}"
IN_PICTURES = "way=pictures&meeting="
WHY = "why-nothing"


class TestAChildWhoSkipsAll:
    def test_by_the_link_is_not_heard(self, child, code, standing):
        page = child.press(child.open(f"{START}?{IN_PICTURES}{code}"))
        assert "voice-symbol-question" in page.body

        sent = child.press(skip_all(child, page))

        assert "Thank you" in sent.body
        assert standing() == (Standing.MISSING, 0)

    def test_by_going_straight_to_the_check_is_not_heard(self, child, code, standing, stored):
        child.press(child.open(f"{START}?{IN_PICTURES}{code}"))

        child.press(child.open(f"{START}/check"))

        assert stored(Response)[0].submitted_at is not None
        assert standing() == (Standing.MISSING, 0)

    def test_in_the_chat_is_not_heard(self, child, code, standing, stored):
        page = child.press(child.open(f"{START}/chat?meeting={code}"))
        while not any(one.submitted_at for one in stored(Response)):
            taps = [value for name, value in page.forms[0].buttons if name == "tap"]
            tap = next((each for each in taps if each.endswith("-skip")), taps[0])
            page = child.send(f"{START}/chat", [*page.forms[0].hidden, ("tap", tap)])

        assert all(not each.values for each in stored(AnswerRow))
        assert standing() == (Standing.MISSING, 0)

    def test_but_one_question_is_heard(self, child, code, standing):
        page = child.press(child.open(f"{START}?{IN_PICTURES}{code}"))

        child.press(skip_all(child, say(child, page, ("school", "sad"))))

        assert standing() == (Standing.HEARD, 1)


class TestAChildWithAWorker:
    @pytest.fixture
    def check(self, child, code):
        page = child.open(f"{START}/with-somebody?{IN_PICTURES}{code}")
        return skip_all(child, child.press(page, ("worker", "social_worker")))

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            pytest.param([], "Nothing is answered", id="nothing"),
            pytest.param([("hearing", "own_words")], "Nothing is answered", id="no words"),
            pytest.param([("note", "She smiled")], "Nothing is answered", id="a note alone"),
            pytest.param([("hearing", "not_sought")], "reason why you did not ask", id="no reason"),
        ],
    )
    def test_b7_sends_nothing_without_why(self, child, check, standing, stored, given, said):
        assert "They chose not to say" in check.body

        page = child.press(check, *named(given))

        assert page.status == 422
        assert said in page.body
        assert ("She smiled" in page.body) == (("note", "She smiled") in given)
        assert stored(Response)[0].submitted_at is None
        assert standing() == (Standing.MISSING, 0)

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param([("hearing", "declined")], id="chose not to say"),
            pytest.param([("hearing", "not_sought"), ("reason", "Asleep")], id="not sought"),
        ],
    )
    def test_b7_is_recorded_with_why(self, child, check, standing, stored, given):
        sent = child.press(check, *named(given))

        assert "Thank you" in sent.body
        assert [(one.question, one.hearing.value) for one in stored(WorkerNote)] == [
            ("school", given[0][1])
        ]
        assert standing() == (Standing.HEARD, 1)

    def test_is_asked_nothing_more_once_something_is_answered(self, child, check, standing, stored):
        say(child, child.ask(SLUG, "school"), ("school", "sad"))

        page = child.open(f"{START}/check")
        assert WHY not in page.body
        child.press(page)

        assert standing() == (Standing.HEARD, 1)
        assert stored(WorkerNote) == []

    def test_the_workers_words_are_screened(self, child, check, stored):
        why = [("hearing", "declined"), ("note", "She told me her dad hits her at night")]

        page = child.press(check, *named(why))

        assert page.address.endswith("thank-you-for-telling-us")
        assert len(stored(Concern)) == 1
        assert stored(Response)[0].submitted_at is not None


def test_to_agree_and_no_more_is_no_statement(database, app):
    agree = {"code": "agree", "kind": "consent", "text": "I want to take part", "required": True}
    survey = read_from_library("pep_pupil_2017").model_dump(mode="json", exclude_unset=True)
    asked = Survey.model_validate(
        {key: survey[key] for key in ("code", "title", "about")}
        | {"questions": [agree, *survey["questions"][:1]]}
    )
    with database.writing() as session:
        make_consultation(session, survey=asked, slug="agreed")
    child = Visitor(app)

    page = child.press(child.begin("agreed"), ("agree", "yes"))
    sent = child.press(skip_all(child, page))

    assert "Thank you" in sent.body
    with database.reading() as session:
        assert usage.usage_of(session, [find_by_slug(session, "agreed")], "").statements == 0


class TestAShortAnswerWithAWorker:
    @pytest.fixture
    def page(self, database, child):
        town = {"code": "town", "kind": "short_text", "text": "Which town?"}
        about = read_from_library("pep_pupil_2017").about.model_dump(mode="json")
        survey = {"code": "towns", "title": "Your town", "about": about, "questions": [town]}
        with database.writing() as session:
            make_consultation(session, survey=Survey.model_validate(survey), slug="towns")
        page = child.open("/consultations/towns/with-somebody")
        return child.press(page, ("worker", "school"))

    def test_b7_needs_one_of_the_three(self, child, page, stored):
        assert "In their own words" in page.body

        refused = child.press(page, ("town-note", "Seemed calm"))

        assert refused.status == 422
        assert "say below why there are none" in refused.body
        assert stored(WorkerNote) == []

    def test_b7_cannot_be_gone_round(self, child, page, stored):
        sent = child.send("/consultations/towns/check", page.forms[0].hidden)

        assert sent.address.endswith("/questions/town")
        assert stored(Response)[0].submitted_at is None

    @pytest.mark.parametrize(
        ("given", "hearing"),
        [
            pytest.param([("town", "Aylesbury")], "own_words", id="own words"),
            pytest.param([("town-hearing", "declined")], "declined", id="chose not to say"),
        ],
    )
    def test_b7_is_kept_with_whose_words_they_are(self, child, page, stored, given, hearing):
        child.press(child.press(page, *given))

        assert [one.hearing.value for one in stored(WorkerNote)] == [hearing]
        assert stored(Response)[0].submitted_at is not None


def named(given):
    return [(f"{WHY}-{part}", words) for part, words in given]


def skip_all(child, page):
    """Press Skip until the answers are read back; return that page."""
    while "/questions/" in page.address:
        page = say(child, page, ("skip", "yes"))
    assert page.address.endswith("/check")
    return page


def say(child, page, pressed):
    """Press one button of a page with pictures."""
    return child.send(page.address, [*page.forms[0].hidden, pressed])


@pytest.fixture
def child(app):
    return Visitor(app)


@pytest.fixture(autouse=True)
def code(database):
    """The code of the link of one child, whose conference is in three days."""
    with database.writing() as session:
        found = make_consultation(session, survey="pep_pupil_2017", slug=SLUG)
        planned = [Planned("CP1", NOON.date() + timedelta(days=3))]
        officer = make_officer(session)
        conferences.add_conferences(session, found, officer, planned, secret=SECRET, now=NOON)
        (line,) = conferences.list_conferences(session, found, secret=SECRET, now=NOON)
        return conferences.code_of(line.id, secret=SECRET)


@pytest.fixture
def standing(database):
    """What is known of the child's view, and how many statements usage counts."""

    def read():
        with database.reading() as session:
            found = find_by_slug(session, SLUG)
            (line,) = conferences.list_conferences(session, found, secret=SECRET, now=NOON)
            return line.standing, usage.usage_of(session, [found], "").statements

    return read
