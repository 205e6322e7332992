"""Where somebody who answers goes next."""

from surveys.pages import next_page, pages_of
from voice.models import Response
from voice.services import responses
from voice.web.addresses import address_of, address_of_question
from voice.web.public.found import survey_in_pages


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
