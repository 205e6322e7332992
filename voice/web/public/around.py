"""What stands round the questions of a page: where it is among the others, and what it carries."""

from dataclasses import dataclass

from surveys.how_far import Place
from surveys.pages import Page, page_before, place_of
from voice.web.addresses import address_of, address_of_question
from voice.web.public.found import Asked


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round the questions of a page and can differ where they are the same."""

    slug: str
    title: str
    demonstration: str
    came: tuple[tuple[str, str], ...]
    place: Place
    back: str
    first_words: bool


def around(asked: Asked, shown: Page) -> Around:
    """Return what stands round the questions that are shown."""
    consultation, first = asked.consultation, shown[0].code
    return Around(
        slug=consultation.slug,
        title=consultation.title,
        demonstration=consultation.demonstration,
        came=tuple(asked.came.items()),
        place=place_of(asked.survey, asked.answers, asked.pages, first),
        back=_address_before(consultation.slug, page_before(asked.pages, first)),
        first_words=asked.asks_first_words(shown),
    )


def _address_before(slug: str, page: Page) -> str:
    """Return the address of the page before: the start page, if there is none."""
    if not page:
        return address_of("public.start", slug=slug)
    return address_of_question(slug, page[0].code)
