"""Outcomes: published once, heard by those who asked, and never somebody's own words."""

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.voice.themed import consultation, make_officer, make_people, make_theme, officer
from voice.errors import ChangedMeanwhileError, NotAllowedError
from voice.models import (
    Channel,
    Chat,
    Delivery,
    DeliveryKind,
    OutcomeKind,
    Participant,
    Role,
    ThemeStatus,
)
from voice.services import deliveries, outcomes
from voice.services.outcomes import OutcomeRefusedError, Saying

__all__ = ["consultation", "officer"]

SAYING = Saying(OutcomeKind.DID, "The evening bus stops too early.", "It now runs until ten.")


class TestPublishing:
    def test_is_read_by_everybody(self, session, theme, officer):
        published = _publish(session, theme, officer)

        assert outcomes.list_published(session) == [published]

    def test_needs_a_theme_that_a_person_signed_off(self, session, theme, officer):
        theme.status = ThemeStatus.FOUND
        session.flush()

        with pytest.raises(OutcomeRefusedError, match="not_signed_off"):
            _publish(session, theme, officer)

    def test_is_refused_to_an_analyst(self, session, theme):
        with pytest.raises(NotAllowedError):
            _publish(session, theme, make_officer(session, role=Role.ANALYST))

    def test_of_the_same_press_happens_once(self, session, theme, officer):
        first = _publish(session, theme, officer)

        assert _publish(session, theme, officer) is first

    def test_by_two_officers_at_once_is_a_conflict_for_the_second(self, session, theme, officer):
        """REL-14."""
        _publish(session, theme, officer)

        with pytest.raises(ChangedMeanwhileError):
            _publish(session, theme, make_officer(session), press_key="another")

    @pytest.mark.parametrize(
        ("you_said", "we_did", "why"),
        [
            pytest.param(" ", "It runs until ten.", "empty", id="nothing said"),
            pytest.param("Buses", "", "empty", id="nothing answered"),
            pytest.param("x" * 1001, "Yes", "too_long", id="one character too many"),
            pytest.param("You said: please more buses please 0!", "Yes", None, id="few words"),
            pytest.param("I want many more buses in the evening", "Yes", "quote", id="a quote"),
            pytest.param("Sarah Jenkins asked", "Yes", "personal", id="a name"),
            pytest.param("9 of you asked for buses", "Yes", None, id="a number of many"),
        ],
    )
    def test_is_held_to_what_may_be_public(self, session, theme, officer, you_said, we_did, why):
        saying = Saying(OutcomeKind.CANNOT, you_said, we_did)

        assert _refusal(session, theme, officer, saying) == why

    def test_of_a_theme_of_seven_people_says_no_number(self, session, consultation, officer):
        """CON-7."""
        people = make_people(session, consultation, 7)
        small = make_theme(session, consultation, people, status=ThemeStatus.SIGNED_OFF)
        saying = Saying(OutcomeKind.CANNOT, "7 of you asked for buses", "Yes")

        assert _refusal(session, small, officer, saying) == "number"


class TestThoseWhoAskedToHear:
    def test_are_sent_one_message_each(self, session, theme, officer, consultation):
        for _ in range(2):
            _chat(session, consultation)

        _publish(session, theme, officer)
        _publish(session, theme, officer)

        sent = session.scalars(select(Delivery)).all()
        assert [each.kind for each in sent] == [DeliveryKind.BROADCAST] * 2

    def test_read_what_was_said_and_done(self, session, theme, officer, consultation):
        _chat(session, consultation)

        _publish(session, theme, officer)

        message, _ = deliveries.read_body(session.scalars(select(Delivery)).one())
        assert "You said: The evening bus stops too early." in message.text
        assert "We did: It now runs until ten." in message.text

    @pytest.mark.parametrize(
        "chat",
        [
            pytest.param({"wants_outcome": False}, id="did not ask"),
            pytest.param({"blocked_at": NOON}, id="blocked us"),
            pytest.param({"address_sealed": None}, id="deleted everything"),
        ],
    )
    def test_are_no_others(self, session, theme, officer, consultation, chat):
        _chat(session, consultation, **chat)

        _publish(session, theme, officer)

        assert session.scalars(select(Delivery)).all() == []


class TestWithdrawing:
    def test_takes_it_off_the_public_page(self, session, theme, officer):
        published = _publish(session, theme, officer)

        outcomes.withdraw(session, published, officer, now=NOON)

        assert outcomes.list_published(session) == []

    def test_stops_messages_that_are_not_sent_yet(self, session, theme, officer, consultation):
        _chat(session, consultation)
        published = _publish(session, theme, officer)

        outcomes.withdraw(session, published, officer, now=NOON)

        assert session.scalars(select(Delivery)).all() == []

    def test_lets_the_theme_be_answered_again(self, session, theme, officer):
        outcomes.withdraw(session, _publish(session, theme, officer), officer, now=NOON)

        again = _publish(session, theme, officer, press_key="another")

        assert outcomes.list_published(session) == [again]


class TestThemesWithoutAnOutcome:
    def test_are_those_signed_off_and_not_answered(self, session, theme, officer, consultation):
        assert outcomes.themes_without_outcome(session, officer) == [(consultation, theme)]

    def test_are_fewer_by_each_that_is_published(self, session, theme, officer):
        _publish(session, theme, officer)

        assert outcomes.themes_without_outcome(session, officer) == []

    def test_are_not_another_teams(self, session, theme):
        stranger = make_officer(session, team="roads")

        assert outcomes.themes_without_outcome(session, stranger) == []


@pytest.fixture
def theme(session, consultation):
    words = "I want many more buses in the evening"
    people = make_people(session, consultation, 9, words=words)
    return make_theme(session, consultation, people, status=ThemeStatus.SIGNED_OFF)


def _publish(session, theme, officer, *, saying=SAYING, press_key="press"):
    return outcomes.publish_outcome(
        session, theme, saying, officer=officer, press_key=press_key, now=NOON
    )


def _refusal(session, theme, officer, saying):
    """Return why the words were refused, or None if they were published."""
    try:
        _publish(session, theme, officer, saying=saying)
    except OutcomeRefusedError as refused:
        return str(refused)
    return None


def _chat(session, consultation, *, wants_outcome=True, **person):
    number = len(session.scalars(select(Participant)).all())
    given = {"address_sealed": "sealed", "blocked_at": None} | person
    participant = Participant(
        channel=Channel.TELEGRAM, address_hash=str(number), created_at=NOON, **given
    )
    chat = Chat(
        participant=participant,
        consultation=consultation,
        version=consultation.versions[0],
        state={},
        started_at=NOON,
        changed_at=NOON,
        wants_outcome=wants_outcome,
    )
    session.add(chat)
    session.flush()
