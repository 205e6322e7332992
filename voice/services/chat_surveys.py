"""The survey as it is asked in a chat, and the place where the chat is in it."""

from surveys.engine import Survey
from surveys.fitting import Setting
from surveys.turns import State
from voice.models import Chat
from voice.services import consultations, responses


def survey_in(chat: Chat) -> Survey:
    """Return the survey as it is asked in this chat."""
    if chat.response is not None:
        return responses.survey_for(chat.response)
    state = State.from_json(chat.state, {})
    return consultations.fitted(
        chat.version,
        Setting(
            channel=chat.participant.channel.value, variant=state.variant, language=state.language
        ),
    )


def state_of(chat: Chat) -> State:
    """Return where the chat is, with every answer kept so far."""
    answers = responses.answers_of(chat.response) if chat.response is not None else {}
    return State.from_json(chat.state, answers)
