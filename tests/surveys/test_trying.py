"""A survey tried out by its author: the phone and the chat are at one place in one walk."""

import pytest

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.fitting import THE_USUAL
from surveys.trying import Stand, answer, begin, on_phone, say, show, step_back
from surveys.turns import Stage, Tap, Text
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import SCENE

YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
GONE = {"code": "gone", "kind": "choice", "text": "Did you go?", "options": YES_NO}
LIKE = {"code": "like", "kind": "free_text", "text": "What was it like?",
        "ask_if": {"question": "gone", "is": "yes"}}  # fmt: skip
LAST = {"code": "last", "kind": "free_text", "text": "Anything else?"}
AGREE = {"code": "agree", "kind": "consent", "text": "Do you agree?", "required": True,
         "body": "We ask you."}  # fmt: skip


def stand_of(*questions, **more):
    whole = {"code": "s", "title": "S", "about": ABOUT, "questions": questions} | more
    return Stand(Survey.model_validate(whole), SCENE)


def press(stand, trial, label):
    for message in reversed(trial.messages):
        for button in (button for row in message.rows for button in row):
            if label in button.label:
                return say(stand, trial.state, Tap(button.token))
    raise AssertionError(f"no button {label!r}")


def asked(stand, trial):
    question = on_phone(stand.asked(trial.state), trial.state)
    return question.code if question is not None else None


@pytest.fixture
def stand():
    return stand_of(GONE, LIKE, LAST)


@pytest.fixture
def begun(stand):
    return press(stand, begin(stand, THE_USUAL), "Yes, let’s start")


def test_the_chat_begins_with_its_privacy_words_and_the_phone_with_its_first_question(stand):
    trial = begin(stand, THE_USUAL)

    assert trial.state.stage is Stage.WELCOME
    assert asked(stand, trial) == "gone"


def test_a_tap_moves_the_phone_along(stand, begun):
    trial = press(stand, begun, "Yes")

    assert trial.state.answers["gone"].values == ("yes",)
    assert asked(stand, trial) == "like"


def test_typed_words_are_an_answer_and_skip_and_back_work(stand, begun):
    typed = say(stand, press(stand, begun, "Yes").state, Text("Fine"))
    skipped = press(stand, typed, "Skip")
    back = press(stand, skipped, "Back")

    assert typed.state.answers["like"].values == ("Fine",)
    assert skipped.state.answers["last"].is_skipped
    assert skipped.done == ("Here the answers would be sent in.",)
    assert (asked(stand, skipped), asked(stand, back)) == (None, "last")


def test_an_answer_on_the_phone_moves_the_chat_along(stand):
    trial = answer(stand, begin(stand, THE_USUAL).state, [Answer("gone", ("no",))])

    assert "Anything else?" in trial.messages[-1].text
    assert press(stand, trial, "Skip").state.stage is Stage.WISH


def test_back_on_the_phone_keeps_the_answers(stand, begun):
    trial = step_back(stand, press(stand, begun, "No").state, "last")

    assert asked(stand, trial) == "gone"
    assert trial.state.answers["gone"].values == ("no",)


def test_back_from_the_end_is_the_last_question_asked(stand, begun):
    at_end = press(stand, press(stand, begun, "No"), "Skip")

    assert asked(stand, step_back(stand, at_end.state, "")) == "last"


def test_a_button_of_an_earlier_step_says_so_and_the_question_stands(stand, begun):
    moved = press(stand, begun, "Yes")
    again = say(stand, moved.state, Tap(begun.messages[-1].rows[0][0].token))

    assert again.state == moved.state
    assert "What was it like?" in again.messages[-1].text


def test_deleting_leaves_nothing_but_to_begin_again(stand, begun):
    deleted = press(stand, say(stand, begun.state, Text("/delete")), "Yes, delete")

    assert (deleted.is_over, dict(deleted.state.answers)) == (True, {})
    assert deleted.done == ("Here everything answered so far would be deleted.",)


def test_a_call_for_help_says_who_would_be_told(stand, begun):
    assert press(stand, begun, "Get help now").messages[0].text
    assert say(stand, begun.state, Text("sos")).done == (
        "Here a member of staff would be told that somebody asked for help.",
    )


def test_whoever_does_not_agree_on_the_phone_is_at_the_end_with_nothing(stand):
    stand = stand_of(AGREE, LAST)
    trial = answer(stand, begin(stand, THE_USUAL).state, [Answer("agree", ("no",))])

    assert (trial.is_over, dict(trial.state.answers)) == (True, {})


def test_another_way_chosen_in_the_chat_is_the_phones_as_well():
    easy = {
        "code": "easy",
        "name": "Easy words",
        "questions": {"gone": {"text": "Were you there?"}},
    }
    stand = stand_of(GONE, LAST, variants=[{"code": "all", "name": "All"}, easy])
    begun = press(stand, begin(stand, THE_USUAL), "Yes, let’s start")

    changed = press(stand, say(stand, begun.state, Text("/ways")), "Easy words")

    assert stand.asked(changed.state).question("gone").text == "Were you there?"
    assert "Were you there?" in changed.messages[-1].text


def test_answering_again_begins_anew(stand, begun):
    at_end = press(stand, press(stand, begun, "No"), "Skip")
    again = press(stand, press(stand, at_end, "No, thanks"), "gain")

    assert (again.state.stage, dict(again.state.answers)) == (Stage.WELCOME, {})


def test_showing_a_question_that_is_gone_asks_the_next_one(stand, begun):
    smaller = stand_of(LAST)

    assert asked(smaller, show(smaller, begun.state)) == "last"
