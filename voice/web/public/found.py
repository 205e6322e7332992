"""The question that an address names, with what this browser has answered; and the next one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.pages import Page, Pages, group_of, next_page, page_with, pages_of, ungrouped
from surveys.questions import AnyQuestion, FreeText
from surveys.variants import Presentation
from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services import assisting, responses
from voice.web.addresses import address_of, address_of_question
from voice.web.public.asked import Sent
from voice.web.public.came import came_by
from voice.web.public.ways import newcomers_survey


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a survey, and what this browser has answered before."""

    consultation: Consultation
    survey: Survey
    question: AnyQuestion
    answers: dict[str, Answer]
    pages: Pages  # as somebody with these answers is shown them
    came: dict[str, str] = field(default_factory=dict)  # hidden fields: how they came to be asked
    helped: assisting.Helped | None = None  # what a worker who helps says of it; None without one

    @property
    def is_on_path(self) -> bool:
        """Whether somebody with these answers is asked it."""
        return bool(page_with(self.pages, self.question.code))

    @property
    def page(self) -> Page:
        """The questions that stand on its page now."""
        return page_with(self.pages, self.question.code) or (self.question,)

    def sent_from(self, shown: Iterable[str]) -> Page:
        """Return the questions that a page says it showed, of those that may stand on it."""
        codes = set(shown)
        group = group_of(self.survey, self.question)
        return tuple([each for each in group if each.code in codes]) or (self.question,)

    def asks_first_words(self, page: Page) -> bool:
        """Return whether the first question that asks for words is on it.

        There we say who reads them (PRI-4).
        """
        path = (each.code for one in self.pages for each in one if isinstance(each, FreeText))
        first = next(path, None)
        return first in [each.code for each in page]

    @property
    def given(self) -> dict[str, Sent]:
        """What was answered before to the questions on the page, as the page sent it."""
        before = ((each.code, self.answers.get(each.code)) for each in self.page)
        return {code: Sent(one.values, one.other) for code, one in before if one is not None}


def get_asked(consultation: Consultation, response: Response | None, code: str) -> Asked:
    """Return the question with this code, as worded when the response began, or as worded now.

    Raises:
        NotFoundError: if the survey asks no such question.
    """
    if response is None:
        survey = newcomers_survey(consultation)
        answers: dict[str, Answer] = {}
    else:
        survey, answers = survey_in_pages(response), responses.answers_of(response)
    question = survey.question(code)
    if question is None:
        raise NotFoundError("question")
    helped = assisting.helped_with(response, question) if response is not None else None
    pages = pages_of(survey, answers)
    return Asked(consultation, survey, question, answers, pages, came_by(response), helped)


def survey_in_pages(response: Response) -> Survey:
    """Return the survey as its pages ask it: one by one with pictures, or while a worker helps."""
    survey = responses.survey_for(response)
    one_by_one = response.helped_by or survey.presentation is Presentation.SYMBOLS
    return ungrouped(survey) if one_by_one else survey


def next_address(response: Response) -> str:
    """Return where to go on: the first page without an answer, the check, or the receipt."""
    slug = response.consultation.slug
    if response.submitted_at is not None:
        return address_of("public.sent", slug=slug)
    answers = responses.answers_of(response)
    page = next_page(pages_of(survey_in_pages(response), answers), answers)
    if not page:
        return address_of("public.check", slug=slug)
    return address_of_question(slug, page[0].code)
