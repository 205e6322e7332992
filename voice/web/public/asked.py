"""A question as a page draws it, and what the page sent back, read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.answers import Answer, AnswerRefusedError, Refusal, read_answer, storable
from surveys.engine import Audience
from surveys.measures import MEASURES
from surveys.questions import (
    AnyQuestion,
    CardSort,
    Date,
    Faces,
    FreeText,
    MediaQuestion,
    OneOf,
    Option,
    Question,
    Several,
    ShortText,
)
from surveys.statements import Consent, Information
from voice.web.public.asked_measures import draw_measure, read_measure_form
from voice.web.public.media import check_media, draw_media, read_media
from voice.web.public.piles import draw_cards, picture_address, read_piles
from voice.web.public.wording import how_to_answer, refusal_in_words, words_wanted


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent back for one question, exactly as it came."""

    values: tuple[str, ...]
    other: str = ""
    may_be_empty: bool = False  # they were asked for the words of `other` before


def other_name(question: Question) -> str:
    """Return the name of the field for the words that go with "please specify"."""
    return f"{question.code}-other"


def asked_name(question: Question) -> str:
    """Return the name of the field that says that these words were asked for before."""
    return f"{question.code}-other-asked"


def read_form(question: Question, form: MultiDict[str, str]) -> Sent:
    """Return what the page sent back, without what no store can hold."""
    if isinstance(question, MediaQuestion):
        return Sent(*read_media(question, form))
    if isinstance(question, CardSort):
        return Sent(read_piles(question, form))
    if isinstance(question, Date):
        parts = (form.get(f"{question.code}-{part}", "") for part in question.precision.parts)
        return Sent(tuple(storable(each) for each in parts))
    if isinstance(question, MEASURES):
        return Sent(tuple(storable(each) for each in read_measure_form(question, form)))
    values = tuple(map(storable, form.getlist(question.code)))
    other = form.get(other_name(question))
    return Sent(values, storable(other) if other else "", asked_name(question) in form)


def read_sent(
    question: AnyQuestion, sent: Sent, audience: Audience
) -> tuple[Answer | None, str | None]:
    """Return the answer, or None and what is wrong with it in this audience's words."""
    try:
        if isinstance(question, MediaQuestion):
            check_media(question, sent.values)
        return read_answer(question, sent.values, other=sent.other), None
    except AnswerRefusedError as refused:
        return None, refusal_in_words(refused.refusal, question, audience, given=sent.values)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page sent back, read: every answer, or what is wrong, by the question's code."""

    answers: tuple[Answer, ...]
    errors: list[tuple[str, str]]


def read_page(
    page: Iterable[AnyQuestion], sent: Mapping[str, Sent], audience: Audience
) -> ReadPage:
    """Return the answers to all questions of a page, and what is wrong with any."""
    answers: list[Answer] = []
    errors: list[tuple[str, str]] = []
    for question in page:
        answer, error = read_sent(question, sent[question.code], audience)
        if answer is not None and lacks_words(question, answer, sent[question.code]):
            answer, error = None, words_wanted(audience)
        if answer is not None:
            answers.append(answer)
        if error:
            errors.append((question.code, error))
    return ReadPage(tuple(answers), errors)


def lacks_words(question: AnyQuestion, answer: Answer, sent: Sent) -> bool:
    """Return whether "please specify" was chosen and left empty for the first time.

    Only asked once more: nobody has to say what it is.
    """
    if sent.may_be_empty or answer.other.strip() or not isinstance(question, OneOf):
        return False
    return any(each.specify and each.code in answer.values for each in question.options)


def refused_files(questions: Sequence[AnyQuestion]) -> dict[str, Refusal]:
    """Write down every file that came with a form, and return why others were not taken."""
    refusals = {}
    for question in questions:
        if isinstance(question, MediaQuestion):
            try:
                check_media(question)
            except AnswerRefusedError as refused:
                refusals[question.code] = refused.refusal
    return refusals


def draw_question(
    question: AnyQuestion, sent: Sent | None, *, error: str | None = None
) -> dict[str, Any]:
    """Return the question as components/question_single.html draws it, with what was given."""
    drawn: dict[str, Any] = {
        "kind": question.kind,
        "name": question.code,
        "text": question.text,
        "intro": question.intro,
        "hint": _hint(question),
        "error": error,
        "given": _given(question, sent),
    }
    if isinstance(question, FreeText | ShortText):
        drawn["max_chars"] = question.max_chars
    if isinstance(question, Information | Consent):
        drawn["paragraphs"] = question.paragraphs
    if isinstance(question, MEASURES):
        return drawn | draw_measure(question, sent.values if sent is not None else ())
    if isinstance(question, OneOf):
        drawn |= _draw_options(question, sent, is_refused=error is not None)
    if isinstance(question, MediaQuestion):
        sent = sent or Sent(())
        drawn |= draw_media(question, sent.values, sent.other)
    if isinstance(question, CardSort):
        drawn |= draw_cards(question, sent.values if sent is not None else ())
    if isinstance(question, Date):
        drawn |= {"parts": question.precision.parts, "given": _parts_given(question, sent)}
    return drawn


def _hint(question: AnyQuestion) -> str:
    """Return the hint, and after it how many options may be chosen."""
    return " ".join(each for each in (question.hint, *how_to_answer(question)) if each)


def _given(question: AnyQuestion, sent: Sent | None) -> str | Sequence[str] | None:
    if sent is None:
        return None
    if isinstance(question, Several | CardSort):
        return sent.values
    return sent.values[0] if sent.values else None


def _parts_given(question: Date, sent: Sent | None) -> dict[str, str]:
    """Return what stands in each field: as it was sent, or as it was kept, year first."""
    values = sent.values if sent is not None else ()
    if len(values) == 1:
        values = tuple(part.lstrip("0") for part in reversed(values[0].split("-")))
    return dict(zip(question.precision.parts, values, strict=False))


def _draw_options(question: OneOf, sent: Sent | None, *, is_refused: bool) -> dict[str, Any]:
    # One of each kind stands apart; any more stand among the others, so that none is ever missing.
    apart = [each for each in question.options if each.specify][:1]
    alone = [each for each in question.options if each.exclusive and each not in apart][:1]
    alone *= isinstance(question, Several)
    shown = [each for each in question.options if each not in apart and each not in alone]
    drawn: dict[str, Any] = {"options": [_draw_option(question, each) for each in shown]}
    if alone:
        drawn["exclusive"] = _draw_option(question, alone[0])
    if apart:
        drawn["other"] = {
            "value": apart[0].code,
            "label": apart[0].on_screen,
            "symbol": apart[0].symbol,
            "name": other_name(question),
            "text": sent.other if sent else "",
            "is_asked_for": is_refused and apart[0].code in (sent.values if sent else ()),
        }
    return drawn


def _draw_option(question: OneOf, option: Option) -> tuple[str | None, ...]:
    """Return a face as (value, label, feeling), any other as (…, hint, symbol, picture)."""
    if isinstance(question, Faces):
        return option.code, option.label, option.symbol
    return option.code, option.on_screen, None, option.symbol, picture_address(option.picture)
