"""Somebody in a conversation, for tests: types, presses buttons by their words, and reads."""

from surveys.conversation import take_turn
from surveys.engine import Survey
from surveys.turns import (
    Effect,
    Event,
    Message,
    Scene,
    Start,
    State,
    Tap,
    Text,
)

SCENE = Scene(
    council="Testshire Council",
    helplines=("Emergency: 999", "Childline: 0800 1111"),
    outcomes_address="/outcomes",
    reference="7K3M-9QX2",
    may_identify=" We may use your account for that.",
)


class Talk:
    """One person's conversation about one survey, with nothing around it."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.state = State(session="s")
        self.messages: tuple[Message, ...] = ()
        self.effects: list[Effect] = []  # of the last turn
        self._shown: list[Message] = []

    @classmethod
    def at_first_question(cls, survey: Survey) -> "Talk":
        talk = cls(survey)
        talk.on(Start())
        talk.press("Yes, let’s start")
        return talk

    @classmethod
    def finished(cls, survey: Survey) -> "Talk":
        talk = cls.at_first_question(survey)
        while talk.state.stage.value == "asking":
            talk.press("Skip")
        talk.press("No, thanks")
        return talk

    def on(self, event: Event) -> str:
        """Return everything said in answer to this event."""
        turn = take_turn(self.survey, self.state, event, SCENE)
        self.state, self.messages, self.effects = turn.state, turn.messages, list(turn.effects)
        self._shown.extend(turn.messages)
        return "\n\n".join(message.text for message in turn.messages if not message.is_echo)

    def type(self, text: str) -> str:
        return self.on(Text(text))

    def press(self, label: str) -> str:
        return self.on(Tap(self.token(label)))

    def token(self, label: str) -> str:
        """Return the token of the newest button that says this."""
        for message in reversed(self._shown):
            for button in (button for row in message.rows for button in row):
                if label in button.label:
                    return button.token
        raise AssertionError(f"no button {label!r}")
