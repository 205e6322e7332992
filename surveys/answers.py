"""Raw words in, an answer out: the one door for the web, the chat, paper and files.

Three states stay different everywhere: not asked (there is no answer), skipped, answered.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from surveys.cards import placed
from surveys.dates import read_date
from surveys.measured import read_measure
from surveys.measures import MEASURES, Measure, Ranking
from surveys.question import options_by_code
from surveys.questions import (
    AnyQuestion,
    CardSort,
    Date,
    FreeText,
    MediaQuestion,
    Number,
    OneOf,
    Postcode,
    Several,
    ShortText,
    Time,
)
from surveys.refusals import AnswerRefusedError, Refusal
from surveys.statements import Information
from surveys.times import read_time

__all__ = ["AnswerRefusedError", "Refusal"]  # found here by everybody

MAX_OTHER_CHARS = 2_000
MAX_NUMBER_DIGITS = 12
_Answerable = (
    OneOf
    | Measure
    | CardSort
    | MediaQuestion
    | FreeText
    | ShortText
    | Number
    | Date
    | Time
    | Postcode
)
_IN_WORDS = FreeText, ShortText  # a tuple, for it is asked at every turn
_Written = Number | Date | Time | Postcode


class Answer(NamedTuple):
    """What one person said to one question.

    `values` are option codes, or one text exactly as it was typed; none means asked and skipped.
    `other` holds the words that go with an option that asks people to specify.
    """

    question: str
    values: tuple[str, ...] = ()
    other: str = ""

    @property
    def is_skipped(self) -> bool:
        """Whether the person was asked and chose not to say."""
        return not self.values

    @property
    def text(self) -> str:
        """The words typed, for a question whose answer is text; empty when skipped."""
        return self.values[0] if self.values else ""


def storable(text: str) -> str:
    """Return `text` without what no store can hold (NUL, lone surrogates), else unchanged."""
    if text.isascii() and "\x00" not in text:
        return text
    without_nul = text.replace("\x00", "")
    return without_nul.encode("utf-8", "ignore").decode("utf-8")


def read_answer(question: AnyQuestion, raw: Sequence[str], *, other: str = "") -> Answer:
    """Return `raw` (option codes, one text, or a date in parts) as an answer to `question`.

    Text is kept exactly as typed, spaces and all; only blank counts as nothing said.

    Raises:
        AnswerRefusedError: if it is missing but required, is no option, or is out of bounds.
    """
    given = tuple([each for each in map(storable, raw) if each.strip()])
    if isinstance(question, Information):
        return Answer(question.code)  # it was shown: there is nothing to answer
    if not given and not (other.strip() and isinstance(question, MediaQuestion)):
        if question.required:
            raise AnswerRefusedError(question.code, Refusal.MISSING)
        return Answer(question.code)
    return _read_given(question, given, storable(other) if other else "")


def _read_given(question: _Answerable, given: tuple[str, ...], other: str) -> Answer:
    if isinstance(question, OneOf) and not isinstance(question, Ranking):
        return _read_options(question, given, other)
    if isinstance(question, _IN_WORDS):
        return Answer(question.code, (_read_words(question, given[0]),))
    if isinstance(question, MediaQuestion):
        return _read_media(question, given, other)
    if isinstance(question, MEASURES):
        return Answer(question.code, read_measure(question, given))
    if isinstance(question, CardSort):
        return Answer(question.code, _read_cards(question, given))
    return Answer(question.code, (_read_text(question, given),))


def _read_text(question: _Written, given: tuple[str, ...]) -> str:
    match question:
        case Number():
            return _read_number(question, given[0])
        case Date():
            return _read_date(question, " ".join(given))
        case Time():
            return _read_time(question, given[0])
        case Postcode():
            return question.read(given[0])


def _read_options(question: OneOf, given: tuple[str, ...], other: str) -> Answer:
    by_code = options_by_code(question.options)
    if any([code not in by_code for code in given]):
        raise AnswerRefusedError(question.code, Refusal.NOT_AN_OPTION)
    chosen = given if len(given) == 1 else tuple(code for code in by_code if code in given)
    if len(chosen) > 1 and not isinstance(question, Several):
        raise AnswerRefusedError(question.code, Refusal.ONLY_ONE)
    if len(chosen) > 1 and any(by_code[code].exclusive for code in chosen):
        raise AnswerRefusedError(question.code, Refusal.EXCLUSIVE)
    if isinstance(question, Several) and not by_code[chosen[0]].exclusive:
        _check_how_many(question, len(chosen))
    if not other:
        return Answer(question.code, chosen)
    if len(other) > MAX_OTHER_CHARS:
        raise AnswerRefusedError(question.code, Refusal.TOO_LONG)
    keeps_words = bool(other.strip()) and any(by_code[code].specify for code in chosen)
    return Answer(question.code, chosen, other if keeps_words else "")


def _read_media(question: MediaQuestion, given: tuple[str, ...], words: str) -> Answer:
    """Return the ids of what was sent, with the words that came with it."""
    are_ids = all(re.fullmatch(r"[0-9a-f]{32}", each) for each in given)
    if len(given) > question.most and are_ids:
        raise AnswerRefusedError(question.code, Refusal.TOO_MANY)
    if not given or not are_ids or len(set(given)) < len(given):
        raise AnswerRefusedError(question.code, Refusal.NO_FILE)
    if len(words) > MAX_OTHER_CHARS:
        raise AnswerRefusedError(question.code, Refusal.TOO_LONG)
    return Answer(question.code, given, words if words.strip() else "")


def _read_cards(question: CardSort, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cards in their order; some may lie in no pile, unless an answer is required."""
    done = question.sorted_in(given)
    if len(set(given)) > len(done) or any(question.pile(pile) is None for pile in done.values()):
        raise AnswerRefusedError(question.code, Refusal.NOT_AN_OPTION)
    if question.required and question.next_card(given) is not None:
        raise AnswerRefusedError(question.code, Refusal.UNSORTED)
    return tuple(placed(card, pile) for card, pile in done.items())


def _check_how_many(question: Several, chosen: int) -> None:
    if chosen < (question.fewest or 0):
        raise AnswerRefusedError(question.code, Refusal.TOO_FEW)
    if chosen > (question.most or chosen):
        raise AnswerRefusedError(question.code, Refusal.TOO_MANY)


def _read_words(question: FreeText | ShortText, text: str) -> str:
    if len(text) > question.max_chars:
        raise AnswerRefusedError(question.code, Refusal.TOO_LONG)
    return text


def _read_number(question: Number, text: str) -> str:
    digits = text.strip().replace(",", "")
    if not re.fullmatch(rf"-?[0-9]{{1,{MAX_NUMBER_DIGITS}}}", digits):
        raise AnswerRefusedError(question.code, Refusal.NOT_A_NUMBER)
    if not question.lowest <= int(digits) <= question.highest:
        raise AnswerRefusedError(question.code, Refusal.OUT_OF_RANGE)
    return str(int(digits))


def _read_date(question: Date, text: str) -> str:
    found = read_date(text, question.precision)
    if found is None:
        raise AnswerRefusedError(question.code, Refusal.NOT_A_DATE)
    if not (question.lowest or found) <= found <= (question.highest or found):
        raise AnswerRefusedError(question.code, Refusal.OUT_OF_RANGE)
    return found


def _read_time(question: Time, text: str) -> str:
    found = read_time(text)
    if found is None:
        raise AnswerRefusedError(question.code, Refusal.NOT_A_TIME)
    return found
