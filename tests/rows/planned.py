"""A plan as an officer types it, and an officer who has just signed in."""

from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor

PLAN = {
    "survey": "library:early_help_2017",
    "slug": "our-plan",
    "kind": "public",
    "opens-day": "10",
    "opens-month": "10",
    "opens-year": "2016",
    "opens-time": "00:00",
    "closes-day": "18",
    "closes-month": "11",
    "closes-year": "2016",
    "closes-time": "23:59",
    "reasons": "It would bring help nearer.",
    "options": "Leave all as it is, or close two centres.",
    "documents": "The full proposal https://www.example.org/proposal.pdf",
    "decision-day": "15",
    "decision-month": "12",
    "decision-year": "2016",
}


def new_officer(app, database, **who):
    """Return the browser of an officer who has just signed in."""
    browser = Visitor(app)
    with database.writing() as session:
        sign_in(browser.client, session, make_officer(session, **who))
    return browser


def make_plan(officer, **changed):
    """Fill in the plan and save it; return the page that follows."""
    page = officer.open("/officers/consultations/new")
    return officer.press(page, *(PLAN | changed).items(), form=1)
