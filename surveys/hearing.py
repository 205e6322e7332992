"""Typed words as the conversation takes them: a button's own words are its press, in any language.

A plain yes or no in the survey's language is heard as one where we ask for it; as an answer to a
question, words stay as they were typed.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from surveys import reminding, wording, wording_parts, writing_first
from surveys.catalogue import offered_languages, say
from surveys.engine import Survey
from surveys.prompts import CARRY_ON, RETURN, prompt_for
from surveys.questions import CardSort, FreeText, Grid, OneOf, ShortText
from surveys.spellings import either_anywhere, is_either, spellings, yes_or_no
from surveys.turns import Button, Event, Scene, Stage, State, Style, Tap, Text, Turn
from surveys.typed import command_named, plain
from surveys.ways import OTHER_WAYS

ASIDE = "aside"  # in a state: something was said beside the question just now
# Buttons that mean the same at every step, or where nothing else waits.
_ANYWHERE = (
    wording.SKIP, wording.BACK, wording.STOP, wording.HELP, wording.DONE_CHOOSING,
    wording.CARRY_ON, wording.YES_START, wording.UNDER_13, wording.FROM_13_TO_15, wording.OVER_16,
    reminding.REMIND_ME, reminding.NO_REMINDER, wording_parts.LEAVE_OUT,
    writing_first.WRITE_TO_ME, writing_first.DO_NOT_WRITE, writing_first.NO_MORE_MESSAGES,
)  # fmt: skip
BUTTONS = (
    *_ANYWHERE, wording.NO_START, wording.GO_ON, wording.YES_TELL, wording.NO_TELL,
    wording.YES_DELETE, wording.NO_DELETE, wording.AGAIN, wording_parts.UNDO,
    writing_first.ANSWER_NOW, OTHER_WAYS,
)  # fmt: skip
_WORDS_ARE_ANSWERS = frozenset({Stage.ASKING, Stage.OTHER})
_YES_OR_NO_AT = frozenset({Stage.WELCOME, Stage.WISH, Stage.FORGETTING})
_HELP_IN = {"cymorth": "help", "pomoc": "help", "مدد": "help", "madad": "help"}
_MEANT = {wording.HELP: "help", wording.YES_START: "yes"}


def as_heard(survey: Survey, state: State, event: Event, scene: Scene) -> Event:
    """Return the press that these words stand for, or the words in English where they are ours."""
    if not isinstance(event, Text):
        return event
    said, language = plain(event.text), survey.language
    if state.step and said in _labels(language) and not command_named(said):
        pressed = _press(survey, state, said, scene)
        if pressed is not None:
            return pressed
    if said in either_anywhere() and _is_unclear(survey, state, event, said):
        return Text("")  # understood as nothing, so it is asked again
    if event.reads not in {"", language}:
        event = _from_pages(survey, state, event, said)
    return event if language == "en" else _in_english(event, state, said, language)


def _takes_yes(survey: Survey, state: State) -> bool:
    """Return whether a yes or a no could be what is waited for, and words of one's own not."""
    asked = survey.question(state.asking) if state.stage is Stage.ASKING else None
    return state.stage in _YES_OR_NO_AT or isinstance(asked, OneOf | CardSort | Grid)


def _is_unclear(survey: Survey, state: State, event: Text, said: str) -> bool:
    """Return whether this could be a yes or a no in a language of theirs, and one is asked."""
    theirs = (survey.language, state.language, event.reads)
    return _takes_yes(survey, state) and any(is_either(said, each) for each in theirs if each)


def _from_pages(survey: Survey, state: State, event: Text, said: str) -> Text:
    """Return a yes or a no in the language of the pages as one in English, where one is asked."""
    answered = yes_or_no(said, event.reads) if _takes_yes(survey, state) else None
    if answered is None or yes_or_no(said, survey.language) is not None:
        return event
    if state.stage is Stage.FORGETTING and said not in spellings(event.reads).says_yes:
        return event  # to delete takes a plain yes
    return Text("yes" if answered else "no")


def as_typed(turn: Turn) -> Turn:
    """Return the turn of a press as it is answered where there is no button to be changed."""
    said = tuple(each._replace(style=Style.SAY) for each in turn.messages if not each.is_echo)
    return turn._replace(messages=said)


def names_button(text: str) -> bool:
    """Return whether these words only name a button of ours, in any language."""
    return plain(text) in _all_labels()


def _press(survey: Survey, state: State, said: str, scene: Scene) -> Tap | None:
    """Return the press of the button that has these words now; None if there is none.

    The words of a choice stay words: they are found among the choices.
    """
    is_back = said in {plain(wording.CARRY_ON), plain(say(survey.language, wording.CARRY_ON))}
    on = CARRY_ON if state.stage is Stage.STOPPED else RETURN
    back = Tap(f"{state.session}.{state.step}.{on}")
    if is_back and state.last:  # the button said last, whatever else has the same words
        return back
    for button, value in _shown(survey, state, scene):
        if said in {plain(button.label), plain(say(survey.language, button.label))}:
            return Tap(button.token) if value.startswith("-") else None
    return back if is_back and not _keeps_words(survey, state) else None


def _keeps_words(survey: Survey, state: State) -> bool:
    """Return whether "Carry on" could be an answer, or a yes, where we are."""
    question = survey.question(state.asking) if state.stage is Stage.ASKING else None
    return state.stage is not Stage.ASKING or isinstance(question, FreeText | ShortText)


def _shown(survey: Survey, state: State, scene: Scene) -> Iterator[tuple[Button, str]]:
    prompt = prompt_for(survey, state, scene)
    for row in prompt.rows if prompt is not None else ():
        for button in row:
            yield button, button.token.rpartition(".")[2]


def _in_english(event: Text, state: State, said: str, language: str) -> Text:
    name = _buttons_in(language).get(said) or _HELP_IN.get(said)
    if name is None and state.stage not in _WORDS_ARE_ANSWERS:
        name = _yes_or_no(said, language, is_plain=state.stage is Stage.FORGETTING)
    return event if name is None else Text(_MEANT.get(name, name))


def _yes_or_no(said: str, language: str, *, is_plain: bool) -> str | None:
    """Return "yes" or "no"; to delete, only what begins a choice that says so is a yes."""
    spelled = spellings(language)
    if said in (spelled.says_yes if is_plain else spelled.yes):
        return "yes"
    return "no" if said in spelled.no else None


@lru_cache(maxsize=32)
def _buttons_in(language: str) -> Mapping[str, str]:
    """Return the English name of each button by its plain name in this language."""
    return {plain(say(language, name)): name for name in reversed(_ANYWHERE)}


@lru_cache(maxsize=32)
def _labels(language: str) -> frozenset[str]:
    return frozenset(plain(say(each, name)) for each in ("en", language) for name in BUTTONS)


@lru_cache(maxsize=1)
def _all_labels() -> frozenset[str]:
    return frozenset().union(*map(_labels, offered_languages()))
