"""What an officer is shown of a planned message is what people get, in every language."""

import pytest

from surveys.catalogue import say
from surveys.definition import read_from_library
from tests.voice.services.timed import CLOSES, DAY, NEXT, YES, Timed, at
from voice.models import Channel, TimerKind
from voice.services import timer_words
from voice.services.consultations import find_by_slug

LANGUAGES = ("en", "cy", "pl", "ur")
NAMES = {"en": "English", "cy": "Cymraeg", "pl": "Polski", "ur": "اردو"}
ADDRESS = "https://voice.example"


@pytest.fixture
def timed(database, tmp_path):
    return Timed(database, tmp_path, read_from_library("chelseas_choice_2015"))


@pytest.fixture
def shown(timed):
    """Return the words and the buttons of each sample of a kind, by which it is and language."""

    def read(kind):
        with timed.database.reading() as session:
            found = find_by_slug(session, "asked")
            samples = timer_words.samples_of(found, kind, next_slug=NEXT, address=ADDRESS)
        return {
            (sample.which, message.language): read_as(message)
            for sample in samples
            for message in sample.messages
        }

    return read


def read_as(message):
    return message.text, [button.label for row in message.rows for button in row]


class TestASample:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_word_for_word_what_is_sent_in_this_language(self, timed, shown, language):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        person = timed.chatter()
        person.type("/ways")
        person.press(NAMES[language])
        person.type("/stop")
        person.press(say(language, YES))

        (sent,) = timed.looks(at(CLOSES - 5 * DAY))
        assert shown(TimerKind.DAYS_BEFORE)["before the close", language] == read_as(sent)

    def test_is_there_once_for_each_message_and_language(self, shown):
        assert [len(shown(kind)) for kind in TimerKind] == [4, 8, 8, 4, 12]
        for kind in TimerKind:
            texts = [text for text, _ in shown(kind).values()]
            assert all("send stop" in texts[at] for at in range(0, len(texts), 4))

    @pytest.mark.parametrize(
        ("channel", "where"),
        [
            (Channel.TELEGRAM, "on Telegram"),
            (Channel.SMS, "by text"),
            (Channel.WEB_CHAT, "in the web chat"),
        ],
    )
    def test_of_the_next_survey_says_how_to_answer_where_somebody_is(
        self, timed, shown, channel, where
    ):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        timed.finished(channel=channel).type("yes")

        (sent,) = timed.looks(timed.timers()[0].due_at)
        assert shown(TimerKind.THREE_MONTHS_ON)[where, "en"] == read_as(sent)
