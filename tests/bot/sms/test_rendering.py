"""Texts: numbered choices, words to reply with, short enough, and no button to look for."""

import pytest
from pydantic import TypeAdapter

from bot.sms.rendering import MAX_TEXT_UNITS, texts_for
from surveys import wording
from surveys.definition import read_from_library
from surveys.parts import DONE
from surveys.prompts import prompt_for
from surveys.questions import AnyQuestion
from surveys.turns import Button, Message, Scene, Stage, State, Style
from surveys.wording import NO_MORE_TEXTS

VIEWPOINT = read_from_library("hmip_viewpoint")
SCENE = Scene("Loopback Council", ("Childline: 0800 1111",), "https://voice.example/outcomes")
SHAPES = ("hmip_viewpoint", "chelseas_choice_2015", "early_help_2017", "yos_victim_feedback")


def asked(survey, code, **state):
    return prompt_for(survey, State("s", stage=Stage.ASKING, asking=code, **state), SCENE)


class TestTexts:
    def test_number_the_choices_and_name_the_ways_out(self):
        question = VIEWPOINT.questions[0]

        (text,) = texts_for(asked(VIEWPOINT, question.code))

        lines = text.splitlines()
        for place, option in enumerate(question.options, start=1):
            assert f"Reply {place} for {option.label}" in lines
        assert lines[-1] == "Or reply: Skip, Back, Get help now"

    def test_ask_for_one_where_one_is_the_most(self):
        options = [{"code": code, "label": code.upper()} for code in "abc"]
        question = TypeAdapter(AnyQuestion).validate_python(
            {"code": "q", "kind": "several", "text": "What?", "options": options, "most": 1}
        )
        survey = VIEWPOINT.model_copy(update={"questions": (question,)})

        (text,) = texts_for(asked(survey, "q"))

        assert "Choose one. Reply with its number." in text

    @pytest.mark.parametrize(
        ("said", "texted"),
        [
            (
                "Choose up to 3, then press Done.",
                "Choose up to 3. Reply with the numbers, like: 1, 3",
            ),
            (wording.NOT_UNDERSTOOD, "Sorry, I did not understand. Please reply with its number."),
            (
                "Press them in order, the first one first. Then press Done.",
                "Reply with the numbers in order, the first one first, like: 2, 1, 3",
            ),
            (
                "Press the 2 that matter most in order, the first one first. Then press Done.",
                "Reply with the numbers of the 2 that matter most in order, the first one first, "
                "like: 2, 1, 3",
            ),
        ],
    )
    def test_ask_for_the_numbers_that_they_show(self, said, texted):
        assert texts_for(Message(said)) == [texted]

    def test_say_in_another_language_too_how_several_are_chosen(self):
        rows = (
            (Button("A", "s.1.a"),),
            (Button("B", "s.1.b"),),
            (Button("Gotowe", f"s.1.{DONE}"),),
        )

        (text,) = texts_for(Message("Wybierz", rows, language="pl"))

        assert "Kilka naraz, np.: 1, 3" in text

    def test_number_a_choice_by_the_number_that_it_is_called(self):
        rows = tuple((Button(str(n), f"s.1.n{n}"),) for n in range(11))

        (text,) = texts_for(Message("How sure are you?", rows))

        assert "Reply 0 for 0" in text
        assert "Reply 10 for 10" in text

    def test_have_no_emoji_before_a_choice(self):
        faces = next(q for q in VIEWPOINT.questions if getattr(q, "options", ()))

        (text,) = texts_for(asked(VIEWPOINT, faces.code))

        assert all(option.symbol not in text for option in faces.options if option.symbol)

    @pytest.mark.parametrize("name", SHAPES)
    def test_speak_of_no_button_and_no_slash(self, name):
        survey = read_from_library(name)
        stages = [
            State("s", stage=stage) for stage in Stage if stage not in {Stage.AGE, Stage.OTHER}
        ]
        states = [
            *stages,
            *(State("s", stage=Stage.ASKING, asking=q.code) for q in survey.questions),
        ]

        for state in states:
            prompt = prompt_for(survey, state, SCENE)
            for text in texts_for(prompt) if prompt is not None else ():
                ours = text.replace("/outcomes", "").replace("//", "")
                assert "button" not in ours.lower()
                assert " /" not in ours
                assert "ress Done" not in ours
                assert len(text) <= MAX_TEXT_UNITS

    def test_say_yes_and_no_by_their_numbers(self):
        (text,) = texts_for(prompt_for(VIEWPOINT, State("s", stage=Stage.WISH), SCENE))

        assert "Reply 1 for Yes, tell me\nReply 2 for No, thanks" in text

    def test_that_only_repeat_a_choice_are_not_sent(self):
        assert texts_for(Message("You said: Good", style=Style.EDIT)) == []

    def test_too_long_for_one_are_cut_between_words(self):
        texts = texts_for(Message("word " * 400))

        assert [len(each) <= MAX_TEXT_UNITS for each in texts] == [True] * 3
        assert " ".join(" ".join(texts).split()) == ("word " * 400).strip()

    def test_name_words_instead_of_commands(self):
        (text,) = texts_for(Message(NO_MORE_TEXTS))

        assert "Send START to go on, or DELETE to delete them." in text

    def test_keep_addresses_whole(self):
        said = wording.NOTHING_OPEN.format(address=SCENE.outcomes_address)

        assert "https://voice.example/outcomes" in texts_for(Message(said))[0]
