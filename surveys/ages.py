"""The age that is asked first, where a messenger's own terms keep the younger out.

Whoever is under 16 answers the same survey in the web chat; nothing of them is kept here.
"""

from surveys import wording
from surveys.spellings import number_in
from surveys.turns import Button, Event, Forget, Message, Scene, Stage, State, Tap, Text, Turn
from surveys.typed import plain

OLD_ENOUGH = 16
OLDEST = 120
# Each band's button, its value, and the words that mean it when they are typed.
_BANDS = (
    (wording.UNDER_13, "-u13", ("under 13", "1")),
    (wording.FROM_13_TO_15, "-u16", ("13 to 15", "13-15", "2")),
    (wording.OVER_16, "-o16", ("16 or over", "16+", "over 16", "3")),
)
_OLDER = "-o16"


def must_be_asked(state: State, scene: Scene) -> bool:
    """Return whether we do not know yet that this person may use this messenger."""
    return scene.asks_age and not state.is_of_age


def is_old_enough(state: State, event: Event) -> bool:
    """Return whether the person says, when asked, that they are 16 or over."""
    return _value_in(state, event) == _OLDER


def is_too_young(state: State, event: Event) -> bool:
    """Return whether the person says, when asked, that they are younger."""
    return _value_in(state, event) not in {None, _OLDER}


def rows(state: State) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each band."""
    start = f"{state.session}.{state.step}."
    return tuple((Button(label, start + value),) for label, value, _ in _BANDS)


def hand_over(state: State, scene: Scene) -> Turn:
    """Send somebody under 16 on to the web chat, and keep nothing of them here."""
    gone = State(session=state.session, step=state.step + 1, stage=Stage.STOPPED)
    words = wording.YOUNGER if scene.younger_at else wording.YOUNGER_WITHOUT_LINK
    said = Message(words.format(address=scene.younger_at, council=scene.council))
    return Turn(gone, (said, Message(wording.help_lines(scene))), (Forget(),))


def let_in(state: State) -> State:
    """Return the state of somebody who is old enough: waiting for a yes to the privacy words."""
    return state.but(stage=Stage.WELCOME, is_of_age=True)


def _value_in(state: State, event: Event) -> str | None:
    if state.stage is not Stage.AGE:
        return None
    match event:
        case Tap(token=token):
            values = (each.token.rpartition(".")[2] for row in rows(state) for each in row)
            start = f"{state.session}.{state.step}."
            return next((value for value in values if token == start + value), None)
        case Text(text=text):
            return _typed(plain(text), state.language)
        case _:
            return None


def _typed(said: str, language: str) -> str | None:
    for label, value, words in _BANDS:
        if said == plain(label) or said in words:
            return value
    age = number_in(said, language)
    if age is None or not len(_BANDS) < age <= OLDEST:
        return None
    return _OLDER if age >= OLD_ENOUGH else _BANDS[0][1]
