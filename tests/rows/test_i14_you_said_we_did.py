"""I14, A4, B14, C4: each theme gets a response, and whoever asked to hear is told, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import lxml.etree
import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.variants import Audience
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.mailed import send_due_letters
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import (
    Channel,
    Chat,
    Delivery,
    DeliveryKind,
    Meant,
    Officer,
    OutcomeKind,
    OutcomeTold,
    Participant,
    Theme,
    ThemeStatus,
)
from voice.services import answer_board, deliveries, due, outcomes, suppressions, telling
from voice.services.answer_board import NewPromise
from voice.services.consultations import find_by_slug
from voice.services.outcomes import OutcomeRefusedError, Saying

ADDRESS = "https://voice.example/outcomes"
FIRST = 0
DUE = date(2026, 9, 1)
SOON = Saying(OutcomeKind.THINKING, "Buses stop too early.", "We ask the companies.", due_on=DUE)
DONE = Saying(OutcomeKind.DID, "Buses stop too early.", "They run until ten.", address=ADDRESS)
PROMISE = NewPromise(
    date(2026, 7, 1), "Head of service", "head@example.org", "The chair", "chair@example.org"
)
IN_SHORT = {"young_you_said": "Buses stop early.", "young_we_did": "They run till ten."}
YOUNG = read_from_library("early_help_2017").model_copy(update={"audience": Audience.YOUNG})

PROMISED = (("promised-day", "1"), ("promised-month", "7"), ("promised-year", "2027"),
            ("second", "Head"), ("second_reach", "h@example.org"), ("third", "Chair"))  # fmt: skip


@pytest.fixture
def asked(session):
    return make_consultation(session, slug="buses")


@pytest.fixture
def theme(session, asked):
    people = make_people(session, asked, 9)
    return make_theme(session, asked, people, status=ThemeStatus.SIGNED_OFF, signed_off_at=NOON)


@pytest.fixture
def officer(session):
    return make_officer(session)


@pytest.fixture
def publish(session, theme, officer):
    """Publish, `hours` after noon: each press is another one."""

    def publish(saying, hours=0):
        return outcomes.publish_outcome(
            session, theme, saying, officer=officer, press_key=f"{saying.kind}{hours}",
            now=NOON + timedelta(hours=hours),
        )  # fmt: skip

    return publish


class TestEachThemeGetsAResponse:
    """TEST (I14): each theme gets a response: did, will, cannot or still thinking."""

    @pytest.mark.parametrize(
        ("saying", "why"),
        [
            pytest.param(Saying(OutcomeKind.WILL, "a", "b", due_on=DUE), "owner", id="who"),
            pytest.param(Saying(OutcomeKind.WILL, "a", "b", owner="x"), "due_on", id="by when"),
            pytest.param(Saying(OutcomeKind.THINKING, "a", "b"), "due_on", id="thinking till when"),
            pytest.param(Saying(OutcomeKind.CANNOT, "a", " "), "empty", id="why not"),
            pytest.param(
                Saying(OutcomeKind.DID, "a", "b", young_we_did="We run more buses."), "young",
                id="half of the young people's words",
            ),
            pytest.param(
                Saying(OutcomeKind.DID, "a", "b", young_you_said="Buses stop early.",
                       young_we_did="Negotiations with operators concerning the reorganisation of "
                                    "timetabling arrangements are progressing."),
                "hard", id="words that no child of eleven reads",
            ),
        ],
    )  # fmt: skip
    def test_i14_is_refused_without_what_people_need_to_know(self, publish, saying, why):
        with pytest.raises(OutcomeRefusedError, match=why):
            publish(saying)

    def test_i14_has_an_interim_and_a_final_answer(self, session, publish, theme):
        """A4: a dated interim answer, and what came of it, both to be read."""
        first = publish(SOON)
        last = publish(replace(DONE, follows=first.id), hours=1)

        assert outcomes.list_published(session) == [last]
        assert outcomes.said_before(session, [last]) == {last.id: (first,)}
        assert outcomes.list_of_theme(session, theme.id) == [first, last]

    def test_i14_has_one_last_word(self, publish):
        first = publish(SOON)
        publish(replace(DONE, follows=first.id), hours=1)

        with pytest.raises(outcomes.ChangedMeanwhileError):
            publish(replace(DONE, follows=first.id), hours=2)

    def test_i14_an_officer_who_saw_no_interim_answer_takes_none_further(self, publish):
        publish(SOON)

        with pytest.raises(outcomes.ChangedMeanwhileError):
            publish(DONE, hours=1)


class TestEveryoneWhoAsked:
    """TEST (I14): everyone who consented and contributed is messaged, once, as they chose."""

    def test_i14_is_told_once_in_their_language(self, session, asked, publish):
        _chat(session, asked, language="cy")
        _chat(session, asked)

        outcome = publish(DONE)
        telling.tell_everybody(session, outcome, ADDRESS, now=NOON)  # the same again

        first, second = (deliveries.read_body(each)[0] for each in _broadcasts(session))
        assert first.text.startswith("Atebsoch “")
        assert first.language == "cy"
        assert second.text.startswith("You answered “")

    def test_i14_is_told_within_the_hours_of_the_council(self, session, asked, publish):
        _chat(session, asked)
        publish(DONE, hours=9)  # 22:00 in the UK

        (told,) = _broadcasts(session)
        assert told.due_at == NOON.replace(hour=7) + timedelta(days=1)

    def test_i14_a_sender_that_dies_on_the_way_never_tells_twice(self, session, asked, publish):
        for _ in range(3):
            _chat(session, asked)
        publish(DONE)
        claim = partial(
            deliveries.claim_next, session, Channel.TELEGRAM, now=NOON, lease=timedelta(seconds=30)
        )

        taken = [claim().id]  # and here it is killed: nobody says what became of it
        deliveries.release_leases(session, Channel.TELEGRAM)
        later = partial(deliveries.claim_next, session, Channel.TELEGRAM, lease=timedelta(1))
        while (found := later(now=NOON + timedelta(hours=1))) is not None:
            taken.append(found.id)

        assert len(set(taken)) == len(taken) == 3

    def test_i14_says_whether_it_was_what_they_meant(self, session, asked, publish):
        _chat(session, asked)
        outcome = publish(DONE)
        (told,) = _broadcasts(session)
        key = _key_in(told)

        telling.keep_meant(session, key, Meant.PARTLY, now=NOON)
        telling.keep_meant(session, key, Meant.YES, now=NOON)  # thinks again: counted once

        heard = telling.count_heard(session, [outcome])[outcome.id]
        assert heard.meant == {Meant.YES: 1, Meant.PARTLY: 0, Meant.NO: 0}


class TestThemesWithoutAnAnswer:
    """TEST (I14): unanswered themes older than X days are listed to officers; I11: escalated."""

    def test_i14_stand_on_the_board_by_age(self, session, asked, theme, officer):
        older = make_theme(
            session, asked, [], label="Trains", status=ThemeStatus.SIGNED_OFF,
            signed_off_at=NOON - timedelta(days=40),
        )  # fmt: skip

        board = answer_board.read_board(session, officer, now=NOON + timedelta(days=1))

        assert [(each.theme, each.days) for each in board.waiting] == [(older, 41), (theme, 1)]

    def test_i11_go_to_a_second_and_a_third_person_each_once(self, stored, escalate):
        for day in range(60):
            escalate(datetime(2026, 7, 1, 12, tzinfo=UTC) + timedelta(days=day))

        first, second = escalate.letters()
        assert [first.to, second.to] == ["head@example.org", "chair@example.org"]
        assert "- Buses" in first.text

    def test_i11_what_we_will_do_goes_too_once_its_day_is_past(self, stored, escalate):
        stored(Saying(OutcomeKind.WILL, "Buses.", "Ask them.", owner="Transport", due_on=DUE))
        for day in (1, 2, 3):
            escalate(datetime(2026, 9, day, 12, tzinfo=UTC))

        (letter,) = escalate.letters()
        assert letter.to == "head@example.org"
        assert "Transport: Ask them. (by Tuesday 1 September 2026)" in letter.text

    def test_i11_the_third_hears_two_weeks_after_the_second_was_told(self, stored, escalate):
        late = datetime(2026, 8, 20, 12, tzinfo=UTC)  # the worker slept for seven weeks
        for days in (0, 1, 14):
            escalate(late + timedelta(days=days))
        assert [each.to for each in escalate.letters(at=late)] == ["head@example.org"]

        escalate(late + timedelta(days=15))

        (second,) = escalate.letters()
        assert second.to == "chair@example.org"
        assert "We wrote to Head of service on Thursday 20 August 2026." in second.text

    def test_i11_of_nobody_is_said_that_they_were_told_who_was_not(
        self, stored, escalate, database, settings
    ):
        with database.writing() as session:
            suppressions.suppress(
                session, make_officer(session), PROMISE.second_reach, reason="Asked us",
                secret=settings.secret_key, now=NOON,
            )  # fmt: skip

        escalate(datetime(2026, 7, 2, 12, tzinfo=UTC))

        (letter,) = escalate.letters()
        assert letter.to == "chair@example.org"
        assert "We wrote" not in letter.text

    def test_i11_a_day_that_is_promised_again_is_late_again(self, stored, escalate, database):
        escalate(datetime(2026, 7, 2, 12, tzinfo=UTC))
        for day in (date(2026, 8, 1), PROMISE.promised_on):
            _promise(database, replace(PROMISE, promised_on=day))
        escalate(datetime(2026, 7, 3, 12, tzinfo=UTC))

        assert [each.to for each in escalate.letters()] == ["head@example.org"] * 2

    def test_i11_a_day_gone_by_is_no_promise(self, stored, database):
        with pytest.raises(ValueError, match="promised"):
            _promise(database, replace(PROMISE, promised_on=(NOON - timedelta(days=1)).date()))

    @pytest.fixture
    def escalate(self, database, settings):
        """Let the worker look at a moment."""

        def escalate(now):
            with database.writing() as session:
                due.make_due(session, settings, now=now)

        escalate.letters = partial(send_due_letters, database, settings, at=NOON.replace(year=2027))
        return escalate


class TestThePublicPages:
    def test_d1_can_be_read_by_consultation_and_by_year(self, told, visitor):
        assert "They run until ten." in visitor.open("/outcomes?about=buses&year=2026").body
        assert "They run until ten." not in visitor.open("/outcomes?about=trains").body
        assert "They run until ten." not in visitor.open("/outcomes?year=2025").body

    def test_i14_are_a_feed(self, told, visitor):
        feed = lxml.etree.fromstring(visitor.client.get("/outcomes/feed.xml").data)

        (words,) = feed.iter("{http://www.w3.org/2005/Atom}content")
        assert "We did: They run until ten." in words.text

    def test_i14_are_a_card_to_embed(self, told, visitor):
        assert "They run until ten." in visitor.open("/outcomes/embed").body

    def test_i14_speak_to_young_people_in_their_words(self, told, visitor):
        assert "They run till ten." in visitor.open("/young-people").body

    def test_i14_say_by_when_what_waits_is_answered(self, stored, visitor):
        assert "we answer by Wednesday 1 July 2026." in visitor.open("/outcomes").body

        stored(DONE)

        assert "Still waiting" not in visitor.open("/outcomes").body

    def test_i14_the_link_in_a_message_asks_and_counts(self, stored, visitor, database):
        with database.writing() as session:
            _chat(session, find_by_slug(session, "buses"))
        stored(DONE)
        with database.reading() as session:
            (told,) = _broadcasts(session)
            key = _key_in(told)

        page = visitor.open(f"/outcomes/meant/{key}")
        thanked = visitor.press(page, ("meant", "no"), form=FIRST)

        assert "Nobody can tell that it was you." in thanked.body
        with database.reading() as session:
            (outcome,) = outcomes.list_published(session)
            assert telling.count_heard(session, [outcome])[outcome.id].meant[Meant.NO] == 1

    @pytest.mark.parametrize("survey", [YOUNG])
    def test_i14_the_link_asks_about_the_words_that_were_sent(
        self, survey, stored, visitor, database
    ):
        with database.writing() as session:
            _chat(session, find_by_slug(session, "buses"))
        stored(replace(DONE, **IN_SHORT))
        with database.reading() as session:
            (told,) = _broadcasts(session)

        asked = visitor.open(f"/outcomes/meant/{_key_in(told)}").body

        assert IN_SHORT["young_we_did"] in deliveries.read_body(told)[0].text
        assert IN_SHORT["young_we_did"] in asked
        assert DONE.we_did not in asked

    def test_i14_officers_see_a_promise_that_has_no_day(self, stored, clerk, database):
        stored(SOON)
        with database.writing() as session:
            outcomes.list_published(session)[0].due_on = None  # as before days were asked for

        page = clerk.open("/officers/outcomes")

        assert page.status == 200
        assert "Still to come: 1" in page.body

    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            pytest.param([Meant.NO], "fewer than 5 have answered", id="one"),
            pytest.param(
                [Meant.YES] * 9 + [Meant.NO] * 6, "yes: 9, partly: 0, no: 6", id="many"
            ),
            pytest.param(
                [Meant.YES] * 9 + [Meant.PARTLY] * 5 + [Meant.NO],
                "yes: 9, partly: withheld, no: withheld", id="one of many",
            ),
        ],
    )  # fmt: skip
    def test_i14_officers_never_see_how_few_meant_something_else(
        self, stored, clerk, database, said, shown
    ):
        stored(DONE)
        with database.writing() as session:
            (outcome,) = outcomes.list_published(session)
            session.add_all(
                OutcomeTold(key_hash=str(place), outcome_id=outcome.id, meant=each)
                for place, each in enumerate(said)
            )

        assert f"“Was this what you meant?” {shown}." in clerk.open("/officers/outcomes").body

    def test_i14_an_officer_takes_an_interim_answer_further(self, stored, clerk, database):
        stored(SOON)
        with database.reading() as session:
            theme_id = outcomes.list_published(session)[0].theme_id

        page = clerk.open(f"/officers/themes/{theme_id}")
        given = (("kind", "did"), ("you_said", "Buses."), ("we_did", "They run until ten."))
        shown = clerk.press(page, *given, form=_form_to(page, "/publish"))
        clerk.press(shown, form=_form_to(shown, "/publish"))

        with database.reading() as session:
            listed = outcomes.list_of_theme(session, theme_id)
            assert [each.kind for each in listed] == [OutcomeKind.THINKING, OutcomeKind.DID]

    def test_i11_an_officer_promises_a_day(self, stored, clerk, database):
        address = "/officers/consultations/buses/promise"
        page = clerk.open(address)
        refused = clerk.press(
            page, *PROMISED, ("third_reach", "none"), form=_form_to(page, "/promise")
        )
        assert refused.status == 422

        reach = ("third_reach", "chair@example.org")
        clerk.press(refused, *PROMISED, reach, form=_form_to(refused, "/promise"))

        with database.reading() as session:
            found = answer_board.find_promise(session, find_by_slug(session, "buses"))
            assert found.promised_on == date(2027, 7, 1)

    def test_i11_an_officer_keeps_what_they_typed_when_another_was_first(
        self, stored, clerk, database
    ):
        page = clerk.open("/officers/consultations/buses/promise")
        _promise(database, replace(PROMISE, second="Somebody new"))
        given = (*PROMISED, ("third_reach", "chair@example.org"))

        told = clerk.press(page, *given, form=_form_to(page, "/promise"))
        again = clerk.press(told, *given, form=_form_to(told, "/promise"))

        assert told.status == 409
        assert "Somebody new (head@example.org)" in told.body
        assert 'value="h@example.org"' in told.body
        assert again.status == 200

    def test_i11_a_letter_is_in_the_way_of_no_officer(self, stored, clerk, database, settings):
        page = clerk.open("/officers/consultations/buses/promise")
        with database.writing() as session:
            late = datetime(2026, 7, 2, 12, tzinfo=UTC)
            assert answer_board.escalate_due(session, settings, now=late) == 1

        given = (*PROMISED, ("third_reach", "chair@example.org"))
        assert clerk.press(page, *given, form=_form_to(page, "/promise")).status == 200

    def test_i14_an_officer_publishes_after_another_was_first(self, stored, clerk, database):
        with database.reading() as session:
            asked = find_by_slug(session, "buses")
            theme_id = outcomes.list_unanswered(session, asked)[0].id
        page = clerk.open(f"/officers/themes/{theme_id}")
        stored(SOON)
        given = (("kind", "did"), ("you_said", "Buses."), ("we_did", "They run until ten."))

        told = clerk.press(page, *given, form=_form_to(page, "/publish"))
        again = clerk.press(told, *given, form=_form_to(told, "/publish"))

        assert (told.status, again.status) == (409, 200)

    @pytest.fixture
    def told(self, stored):
        stored(replace(DONE, **IN_SHORT))

    @pytest.fixture
    def visitor(self, app):
        return Visitor(app)

    @pytest.fixture
    def clerk(self, app, database):
        browser = Visitor(app)
        with database.writing() as session:
            sign_in(browser.client, session, make_officer(session))
        return browser


@pytest.fixture
def survey():
    return "early_help_2017"


@pytest.fixture
def stored(database, survey):
    """A theme that waits, with a promise, in the store; return a function that answers it."""
    with database.writing() as session:
        asked, officer = (
            make_consultation(session, slug="buses", survey=survey),
            make_officer(session),
        )
        people = make_people(session, asked, 9)
        theme = make_theme(
            session, asked, people, status=ThemeStatus.SIGNED_OFF, signed_off_at=NOON
        )
        answer_board.keep_promise(session, asked, officer, PROMISE, edition=0, now=NOON)
        theme_id, officer_id = theme.id, officer.id

    def answer(saying):
        with database.writing() as session:
            outcomes.publish_outcome(
                session, session.get_one(Theme, theme_id), saying,
                officer=session.get_one(Officer, officer_id), press_key=saying.we_did,
                now=NOON - timedelta(hours=1),
            )  # fmt: skip

    return answer


def _promise(database, new):
    """Promise as another officer does, with what stands now before their eyes."""
    with database.writing() as session:
        asked = find_by_slug(session, "buses")
        edition = answer_board.find_promise(session, asked).edition
        answer_board.keep_promise(
            session, asked, make_officer(session), new, edition=edition, now=NOON
        )


def _form_to(page, end):
    """The number of the form that is sent to an address with this end."""
    return next(n for n, each in enumerate(page.forms) if each.action.endswith(end))


def _key_in(delivery):
    return deliveries.read_body(delivery)[0].text.partition("/meant/")[2].split()[0]


def _broadcasts(session):
    found = select(Delivery).where(Delivery.kind == DeliveryKind.BROADCAST).order_by(Delivery.id)
    return list(session.scalars(found))


def _chat(session, consultation, *, language=""):
    number = len(session.scalars(select(Participant)).all())
    participant = Participant(
        channel=Channel.TELEGRAM, address_hash=str(number), created_at=NOON,
        address_sealed="sealed", blocked_at=None,
    )  # fmt: skip
    chat = Chat(
        participant=participant, consultation=consultation, version=consultation.versions[0],
        state={"language": language}, started_at=NOON + timedelta(seconds=number),
        changed_at=NOON, wants_outcome=True,
    )  # fmt: skip
    session.add(chat)
    session.flush()
