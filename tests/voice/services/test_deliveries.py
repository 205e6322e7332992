"""Deliveries: in each person's order, replies first, broadcasts at most once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.turns import Button, Message, Style
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for
from voice.models import (
    Channel,
    Consultation,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Participant,
)
from voice.services import deliveries
from voice.services.deliveries import Envelope, Reply
from voice.services.sealing import seal, unseal

LEASE = timedelta(seconds=15)
HELLO = Message("Hello", ((Button("Yes", "s.1.-yes"),),), Style.EDIT)


@pytest.fixture
def people(database):
    """Two people with a sealed address each."""
    with database.writing() as session:
        made = [
            Participant(
                channel=Channel.TELEGRAM,
                address_hash=name,
                address_sealed=f"sealed {name}",
                created_at=NOON,
            )
            for name in ("a", "b")
        ]
        session.add_all(made)
    return made


def queue(database, participant, reference, *, kind=DeliveryKind.REPLY):
    with database.writing() as session:
        reply = Reply(HELLO, Envelope("sealed", 7, "tap"), reference)
        deliveries.queue_replies(session, participant, [reply], now=NOON)
        delivery = session.scalar(select(Delivery).where(Delivery.reference == reference))
        delivery.kind = kind
        return delivery.id


def take(database, *, at=NOON):
    with database.writing() as session:
        delivery = deliveries.claim_next(session, Channel.TELEGRAM, now=at, lease=LEASE)
        return None if delivery is None else delivery.reference


def status(database, delivery_id):
    with database.reading() as session:
        return session.get(Delivery, delivery_id).status


class TestTakingTheNext:
    def test_gives_the_oldest_first(self, database, people):
        queue(database, people[0], "1")
        queue(database, people[1], "2")

        assert [take(database), take(database)] == ["1", "2"]

    def test_gives_nobody_a_later_one_before_an_earlier(self, database, people):
        queue(database, people[0], "1")
        queue(database, people[0], "2")

        assert [take(database), take(database)] == ["1", None]

    def test_goes_on_with_the_person_once_the_earlier_is_sent(self, database, people):
        first = queue(database, people[0], "1")
        queue(database, people[0], "2")
        take(database)
        with database.writing() as session:
            deliveries.mark_sent(session, first, now=NOON)

        assert take(database) == "2"

    def test_does_not_wait_for_somebody_elses(self, database, people):
        queue(database, people[0], "1")
        queue(database, people[1], "2")
        take(database)

        assert take(database) == "2"

    def test_gives_replies_before_broadcasts(self, database, people):
        queue(database, people[0], "news", kind=DeliveryKind.BROADCAST)
        queue(database, people[1], "reply")

        assert [take(database), take(database)] == ["reply", "news"]

    def test_gives_it_again_when_the_sender_died(self, database, people):
        queue(database, people[0], "1")
        take(database)

        assert take(database, at=NOON + LEASE) == "1"

    def test_gives_nothing_before_its_time(self, database, people):
        first = queue(database, people[0], "1")
        take(database)
        with database.writing() as session:
            deliveries.send_later(session, first, now=NOON, after=timedelta(seconds=30))

        assert take(database, at=NOON + timedelta(seconds=29)) is None
        assert take(database, at=NOON + timedelta(seconds=30)) == "1"


class TestABroadcast:
    def test_is_not_taken_again_after_the_sender_died(self, database, people):
        news = queue(database, people[0], "news", kind=DeliveryKind.BROADCAST)
        take(database)

        assert take(database, at=NOON + timedelta(days=1)) is None
        assert status(database, news) is DeliveryStatus.UNCERTAIN

    def test_is_not_taken_again_after_a_timeout(self, database, people):
        news = queue(database, people[0], "news", kind=DeliveryKind.BROADCAST)
        take(database)
        with database.writing() as session:
            deliveries.mark_uncertain(session, news, now=NOON)

        assert take(database, at=NOON + timedelta(days=1)) is None

    def test_is_taken_again_when_it_certainly_did_not_arrive(self, database, people):
        news = queue(database, people[0], "news", kind=DeliveryKind.BROADCAST)
        take(database)
        with database.writing() as session:
            deliveries.send_later(session, news, now=NOON, after=timedelta(0))

        assert take(database) == "news"


class TestAReplyThatFails:
    def test_is_tried_again_later_and_later(self, database, people):
        first = queue(database, people[0], "1")
        waits = []
        for _ in range(4):
            moment = due_at(database, first)
            take(database, at=moment)
            with database.writing() as session:
                deliveries.mark_uncertain(session, first, now=moment)
            waits.append((due_at(database, first) - moment).total_seconds())

        assert waits == [1, 2, 4, 8]

    def test_is_given_up_in_the_end_so_that_the_next_may_go(self, database, people):
        first = queue(database, people[0], "1")
        queue(database, people[0], "2")
        for _ in range(deliveries.MAX_TRIES):
            moment = due_at(database, first)
            take(database, at=moment)
            with database.writing() as session:
                deliveries.mark_uncertain(session, first, now=moment)

        assert status(database, first) is DeliveryStatus.REFUSED
        assert take(database) == "2"

    def test_by_a_block_takes_the_others_with_it(self, database, people):
        first = queue(database, people[0], "1")
        second = queue(database, people[0], "2")
        take(database)
        with database.writing() as session:
            deliveries.mark_refused(session, first, now=NOON, is_blocked=True)

        assert status(database, second) is DeliveryStatus.REFUSED
        with database.reading() as session:
            assert session.get(Participant, people[0].id).blocked_at == NOON


def due_at(database, delivery_id):
    with database.reading() as session:
        return session.get(Delivery, delivery_id).due_at


class TestWhatIsKept:
    def test_comes_out_as_it_went_in(self, database, people):
        first = queue(database, people[0], "1")

        with database.reading() as session:
            read = deliveries.read_body(session.get(Delivery, first))

        assert read == (HELLO, Envelope("sealed", 7, "tap"))

    def test_is_nothing_once_it_is_sent(self, database, people):
        first = queue(database, people[0], "1")
        with database.writing() as session:
            deliveries.mark_sent(session, first, now=NOON)

        with database.reading() as session:
            assert session.get(Delivery, first).body == {}


class TestTellingWhatWasDone:
    def test_goes_once_to_each_who_asked_to_hear(self, database, tmp_path):
        open_survey(database, read_from_library("hmip_viewpoint"))
        for address, wish in (("1", "Yes, tell me"), ("2", "No, thanks"), ("3", "Yes, tell me")):
            person = Chatter(database, settings_for(tmp_path), address=address).at_first_question()
            for _ in range(5):
                person.type("skip")
            person.press(wish)

        counts = [tell(database), tell(database)]

        assert counts == [2, 0]

    def test_leaves_out_who_has_blocked_us_or_deleted_all(self, database, tmp_path):
        open_survey(database, read_from_library("hmip_viewpoint"))
        wishing = [Chatter(database, settings_for(tmp_path), address=each) for each in "12"]
        for person in wishing:
            person.at_first_question()
            for _ in range(5):
                person.type("skip")
            person.press("Yes, tell me")
        wishing[0].type("delete")
        wishing[0].type("yes")
        with database.writing() as session:
            deliveries.mark_blocked(
                session, session.get(Participant, wishing[1].received.chat.participant_id), now=NOON
            )

        assert tell(database) == 0

    def test_that_is_late_still_waits_for_the_morning(self, database, people):
        with database.writing() as session:
            person = session.merge(people[0])
            deliveries.queue_for_one(session, person, HELLO, reference="late", now=NOON)

        claimed = []
        for hour in (3, 12):
            at = NOON.replace(hour=hour) + timedelta(days=1)
            with database.writing() as session:
                claimed.append(
                    deliveries.claim_next(
                        session, Channel.TELEGRAM, now=at, lease=LEASE, hours=(8, 20)
                    )
                )

        assert [each is not None for each in claimed] == [False, True]

    def test_wakes_nobody_at_night(self, database, tmp_path):
        open_survey(database, read_from_library("hmip_viewpoint"))
        person = Chatter(database, settings_for(tmp_path)).at_first_question()
        for _ in range(5):
            person.type("skip")
        person.press("Yes, tell me")

        tell(database, now=NOON.replace(hour=22))

        with database.reading() as session:
            told = select(Delivery.due_at).where(Delivery.kind == DeliveryKind.BROADCAST)
            assert session.scalar(told) == NOON.replace(hour=8) + timedelta(days=1)


def tell(database, *, now=NOON):
    with database.writing() as session:
        consultation = session.scalars(select(Consultation)).one()
        return deliveries.queue_broadcast(
            session, consultation, lambda _: Message("We did it"), cause="outcome:1", now=now
        )


class TestAnAddress:
    def test_is_read_back_with_the_secret_alone(self):
        sealed = seal("k" * 40, "987654321")

        assert unseal("k" * 40, sealed) == "987654321"
        assert unseal("x" * 40, sealed) is None

    def test_looks_different_each_time(self):
        assert seal("k" * 40, "987654321") != seal("k" * 40, "987654321")
