"""What a page asks: one question, unless the author groups several. A chat ignores groups.

A question that another one of its group opens is no part of the group: it comes as a page of its
own, after the page of the group, as soon as its condition is met.
"""

from collections.abc import Iterator

from surveys.conditions import mentioned
from surveys.engine import Answers, Survey
from surveys.how_far import Place, length_of
from surveys.once import once_for_each
from surveys.questions import AnyQuestion

MOST_SURVEYS = 512  # as they are asked in their ways and languages
Page = tuple[AnyQuestion, ...]
Pages = tuple[Page, ...]


def group_of(survey: Survey, question: AnyQuestion) -> Page:
    """Return the questions that may stand on one page with this one, whatever was answered."""
    if not question.page or _opens_by_its_group(survey, question):
        return (question,)
    together = [each for each in survey.questions if each.page == question.page]
    return tuple(
        [each for each in together if each.ask_if is None or not _opens_by_its_group(survey, each)]
    )


def pages_of(survey: Survey, answers: Answers) -> Pages:
    """Return the pages that somebody with these answers is shown, in order."""
    path = survey.path(answers)
    codes = {question.code for question in path}
    pages: list[Page] = []
    placed: set[str] = set()
    for question in path:
        if question.code not in placed:
            group = group_of(survey, question) if question.page else (question,)
            pages.append(tuple([each for each in group if each.code in codes]))
            placed |= {each.code for each in group}
    return tuple(pages)


@once_for_each(MOST_SURVEYS)
def ungrouped(survey: Survey) -> Survey:
    """Return the survey with every question on a page of its own."""
    alone = tuple(each.model_copy(update={"page": ""}) for each in survey.questions)
    return survey.model_copy(update={"questions": alone})


def page_with(pages: Pages, code: str) -> Page:
    """Return the page on which the question with this code is asked; empty off the path."""
    for page in pages:
        if code in [each.code for each in page]:
            return page
    return ()


def page_before(pages: Pages, code: str) -> Page:
    """Return the page before the one with this code; empty at the first, or off the path."""
    page = page_with(pages, code)
    place = next((at for at, each in enumerate(pages) if each is page), 0)
    return pages[place - 1] if place else ()


def next_page(pages: Pages, answers: Answers) -> Page:
    """Return the first page with a question that has no answer; empty at the end."""
    for page in pages:
        if [each for each in page if each.code not in answers]:
            return page
    return ()


def place_of(survey: Survey, answers: Answers, pages: Pages, code: str) -> Place:
    """Return how far along the page with this code is; the end, if it is not on the path.

    `pages` are those that somebody with these answers is shown.
    """
    first = total = on_page = 0
    here = page_with(pages, code)
    for page in pages:
        asking = sum([question.takes_answer for question in page])
        if page is here:
            first, on_page = total + 1, asking
        total += asking
    length = length_of(survey, answers)
    return Place(first, first + on_page - 1, *length) if here else Place(total, total, *length)


def page_faults(survey: Survey) -> Iterator[tuple[int, str]]:
    """Give (place of the question, what to mend) for each that stands apart from its page."""
    ended: set[str] = set()
    before = ""
    for place, question in enumerate(survey.questions):
        if before and question.page != before:
            ended.add(before)
        if question.page in ended:
            yield place, f"is apart from the others of page {question.page}; put them together"
        before = question.page


def _opens_by_its_group(survey: Survey, question: AnyQuestion) -> bool:
    """Return whether another question of its group decides whether it is asked."""
    if question.ask_if is None:
        return False
    looked_at = {code for code, _ in mentioned(question.ask_if)}
    return any(each.page == question.page for each in survey.questions if each.code in looked_at)
