"""The number by which a question is called on paper, and by whoever types the paper in."""

from string import ascii_uppercase

from surveys.engine import Survey


def numbers_on_paper(survey: Survey) -> dict[str, str]:
    """Return the number of each question by its code: the one that the paper form prints.

    Where a form prints only some, the others have letters, so that no printed number moves;
    where it prints none, they are numbered in order from 1. A page that asks nothing has none.
    """
    asked = [question for question in survey.questions if question.takes_answer]
    if not any(question.printed_number for question in asked):
        return {each.code: str(place) for place, each in enumerate(asked, start=1)}
    unprinted = [each for each in asked if each.printed_number is None]
    letters = {each.code: _letters(place) for place, each in enumerate(unprinted)}
    return {each.code: letters.get(each.code, str(each.printed_number)) for each in asked}


def _letters(place: int) -> str:
    """Return A to Z for the places from 0, then AA, AB and so on."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]
