"""What the chat says while it waits for somebody: the question and its buttons, at any stage."""

from dataclasses import replace

from surveys import ages, wording, wording_parts
from surveys.answers import Answer
from surveys.engine import Survey, progress_at
from surveys.measures import MEASURES
from surveys.media_turns import has_sent
from surveys.parts import DONE, IN_PARTS, LEAVE_OUT, UNDO, InParts
from surveys.piping import Asked, filled
from surveys.postcodes import Postcode
from surveys.questions import AnyQuestion, CardSort, Choice, Grid, OneOf, Ranking, Several
from surveys.readback import words_of
from surveys.statements import Consent, Information
from surveys.turns import Button, KeepAnswer, Message, Picture, Scene, Stage, State, Style, Turn

# Button values that are no option codes: a code cannot begin with a dash.
SKIP, BACK, STOP, HELP = "-skip", "-back", "-stop", "-help"
NEXT = "-next"  # go on from a page that asks nothing
YES, NO, CARRY_ON, AGAIN = "-yes", "-no", "-on", "-again"
COMMAND_OF = {SKIP: "skip", BACK: "back", STOP: "stop", HELP: "help"}
TICK = "✅"  # before an option chosen so far, where several may be

Rows = tuple[tuple[Button, ...], ...]


def prompt_for(survey: Survey, state: State, scene: Scene) -> Message | None:
    """Return what `state` is waiting for, as it is asked, with buttons that work now.

    None only if the question asked is no longer in the survey.
    """
    match state.stage:
        case Stage.AGE:
            return Message(wording.ASK_AGE, (*ages.rows(state), help_row(state)))
        case Stage.WELCOME:
            return Message(wording.privacy(survey, scene), _welcome_rows(state))
        case Stage.ASKING | Stage.OTHER:
            question = survey.question(state.asking)
            return ask(survey, state, question) if question is not None else None
        case Stage.WISH:
            tell = (button(state, wording.YES_TELL, YES), button(state, wording.NO_TELL, NO))
            back = (button(state, wording.BACK, BACK),)
            return Message(wording.WISH, (tell, back, help_row(state)))
        case Stage.FORGETTING:
            delete = (button(state, wording.YES_DELETE, YES),)
            keep = (button(state, wording.NO_DELETE, NO),)
            return Message(wording.ASK_DELETE, (delete, keep, help_row(state)))
        case Stage.STOPPED:
            return Message(wording.IS_STOPPED, (*carry_on_row(state), help_row(state)))
        case Stage.FINISHED:
            again = (button(state, wording.AGAIN, AGAIN),)
            return Message(wording.FINISHED, (again, help_row(state)))


def ask(survey: Survey, state: State, question: AnyQuestion) -> Message:
    """Return the question with its options, or the request for the words that go with one."""
    question = asked_now(survey, state, question)
    if state.stage is Stage.OTHER:
        return Message(wording.SPECIFY, _navigation(state, question))
    if isinstance(question, Information):
        on = (button(state, wording.GO_ON, NEXT),)
        return Message(told_in(question), (on, *_navigation(state, question)))
    progress = progress_at(survey, state.answers, question.code)
    parts = [wording.progress(progress.number, progress.total)]
    parts += [part for part in (question.intro, told_in(question), question.hint) if part]
    parts += [wording.KEPT_APART] if question.equality else []
    if isinstance(question, CardSort):
        return _ask_card(state, question, parts)
    if isinstance(question, IN_PARTS):
        parts.append(wording_parts.how_to_answer(question, state.picks))
        return Message(
            "\n\n".join(parts), (*_part_rows(state, question), *_navigation(state, question))
        )
    if isinstance(question, Several):
        parts.append(wording.how_to_choose(question))
    elif not isinstance(question, OneOf):
        parts.append(wording.how_to_type(question))
    rows = _option_rows(state, question) if isinstance(question, OneOf) else ()
    if has_sent(question, state):
        parts.append(wording.sent_so_far(len(state.picks)))
        rows = ((button(state, wording.DONE_CHOOSING, DONE),),)
    shown = (*rows, *_navigation(state, question))
    return Message("\n\n".join(parts), shown, pictures=_pictures(question))


def _ask_card(state: State, question: CardSort, parts: list[str]) -> Message:
    """Return one card with its piles; the question itself is said with the first card."""
    card = question.next_card(state.picks) or question.cards[-1]
    place = question.cards.index(card)
    said = parts if place == 0 else [question.text]
    text = "\n\n".join((*said, wording.card(place + 1, len(question.cards), card.in_words)))
    piles = ((f"{pile.symbol} {pile.label}".strip(), pile.code) for pile in question.piles)
    rows = tuple((button(state, label, code),) for label, code in piles)
    pictures = (Picture(card.picture, card.label),) if card.picture else ()
    return Message(text, (*rows, *_navigation(state, question)), pictures=pictures)


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
    return replace(turn, messages=(Message(said, style=Style.EDIT), *turn.messages))


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


def carry_on_row(state: State) -> Rows:
    """Return the one button that takes the person back to where they were."""
    return ((button(state, wording.CARRY_ON, CARRY_ON),),)


def help_row(state: State) -> tuple[Button, ...]:
    """Return the button that is under everything we ask."""
    return (button(state, wording.HELP, HELP),)


def way_on(state: State) -> Rows:
    """Offer to go on, wherever there is something to go on with."""
    return () if state.stage is Stage.FINISHED else carry_on_row(state)


def _welcome_rows(state: State) -> Rows:
    return (
        (button(state, wording.YES_START, YES),),
        (button(state, wording.NO_START, NO),),
        help_row(state),
    )


def _option_rows(state: State, question: OneOf) -> Rows:
    buttons = []
    for option in question.options:
        label = f"{option.symbol} {option.label}".strip()
        marked = f"{TICK} {label}" if option.code in state.picks else label
        buttons.append(button(state, marked, option.code))
    rows = tuple((each,) for each in buttons)
    if isinstance(question, Several):
        return (*rows, (button(state, wording.DONE_CHOOSING, DONE),))
    return rows


def _part_rows(state: State, question: InParts) -> Rows:
    match question:
        case Ranking():
            return _ranking_rows(state, question)
        case Grid():
            leave = () if question.required else ((wording_parts.LEAVE_OUT, LEAVE_OUT),)
            named = (
                (f"{each.symbol} {each.label}".strip(), each.code) for each in question.columns
            )
            return tuple((button(state, label, value),) for label, value in (*named, *leave))
        case _:
            return ()


def _ranking_rows(state: State, question: Ranking) -> Rows:
    buttons = []
    for option in question.options:
        label = f"{option.symbol} {option.label}".strip()
        if option.code in state.picks:
            place = wording_parts.place(state.picks.index(option.code) + 1)
            label = f"{TICK} {place}: {label}"
        buttons.append((button(state, label, option.code),))
    undo = (button(state, wording_parts.UNDO, UNDO),) if state.picks else ()
    return (*buttons, (*undo, button(state, wording.DONE_CHOOSING, DONE)))


def _navigation(state: State, question: AnyQuestion) -> Rows:
    is_asked = question.takes_answer and not question.required
    skip = () if not is_asked else (button(state, wording.SKIP, SKIP),)
    return (
        (*skip, button(state, wording.BACK, BACK), button(state, wording.STOP, STOP)),
        help_row(state),
    )
