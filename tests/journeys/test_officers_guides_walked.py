"""An officer does the steps of the officers' guides, by the words that stand in them.

Each test names what its guide says and it leaves out. The author's guide is walked in
test_author.py, the plan and the decision of a public consultation in rows/test_a6_*.py.
"""

import re
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import PASSPHRASE, make_consultation, make_response
from tests.journeys.browser import DESK, open_page
from tests.journeys.filling import fill_in
from tests.journeys.served import served
from tests.voice.themed import make_theme
from voice.models import Role
from voice.services import officers
from voice.services.officers import NewOfficer

pytestmark = pytest.mark.browser

EMAILS = ("officer@council.example", "second@council.example")
SURVEY = "ours"
POINT, QUOTE = "Several spoke of late buses", "We wait an hour in the dark"


@pytest.fixture
def root(app, database):
    with database.writing() as session:
        for email in EMAILS:
            new = NewOfficer(email, PASSPHRASE, role=Role.OFFICER, team="families")
            officers.add_officer(session, new, now=NOON)
        consultation = make_consultation(session, slug=SURVEY)
        answered = [
            make_response(session, consultation, capacity="individual", important="More buses")
        ]
        make_theme(session, consultation, answered, label="Buses")
    with served(app) as address:
        yield address


@pytest.fixture
def sign_in(browser, root):
    """Return a function that signs an officer in and shows the consultation's page."""
    visits = []

    def as_officer(email=EMAILS[0]):
        visits.append(open_page(browser, f"{root}/officers", width=DESK))
        page = visits[-1].page
        page.set_default_timeout(10_000)
        fill_in(page, {"E-mail address": email, "Passphrase": PASSPHRASE})
        press(page, "Sign in")
        return page

    yield as_officer
    for visit in visits:
        assert visit.complaints() == []
        visit.page.context.close()


@pytest.fixture
def officer(sign_in):
    return sign_in()


@pytest.fixture
def choose(root):
    """Return a function that opens the consultation's page and follows these links in turn."""

    def choose(page, *links):
        page.goto(f"{root}/officers/consultations/{SURVEY}")
        for each in links:
            follow(page, each)

    return choose


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    link, drawn_as_button = (
        page.get_by_role(role, name=name, exact=True) for role in ("link", "button")
    )
    with page.expect_navigation():
        link.or_(drawn_as_button).first.click()


def fill(page, **fields):
    """Type into each field by its name; a day is "1 6 2026"."""
    for name, value in fields.items():
        if name.endswith(("_on", "_up")) or name == "closes":
            for part, typed in zip(("day", "month", "year"), value.split(), strict=True):
                page.locator(f"[name='{name}-{part}']").fill(typed)
        else:
            page.locator(f"[name='{name}']").fill(value)


def words_of(page):
    return " ".join(page.locator("main").inner_text().split())


def test_listening(officer, choose, sign_in):
    """Not here: several printed ways, one service, evidence by standard, a column's words."""
    choose(officer, "Groups, visits and letters", "Write one down")
    officer.get_by_role("radio", name="Focus group").check()
    fill(officer, held_on="30 5 2026", place="Library", who="Young carers", headcount="9")
    officer.get_by_label("What they said, as you noted it").first.fill(POINT)
    officer.get_by_label("Their exact words").first.fill(QUOTE)
    press(officer, "Save")
    assert "Focus group (9 people)" in words_of(officer)
    assert "2 points" in words_of(officer)

    choose(officer, "Papers typed in twice")
    press(officer, "Type papers in twice from now on")
    choose(officer, "Enter a paper or phone answer")
    reference = type_in(officer)
    second = sign_in(EMAILS[1])
    choose(second, "Papers typed in twice")
    fill_in(second, {"Reference on the paper": reference})
    press(second, "Type it again")
    type_answers(second)
    press(second, "Compare with the first typing")
    assert f"Paper {reference} is checked, and counts" in words_of(second)

    choose(officer, "Bring answers in from a file")
    table = b"capacity,important\nindividual,Swings\nindividual,Shelters\n"
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": table}
    officer.get_by_label("The file").set_input_files(file)
    press(officer, "Continue")
    press(officer, "Check every row")
    fill_in(officer, {"How many answers must there be?": "2"})
    fill_in(officer, {"Day": "1", "Month": "6", "Year": "2026"})
    press(officer, "Bring them in")
    assert "2 answers" in words_of(officer)
    press(officer, "Delete all that came in")
    assert "Every answer that the file brought in is deleted" in words_of(officer)


def type_answers(page):
    page.get_by_role("radio", name="An individual").first.check()
    page.locator("[name='important']").fill("A bench at the stop")


def type_in(page):
    page.get_by_role("radio", name="Paper").check()
    type_answers(page)
    press(page, "Save")
    return page.locator("#saved h2").inner_text().removeprefix("Saved as ")


def test_following_up(officer, choose):
    """Not here: e-mail (rows/test_a13_reminders_by_mail), three months later, codes, two sides."""
    choose(officer, "Invited by name")
    fill(officer, people="A. Member, member@example.org\nB. Partner, 12 High Street")
    press(officer, "Add to the list")
    press(officer, "Make a reminder for the 2 who have not replied")
    assert "Reminder 1, made on Monday 1 June 2026, for 2" in words_of(officer)
    officer.get_by_label("Who?").select_option(label="A. Member")
    officer.get_by_role("radio", name="Does not want to reply").check()
    press(officer, "Write it down")
    assert "Letters to the 1 who have not replied" in words_of(officer)
    choose(officer, "Who may open it")
    officer.get_by_role("radio", name="Only the officers ticked below").check()
    officer.get_by_role("checkbox", name=EMAILS[0]).check()
    press(officer, "Save")
    assert "That is saved" in words_of(officer)
    choose(officer, "Pledges")
    fill(officer, words="A bus shelter", owner="Head of transport", follow_up="1 6 2026")
    press(officer, "Add the pledge")
    assert "Ask now: 1" in words_of(officer)
    officer.get_by_label("Which pledge?").select_option(index=1)
    officer.get_by_role("radio", name="Delivered", exact=True).check()
    press(officer, "Write it down")
    assert "1 pledge: 1 delivered" in words_of(officer)
    choose(officer, "Before conferences")
    officer.get_by_label("References and days").fill("CP1, 20 June 2026")
    press(officer, "Add to the list")
    follow(officer, re.compile("^Heard otherwise"))
    officer.get_by_role("radio", name="On paper").check()
    fill_in(officer, {"Day": "30", "Month": "5", "Year": "2026"})
    press(officer, "Write it down")
    assert "Heard (on paper)" in words_of(officer)
    press(officer, re.compile("^Take it back"))
    assert "Heard (on paper)" not in words_of(officer)


def test_a_consultation_that_no_decision_waits_for(officer, choose, clock, sign_in):
    """Not here: the plan, late replies, considering themes, the decision, the server's commands."""
    choose(officer, "Change the closing date")
    fill(officer, closes="20 6 2026", reason="Half term")
    officer.locator("[name='closes-time']").fill("17:00")
    press(officer, "Continue")
    press(officer, "Change the closing date")
    choose(officer, "Tell people more")
    fill(officer, title="Costs", words="What it would cost.")
    press(officer, "Publish this information")
    assert "Version 1: Costs Shown now" in words_of(officer)
    fill(officer, you_said="Buses are late.", we_are="We are asking the companies.")
    press(officer, "See what people will read")
    press(officer, "Publish this notice")
    clock.moment = NOON + timedelta(days=40)
    officer = sign_in()
    choose(officer, "Themes")
    press(officer, "Sign the list off")
    press(officer, "Sign the list off")
    follow(officer, "Buses")
    fill_in(officer, {"You said": "Buses are late.", "We did it": True})
    officer.get_by_label("In a few sentences").fill("There are two more buses from September.")
    press(officer, "See what people will read")
    press(officer, "Publish")
    choose(officer, "Publish the results")
    press(officer, "Publish the results")
    assert "The results are published" in words_of(officer)
    choose(officer, "Evidence")
    assert officer.get_by_text("Download the evidence (zip)").is_visible()
    choose(officer, "Where it stands")
    press(officer, "Put it into the archive")
    assert "It is in the archive" in words_of(officer)
