"""A conversation: what each event leads to, at each stage."""

import pytest

from surveys import wording
from surveys.answers import Answer
from surveys.conversation import take_turn
from surveys.turns import (
    BeginAgain,
    Command,
    Consent,
    Edited,
    Forget,
    KeepAnswer,
    Media,
    RaiseConcern,
    Scene,
    Stage,
    Start,
    State,
    Style,
    Submit,
    Tap,
    Text,
    WishToHear,
)
from tests.surveys.talk import SCENE, Talk

YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
CHOICE = {"code": "heard", "kind": "choice", "text": "Were you heard?", "options": YES_NO}
WORDS = {"code": "why", "kind": "free_text", "text": "Why?"}
SEVERAL = {
    "code": "ways",
    "kind": "several",
    "text": "Which ways?",
    "options": [
        {"code": "talk", "label": "Talking"},
        {"code": "write", "label": "Writing"},
        {"code": "other", "label": "Another way", "specify": True},
        {"code": "none", "label": "None of the above", "exclusive": True},
    ],
}


class TestTheBeginning:
    def test_says_who_reads_it_and_where_help_is_before_the_first_question(self, survey_of):
        """PRI-4."""
        talk = Talk(survey_of(CHOICE))

        said = talk.on(Start())

        assert "A small team" in said
        assert "Childline: 0800 1111" in said
        assert talk.state.stage is Stage.WELCOME

    def test_asks_nothing_until_the_person_says_yes(self, survey_of):
        talk = Talk(survey_of(CHOICE))
        talk.on(Start())

        said = talk.type("what is this?")

        assert wording.WELCOME_UNCLEAR in said
        assert talk.effects == []

    def test_keeps_nothing_of_somebody_who_says_no(self, survey_of):
        talk = Talk(survey_of(CHOICE))
        talk.on(Start())

        said = talk.press("No, thank you")

        assert wording.DECLINED in said
        assert talk.effects == [Forget()]

    def test_goes_to_the_first_question_on_yes(self, survey_of):
        talk = Talk(survey_of(CHOICE, WORDS))
        talk.on(Start())

        said = talk.press("Yes")

        assert "Question 1 of 2\n\nWere you heard?" in said
        assert talk.effects == [Consent()]


class TestAnsweringAQuestion:
    def test_by_button_keeps_the_answer_and_asks_the_next(self, asked):
        said = asked.press("Yes")

        assert asked.effects == [KeepAnswer(Answer("heard", ("yes",)))]
        assert "Question 2 of 3\n\nWhy?" in said

    def test_by_button_repeats_the_choice_where_the_buttons_were(self, asked):
        asked.press("Yes")

        echo = asked.messages[0]
        assert (echo.text, echo.rows) == ("Were you heard?\n\n✔️ You said: Yes", ())
        assert echo.style is Style.EDIT

    def test_by_number_is_the_same(self, asked):
        asked.type("2")

        assert asked.effects == [KeepAnswer(Answer("heard", ("no",)))]

    def test_in_other_words_is_asked_again_and_a_press_on_its_way_still_counts(self, asked):
        pressed = asked.token("Yes")

        said = asked.type("maybe")

        assert said.startswith(wording.NOT_UNDERSTOOD)
        assert asked.effects == []
        asked.on(Tap(pressed))
        assert asked.effects == [KeepAnswer(Answer("heard", ("yes",)))]

    def test_in_free_text_keeps_it_exactly_as_typed(self, asked):
        asked.press("Yes")

        asked.type("  Because 👨‍👩‍👧\nyes ")

        assert asked.effects == [KeepAnswer(Answer("why", ("  Because 👨‍👩‍👧\nyes ",)))]

    def test_with_skip_keeps_that_it_was_skipped(self, asked):
        asked.press("Skip")

        assert asked.effects == [KeepAnswer(Answer("heard"))]

    def test_that_is_required_cannot_be_skipped(self, survey_of):
        talk = Talk.at_first_question(survey_of({**CHOICE, "required": True}))

        said = talk.type("skip")

        assert said.startswith("We need an answer here")
        assert talk.effects == []

    @pytest.fixture
    def asked(self, survey_of):
        return Talk.at_first_question(survey_of(CHOICE, WORDS, {"code": "more"}))


class TestAnOldButton:
    def test_changes_nothing_and_says_so(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE, WORDS))
        old = talk.token("Yes")
        talk.press("No")
        before = talk.state

        said = talk.on(Tap(old))

        assert said == wording.STALE
        assert talk.messages[0].style is Style.TOAST
        assert (talk.state, talk.effects) == (before, [])

    @pytest.mark.parametrize("token", ["", ".", "..", "s.1", "other.2.yes", "s.2.", "s.2.-nothing"])
    def test_or_one_made_up_is_stale_as_well(self, survey_of, token):
        talk = Talk.at_first_question(survey_of(CHOICE))

        talk.on(Tap(token))

        assert talk.effects == []

    def test_made_up_for_free_text_is_no_answer(self, survey_of):
        talk = Talk.at_first_question(survey_of(WORDS))

        talk.on(Tap(f"{talk.state.session}.{talk.state.step}.words"))

        assert talk.effects == []


class TestSeveralChoices:
    def test_are_ticked_and_unticked_in_place(self, ways):
        ways.press("Talking")
        ways.press("Writing")

        said = ways.press("Talking")

        assert ways.messages[0].style is Style.EDIT
        assert ways.state.picks == ("write",)
        assert "Which ways?" in said

    def test_are_kept_by_done(self, ways):
        ways.press("Writing")
        ways.press("Talking")

        ways.press("Done")

        assert ways.effects == [KeepAnswer(Answer("ways", ("talk", "write")))]

    def test_leave_the_exclusive_one_alone(self, ways):
        ways.press("Talking")

        ways.press("None of the above")

        assert ways.state.picks == ("none",)

    def test_that_want_words_are_kept_before_the_words_come(self, ways):
        ways.press("Another way")

        said = ways.press("Done")

        assert wording.SPECIFY in said
        assert ways.effects == [KeepAnswer(Answer("ways", ("other",)))]

    def test_are_kept_with_their_words(self, ways):
        ways.press("Another way")
        ways.press("Done")

        ways.type("By letter")

        assert ways.effects == [KeepAnswer(Answer("ways", ("other",), "By letter"))]

    def test_stand_without_their_words_on_skip(self, ways):
        ways.press("Another way")
        ways.press("Done")

        said = ways.press("Skip")

        assert ways.effects == [KeepAnswer(Answer("ways", ("other",)))]
        assert "Why?" in said

    @pytest.fixture
    def ways(self, survey_of):
        return Talk.at_first_question(survey_of(SEVERAL, WORDS))


class TestGoingBack:
    def test_asks_the_one_before_and_its_new_answer_replaces_the_old(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE, WORDS))
        talk.press("Yes")

        said = talk.press("Back")
        talk.press("No")

        assert "Were you heard?" in said
        assert dict(talk.state.answers) == {"heard": Answer("heard", ("no",))}

    def test_from_the_first_says_that_nothing_is_before_it(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE))

        assert talk.type("/back").startswith(wording.FIRST)

    def test_from_the_end_asks_the_last_question(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE, WORDS))
        talk.press("Yes")
        talk.type("so")

        assert "Why?" in talk.press("Back")


class TestTheEnd:
    def test_sends_the_answers_in_and_asks_whether_to_tell(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE))

        said = talk.press("Yes")

        assert Submit() in talk.effects
        assert wording.WISH in said

    @pytest.mark.parametrize(("label", "wanted"), [("Yes, tell me", True), ("No, thanks", False)])
    def test_keeps_the_wish_and_says_thank_you_with_the_reference(self, survey_of, label, wanted):
        talk = Talk.at_first_question(survey_of(CHOICE))
        talk.press("Yes")

        said = talk.press(label)

        assert talk.effects == [WishToHear(wanted)]
        assert "Your reference is 7K3M-9QX2." in said
        assert ("We will tell you here" in said) is wanted

    def test_can_be_followed_by_another_response(self, survey_of):
        talk = Talk.finished(survey_of(CHOICE))
        talk.on(Start())

        talk.press("Answer again")

        assert talk.effects == [BeginAgain()]


class TestStopping:
    def test_keeps_the_place_until_they_carry_on(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE, WORDS))
        talk.press("Yes")
        talk.press("Stop")

        said = talk.press("Carry on")

        assert said.startswith(wording.WELCOME_BACK)
        assert "Why?" in said

    def test_takes_no_words_as_an_answer_meanwhile(self, survey_of):
        talk = Talk.at_first_question(survey_of(WORDS))
        talk.type("stop")

        said = talk.type("these words come while we have stopped")

        assert wording.IS_STOPPED in said
        assert talk.effects == []

    def test_after_the_end_means_no_more_messages(self, survey_of):
        talk = Talk.finished(survey_of(WORDS))

        said = talk.type("STOP")

        assert said == wording.NO_MORE
        assert talk.effects == [WishToHear(wanted=False)]

    def test_then_deleting_and_thinking_better_of_it_leads_back_to_the_question(self, survey_of):
        talk = Talk.at_first_question(survey_of(WORDS))
        talk.type("stop")
        talk.type("delete")

        said = talk.press("No, keep them")

        assert "Why?" in said
        assert talk.state.stage is Stage.ASKING


class TestDeleting:
    """PRI-6."""

    def test_asks_once_more_first(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE))

        said = talk.type("delete my answers")

        assert wording.ASK_DELETE in said
        assert talk.effects == []

    def test_forgets_everything_on_yes(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE, WORDS))
        talk.press("Yes")
        talk.type("/delete")

        said = talk.press("Yes, delete them")

        assert said == wording.DELETED
        assert talk.effects == [Forget()]
        assert talk.state.answers == {}


class TestHelp:
    def test_says_999_first_and_leads_on_to_the_same_question(self, survey_of):
        talk = Talk.at_first_question(survey_of(CHOICE))

        card = talk.press("Get help now")
        said = talk.press("Carry on")

        assert card.startswith("If you or someone else is in danger, ring 999.")
        assert "Were you heard?" in said

    def test_does_not_stand_for_consent(self, survey_of):
        talk = Talk(survey_of(CHOICE))
        talk.on(Start())
        talk.type("help")

        talk.press("Carry on")

        assert talk.state.stage is Stage.WELCOME

    @pytest.mark.parametrize("event", [Text("SOS"), Text("🆘"), Command("sos"), Edited("sos")])
    def test_word_raises_a_concern(self, survey_of, event):
        talk = Talk.at_first_question(survey_of(WORDS))

        said = talk.on(event)

        assert talk.effects == [RaiseConcern()]
        assert "You are not in trouble." in said


class TestWhatIsNoAnswer:
    @pytest.mark.parametrize(
        ("event", "says"),
        [
            (Media("photo"), wording.NO_MEDIA),
            (Edited("other words"), wording.EDITED),
            (Command("dance"), wording.UNKNOWN_COMMAND),
        ],
    )
    def test_is_answered_kindly_and_kept_nowhere(self, survey_of, event, says):
        talk = Talk.at_first_question(survey_of(WORDS))

        said = talk.on(event)

        assert said.startswith(says)
        assert talk.effects == []


class TestTheWordsSaid:
    def test_name_no_way_to_find_the_person_where_there_is_none(self, survey_of):
        survey = survey_of(CHOICE)
        scene = Scene(council="C", helplines=(), outcomes_address="/outcomes")

        turn = take_turn(survey, State(session="s"), Start(), scene)

        assert "account" not in turn.messages[-1].text
        assert SCENE.may_identify in Talk(survey).on(Start())
