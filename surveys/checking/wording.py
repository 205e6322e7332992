"""Words that mislead: meant for paper, left over, two questions in one, or a promise not kept."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, all_words, must, should, words_about
from surveys.checking.piping import check_piping
from surveys.engine import Survey
from surveys.postcodes import Keeps
from surveys.questions import AnyQuestion, Date, FreeText, OneOf, Postcode, ShortText

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_WHICH = r"(?:one|all|any|as many|the|a|your|which|yes|no|below)"
_PAPER_ONLY = re.compile(
    rf"\bplease (?:circle|tick)\b|\b(?:circle|tick) {_WHICH}\b|\bpage {_NUMBER}\b"
    r"|\bseparate sheet\b|\bsee (?:page|over)\b|\boverleaf\b|\bblock capitals\b|\bblack ink\b"
    r"|\b(?:detailed|described|set out) in this document\b",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"_{3,}|\bTODO\b|\bTBC\b|\blorem ipsum\b|\{\{|\}\}|\[(?:insert|add|name|date)\b"
    r"|\bX{3,}\b|\?{3,}",
    re.IGNORECASE,
)
_ASKING = r"(?:what|where|how|who|when|why|which|whether)"
_VERB = r"(?:do|did|does|are|is|was|were|have|has|had|can|could|will|would|should)"
_SOMEBODY = r"(?:i|you|we|they|he|she|it|your|our|their)"
_TWO_IN_ONE = re.compile(
    rf"\b(?:and|as well as) {_ASKING}\b|\b{_ASKING} and {_ASKING}\b"
    rf"|\band (?:{_VERB}|{_SOMEBODY}) (?:{_SOMEBODY}|{_VERB}) |\band a (?:better|clearer|greater)\b"
    rf"|\b(?:is|are|was|were|feel|felt) (?:\w+ ){{0,4}}\w+ and \w+ ?[?.]?$",
    re.IGNORECASE,
)
_COUNTED = {2: "two", 3: "three", 4: "four", 5: "five"}
_PROMISE = re.compile(
    r"\bconfidential\w*|\banonym\w+|\bdo not ask (?:for )?your name\b"
    r"|\b(?:never|not) be identified\b",
    re.IGNORECASE,
)
_IDENTIFIES = re.compile(
    r"\byour (?:full |own |first |last |home |e-?mail |postal |tele|mobile )*"
    r"(?:name|surname|e-?mail|address|phone|phone number|number|date of birth|birthday)\b"
    r"|\bfull (?:home )?postcode\b",
    re.IGNORECASE,
)


def check_wording(survey: Survey) -> Iterator[Finding]:
    """Find words that mislead somebody who answers on a screen."""
    for code, text in all_words(survey):
        yield from _meant_for_paper(survey, code, text)
        yield from _left_over(survey, code, text)
    for question in survey.questions:
        yield from _two_in_one(question)
    yield from _promise_not_kept(survey)
    yield from _kept_whole(survey)
    yield from check_piping(survey)


def _meant_for_paper(survey: Survey, code: str, text: str) -> Iterator[Finding]:
    found = _PAPER_ONLY.search(text)
    if found is None:
        return
    if _is_worded_for_screen(survey, code, text):
        yield should(
            code,
            f"“{found[0]}” stands on paper only, and a screen has other words; "
            "make sure that the paper form has what it points to",
        )
    else:
        yield should(
            code,
            f"“{found[0]}” makes sense on paper only; move it to `printed_note`, "
            "give other words for `on_screen`, or show here what it points to",
        )


def _is_worded_for_screen(survey: Survey, code: str, text: str) -> bool:
    question = survey.question(code)
    words = question.on_screen if question is not None else None
    if question is None or words is None:
        return False
    names = [name for name in type(words).model_fields if getattr(words, name) is not None]
    return text in [getattr(question, name) for name in names]


def _left_over(survey: Survey, code: str, text: str) -> Iterator[Finding]:
    found = _LEFT_OVER.search(text)
    if found is None:
        return
    if _is_label_with_words(survey, code, text):
        yield should(
            code, f"“{found[0]}” is a line to write on, and is shown as it stands; take it out"
        )
    else:
        yield must(code, f"“{found[0]}” looks left over; finish the sentence")


def _is_label_with_words(survey: Survey, code: str, text: str) -> bool:
    question = survey.question(code)
    options = question.options if isinstance(question, OneOf) else ()
    return any(option.specify and option.label == text for option in options)


def _two_in_one(question: AnyQuestion) -> Iterator[Finding]:
    """Find several claims with one answer; a question answered in words can answer them all."""
    if not isinstance(question, FreeText | ShortText):
        for text in (question.text, *statements_in(question)):
            found = list(_TWO_IN_ONE.finditer(text))
            if found:
                joints = "”, “".join(each[0].strip() for each in found)
                yield should(
                    question.code,
                    f"may be {_COUNTED.get(len(found) + 1, 'many')} questions in one (“{joints}”), "
                    f"so that an answer to one hides the others; ask them one by one",
                )


def statements_in(question: AnyQuestion) -> Iterator[str]:
    """Give each statement that a question has people rate, such as the rows of a grid."""
    for row in getattr(question, "rows", ()):
        yield row.label


def _kept_whole(survey: Survey) -> Iterator[Finding]:
    for question in survey.questions:
        if isinstance(question, Postcode) and question.keeps is Keeps.WHOLE:
            yield should(
                question.code,
                "keeps the whole postcode, which names a few houses; make sure that the privacy "
                f"register says so: “{question.reason}”",
            )


def _promise_not_kept(survey: Survey) -> Iterator[Finding]:
    introductions = [question.intro for question in survey.questions]
    if not any(_PROMISE.search(text) for text in (*words_about(survey), *introductions)):
        return
    for question in survey.questions:
        asks_who = isinstance(question, Date | FreeText | ShortText | Postcode)
        if asks_who and (found := _IDENTIFIES.search(question.text)):
            yield should(
                question.code,
                f"asks for “{found[0]}” on a form that promises confidentiality; "
                f"ask for less (the first half of a postcode, no name), or promise less",
            )
