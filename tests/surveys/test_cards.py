"""Cards in piles, and options with pictures: read, refused, and said in a chat."""

import pytest
from pydantic import ValidationError

from surveys.answers import Answer, AnswerRefusedError, Refusal, read_answer
from surveys.engine import Survey
from surveys.turns import KeepAnswer, Tap
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import Talk

PILES = [
    {"code": "have", "label": "I have this", "symbol": "😀"},
    {"code": "want", "label": "More"},
]
CARDS = [
    {"code": "food", "label": "Food", "symbol": "🍎", "picture": "enough_food.svg"},
    {"code": "play", "label": "Play"},
    {"code": "safe", "label": "Feeling safe", "worry_in": ["want"]},
]
SORT = {"code": "needs", "kind": "card_sort", "text": "Which?", "piles": PILES, "cards": CARDS}
FEELINGS = [
    {"code": "good", "label": "Good", "symbol": "😀"},
    {"code": "bad", "label": "Bad", "picture": "warm_home.svg"},
]


def survey_of(*questions):
    return Survey.model_validate(
        {"code": "s", "title": "S", "about": ABOUT, "questions": questions}
    )


def question_of(**changes):
    return survey_of(SORT | changes).questions[0]


class TestReadingCards:
    def test_keeps_each_card_with_its_pile_in_the_order_of_the_cards(self):
        given = read_answer(question_of(), ["safe.have", "food.want"])

        assert given == Answer("needs", ("food.want", "safe.have"))

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(["food.cellar"], id="no such pile"),
            pytest.param(["cake.have"], id="no such card"),
            pytest.param(["food"], id="no pile at all"),
            pytest.param(["food.have", "food.want"], id="one card in two piles"),
        ],
    )
    def test_refuses_what_is_no_card_in_a_pile(self, raw):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(question_of(), raw)

        assert refused.value.refusal is Refusal.NOT_AN_OPTION

    def test_wants_every_card_where_an_answer_is_required(self):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(question_of(required=True), ["food.have", "play.have"])

        assert refused.value.refusal is Refusal.UNSORTED

    def test_finds_the_cards_that_mean_danger_where_they_lie(self):
        question = question_of()

        assert question.worries(["food.want", "safe.want"]) == ["Feeling safe: More"]
        assert question.worries(["food.want", "safe.have"]) == []


class TestADefinition:
    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"cards": [CARDS[0], CARDS[0]]}, "code used twice: food"),
            ({"cards": [CARDS[0], CARDS[1] | {"worry_in": ["bin"]}]}, "names no pile: bin"),
            ({"cards": [CARDS[0], CARDS[1] | {"picture": "../secret.png"}]}, "pattern"),
        ],
    )
    def test_is_refused_with_the_cause(self, changes, says):
        with pytest.raises(ValidationError, match=says):
            question_of(**changes)

    def test_of_picture_options_needs_a_picture_or_a_symbol_for_each(self):
        bare = {"code": "q", "kind": "picture_choice", "text": "?", "options": [
            {"code": "a", "label": "A", "symbol": "🙂"}, {"code": "b", "label": "B"}]}  # fmt: skip

        with pytest.raises(ValidationError, match="give a picture or a symbol to: b"):
            survey_of(bare)


class TestPictureOptions:
    @pytest.mark.parametrize(
        ("kind", "plain_kind", "raw"),
        [("picture_choice", "choice", ["bad"]), ("picture_several", "several", ["bad", "good"])],
    )
    def test_are_coded_as_the_same_options_without_pictures(self, kind, plain_kind, raw):
        asked = {"code": "q", "text": "?", "options": FEELINGS}
        pictures, words = survey_of(asked | {"kind": kind}), survey_of(asked | {"kind": plain_kind})

        assert read_answer(pictures.questions[0], raw) == read_answer(words.questions[0], raw)

    def test_come_before_the_question_in_a_chat_with_their_words(self):
        asked = {"code": "q", "kind": "picture_choice", "text": "?", "options": FEELINGS}

        talk = Talk.at_first_question(survey_of(asked))

        shown = talk.messages[-1].pictures
        assert [(each.name, each.words) for each in shown] == [("warm_home.svg", "2. Bad")]


class TestSortingInAChat:
    def test_asks_card_by_card_and_keeps_them_all(self, talk):
        assert "Card 1 of 3: 🍎 Food" in talk.messages[-1].text
        assert "Card 2 of 3: Play" in talk.press("I have this")
        assert "Card 3 of 3: Feeling safe" in talk.type("More")

        talk.type("1")

        kept = Answer("needs", ("food.have", "play.want", "safe.have"))
        assert KeepAnswer(kept) in talk.effects

    def test_goes_back_one_card(self, talk):
        talk.press("I have this")

        assert "Card 1 of 3" in talk.press("Back")

    def test_keeps_the_cards_sorted_so_far_when_the_rest_is_skipped(self, talk):
        talk.press("I have this")
        talk.press("Skip")

        assert KeepAnswer(Answer("needs", ("food.have",))) in talk.effects

    def test_goes_on_after_a_stop_where_it_was(self, talk):
        talk.press("I have this")
        talk.press("Stop")

        assert "Card 2 of 3" in talk.press("Carry on")

    def test_asks_again_when_words_name_no_pile(self, talk):
        said = talk.type("the moon")

        assert "I did not understand" in said
        assert "Card 1 of 3" in said

    def test_ignores_an_earlier_cards_button(self, talk):
        old = talk.token("I have this")
        talk.press("I have this")

        talk.on(Tap(old))

        assert talk.state.picks == ("food.have",)

    @pytest.fixture
    def talk(self):
        free = {"code": "more", "kind": "free_text", "text": "More?"}
        return Talk.at_first_question(survey_of(SORT, free))
