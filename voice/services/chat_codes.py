"""What a chat says of personal codes, done: the answers are joined by one, or stand alone again."""

from surveys.turns import DropCode, Turn, UseCode
from voice.models import Chat
from voice.services import joining


def carry_out_codes(chat: Chat, turn: Turn, *, secret: str) -> None:
    """Join or part the answers of a chat as `turn` asks, behind the same wall as on a page."""
    for effect in turn.effects if chat.response is not None else ():
        match effect:
            case UseCode(code=code, side=side) if chat.response is not None:
                joining.join(chat.response, code, side=side, secret=secret)
            case DropCode() if chat.response is not None:
                joining.part(chat.response)
            case _:
                pass
