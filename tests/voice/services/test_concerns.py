"""Concerns: raised with the words, read by a person, never lost to a broken detector."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import PASSPHRASE, make_consultation, make_response
from voice.analysis import safeguarding
from voice.errors import NotFoundError
from voice.models import AnswerVector, Channel, Chat, Participant, Role
from voice.services import concern_reasons, concern_voices, concerns
from voice.services.concerns import Heard
from voice.services.officers import NewOfficer, add_officer

IMMEDIATE = "I have taken all my tablets and I want to die right now"
ALERT = "My dad hits me every night and I am scared to go home"


@pytest.fixture
def response(session):
    return make_response(session, make_consultation(session), capacity="individual")


@pytest.fixture
def officer(session):
    new = NewOfficer("sg@council.example", PASSPHRASE, Role.SAFEGUARDING, "families")
    return add_officer(session, new, now=NOON)


def hear(session, response, words, *, now=NOON):
    heard = Heard(
        consultation_id=response.consultation_id,
        channel=Channel.WEB,
        words=words,
        question="important",
        response_id=response.id,
    )
    return concerns.screen_words(session, heard, now=now)


class TestScreeningWords:
    def test_throws_away_what_the_hub_and_the_encoder_keep_of_it(self, session, response):
        other = make_response(session, response.consultation)
        for one in (response, other):
            kept = {"response_id": one.id, "question": "important", "rows": b""}
            session.add(AnswerVector(fingerprint="f", **kept))
        session.flush()

        hear(session, response, ALERT)

        assert session.scalars(select(AnswerVector.response_id)).all() == [other.id]

    def test_queues_the_words_exactly_as_they_were_typed(self, session, response):
        """SAF-7."""
        raised = hear(session, response, f"  {ALERT}  ")

        assert raised.words == f"  {ALERT}  "
        assert list(concerns.list_waiting(session)) == [raised]

    @pytest.mark.parametrize("words", ["", "  \n", "The bus is late on Sundays"])
    def test_queues_nothing_where_there_is_nothing(self, session, response, words):
        assert hear(session, response, words) is None

    def test_puts_the_most_urgent_first_and_then_the_oldest(self, session, response):
        later = hear(session, response, ALERT, now=NOON + timedelta(minutes=2))
        older = hear(session, response, f"{ALERT}!", now=NOON)
        urgent = hear(session, response, IMMEDIATE, now=NOON + timedelta(minutes=3))

        waiting = list(concerns.list_waiting(session))

        assert waiting[0] is urgent
        assert waiting.index(older) < waiting.index(later)

    def test_queues_the_words_as_unscreened_when_the_detector_breaks(
        self, session, response, broken_detector
    ):
        """SAF-12."""
        raised = hear(session, response, "The bus is late on Sundays")

        assert (raised.category, raised.tier) == ("unscreened", "alert")

    @pytest.fixture
    def broken_detector(self, monkeypatch):
        """Patched, for a detector that fails cannot be arranged in any other way."""

        def break_down(_words):
            raise RuntimeError

        monkeypatch.setattr(safeguarding, "screen", break_down)


class TestReadingAConcern:
    def test_leaves_the_first_reader_on_record(self, session, response, officer):
        raised = hear(session, response, ALERT)

        for hours in (1, 2):
            concerns.acknowledge(session, raised, officer, now=NOON + timedelta(hours=hours))

        assert raised.acknowledged_at == NOON + timedelta(hours=1)
        assert list(concerns.list_waiting(session)) == []

    def test_keeps_what_a_person_decided(self, session, response, officer):
        raised = hear(session, response, ALERT)

        concerns.decide(session, raised, officer, "Rang First Response", now=NOON)

        assert (raised.decision, raised.decided_at) == ("Rang First Response", NOON)

    def test_raises_for_an_unknown_one(self, session, response):
        with pytest.raises(NotFoundError):
            concerns.get(session, response.id)


class TestSayingItWasNotMeant:
    def test_notes_it_and_leaves_the_record_in_the_queue(self, session, response):
        """SAF-3."""
        raised = hear(session, response, ALERT)

        concerns.note_not_meant(session, response.id, now=NOON)

        assert raised.not_meant_at == NOON
        assert list(concerns.list_waiting(session)) == [raised]

    def test_touches_nobody_elses(self, session, response):
        raised = hear(session, response, ALERT)
        other = make_response(session, response.consultation, capacity="individual")

        concerns.note_not_meant(session, other.id, now=NOON)

        assert raised.not_meant_at is None


class TestKeepingWordsOutOfThemes:
    def test_names_every_response_whose_words_raised_one(self, session, response):
        """SAF-8."""
        hear(session, response, ALERT)
        make_response(session, response.consultation, capacity="individual")

        found = concerns.responses_with_concerns(session, response.consultation)

        assert found == {response.id}


class TestWhatOnePersonSaid:
    def test_stands_together_and_ranks_by_its_most_urgent_and_then_its_oldest(
        self, session, response
    ):
        oldest = hear(session, response, ALERT, now=NOON - timedelta(hours=3))
        urgent = hear(session, response, IMMEDIATE)
        other = make_response(session, response.consultation, capacity="individual")
        earlier = hear(session, other, IMMEDIATE, now=NOON - timedelta(hours=1))
        waiting = concerns.list_waiting(session)

        beside = concern_voices.said_with(session, waiting)

        assert beside == {oldest.id: [urgent], urgent.id: [oldest], earlier.id: []}
        assert concern_voices.lead_cards(waiting, beside) == [urgent, earlier]

    def test_is_found_through_the_chat_that_its_answers_were_given_in(self, session, response):
        inside = hear(session, response, ALERT)
        person = Participant(channel=Channel.TELEGRAM, address_hash="x", created_at=NOON)
        session.add(person)
        session.flush()
        session.add(
            Chat(
                participant_id=person.id,
                consultation=response.consultation,
                version=response.version,
                response_id=response.id,
                state={},
                started_at=NOON,
                changed_at=NOON,
            )
        )
        said = Heard(None, Channel.TELEGRAM, IMMEDIATE, participant_id=person.id)
        outside = concerns.screen_words(session, said, now=NOON)

        found = concern_voices.said_with(session, [outside, inside])

        assert found == {outside.id: [inside], inside.id: [outside]}


class TestWhyAConcernWasRaised:
    @pytest.mark.parametrize(
        ("words", "notes", "language"),
        [
            pytest.param(ALERT, "a grown-up hurts me", "en", id="English"),
            pytest.param("Tata mnie bije", "somebody hurts me", "pl", id="Polish"),
        ],
    )
    def test_is_told_in_plain_words_and_in_its_language(
        self, session, response, words, notes, language
    ):
        found = concern_reasons.why(hear(session, response, words))

        assert notes in found.notes
        assert (found.language, found.is_same_version) == (language, True)

    def test_is_not_told_where_the_person_asked_for_help(self, session, response):
        heard = Heard(response.consultation_id, Channel.WEB, ALERT)
        raised = concerns.raise_worry(session, heard, category=concerns.ASKED_FOR_HELP, now=NOON)

        assert concern_reasons.why(raised) is None
