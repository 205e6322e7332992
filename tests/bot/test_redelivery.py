"""Each update counts once, however often and in whatever order it comes (REL-3)."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.receiving import Receiver
from surveys.definition import read_from_library
from tests.bot.running import COUNCIL, SECRET_KEY, open_survey
from tests.stores import new_postgres, new_sqlite, postgres_server
from voice.config import Settings
from voice.models import AnswerRow, Channel, Chat, Delivery, Inbound, Participant, Response
from voice.services.chat_finding import find_current
from voice.services.participants import hash_address

SIX = ("/start", "16", "yes", "1", "skip", "🙂")
FULL_ORDERS = list(itertools.permutations(range(6)))


def update(number, text, *, chat=42):
    content = {"message_id": number, "chat": {"id": chat, "type": "private"}, "text": text}
    return {"update_id": number, "message": content}


@pytest.fixture(scope="module")
def postgres_address(tmp_path_factory):
    with postgres_server(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def receiver(request, tmp_path):
    if request.param == "sqlite":
        database = new_sqlite(tmp_path)
    else:
        database = new_postgres(request.getfixturevalue("postgres_address"))
    open_survey(database, read_from_library("hmip_viewpoint"))
    settings = Settings(home=tmp_path, database_url="", secret_key=SECRET_KEY, council=COUNCIL)
    yield Receiver(database, settings)
    database.close()


def final_state(database):
    """Return what is stored at the end, without what is made by chance."""
    with database.reading() as session:
        answers = session.scalars(select(AnswerRow)).all()
        return {
            "answers": sorted((row.question, tuple(row.values)) for row in answers),
            "stages": [chat.state["stage"] for chat in session.scalars(select(Chat))],
            "responses": len(session.scalars(select(Response)).all()),
            "people": len(session.scalars(select(Participant)).all()),
            "updates": sorted(row.external_id for row in session.scalars(select(Inbound))),
            "sent": sorted(row.reference for row in session.scalars(select(Delivery))),
        }


class TestTheSameUpdate:
    def test_one_to_five_times_to_two_workers_at_once_gives_the_state_of_once(
        self, receiver, tmp_path
    ):
        chance = random.Random(3)
        for number, text in enumerate(SIX, start=1):
            with ThreadPoolExecutor(2) as workers:
                times = chance.randint(1, 5)
                list(workers.map(receiver.take_in, [update(number, text)] * times))

        repeated = final_state(receiver.database)

        (tmp_path / "once").mkdir()
        alone = new_sqlite(tmp_path / "once")
        open_survey(alone, read_from_library("hmip_viewpoint"))
        once = Receiver(alone, receiver.settings)
        for number, text in enumerate(SIX, start=1):
            once.take_in(update(number, text))
        assert repeated == final_state(alone)
        alone.close()

    def test_that_comes_back_after_later_ones_changes_nothing(self, receiver):
        for number, text in enumerate(SIX, start=1):
            receiver.take_in(update(number, text))
        before = final_state(receiver.database)

        for number, text in enumerate(SIX, start=1):
            receiver.take_in(update(number, text))

        assert len(before["answers"]) == 3
        assert final_state(receiver.database) == before


class TestEveryOrder:
    def test_of_six_from_six_people_to_two_workers_takes_each_in_once(self, receiver):
        """720 orders of six updates, each given one to five times: none lost, none doubled."""
        chance = random.Random(720)
        expected = set()
        batches = []
        for place, order in enumerate(FULL_ORDERS if _is_thorough() else FULL_ORDERS[::12]):
            numbers = [place * 6 + each + 1 for each in order]
            expected.update(map(str, numbers))
            given = [
                update(number, "/start", chat=1000 + number % 6)
                for number in numbers
                for _ in range(chance.randint(1, 5))
            ]
            batches.append(given)

        with ThreadPoolExecutor(2) as workers:
            for given in batches:
                list(workers.map(receiver.take_in, given))

        state = final_state(receiver.database)
        assert set(state["updates"]) == expected
        assert state["people"] == 6
        # Every start says two messages: the hello and the privacy words.
        assert len(state["sent"]) == 2 * len(expected)

    def test_of_six_from_one_person_leaves_a_state_that_one_delivery_each_gives(
        self, receiver, tmp_path
    ):
        chance = random.Random(6)
        for order in chance.sample(FULL_ORDERS, 6):
            chat = 5000 + FULL_ORDERS.index(order)
            numbers = {place: chat * 10 + place for place in order}
            once = [update(numbers[place], SIX[place], chat=chat) for place in order]
            repeats = [each for each in once for _ in range(chance.randint(1, 5))]
            for each in repeats:
                receiver.take_in(each)
            before = final_state(receiver.database)
            assert before["stages"]

            chance.shuffle(repeats)
            with ThreadPoolExecutor(2) as workers:
                list(workers.map(receiver.take_in, repeats))

            assert final_state(receiver.database) == before


def tap(number, token, *, chat=42):
    shown = {"message_id": 1, "chat": {"id": chat, "type": "private"}}
    return {
        "update_id": number,
        "callback_query": {"id": str(number), "message": shown, "data": token},
    }


class TestATapAndWordsAtOnce:
    """They come through two queues of Telegram's, so in either order or at the same moment."""

    CHATS = range(700, 708)

    def test_are_taken_one_after_the_other_and_only_one_answers_the_question(self, receiver):
        for chat in self.CHATS:
            for place, text in enumerate(SIX[:3]):
                receiver.take_in(update(chat * 10 + place, text, chat=chat))
        pairs = [
            (tap(chat * 10 + 5, self.token(receiver, chat, "good_mostly"), chat=chat),
             update(chat * 10 + 6, "Very good", chat=chat))
            for chat in self.CHATS
        ]  # fmt: skip

        with ThreadPoolExecutor(4) as workers:
            list(workers.map(receiver.take_in, itertools.chain(*pairs)))

        with receiver.database.reading() as session:
            answers = session.scalars(select(AnswerRow)).all()
            stages = [chat.state["asking"] for chat in session.scalars(select(Chat))]
            taken = len(session.scalars(select(Inbound)).all())
        # Whichever came second was stale, or no option of the question that came next.
        assert sorted(row.question for row in answers) == ["service"] * len(self.CHATS)
        assert {row.values[0] for row in answers} <= {"good_mostly", "very_good"}
        assert set(stages) == {"offending"}
        assert taken == 5 * len(self.CHATS)

    def test_in_the_wrong_order_still_let_the_tap_count(self, receiver):
        for place, text in enumerate(SIX[:3]):
            receiver.take_in(update(10 + place, text))
        pressed = self.token(receiver, 42, "good_mostly")

        receiver.take_in(update(21, "words for the next question"))
        receiver.take_in(tap(20, pressed))

        assert final_state(receiver.database)["answers"] == [("service", ("good_mostly",))]

    @staticmethod
    def token(receiver, chat, value):
        hashed = hash_address(SECRET_KEY, Channel.TELEGRAM, str(chat))
        with receiver.database.reading() as session:
            state = find_current(session, Channel.TELEGRAM, hashed).state
        return f"{state['session']}.{state['step']}.{value}"


def _is_thorough():
    """Return whether all 720 orders are tried; one in twelve, 60, in an ordinary run."""
    import os

    return os.environ.get("VOICE_SOAK") == "1"
