"""A walk through a draft: the answers that its pages carry, and the way that they lead."""

import json

from surveys.answers import Answer, AnswerRefusedError, read_answer
from surveys.checking.ways import Way, ways_through
from surveys.engine import Survey
from surveys.prompts import answer_in_words
from surveys.questions import AnyQuestion
from surveys.translations import language_name
from voice.web.officers.draft_fields import shortened

Answers = dict[str, Answer]


def carry(answers: Answers) -> str:
    """Return answers as a page carries them to the next one."""
    return json.dumps([[each.question, list(each.values), each.other] for each in answers.values()])


def read_carried(survey: Survey | None, carried_text: str) -> Answers:
    """Return the answers that the page before carried; those that are none are left out."""
    try:
        carried = json.loads(carried_text)
    except ValueError:
        return {}
    answers: Answers = {}
    if survey is None or not isinstance(carried, list):
        return answers
    for one in carried:
        match one:
            case [str(code), [*values], str(other)] if all(isinstance(v, str) for v in values):
                question = survey.question(code)
                if question is not None and not values:
                    answers[code] = Answer(code)
                elif question is not None:
                    answers |= _read_again(question, values, other)
    return answers


def _read_again(question: AnyQuestion, values: list[str], other: str) -> Answers:
    try:
        return {question.code: read_answer(question, values, other=other)}
    except AnswerRefusedError:
        return {}


def walked_so_far(survey: Survey, answers: Answers) -> list[tuple[int, str, str, str]]:
    """Return each question as (place, words, what became of it, answer)."""
    on_path = {question.code for question in survey.path(answers)}
    walked = []
    for place, question in enumerate(survey.questions, start=1):
        answer = answers.get(question.code)
        if question.code not in on_path:
            state, said = "Not asked", ""
        elif answer is None:
            state, said = "Still to come", ""
        elif answer.is_skipped:
            state, said = "Skipped", ""
        else:
            state, said = "Answered", answer_in_words(question, answer)
        walked.append((place, shortened(question.text), state, said))
    return walked


def all_ways(survey: Survey) -> dict[str, object]:
    """Return the variants, the languages, and every way through with answers that lead there."""
    found = ways_through(survey)
    places = {each.code: place for place, each in enumerate(survey.questions, start=1)}

    def because(way: Way) -> str:
        said = []
        for code, answer in way.because.items():
            question = survey.question(code)
            if question is not None:
                said.append(f"{places[code]}: {answer_in_words(question, answer)}")
        return "; ".join(said)

    languages = survey.languages if survey.translations else ()
    return {
        "variants": [(each.code, each.name) for each in survey.variants],
        "languages": [(each, language_name(each)) for each in languages],
        "are_all": found.are_all,
        "rows": [
            (number, len(way.asked), _as_ranges([places[code] for code in way.asked]), because(way))
            for number, way in enumerate(found.found, start=1)
        ],
    }


def _as_ranges(places: list[int]) -> str:
    """Return numbers as people write them, such as "1 to 7, 9"."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
