"""Links that hang somewhere, valid as they come, and officers in front of a page."""

import pytest

from tests.conftest import NOON
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import LinkKind, Response
from voice.services import links
from voice.services.consultations import find_by_slug
from voice.services.links import NewLink


def make_link(database, slug, kind=LinkKind.POSTER, *, label="Poster in the library", **more):
    """Make a link to an open consultation; return its code."""
    with database.writing() as session:
        consultation = find_by_slug(session, slug)
        officer = make_officer(session)
        new = NewLink(label, kind, **more)
        return links.make_link(session, consultation, officer, new, now=NOON).code


@pytest.fixture
def officer(app, database):
    """An officer of the usual team at work."""
    return officer_at(app, database)


def officer_at(app, database, **who):
    """Return an officer with a browser of their own."""
    visitor = Visitor(app)
    with database.writing() as session:
        sign_in(visitor.client, session, make_officer(session, **who))
    return visitor


def responses_in(database):
    """Return every response, oldest first."""
    with database.reading() as session:
        return session.query(Response).order_by(Response.started_at, Response.id).all()


def answer_the_play(visitor, page, *, worried="no", remember="Lots", helpful="very"):
    """Answer all of Chelsea's Choice from its first question on, and send it in."""
    page = visitor.press(page, ("attitude", "yes"))
    page = visitor.press(page, ("helpful", helpful))
    page = visitor.press(page, ("will_do", "respect"))
    page = visitor.press(page, ("worried", worried))
    if worried == "yes":
        page = visitor.press(visitor.ask("play", "knows_help"), ("knows_help", "no"))
    page = visitor.press(page, ("remember", remember))
    return visitor.press(page)


def press_at(visitor, page, ending, *given, button=0):
    """Fill in the form of a page that goes to an address with this ending, and press its button."""
    places = [place for place, form in enumerate(page.forms) if form.action.endswith(ending)]
    return visitor.press(page, *given, form=places[0], button=button)
