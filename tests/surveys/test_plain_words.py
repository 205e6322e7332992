"""Every English text of the chat is short and easy, and there in at least two languages."""

import pytest

from surveys import chat_codes, reminding, ways, wording, wording_parts, writing_first
from surveys.catalogue import LANGUAGES, catalogue, in_language
from surveys.checking.reading_age import _SENTENCE_END, _WORD, reading_age
from surveys.definition import read_from_library
from surveys.shortening import MOST_CHARS, in_short_messages
from surveys.turns import Message
from tests.surveys.talk import SCENE
from voice.config import Council, Helpline, Safety

MOST_WORDS = 15
MOST_GRADE = 5  # Flesch-Kincaid: a child of ten
YEARS_BEFORE_GRADE = 5
MOST_FOR_ONE = 7  # the measure is rough on one short text
OTHERS = sorted(path.stem for path in LANGUAGES.glob("*.yaml"))
COUNCIL = Council(
    safety=Safety(lead="lead@council.example"),
    own_helplines=(
        Helpline(
            name="First Response", number="01296 383962", serves=("first_response", "out_of_hours")
        ),
    ),
)
FULL = SCENE._replace(
    helplines=tuple(each.line for each in COUNCIL.helplines), asks_age=True,
    council="Buckinghamshire Council", younger_at="https://voice.example.gov.uk/go/7K3M9Q?chat=yes",
)  # fmt: skip
SURVEY = read_from_library("hmip_viewpoint")


def constants():
    """Every text that is a constant, by its name; not the names of what cannot be read."""
    for module in (wording, wording_parts, ways, chat_codes, reminding, writing_first):
        for name, value in vars(module).items():
            if name.isupper() and name[0] != "_" and isinstance(value, str) and value[0] != "-":
                yield name, value
    yield from ((f"refused: {key.value}", text) for key, text in wording.REFUSED.items())


MADE = {
    "welcome": wording.welcome(SURVEY, FULL._replace(demonstration=True)),
    "privacy": wording.privacy(SURVEY, FULL),
    "privacy with a name": wording.privacy(SURVEY, FULL._replace(named=True)),
    "help": wording.help_card(FULL),
    "asked for help": wording.asked_for_help(FULL),
    "not agreed": wording.not_agreed(FULL),
    "thanks": wording.thanks(SURVEY, FULL, will_hear=True),
    "help lines": wording.help_lines(FULL),
}
TEXTS = dict(constants()) | MADE
MADE_OF_OTHERS = {"welcome", "privacy", "privacy with a name", "thanks"}
# The lines of a council's own numbers, and the survey's own words, are not ours to shorten.
OURS = {name: text for name, text in TEXTS.items() if name not in MADE_OF_OTHERS}


def sentences(text):
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def grade(texts):
    return reading_age(part for text in texts for part in sentences(text)) - YEARS_BEFORE_GRADE


class TestEveryTextOfTheChat:
    @pytest.mark.parametrize("name", TEXTS)
    def test_is_sent_in_messages_of_up_to_300_characters(self, name):
        sent = in_short_messages(Message(TEXTS[name]))

        assert [len(each.text) for each in sent if len(each.text) > MOST_CHARS] == []

    @pytest.mark.parametrize("name", TEXTS)
    def test_has_sentences_of_up_to_15_words(self, name):
        found = [part for part in sentences(TEXTS[name]) if len(_WORD.findall(part)) > MOST_WORDS]

        assert found == []

    @pytest.mark.parametrize("name", OURS)
    def test_is_easy_by_itself(self, name):
        if len(_WORD.findall(OURS[name])) >= MOST_WORDS:
            assert grade([OURS[name]]) <= MOST_FOR_ONE

    def test_is_easy_with_all_the_others(self):
        assert len(TEXTS) > 60
        assert grade(TEXTS.values()) <= MOST_GRADE

    def test_would_not_be_easy_if_an_office_had_written_it(self):
        officialese = "Your submission will be considered under applicable legislation."

        assert grade([officialese]) > MOST_GRADE


class TestTheCatalogue:
    def test_has_at_least_two_languages_beside_english(self):
        assert len(OTHERS) >= 2

    @pytest.mark.parametrize("language", OTHERS)
    @pytest.mark.parametrize(("name", "text"), list(constants()))
    def test_has_every_constant(self, language, name, text):
        missing = [part for part in text.split("\n\n") if part not in catalogue(language)]

        assert missing == []

    @pytest.mark.parametrize("language", OTHERS)
    @pytest.mark.parametrize("name", ["help", "asked for help", "not agreed", "help lines"])
    def test_has_every_text_that_is_put_together(self, language, name):
        parts = [part for part in MADE[name].split("\n\n") if " (" not in part.splitlines()[0]]

        same = [part for part in parts if in_language(part, language) == part]
        assert same == []
