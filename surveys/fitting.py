"""A survey fitted to whoever answers it: in their wording, with only the questions meant for them.

Everything after this sees a plain survey. Answers are coded alike however they were asked for.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from surveys.engine import Survey
from surveys.places import coded_parts, translated
from surveys.questions import AnyQuestion, Definition
from surveys.settling import settled
from surveys.variants import QuestionWording

Reworded = TypeVar("Reworded", bound=Definition)


class Setting(NamedTuple):
    """Who answers, and how. Empty means the usual: the first variant, the survey's language."""

    channel: str = ""
    capacity: str = ""
    variant: str = ""
    language: str = ""
    keeps: tuple[str, ...] = ()  # answered before, so kept even if this variant leaves them out


THE_USUAL = Setting()
_PAPER = "paper"  # the channel on which words that point at the paper stay


def fit(survey: Survey, setting: Setting) -> Survey:
    """Return `survey` as somebody in `setting` is asked it.

    Conditions that look at who answers are settled, so that those that are left look at answers
    only; a question that is never asked of them is gone. Their wording is put in place, and that
    for a screen wherever it is not answered on paper. The variants stay, to be offered; so do the
    names of the languages.
    """
    variant = survey.variant(setting.variant)
    known = {
        "channel": setting.channel,
        "capacity": setting.capacity,
        "variant": variant.code if variant is not None else setting.variant,
    }
    settled_questions = (_settle(question, known) for question in survey.questions)
    asked = tuple(question for question in settled_questions if question is not None)
    fitted = translated(survey.model_copy(update={"questions": asked}), setting.language)
    return _in_variant(fitted if setting.channel == _PAPER else _on_screen(fitted), setting)


def _on_screen(survey: Survey) -> Survey:
    if all(question.on_screen is None for question in survey.questions):
        return survey
    questions = tuple(worded_for_screen(question) for question in survey.questions)
    return survey.model_copy(update={"questions": questions})


def worded_for_screen(question: AnyQuestion) -> AnyQuestion:
    """Return the question as a screen words it; most are worded alike on paper."""
    return _changed(question, question.on_screen)


def _settle(question: AnyQuestion, known: Mapping[str, str]) -> AnyQuestion | None:
    """Return the question with what is left of its condition, or None if it is never asked."""
    if question.ask_if is None:
        return question
    left = settled(question.ask_if, known)
    if left is False:
        return None
    return question.model_copy(update={"ask_if": None if left is True else left})


def _in_variant(survey: Survey, setting: Setting) -> Survey:
    variant = survey.variant(setting.variant)
    if variant is None:
        return survey
    left_out = set(variant.leave_out) - set(setting.keeps)
    questions = tuple(
        _reworded(question, variant.questions.get(question.code))
        for question in survey.questions
        if question.code not in left_out
    )
    return survey.model_copy(
        update={
            "title": variant.title or survey.title,
            "audience": variant.audience or survey.audience,
            "presentation": variant.presentation,
            "about": _changed(survey.about, variant.about),
            "questions": questions,
        }
    )


def _reworded(question: AnyQuestion, words: QuestionWording | None) -> AnyQuestion:
    """Return the question in other words; its codes stay as they are."""
    if words is None:
        return question
    parts = {
        name: tuple(_changed(part, words.options.get(part.code)) for part in coded)
        for name, coded in coded_parts(question)
    }
    return _changed(question.model_copy(update=parts), words)


def _changed(part: Reworded, words: Definition | None) -> Reworded:
    """Return `part` with each text that `words` gives, where it has such a text."""
    if words is None:
        return part
    given = {
        name: value
        for name in type(words).model_fields
        if name in type(part).model_fields
        and name not in {"code", "options"}
        and (value := getattr(words, name)) is not None
    }
    return part.model_copy(update=given)
