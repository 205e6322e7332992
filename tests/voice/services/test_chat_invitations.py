"""One-time invitations in a messenger: a status that moves as on a page, and a reminder by chat."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.turns import Start
from tests.voice.services.chatting import NOON, Chatter
from tests.voice.services.timed import NO, YES, timed_with_mail
from tests.voice.themed import make_officer
from voice.models import (
    Channel,
    ChatInvitation,
    Delivery,
    Invitee,
    NamedReply,
    Reminder,
)
from voice.services import chat_wishes, forgetting, invitees, reminders
from voice.services.consultations import find_by_slug
from voice.services.invitees import Standing

WITH_NAME = "Your name stands with what you tell us here."
NO_NAME = "We do not ask your name."
REACH = "a@example.org"


@pytest.fixture
def timed(database, tmp_path):
    return timed_with_mail(database, tmp_path)


@pytest.fixture
def named(timed, database):
    with database.writing() as session:
        invitees.ask_by_name(session, find_by_slug(session, "asked"), named=True)
    return timed


def answer_all(person):
    person.type("yes")
    while "last question" not in person.type("/skip"):
        pass


class TestAnInvitation:
    @pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.SMS])
    def test_opens_its_consultation_however_it_is_typed(self, timed, channel):
        code = timed.invite()
        typed = code.lower() if channel is Channel.SMS else code
        person = timed.chatter(payload=typed, channel=channel)

        assert person.received.chat.consultation.slug == "asked"

    def test_counts_as_replied_once_the_reply_is_in(self, timed, rows):
        person = timed.chatter(payload=timed.invite())
        person.type("1")
        assert invitees.standing_of(rows(Invitee)[0]) is Standing.WAITED_FOR

        while "last question" not in person.type("/skip"):
            pass

        assert invitees.standing_of(rows(Invitee)[0]) is Standing.REPLIED

    def test_is_kept_sealed_and_only_until_then(self, timed, rows):
        code = timed.invite()
        person = timed.chatter(payload=code)
        (kept,) = rows(ChatInvitation)
        assert code not in kept.code_sealed

        while "last question" not in person.type("/skip"):
            pass

        assert rows(ChatInvitation) == []
        assert rows(NamedReply) == []

    def test_of_another_consultation_is_no_invitation_to_this(self, timed, rows):
        timed.chatter(payload="asked")

        assert rows(ChatInvitation) == []

    def test_says_before_anything_that_a_name_stands_with_the_reply(self, timed, database, rows):
        with database.writing() as session:
            invitees.ask_by_name(session, find_by_slug(session, "asked"), named=True)
        person = timed.chatter(payload=timed.invite())
        first = person._shown[0].text
        while "last question" not in person.type("/skip"):
            pass

        assert "Your name stands with what you tell us here." in first
        assert len(rows(NamedReply)) == 1

    def test_says_it_at_any_step_at_which_the_invitation_is_opened(self, named, rows):
        code = named.invite()
        person = Chatter(named.database, named.settings)
        person.start("asked")
        said = person.on(Start(), payload=code)
        answer_all(person)

        assert WITH_NAME in said
        assert NO_NAME not in said
        assert len(rows(NamedReply)) == 1

    def test_ties_no_name_to_a_reply_of_who_did_not_read_that_it_would(
        self, named, rows, monkeypatch
    ):
        monkeypatch.setattr(chat_wishes, "_with_name", lambda visit, chat, survey, turn: turn)
        answer_all(named.chatter(payload=named.invite()))

        assert invitees.standing_of(rows(Invitee)[0]) is Standing.REPLIED
        assert rows(NamedReply) == []

    def test_is_not_denied_in_the_welcome(self, named):
        person = named.chatter(payload=named.invite())
        said = "\n".join(each.text for each in person._shown)

        assert "They see your name with your answers." in said
        assert NO_NAME not in said
        assert "does not see which answers are yours" not in said

    def test_to_nobody_by_name_lets_the_welcome_say_so(self, timed):
        timed.chatter(payload=timed.invite())
        said = "\n".join(each.text for each in timed.chatter(address="43")._shown)

        assert NO_NAME in said


class TestAnInvitationNeverAnswered:
    def test_is_forgotten_once_the_reply_can_come_no_more(self, timed, database, rows):
        timed.stopped(payload=timed.invite())
        for days, kept in ((59, 1), (62, 0)):
            with database.writing() as session:
                forgetting.sweep(session, now=NOON + timedelta(days=days))

            assert len(rows(ChatInvitation)) == kept


class TestTheirDates:
    def test_go_with_their_name_a_year_after_the_close(self, timed, database, rows):
        timed.invite(review_on=NOON.date(), happened_at=NOON)
        with database.writing() as session:
            forgetting.sweep(session, now=NOON + timedelta(days=60 + 366))

        (child,) = rows(Invitee)
        assert (child.name, child.review_on, child.happened_at) == ("Name deleted", None, None)


class TestAReminder:
    @pytest.fixture
    def remind(self, timed, database):
        """Confirm a reminder by e-mail, and let it leave."""

        def remind():
            with database.writing() as session:
                consultation, officer = find_by_slug(session, "asked"), make_officer(session)
                reminders.confirm(
                    session, timed.settings, consultation, officer, press_key="one", now=NOON
                )
            with database.writing() as session:
                reminders.send_due(session, timed.settings, now=NOON + timedelta(hours=1))
            with database.reading() as session:
                sent = select(Delivery).where(Delivery.reference.contains("invitee-reminder"))
                return [each.channel for each in session.scalars(sent)]

        return remind

    def test_goes_by_chat_to_who_asked_for_it_there_and_not_by_e_mail(self, timed, remind, rows):
        timed.plan()
        timed.stopped(payload=timed.invite(reach=REACH)).press(YES)

        assert remind() == [Channel.TELEGRAM]
        assert rows(Reminder)[0].sent_at is not None

    def test_goes_by_chat_without_a_mail_server_too(self, timed, remind, rows):
        timed.plan()
        timed.stopped(payload=timed.invite(reach=REACH)).press(YES)
        timed.invite("B. Child", reach="b@example.org")
        timed.settings = replace(timed.settings, mail_server="")

        assert remind() == [Channel.TELEGRAM]
        assert len(rows(Reminder)) == 2

    def test_goes_by_e_mail_to_who_did_not_ask_in_the_chat(self, timed, remind):
        timed.plan()
        timed.stopped(payload=timed.invite(reach=REACH)).press(NO)

        assert remind() == [Channel.EMAIL]

    def test_goes_by_neither_to_who_moved_on_in_the_chat(self, timed, remind, rows):
        timed.plan()
        person = timed.stopped(payload=timed.invite(reach=REACH))
        person.press(YES)
        person.type("carry on")

        assert remind() == []
        assert rows(Reminder) == []

    def test_goes_by_e_mail_again_once_they_want_no_more_in_the_chat(self, timed, remind):
        timed.plan()
        person = timed.stopped(payload=timed.invite(reach=REACH))
        person.press(YES)
        person.type("stop")

        assert remind() == [Channel.EMAIL]
