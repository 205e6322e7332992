"""What a turn of a chat becomes once its consultation is closed."""

from dataclasses import replace

from surveys import wording
from surveys.talking import said_in
from surveys.turns import BeginAgain, Consent, KeepAnswer, Message, Stage, Submit, Turn
from voice.models import Chat
from voice.services.chat_arrivals import Visit
from voice.services.chat_place import Place
from voice.services.chat_scenes import with_address


def unless_closed(visit: Visit, chat: Chat, place: Place, turn: Turn) -> Turn:
    """After the close, keep the last words that came, and say so instead of asking on."""
    state = place.state
    begins = any(isinstance(effect, Consent | BeginAgain) for effect in turn.effects)
    if begins and not chat.consultation.is_open(visit.now):
        return Turn(state, (_closed(visit, place),))
    begun_at = chat.response.started_at if chat.response else chat.started_at
    is_over = not chat.consultation.takes_answers(visit.now, begun_at=begun_at)
    said = tuple(effect for effect in turn.effects if isinstance(effect, KeepAnswer))
    asks_on = turn.state.stage in {Stage.ASKING, Stage.OTHER} and turn.state.step != state.step
    if not is_over or not (said or asks_on):
        return turn
    sent = (Submit(),) if turn.state.answers else ()
    finished = replace(turn.state, stage=Stage.FINISHED, submitted=True)
    return Turn(finished, (_closed(visit, place),), (*said, *sent))


def _closed(visit: Visit, place: Place) -> Message:
    return said_in(place.survey, Message(with_address(wording.CLOSED, visit.settings)))
