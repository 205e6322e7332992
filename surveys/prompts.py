"""What the chat says while it waits for somebody: the question and its buttons, at any stage."""

from dataclasses import dataclass, replace

from surveys import ages, wording, wording_parts
from surveys.answers import Answer
from surveys.engine import Survey
from surveys.how_far import told_at
from surveys.measures import MEASURES
from surveys.once import once_for_each
from surveys.parts import DONE, LEAVE_OUT, UNDO, InParts
from surveys.piping import Asked, codes_in, filled
from surveys.questions import (
    AnyQuestion,
    CardSort,
    Choice,
    Consent,
    Grid,
    Information,
    MediaQuestion,
    OneOf,
    Pair,
    Postcode,
    Ranking,
    Several,
)
from surveys.readback import words_of
from surveys.turns import Button, KeepAnswer, Message, Picture, Scene, Stage, State, Style, Turn
from surveys.typed import Named

# Button values that are no option codes: a code cannot begin with a dash.
SKIP, BACK, STOP, HELP = "-skip", "-back", "-stop", "-help"
NEXT = "-next"  # go on from a page that asks nothing
YES, NO, CARRY_ON, AGAIN = "-yes", "-no", "-on", "-again"
RETURN = "-return"  # from help to what was asked, which waits and needs no words to go on
DELETE = "-delete"  # where a channel has a button for it
COMMAND_OF = {SKIP: "skip", BACK: "back", STOP: "stop", HELP: "help", DELETE: "delete"}
TICK = "✅"  # before an option chosen so far, where several may be

Rows = tuple[tuple[Button, ...], ...]
Labels = tuple[tuple[tuple[str, str], ...], ...]  # rows of words and values, good at any step
_new = tuple.__new__  # makes a button at half the cost of calling its class
_HELP = ((wording.HELP, HELP),)
_WELCOME: Labels = (((wording.YES_START, YES),), ((wording.NO_START, NO),), _HELP)
_WISH: Labels = (
    ((wording.YES_TELL, YES), (wording.NO_TELL, NO)),
    ((wording.BACK, BACK),),
    _HELP,
)
_FORGETTING: Labels = (((wording.YES_DELETE, YES),), ((wording.NO_DELETE, NO),), _HELP)
_STOPPED: Labels = (((wording.CARRY_ON, CARRY_ON),), _HELP)
_FINISHED: Labels = (((wording.AGAIN, AGAIN),), _HELP)


def prompt_for(survey: Survey, state: State, scene: Scene) -> Message | None:
    """Return what `state` is waiting for, as it is asked, with buttons that work now.

    None only if the question asked is no longer in the survey.
    """
    match state.stage:
        case Stage.ASKING | Stage.OTHER:
            question = survey.question(state.asking)
            return ask(survey, state, question) if question is not None else None
        case Stage.AGE:
            return Message(wording.ASK_AGE, (*ages.rows(state), help_row(state)))
        case Stage.WELCOME:
            return Message(wording.privacy(survey, scene), buttons(state, _WELCOME))
        case Stage.WISH:
            return Message(wording.WISH, buttons(state, _WISH))
        case Stage.FORGETTING:
            return Message(wording.ASK_DELETE, buttons(state, _FORGETTING))
        case Stage.STOPPED:
            return Message(wording.IS_STOPPED, buttons(state, _STOPPED))
        case Stage.FINISHED:
            return Message(wording.FINISHED, buttons(state, _FINISHED))


def ask(survey: Survey, state: State, question: AnyQuestion) -> Message:
    """Return the question with its options, or the request for the words that go with one."""
    if state.stage is Stage.OTHER:
        return Message(wording.SPECIFY, buttons(state, _navigation(question)))
    shown = _afresh(question)
    if state.picks or shown.says_answers:
        # What has somebody's words in it is worked out for them alone and kept nowhere.
        shown = _shown(asked_now(survey, state, question), state.picks)
    text = shown.text
    if shown.is_numbered:
        text = f"{told_at(survey, state.answers, question.code)}\n\n{text}"
    return Message(text, buttons(state, shown.rows), pictures=shown.pictures)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A question as it looks at any step, to anybody who has chosen the same so far."""

    text: str
    rows: Labels
    pictures: tuple[Picture, ...] = ()
    is_numbered: bool = True  # it says which of how many it is
    says_answers: bool = False  # its words wait for earlier answers


@once_for_each(4_096)
def _afresh(question: AnyQuestion) -> _Shown:
    return replace(_shown(question, ()), says_answers=bool(codes_in(question)))


def _shown(question: AnyQuestion, picks: tuple[str, ...]) -> _Shown:
    if isinstance(question, Information):
        on = ((wording.GO_ON, NEXT),)
        return _Shown(told_in(question), (on, *_navigation(question)), is_numbered=False)
    parts = [part for part in (question.intro, told_in(question), question.hint) if part]
    parts += [wording.KEPT_APART] if question.equality else []
    if isinstance(question, CardSort):
        return _card(question, picks, parts)
    rows: Labels = ()
    match question:
        case Pair() | Ranking() | Grid():
            parts.append(wording_parts.how_to_answer(question, picks))
            rows = _part_rows(question, picks)
        case Several():
            parts.append(wording.how_to_choose(question))
            rows = (*_option_rows(question, picks), ((wording.DONE_CHOOSING, DONE),))
        case OneOf():
            rows = _option_rows(question, picks)
        case _:
            parts.append(wording.how_to_type(question))
    if isinstance(question, MediaQuestion) and picks:
        parts.append(wording.sent_so_far(len(picks)))
        rows = (((wording.DONE_CHOOSING, DONE),),)
    return _Shown("\n\n".join(parts), (*rows, *_navigation(question)), _pictures(question))


def _card(question: CardSort, picks: tuple[str, ...], parts: list[str]) -> _Shown:
    """Return one card with its piles; the question itself is said with the first card."""
    card = question.next_card(picks) or question.cards[-1]
    place = question.cards.index(card)
    said = parts if place == 0 else [question.text]
    text = "\n\n".join((*said, wording.card(place + 1, len(question.cards), card.in_words)))
    rows = tuple(((_label(pile), pile.code),) for pile in question.piles)
    pictures = (Picture(card.picture, card.label),) if card.picture else ()
    return _Shown(text, (*rows, *_navigation(question)), pictures, is_numbered=place == 0)


def _pictures(question: AnyQuestion) -> tuple[Picture, ...]:
    """Return the big pictures of the options; their numbers are those of the buttons."""
    if not isinstance(question, Choice | Several) or not question.shows_pictures:
        return ()
    numbered = enumerate(question.options, start=1)
    return tuple(Picture(o.picture, f"{place}. {o.label}") for place, o in numbered if o.picture)


def asked_now(survey: Survey, state: State, question: Asked) -> Asked:
    """Return the question with earlier answers in its words."""
    return filled(question, survey, state.answers)


def told_in(question: AnyQuestion) -> str:
    """Return the question, with all that an information page or a consent tells."""
    if isinstance(question, Information | Consent):
        return "\n\n".join((question.text, *question.paragraphs))
    if isinstance(question, Postcode) and question.told:
        return f"{question.text}\n\n{question.told}"
    return question.text


def echo_of(question: AnyQuestion, answer: Answer, language: str = "en") -> str:
    """Return what stays of a question whose buttons have done their work.

    What people chose about who they are is repeated nowhere, for it is kept nowhere with them.
    """
    if question.equality or not question.takes_answer:
        return told_in(question)
    return wording.you_said(question.text, answer_in_words(question, answer, language))


def with_echo(survey: Survey, state: State, turn: Turn) -> Turn:
    """Put what was chosen under its question, in place of the buttons that have done their work."""
    question = survey.question(state.asking)
    kept = [effect.answer for effect in turn.effects if isinstance(effect, KeepAnswer)]
    if question is None or not kept or state.stage is not Stage.ASKING:
        return turn
    said = echo_of(asked_now(survey, state, question), kept[0], survey.language)
    return turn._replace(messages=(Message(said, style=Style.EDIT), *turn.messages))


def answer_in_words(question: AnyQuestion, answer: Answer, language: str = "en") -> str:
    """Return an answer as its person said it: the options' words, the text, or that it was left."""
    if answer.is_skipped:
        return wording.skipped(language)
    if isinstance(question, MEASURES) or not isinstance(question, OneOf):
        return words_of(question, answer, language)
    chosen = (option.label for option in question.options if option.code in answer.values)
    return ", ".join(chosen) + (f": {answer.other}" if answer.other else "")


def button(state: State, label: str, value: str) -> Button:
    """Return a button that works for as long as `state` is the current step."""
    return Button(label, f"{state.session}.{state.step}.{value}")


def buttons(state: State, rows: Labels) -> Rows:
    """Return rows of buttons that work for as long as `state` is the current step."""
    start = f"{state.session}.{state.step}."
    made: list[tuple[Button, ...]] = []
    for row in rows:
        if len(row) == 1:  # most have one, and need no list of their own
            label, value = row[0]
            made.append((_new(Button, (label, start + value)),))
        else:
            made.append(tuple([_new(Button, (label, start + value)) for label, value in row]))
    return tuple(made)


def carry_on_row(state: State) -> Rows:
    """Return the one button that takes the person back to where they were."""
    return ((button(state, wording.CARRY_ON, CARRY_ON),),)


def help_row(state: State) -> tuple[Button, ...]:
    """Return the button that is under everything we ask."""
    return (button(state, wording.HELP, HELP),)


def way_on(state: State) -> Rows:
    """Offer to go on, wherever there is something to go on with."""
    match state.stage:
        case Stage.FINISHED:
            return ()
        case Stage.STOPPED:
            return carry_on_row(state)
        case _:
            return ((button(state, wording.CARRY_ON, RETURN),),)


def _option_rows(question: OneOf, picks: tuple[str, ...]) -> Labels:
    rows = []
    for option in question.options:
        label = _label(option)
        rows.append(((f"{TICK} {label}" if option.code in picks else label, option.code),))
    return tuple(rows)


def _part_rows(question: InParts, picks: tuple[str, ...]) -> Labels:
    match question:
        case Ranking():
            return _ranking_rows(question, picks)
        case Grid():
            leave = () if question.required else (((wording_parts.LEAVE_OUT, LEAVE_OUT),),)
            return (*(((_label(each), each.code),) for each in question.columns), *leave)
        case _:
            return ()


def _ranking_rows(question: Ranking, picks: tuple[str, ...]) -> Labels:
    rows = []
    for option in question.options:
        label = _label(option)
        if option.code in picks:
            place = wording_parts.place(picks.index(option.code) + 1)
            label = f"{TICK} {place}: {label}"
        rows.append(((label, option.code),))
    undo = ((wording_parts.UNDO, UNDO),) if picks else ()
    return (*rows, (*undo, (wording.DONE_CHOOSING, DONE)))


def _label(choice: Named) -> str:
    """Return the words of a choice, with its emoji before them."""
    return f"{choice.symbol} {choice.label}".strip()


def _navigation(question: AnyQuestion) -> Labels:
    is_asked = question.takes_answer and not question.required
    skip = ((wording.SKIP, SKIP),) if is_asked else ()
    return ((*skip, (wording.BACK, BACK), (wording.STOP, STOP)), _HELP)
