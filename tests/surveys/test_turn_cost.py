"""What a turn costs, counted in calls of Python so that no busy machine changes it; what it keeps.

`make bench-chat` measures the same conversation in turns a second of processor time.
"""

import gc
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from surveys.conversation import take_turn
from surveys.definition import read_from_library
from surveys.prompts import _Shown
from surveys.talking import talk
from surveys.turns import Start, State, Text, Turn
from tests.surveys.talk import SCENE, Talk

SURVEY = read_from_library("hmip_viewpoint")
SAID = ("yes", "1", "2", "3", "My worker listens", "More trips", "no")
# What was measured and a twentieth more: 269 alone (582 before a question was made ready once), and
# 413 in the person's own way and language, as the service takes a turn, typed words understood.
CALLS = {take_turn: 283, talk: 434}
SECRET = "Oakhanger Rovers"
CLUB = {"code": "club", "kind": "short_text", "text": "Which club?"}
HOW = {"code": "how", "text": "How is {answer:club}?"}
BEST = {"code": "best", "kind": "several", "text": "What is best at {answer:club}?"}
OPTIONS = {"options": [{"code": "a", "label": "The field"}, {"code": "b", "label": "The tea"}]}


def calls_in(act: Callable[[], None]) -> int:
    """Return how many Python functions are entered while this is done."""
    entered = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal entered
        entered += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return entered


def hold_a_conversation(take: Callable[..., Turn]) -> None:
    state = State(session="s")
    for event in (Start(), *map(Text, SAID)):
        state = take(SURVEY, state, event, SCENE).state
    assert state.submitted


@pytest.mark.parametrize("take", CALLS, ids=lambda take: take.__name__)
def test_a_whole_conversation_stays_cheap(take):
    hold_a_conversation(take)

    assert calls_in(partial(hold_a_conversation, take)) <= CALLS[take]


def test_what_somebody_said_is_in_no_question_that_is_kept_ready(survey_of):
    talk = Talk.at_first_question(survey_of(CLUB, BEST | OPTIONS, HOW))
    asked = [talk.type(SECRET), talk.press("The tea"), talk.press("Done")]
    del talk

    gc.collect()
    ready = [each for each in gc.get_objects() if isinstance(each, _Shown)]

    assert SECRET in asked[0]
    assert SECRET in asked[2]
    assert ready
    assert not [each for each in ready if SECRET in each.text]
