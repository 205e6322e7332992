"""Row B2: what a pupil asks for opens a task, and its outcome is told back."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from surveys.definition import read_survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.services.chatting import NOON as CHATTED_AT
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer, officer_at
from tests.voice.web.visitor import Visitor
from voice.models import Channel, Consultation, Delivery, Enquiry, EnquiryState, OutcomeKind, Role
from voice.services import enquiries, readers, requests, web_chats
from voice.services.enquiries import Change
from voice.services.responses import forget_response

__all__ = ["officer"]

SLUG = "plan"
RELEASE = 2  # the form of the concern's page, after those that sign out and acknowledge
DECIDE = 2  # the form of the page, after those that sign out and assign
OPTIONS = {"school": "good", "helper": "teacher", "safe": "yes", "meeting": "all"}
WHY = "The club has no free place until September. Miss Hall keeps one for you then."


class TestRowB2:
    """TEST: a "request" answer opens a task with outcome told back."""

    def test_the_answer_opens_a_task_that_officers_see(self, ask_for, officer):
        ask_for("games", "club")

        page = officer.open("/officers/enquiries").body
        assert "Learning games; A club or an activity" in page
        assert "Waiting (1)" in page

    @pytest.mark.parametrize(
        ("decision", "said"),
        [
            ("did", "Yes. It is done."),
            ("will", "Yes. We will, by Wednesday 1 July 2026."),
            ("cannot", "Sorry, we cannot. Here is why."),
        ],
    )
    def test_the_outcome_stands_on_their_own_page(self, ask_for, child, decide, decision, said):
        ask_for("club")
        assert "We have it" in child.open(f"/consultations/{SLUG}/sent").body

        decide(decision)

        page = child.open(f"/consultations/{SLUG}/sent").body
        assert said in page
        assert WHY in page

    def test_the_code_opens_it_on_another_device(self, ask_for, decide, app):
        page = ask_for("club")
        code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.body)[0]
        decide("cannot")

        other = Visitor(app)
        page = other.press(other.open(f"/consultations/{SLUG}/come-back"), ("code", code))

        assert WHY in page.body

    def test_a_child_who_was_helped_gets_the_code_as_well(self, app, answer_all):
        device = Visitor(app)
        page = device.open(f"/consultations/{SLUG}/with-somebody")
        device.press(page, ("worker", "social_worker"))
        page = answer_all(device, "club", tell=[("tell-hearing", "declined")])

        assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.body)

    def test_it_is_told_in_the_chat_where_they_asked_to_hear(self, chatted):
        database, enquiry, officer = chatted("yes")
        _decide(database, enquiry, officer, now=CHATTED_AT)

        (told,) = _told(database)
        assert WHY in told.body["message"]["text"]
        assert "A trampoline" not in told.body["message"]["text"]
        assert told.due_at == CHATTED_AT

    def test_it_stands_in_the_chat_on_the_web_as_well(self, chatted, settings):
        database, enquiry, officer = chatted("yes", Channel.WEB_CHAT)
        _decide(database, enquiry, officer, now=CHATTED_AT)

        with database.reading() as session:
            browser = web_chats.Browser("asked", "42")
            view = web_chats.view_for(session, settings, browser, now=CHATTED_AT)
        assert any(WHY in each.text for each in view.messages)

    def test_a_promise_that_is_kept_is_told_again(self, chatted):
        database, enquiry, officer = chatted("yes")
        day = CHATTED_AT.date()
        _decide(database, enquiry, officer, now=CHATTED_AT, by=day)
        _decide(database, enquiry, officer, now=CHATTED_AT, decision=OutcomeKind.DID)

        first, second = (each.body["message"]["text"] for each in _told(database))
        assert "Yes. We will, by Friday 20 November 2026." in first
        assert "Yes. It is done." in second

    def test_it_waits_for_the_morning(self, chatted):
        late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
        database, enquiry, officer = chatted("yes")
        _decide(database, enquiry, officer, now=late)

        assert _told(database)[0].due_at == datetime(2026, 11, 21, 8, tzinfo=UTC)

    def test_nobody_is_written_to_who_did_not_ask(self, chatted):
        database, enquiry, officer = chatted("no")
        _decide(database, enquiry, officer, now=CHATTED_AT)

        assert _told(database) == []


class TestATask:
    def test_is_opened_in_the_transaction_of_the_answer(self, answer, stored):
        answer(("want", "games"))

        assert [each.words for each in stored()] == ["Learning games"]

    def test_is_seen_by_nobody_before_the_answers_are_sent_in(self, answer, officer):
        answer(("want", "games"))

        assert "Waiting (0)" in officer.open("/officers/enquiries").body

    def test_changes_with_the_answer_and_goes_with_it(self, answer, stored):
        answer(("want", "games"))
        answer(("want", "books"))
        assert [each.words for each in stored()] == ["Books"]

        answer()
        assert stored() == []

    def test_is_not_opened_by_an_option_that_wants_nothing(self, answer, stored):
        answer(("want", "nothing"))

        assert stored() == []

    def test_goes_when_the_answers_are_deleted(self, ask_for, stored, database):
        ask_for("games")
        with database.writing() as session:
            forget_response(session, session.merge(stored()[0]).response)

        assert stored() == []

    def test_of_a_restricted_consultation_is_found_by_its_readers_alone(
        self, ask_for, officer, stored, database
    ):
        ask_for("club")
        address = f"/officers/enquiries/{stored()[0].id}"
        assert officer.open(address).status == 200

        with database.writing() as session:
            reader = make_officer(session, team=stored()[0].team)
            consultation = session.scalars(select(Consultation)).one()
            readers.restrict(session, consultation, reader, {reader.id}, now=NOON)
            assert len(enquiries.list_waiting(session, reader)) == 1
            assert enquiries.count_waiting(session, reader) == 1

        assert officer.open(address).status == 404
        assert "Waiting (0)" in officer.open("/officers/enquiries").body

    def test_waits_for_the_safeguarding_role_where_an_alert_was_raised(self, ask_for, officer):
        ask_for("games", words="My dad hits me every night")

        page = officer.open("/officers/enquiries").body
        assert "1 waits for the safeguarding role" in page
        assert "Learning games" not in page

    def test_is_answered_once_the_safeguarding_role_lets_it_through(
        self, ask_for, officer, app, database
    ):
        ask_for("games", words="My dad hits me every night")
        lead = officer_at(app, database, role=Role.SAFEGUARDING)
        queue = lead.open("/officers/concerns").body
        concern = re.search(r'href="(/officers/concerns/[0-9a-f-]{36})"', queue)[1]
        lead.press(lead.open(concern), form=RELEASE)

        page = officer.open("/officers/enquiries").body
        assert "Learning games" in page
        assert "My dad" not in page

    def test_goes_from_received_to_answered(self, ask_for, officer, stored, decide):
        ask_for("club")
        key = stored()[0].id
        states = [stored()[0].state]
        page = officer.open(f"/officers/enquiries/{key}")
        officer.press(page, ("responder", "Virtual School"), *_day("by", 15, 6), form=1)
        assert "What would you like to have for learning?" in page.body
        states.append(stored()[0].state)
        decide("did")
        states.append(stored()[0].state)

        assert states == [EnquiryState.RECEIVED, EnquiryState.ASSIGNED, EnquiryState.ANSWERED]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ([("reply", WHY)], "Choose what was decided"),
            ([("reply", WHY), ("decision", "will")], "Say by which day"),
            ([("decision", "did")], "Write the reply"),
        ],
    )
    def test_is_not_decided_by_halves(self, ask_for, officer, stored, typed, said):
        ask_for("club")
        page = officer.open(f"/officers/enquiries/{stored()[0].id}")
        page = officer.press(page, *typed, form=DECIDE)

        assert page.status == 422
        assert said in page.body
        assert stored()[0].answered_at is None


def _day(name, day, month):
    return [(f"{name}-day", day), (f"{name}-month", month), (f"{name}-year", 2026)]


def _decide(database, key, officer, *, now, by=None, decision=OutcomeKind.CANNOT):
    decision = OutcomeKind.WILL if by else decision
    with database.writing() as session:
        found = session.get(Enquiry, key)
        change = Change(session.merge(officer), found.edition, now)
        requests.decide(session, found, change, decision=decision, reply=WHY, will_by=by)


def _told(database):
    with database.reading() as session:
        found = select(Delivery).where(Delivery.reference.startswith("request:"))
        return session.scalars(found).all()


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        return make_consultation(session, survey="pep_pupil_2017", slug=SLUG).slug


@pytest.fixture
def child(app):
    return Visitor(app)


@pytest.fixture
def answer(child):
    """Answer the question that opens a task, with none but it."""

    def give(*given):
        if not child.client.get_cookie("answers", path=f"/consultations/{SLUG}"):
            child.begin(SLUG)
        page = child.ask(SLUG, "want")
        return child.press(page, *given)

    return give


@pytest.fixture
def answer_all():
    def through(browser, *wanted, words="", tell=()):
        for code, option in OPTIONS.items():
            browser.press(browser.ask(SLUG, code), (code, option))
        browser.press(browser.ask(SLUG, "likes"), ("likes", "art"))
        browser.press(browser.ask(SLUG, "want"), *(("want", each) for each in wanted))
        browser.press(browser.ask(SLUG, "tell"), ("tell", words), *tell)
        return browser.press(browser.open(f"/consultations/{SLUG}/check"))

    return through


@pytest.fixture
def ask_for(child, answer_all):
    def through(*wanted, words=""):
        child.begin(SLUG)
        return answer_all(child, *wanted, words=words)

    return through


@pytest.fixture
def stored(database):
    def read():
        with database.reading() as session:
            return session.scalars(select(Enquiry)).all()

    return read


@pytest.fixture
def decide(officer, stored):
    def through(decision):
        page = officer.open(f"/officers/enquiries/{stored()[0].id}")
        given = [("decision", decision), ("reply", WHY), *_day("will_by", 1, 7)]
        assert officer.press(page, *given, form=DECIDE).status == 200

    return through


@pytest.fixture
def chatted(database, tmp_path):
    """Somebody asked for something in a chat; `wish` is what they said to being told."""

    def through(wish, channel=Channel.TELEGRAM):
        open_survey(database, read_survey(ONE_WISH, name="wish.yaml"))
        person = Chatter(database, settings_for(tmp_path), channel=channel)
        person.at_first_question()
        person.type("A trampoline")
        person.type(wish)
        with database.writing() as session:
            officer = make_officer(session, team="youth")
            return database, session.scalars(select(Enquiry)).one().id, officer

    return through


ONE_WISH = """
code: wish
title: A wish
audience: young
about:
  what: "What you want."
  why: "To help."
  who_for: "You."
  minutes: 1
  what_happens: "We read it."
  who_reads: "People who help."
questions:
  - {code: wish, kind: free_text, text: "What would you like?", opens: request}
"""
