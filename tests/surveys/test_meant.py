"""Typed words among choices: as people spell, with one slip, and never guessed between two."""

import pytest

from surveys.engine import Survey
from surveys.meant import choice_meant, number_typed, options_meant
from surveys.spellings import TYPED, number_in, says_little, spellings
from surveys.turns import Consent, Forget, KeepAnswer, Start, Tap
from tests.surveys.talk import Talk

YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
FEELINGS = [
    {"code": "happy", "label": "Happy"},
    {"code": "hate", "label": "Hated it"},
    {"code": "unsure", "label": "Not sure"},
    {"code": "race", "label": "Race"},
]
AGES = [
    {"code": "child", "label": "5-10"},
    {"code": "teen", "label": "11 to 15"},
    {"code": "youth", "label": "16 or over"},
]
LANGUAGES = ("en", "cy", "pl", "ur")
CHOICE = {"code": "q", "kind": "choice"}
CONSENT = {
    "code": "agree",
    "kind": "consent",
    "text": "Do you agree?",
    "required": True,
    "body": "We ask you.",
}


def choice(options, **more):
    asked = CHOICE | {"text": "Well?", "options": options} | more
    about = {"what": "a", "why": "b", "who_for": "c", "minutes": 1, "what_happens": "d",
             "who_reads": "e"}  # fmt: skip
    return Survey.model_validate(
        {"code": "asked", "title": "Asked", "about": about, "questions": [asked]}
    ).questions[0]


class TestAChoice:
    @pytest.mark.parametrize("typed", ["yh", "yeah", "yep", "Yea!", "YES PLEASE"])
    def test_is_a_yes_however_it_is_spelled(self, typed):
        assert choice_meant(choice(YES_NO).options, typed, "en") == "yes"

    @pytest.mark.parametrize("typed", ["nah", "nope", "no thanks"])
    def test_is_a_no_however_it_is_spelled(self, typed):
        assert choice_meant(choice(YES_NO).options, typed, "en") == "no"

    @pytest.mark.parametrize(
        ("language", "labels", "typed"),
        [("cy", ("Ie", "Na"), "ydw"), ("pl", ("Tak", "Nie"), "jasne"),
         ("ur", ("ہاں", "نہیں"), "haan"), ("pl", ("Tak", "Nie"), "yh")],
    )  # fmt: skip
    def test_is_a_yes_in_the_language_of_the_chat(self, language, labels, typed):
        options = [{"code": c, "label": label} for c, label in zip("yn", labels, strict=True)]

        assert choice_meant(choice(options).options, typed, language) == "y"

    def test_is_no_yes_where_two_begin_with_one(self):
        labels = ("Yes, always", "Yes, at times", "No, never")
        options = [{"code": c, "label": label} for c, label in zip("abc", labels, strict=True)]

        assert choice_meant(choice(options).options, "yh", "en") is None
        assert choice_meant(choice(options).options, "nah", "en") == "c"

    def test_is_no_word_that_only_begins_like_a_yes(self):
        options = [{"code": "a", "label": "OK"}, {"code": "b", "label": "No opinion"}]

        assert choice_meant(choice(options).options, "yes", "en") is None
        assert choice_meant(choice(options).options, "nah", "en") is None

    @pytest.mark.parametrize("typed", ["hapy", "happpy", "hpapy", "happt", "hapy!"])
    def test_is_found_with_one_slip(self, typed):
        assert choice_meant(choice(FEELINGS).options, typed, "en") == "happy"

    @pytest.mark.parametrize("typed", ["hpy", "hapless", "unhappy", "glad", ""])
    def test_is_not_found_with_more(self, typed):
        assert choice_meant(choice(FEELINGS).options, typed, "en") is None

    def test_is_not_guessed_between_two(self):
        options = [{"code": "a", "label": "Worse"}, {"code": "b", "label": "Worst"}]

        assert choice_meant(choice(options).options, "wors", "en") is None

    @pytest.mark.parametrize(
        ("label", "typed"),
        [
            ("Never", "ever"),
            ("Mother", "other"),
            ("I can go", "I cant go"),
            ("Able", "table"),
            ("I feel safe", "i feel usafe"),
            ("It was fair", "it was ufair"),
            ("Very likely", "very ulikely"),
            ("My dad", "my dan"),
            ("Hurt", "hut"),
            ("No, but I want to", "no"),
            ("Yes, but I was scared", "yes"),
        ],
    )
    def test_is_not_found_by_words_that_say_something_else(self, label, typed):
        options = [{"code": "a", "label": label}, {"code": "b", "label": "Somewhere quite else"}]

        assert choice_meant(choice(options).options, typed, "en") is None

    @pytest.mark.parametrize(("label", "typed"), [("Don't know", "dont know"), ("Never", "nevr")])
    def test_that_denies_is_found_with_a_slip(self, label, typed):
        options = [{"code": "a", "label": label}, {"code": "b", "label": "Yes"}]

        assert choice_meant(choice(options).options, typed, "en") == "a"

    def test_is_not_guessed_from_a_no_that_is_a_yes_in_polish(self):
        options = [{"code": "a", "label": "Tak"}, {"code": "b", "label": "Nie"}]

        assert choice_meant(choice(options).options, "no", "pl") is None
        assert choice_meant(choice(options).options, "no tak", "pl") == "a"

    def test_of_three_letters_takes_no_slip(self):
        options = [{"code": "a", "label": "Bus"}, {"code": "b", "label": "Car"}]

        assert choice_meant(choice(options).options, "bis", "en") is None

    def test_of_figures_takes_no_slip(self):
        assert choice_meant(choice(AGES).options, "11 to 16", "en") is None


class TestANumber:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [("sixteen", "youth"), ("im 14", "teen"), ("i am twelve", "teen"), ("12", "teen"),
         ("16 yrs", "youth"), ("seven", "child")],
    )  # fmt: skip
    def test_is_the_band_that_it_is_in(self, typed, code):
        assert choice_meant(choice(AGES).options, typed, "en") == code

    def test_that_is_a_place_and_in_another_band_is_not_guessed(self):
        options = [{"code": "a", "label": "Under 2"}, {"code": "b", "label": "2 or over"},
                   {"code": "c", "label": "Rather not say"}]  # fmt: skip

        assert choice_meant(choice(options).options, "three", "en") is None

    def test_in_words_is_a_place(self):
        assert choice_meant(choice(YES_NO).options, "two", "en") == "no"

    def test_is_what_a_choice_is_called_before_it_is_a_place(self):
        options = [{"code": f"n{n}", "label": str(n)} for n in range(11)]

        assert choice_meant(choice(options).options, "7", "en") == "n7"
        assert choice_meant(choice(options).options, "seven", "en") == "n7"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_known_in_words_up_to_twenty(self, language):
        assert set(spellings(language).numbers.values()) == set(range(21))
        assert all(number_in(w, language) == n for w, n in spellings(language).numbers.items())

    def test_in_words_of_another_language_is_none(self):
        assert number_in("szesnaście", "cy") is None
        assert number_in("szesnaście", "pl") == number_in("mam szesnaście lat", "pl") == 16

    def test_is_put_in_figures_and_all_else_left(self):
        assert number_typed("Sixteen", "en") == "16"
        assert number_typed("a lot", "en") == "a lot"


class TestTheSpellings:
    def test_are_there_for_every_language(self):
        assert {path.stem for path in TYPED.glob("*.yaml")} == set(LANGUAGES)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_never_mean_yes_and_no(self, language):
        assert spellings(language).yes & spellings(language).no == frozenset()

    def test_say_little_and_nothing_else_does(self):
        assert says_little("yh")
        assert says_little("im sixteen")
        assert not says_little("he hits me")


class TestWhatMustBeSaidExactly:
    @pytest.mark.parametrize("slip", ["yess!?x", "yex", "I agre", "Yh", "yeah"])
    def test_a_consent_in_a_survey(self, survey_of, slip):
        agree = survey_of(CONSENT).questions[0]

        assert options_meant(agree, slip, "en") == ()
        assert options_meant(agree, agree.options[0].label, "en") != ()

    @pytest.mark.parametrize("slip", ["yws", "Yes, lets strat", "yse"])
    def test_a_yes_to_the_privacy_words(self, survey_of, slip):
        talk = Talk(survey_of({"code": "why"}))
        talk.on(Start())

        talk.type(slip)

        assert Consent() not in talk.effects

    @pytest.mark.parametrize("slip", ["yh", "yess", "Yes, delete thme", "yeh", "carry on", "start"])
    def test_a_yes_to_deleting_everything(self, survey_of, slip):
        talk = Talk.at_first_question(survey_of(CHOICE | {"options": YES_NO}))
        talk.type("/delete")

        talk.type(slip)

        assert Forget() not in talk.effects
        talk.type("Yes, delete them")

    @pytest.mark.parametrize("slip", ["stpo", "delte", "skp"])
    def test_a_command(self, survey_of, slip):
        talk = Talk.at_first_question(survey_of(CHOICE | {"options": YES_NO}))

        talk.type(slip)

        assert (talk.state.stage.value, talk.effects) == ("asking", [])


class TestInAConversation:
    def test_a_slip_answers(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE | {"options": FEELINGS}))

        talk.type("hapy")

        assert [each.answer.values for each in talk.effects if isinstance(each, KeepAnswer)] == [
            ("happy",)
        ]

    def test_a_number_in_words_answers(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "age", "kind": "number"}))

        talk.type("sixteen")

        assert [e.answer.text for e in talk.effects if isinstance(e, KeepAnswer)] == ["16"]

    def test_yh_starts_it(self, survey_of):
        talk = Talk(survey_of({"code": "why"}))
        talk.on(Start())

        talk.type("yh")

        assert Consent() in talk.effects

    def test_free_words_stay_as_they_were_typed(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "why"}))

        talk.type("sixteen")

        assert [e.answer.text for e in talk.effects if isinstance(e, KeepAnswer)] == ["sixteen"]

    def test_a_press_is_read_as_it_ever_was(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE | {"options": FEELINGS}))

        talk.on(Tap(talk.token("Race")))

        assert talk.state.answers["q"].values == ("race",)
