"""Several options between two limits."""

import pytest
from pydantic import TypeAdapter, ValidationError

from surveys.answers import AnswerRefusedError, Refusal, read_answer
from surveys.catalogue import in_language, offered_languages
from surveys.choosing import how_many
from surveys.questions import AnyQuestion
from tests.surveys.talk import Talk

OPTIONS = [
    {"code": "a", "label": "A bus"},
    {"code": "b", "label": "A bench"},
    {"code": "c", "label": "A swing"},
    {"code": "none", "label": "None of these", "exclusive": True},
]


def asked(**limits):
    raw = {"code": "q", "kind": "several", "text": "What?", "options": OPTIONS}
    return TypeAdapter(AnyQuestion).validate_python(raw | limits)


class TestTheLimits:
    @pytest.mark.parametrize("chosen", [["a", "b"], ["a", "b", "c"], ["none"], []], ids=",".join)
    def test_let_in_what_is_between_them_none_of_these_and_a_skip(self, chosen):
        answer = read_answer(asked(fewest=2, most=3), chosen)

        assert list(answer.values) == chosen

    @pytest.mark.parametrize(
        ("limits", "chosen", "why"),
        [
            ({"fewest": 2}, ["a"], Refusal.TOO_FEW),
            ({"most": 2}, ["a", "b", "c"], Refusal.TOO_MANY),
            ({"most": 1}, ["a", "none"], Refusal.EXCLUSIVE),
        ],
    )
    def test_refuse_what_is_outside(self, limits, chosen, why):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(asked(**limits), chosen)

        assert refused.value.refusal is why

    @pytest.mark.parametrize(
        ("limits", "words"),
        [
            ({}, ""),
            ({"most": 2}, "Choose up to 2"),
            ({"most": 1}, "Choose one"),
            ({"fewest": 1, "most": 1}, "Choose one"),
            ({"fewest": 2}, "Choose at least 2"),
            ({"fewest": 1, "most": 2}, "Choose 1 to 2"),
            ({"fewest": 2, "most": 2}, "Choose 2"),
        ],
    )
    def test_are_said_in_words(self, limits, words):
        assert how_many(asked(**limits)) == words

    @pytest.mark.parametrize(
        ("limits", "cure"),
        [
            ({"fewest": 3, "most": 2}, "fewest is more than most; swap them"),
            ({"fewest": 4}, "only 3 options go together; lower fewest or most"),
            ({"most": 4}, "only 3 options go together; lower fewest or most"),
        ],
    )
    def test_are_refused_with_the_cure_when_nobody_could_keep_them(self, limits, cure):
        with pytest.raises(ValidationError, match=cure):
            asked(**limits)


class TestInTheChat:
    @pytest.fixture
    def talk(self, survey_of):
        return Talk.at_first_question(
            survey_of({"code": "q", "kind": "several", "options": OPTIONS, "most": 2})
        )

    def test_are_said_before_anybody_chooses(self, talk):
        assert "Choose up to 2, then press Done" in talk.messages[-1].text

    def test_are_said_again_when_too_many_are_chosen(self, talk):
        for label in ("A bus", "A bench", "A swing"):
            talk.press(label)

        said = talk.press("Done")

        assert said.startswith("Choose up to 2, please.")
        assert talk.state.picks == ("a", "b", "c")
        assert "q" not in talk.state.answers


class TestOneAtMost:
    @pytest.fixture
    def talk(self, survey_of):
        return Talk.at_first_question(
            survey_of({"code": "q", "kind": "several", "options": OPTIONS, "most": 1})
        )

    def test_is_asked_for_as_one(self, talk):
        assert "Choose one, then press Done." in talk.messages[-1].text

    def test_is_said_again_when_two_are_chosen(self, talk):
        assert talk.type("1, 2").startswith("Choose one, please.")

    @pytest.mark.parametrize("language", [each for each in offered_languages() if each != "en"])
    def test_is_said_in_every_language(self, talk, language):
        asked, refused = talk.messages[-1].text, talk.type("1, 2")
        ours = {part for part in (*asked.split("\n\n"), *refused.split("\n\n")) if "one" in part}

        assert len(ours) == 2
        assert [part for part in ours if in_language(part, language) == part] == []
