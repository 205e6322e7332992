"""People who keep their answers together by a code: each form on a device of its own."""

import re
from datetime import timedelta

from surveys.definition import read_from_library
from tests.conftest import SECRET
from tests.factories import make_consultation, make_response
from tests.voice.web.visitor import Visitor
from voice.services import joining, keys

SHOWN = re.compile(r"Your code<br><strong>([^<]+)</strong>")


def new_code(name="somebody"):
    """A code that the service could have given; another name, another code."""
    return keys.personal_code_from(SECRET, name)


def open_forms(database, survey, *slugs):
    """Open a consultation of this survey for each slug, such as a term."""
    with database.writing() as session:
        for slug in slugs:
            asked = survey if not isinstance(survey, str) else read_from_library(survey)
            made = make_consultation(session, survey=asked, slug=slug)
            made.title = f"{asked.title} {slug}"


def answer(app, clock, slug, code=None, **answers):
    """Answer on a device of one's own; with "" a code is asked for. Return the code used."""
    clock.moment += timedelta(minutes=1)
    browser = Visitor(app)
    browser.begin(slug)
    for question, value in answers.items():
        fields = value.items() if isinstance(value, dict) else [(question, value)]
        browser.press(browser.ask(slug, question), *fields)
    if code is not None:
        page = use_code(browser, slug, code)
        code = SHOWN.search(page.body)[1] if code == "" else code
    browser.press(browser.open(f"/consultations/{slug}/check"))
    assert "Your answers are in" in browser.open(f"/consultations/{slug}/sent").body
    return code


def use_code(browser, slug, code, *side):
    """Type the code in, or ask for one with ""."""
    page = browser.open(f"/consultations/{slug}/code")
    return browser.press(page, ("code", code), *side, button=0 if code else 1)


def joined(session, consultation, code, *, side="", **answers):
    """A response that was sent in and joined by this code, without its pages."""
    response = make_response(session, consultation, **answers)
    joining.join(response, code, side=side, secret=SECRET)
    session.flush()
    return response


def cells(page, heading):
    """The cells of the table row with this heading, in words."""
    row = re.search(rf">{re.escape(heading)}</th>(.*?)</tr>", page, re.DOTALL)[1]
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
