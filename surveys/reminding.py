"""A reminder, for somebody who stops and asks for one: tomorrow, once more after that, no more."""

from surveys.prompts import Rows, button, carry_on_row
from surveys.turns import Event, Message, Remind, Scene, Stage, State, Tap, Text, Turn
from surveys.typed import plain

REMIND, NO_MORE = "-remind", "-unremind"
REMIND_ME, NO_REMINDER = "Remind me tomorrow", "No reminder"
WILL_REMIND = "We will write to you here tomorrow, in the day. Once more after that, then no more."
WILL_NOT_REMIND = "We will not remind you. You can come back when you like."
REMINDER = "You stopped part of the way. Your answers are kept. Shall we carry on?"


def may_be_asked(state: State, scene: Scene) -> bool:
    """Return whether this person could be reminded of something: they stopped on the way."""
    is_on_the_way = bool(state.asking) and not state.submitted
    return scene.can_remind and state.stage is Stage.STOPPED and is_on_the_way


def on_reminding(state: State, event: Event, scene: Scene) -> Turn | None:
    """Return what to say to a wish about reminders; None if this is no such wish."""
    if not may_be_asked(state, scene):
        return None
    match _wish_in(state, event):
        case "":
            return None
        case wish if wish == REMIND:
            no = ((button(state, NO_REMINDER, NO_MORE),),)
            return Turn(
                state, (Message(WILL_REMIND, (*carry_on_row(state), *no)),), (Remind(True),)
            )
        case _:
            return Turn(state, (Message(WILL_NOT_REMIND, carry_on_row(state)),), (Remind(False),))


def offer_row(state: State) -> Rows:
    """Return the button by which a reminder is asked for."""
    return ((button(state, REMIND_ME, REMIND),),)


def reminder(state: State) -> Message:
    """Return what the reminder itself says, with buttons that work at this step."""
    return Message(REMINDER, (*carry_on_row(state), (button(state, NO_REMINDER, NO_MORE),)))


def _wish_in(state: State, event: Event) -> str:
    start = f"{state.session}.{state.step}."
    match event:
        case Tap(token=token) if token in {start + REMIND, start + NO_MORE}:
            return token.removeprefix(start)
        case Text(text=text) if plain(text) in {plain(REMIND_ME), "remind me", "remind"}:
            return REMIND
        case Text(text=text) if plain(text) == plain(NO_REMINDER):
            return NO_MORE
        case _:
            return ""
