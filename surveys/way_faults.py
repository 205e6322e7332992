"""What makes the variants and the translations of a survey impossible to use, with its cure."""

from collections.abc import Iterator

from surveys.engine import Survey
from surveys.places import coded_parts, strangers
from surveys.questions import AnyQuestion
from surveys.translations import Translation
from surveys.variants import QuestionWording, Variant


def faults_in_ways(survey: Survey) -> Iterator[str]:
    """Give a sentence for each fault in the variants and the translations."""
    yield from _twice("variant", [variant.code for variant in survey.variants])
    for variant in survey.variants:
        for fault in _faults_in_variant(survey, variant):
            yield f"variant {variant.code}: {fault}"
    languages = [survey.language, *(each.language for each in survey.translations)]
    yield from _twice("language", languages)
    for translation in survey.translations:
        for fault in _faults_in_translation(survey, translation):
            yield f"translation {translation.language}: {fault}"


def _twice(what: str, codes: list[str]) -> Iterator[str]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{what} {code}: is there twice; remove one"


def _faults_in_variant(survey: Survey, variant: Variant) -> Iterator[str]:
    there = [question.code for question in survey.questions]
    for code in (*variant.leave_out, *variant.questions):
        if code not in there:
            yield f"question {code}: is not in the survey; check its spelling"
    if len(set(variant.leave_out)) >= len(there):
        yield "leaves every question out; ask at least one"
    if (variant.youngest or 0) > (variant.oldest if variant.oldest is not None else 120):
        yield "youngest is more than oldest; swap them"
    for code, wording in variant.questions.items():
        question = survey.question(code)
        if question is not None:
            yield from _faults_in_wording(question, wording)


def _faults_in_wording(question: AnyQuestion, wording: QuestionWording) -> Iterator[str]:
    codes = {part.code for _, parts in coded_parts(question) for part in parts}
    for code in wording.options:
        if code not in codes:
            yield f"question {question.code}: has no option {code}; check its spelling"


def _faults_in_translation(survey: Survey, translation: Translation) -> Iterator[str]:
    for place in strangers(survey, translation):
        yield f"{place}: there is no such text in the survey; remove it or check its spelling"
    if translation.language == survey.language:
        yield "is the language of the survey itself; remove it"
