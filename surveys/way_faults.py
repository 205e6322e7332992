"""What makes the variants and the translations of a survey impossible to use, with its cure."""

from collections.abc import Iterator

from surveys.engine import Survey
from surveys.places import coded_parts, strangers
from surveys.questions import AnyQuestion
from surveys.translations import Translation
from surveys.variants import QuestionWording, Variant

Fault = tuple[tuple[str | int, ...], str]  # where it stands in the definition, and what to mend


def faults_in_ways(survey: Survey) -> Iterator[Fault]:
    """Give each fault in the variants and the translations."""
    yield from _twice("variant", [variant.code for variant in survey.variants])
    for number, variant in enumerate(survey.variants):
        for path, fault in _faults_in_variant(survey, variant):
            yield ("variants", number, *path), f"variant {variant.code}: {fault}"
    languages = [survey.language, *(each.language for each in survey.translations)]
    yield from _twice("language", languages)
    for number, translation in enumerate(survey.translations):
        for path, fault in faults_in_translation(survey, translation):
            where = f"translation {translation.language}"
            yield ("translations", number, *path), f"{where}: {fault}"


def faults_in_translation(survey: Survey, translation: Translation) -> Iterator[Fault]:
    """Give each fault of one translation, by its path in that translation."""
    for place in strangers(survey, translation):
        cure = "there is no such text in the survey; remove it or check its spelling"
        yield ("texts", place), f"{place}: {cure}"
    if translation.language == survey.language:
        yield ("language",), "is the language of the survey itself; remove it"


def _twice(what: str, codes: list[str]) -> Iterator[Fault]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield (f"{what}s",), f"{what} {code}: is there twice; remove one"


def _faults_in_variant(survey: Survey, variant: Variant) -> Iterator[Fault]:
    there = [question.code for question in survey.questions]
    paths: list[tuple[str, ...]] = [("leave_out",)] * len(variant.leave_out)
    paths += [("questions", code) for code in variant.questions]
    for path, code in zip(paths, (*variant.leave_out, *variant.questions), strict=True):
        if code not in there:
            yield path, f"question {code}: is not in the survey; check its spelling"
    if len(set(variant.leave_out)) >= len(there):
        yield ("leave_out",), "leaves every question out; ask at least one"
    if (variant.youngest or 0) > (variant.oldest if variant.oldest is not None else 120):
        yield ("youngest",), "youngest is more than oldest; swap them"
    for code, wording in variant.questions.items():
        question = survey.question(code)
        if question is not None:
            yield from _faults_in_wording(question, wording)


def _faults_in_wording(question: AnyQuestion, wording: QuestionWording) -> Iterator[Fault]:
    codes = {part.code for _, parts in coded_parts(question) for part in parts}
    for code in wording.options:
        if code not in codes:
            path = ("questions", question.code, "options", code)
            yield path, f"question {question.code}: has no option {code}; check its spelling"
