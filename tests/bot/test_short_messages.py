"""No message of the chat is longer than 300 characters: every question, in every way and language.

Through the web chat's own short messages, and as Telegram's calls, with long choices written out.
"""

import pytest

from bot.rendering import calls_for
from surveys.definition import library_codes, read_from_library
from surveys.fitting import Setting, fit
from surveys.questions import CardSort, Ranking, Several
from surveys.shortening import MOST_CHARS, in_parts, in_short_messages
from surveys.talking import spoken_prompt
from surveys.turns import Stage, State, Style
from tests.surveys.talk import SCENE

TEXTS = {"sendMessage": "text", "sendPhoto": "caption", "editMessageText": "text"}


def ways_of(survey):
    for language in survey.languages:
        for code in [each.code for each in survey.variants] or [""]:
            yield fit(survey, Setting(channel="telegram", variant=code, language=language))


def asked_in(survey):
    """Yield every question as it is asked, and with all chosen that may be chosen so far."""
    for question in survey.questions:
        state = State("s", step=3, stage=Stage.ASKING, asking=question.code)
        yield spoken_prompt(survey, state, SCENE)
        if isinstance(question, Several | Ranking):
            picks = tuple(option.code for option in question.options)
            yield spoken_prompt(survey, state.but(picks=picks), SCENE)
        if isinstance(question, CardSort):
            sorted_ = tuple(f"{card.code}.{question.piles[0].code}" for card in question.cards)
            yield spoken_prompt(survey, state.but(picks=sorted_[:-1]), SCENE)


def told(calls):
    return [call.arguments[TEXTS[call.method]] for call in calls if call.method in TEXTS]


@pytest.mark.parametrize("code", library_codes())
def test_every_question_is_asked_in_short_messages(code):
    survey = read_from_library(code)
    asked = [prompt for way in ways_of(survey) for prompt in asked_in(way)]

    for prompt in asked:
        short = in_short_messages(prompt)
        sent = [text for each in short for text in told(calls_for(each, 42))]
        changed = told(calls_for(prompt._replace(style=Style.EDIT), 42, edit=7))
        shown = [each.text for each in in_parts(prompt._replace(style=Style.EDIT))]
        assert [text for text in (*sent, *changed, *shown) if len(text) > MOST_CHARS] == []


@pytest.mark.parametrize("code", library_codes())
def test_a_choice_pressed_changes_no_word_of_the_message_that_it_is_under(code):
    survey = read_from_library(code)
    for question in survey.questions:
        if isinstance(question, Several):
            state = State("s", stage=Stage.ASKING, asking=question.code)
            prompt = spoken_prompt(survey, state, SCENE)
            sent = [
                text for each in in_short_messages(prompt) for text in told(calls_for(each, 42))
            ]
            pressed = spoken_prompt(survey, state.but(picks=(question.options[0].code,)), SCENE)
            changed = told(calls_for(pressed._replace(style=Style.EDIT), 42, edit=7))
            assert changed == sent[-1:]
