"""Whatever people write stays words: on their own pages, in the chat, on the officers' (SEC-2)."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.journeys.browser import DESK, HEIGHT, origin_of, watch
from tests.journeys.served import open_surveys, served
from tests.journeys.walker import Page
from tests.stores import new_sqlite
from tests.voice.themed import make_officer, make_theme
from voice.app import create_app
from voice.config import Settings
from voice.models import Concern, Consultation, Outcome, OutcomeKind, Response, Role, SignIn
from voice.services import keys
from voice.web.access import roles_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = (Path(__file__).parent / "hostile_words.txt").read_text(encoding="utf-8").splitlines()
EARLY_HELP = "/consultations/early-help"
CHAT = "/consultations/viewpoint/chat"
DANGER = "I want to kill myself "
# Where the words of one person go: the question, what is chosen there, and the field of the words.
PLACES = (
    ("important", (), "important"),
    ("proposal", (), "proposal"),
    ("found_out", (("found_out", "another"),), "found_out-other"),
    ("information", (), "information"),
    ("organisation_kind", (("organisation_kind", "other"),), "organisation_kind-other"),
    ("organisation", (), "organisation"),
)
TURNS = ("start", "yes", "Very good", "About the same", "Always")  # up to the first free text

TAKEN_ALONG = (
    ".<kind>", ".csv", ".docx", ".html", ".json", ".pdf", ".png", ".svg", ".xlsx", ".yaml", ".zip",
)  # fmt: skip


class Person:
    """One browser whose every dialog is written down and sent away."""

    def __init__(self, browser, root):
        context = browser.new_context(viewport={"width": DESK, "height": HEIGHT})
        self.visit = watch(context, origin=origin_of(root + "/"))
        self.page, self.root, self.dialogs = self.visit.page, root, []
        self.drawn = None
        self.page.on("dialog", self._note)

    def _note(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def look(self, path):
        """Open a page, hover over it, and return what stands on it."""
        self.page.goto(self.root + path, wait_until="load")
        self.page.mouse.move(400, 400)
        return self.page.locator("body").inner_text()

    def send(self, path, *given):
        """Open a page and send its form in, without drawing it: quick, with the same cookies."""
        drawn = self._drawn_at(self.root + path)
        form = max(drawn.forms, key=lambda each: len(each.texts) + len(each.choices))
        sent = urlencode([*form.hidden, *given])
        reply = self.page.context.request.post(
            form.action,
            data=sent,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert reply.status == 200, reply.status
        self.drawn = self._read(reply)
        return self.drawn

    def _drawn_at(self, address):
        """Return the page there: the one that the last form led to, if it is that."""
        if self.drawn is None or self.drawn.address != address:
            self.drawn = self._read(self.page.context.request.get(address))
        return self.drawn

    def trouble(self):
        """Return what must be empty: dialogs, policy reports, requests to other hosts."""
        return self.dialogs + self.visit.complaints()

    @staticmethod
    def _read(reply):
        return Page(reply.url, reply.status, reply.text())


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    store = new_sqlite(tmp_path_factory.mktemp("hostile"))
    open_surveys(store, early_help="early_help_2017", viewpoint="hmip_viewpoint")
    yield store
    store.close()


@pytest.fixture(scope="module")
def app(database, tmp_path_factory):
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        database_url=str(database.engine.url),
        secret_key=SECRET,
        council=COUNCIL,
    )
    return create_app(settings, database, now=lambda: NOON)


@pytest.fixture(scope="module")
def root(app):
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def respondents(browser, root):
    """People who wrote every hostile word between them; each looked at their own pages."""
    people = []
    for at in range(0, len(HOSTILE), len(PLACES)):
        person = Person(browser, root)
        person.send(EARLY_HELP)
        person.send(f"{EARLY_HELP}/questions/capacity", ("capacity", "organisation"))
        wrote = HOSTILE[at : at + len(PLACES)]
        for (code, chosen, name), words in zip(PLACES, wrote, strict=False):
            person.send(f"{EARLY_HELP}/questions/{code}", *chosen, (name, words))
        people.append((person, wrote))
    return people


class TestHostileWords:
    def test_stay_words_on_the_pages_of_whoever_wrote_them(self, respondents):
        missing = []
        for person, wrote in respondents:
            for code, _, _ in PLACES[: len(wrote)]:
                person.look(f"{EARLY_HELP}/questions/{code}")
            checked = person.look(f"{EARLY_HELP}/check")
            person.send(f"{EARLY_HELP}/check")
            receipt = person.look(f"{EARLY_HELP}/sent")
            missing += [words for words in wrote if words not in checked or words not in receipt]

        assert missing == []
        assert [person.trouble() for person, _ in respondents if person.trouble()] == []
        assert len(HOSTILE) > 100

    def test_stay_words_in_the_chat(self, browser, root):
        missing, trouble = [], []
        for at in range(0, len(HOSTILE), 2):
            person, wrote = Person(browser, root), HOSTILE[at : at + 2]
            person.send(CHAT, ("start", "yes"))
            for words in (*TURNS[1:], *wrote):
                person.send(CHAT, ("words", words))
            said = person.look(CHAT)
            missing += [words for words in wrote if words not in said]
            trouble += person.trouble()
            person.page.context.close()

        assert missing == []
        assert trouble == []

    def test_stay_words_on_every_page_of_the_officers(self, browser, root, app, database, spoken):
        officers = {role: Person(browser, root) for role in (Role.ADMIN, Role.SAFEGUARDING)}
        read = dict.fromkeys(officers, "")
        for role, person in officers.items():
            person.page.context.add_cookies([_cookie_for(database, role, root)])
            for path in _pages_for(app, role, spoken):
                read[role] += person.look(path)

        missing = [words for words in HOSTILE if words not in read[Role.ADMIN]]
        assert missing == []
        assert DANGER + HOSTILE[0] in read[Role.SAFEGUARDING]
        assert [person.trouble() for person in officers.values()] == [[], []]

    def test_stay_words_in_the_briefing_that_is_taken_along(
        self, browser, root, app, database, spoken
    ):
        person = Person(browser, root)
        person.page.context.add_cookies([_cookie_for(database, Role.ADMIN, root)])
        reply = person.page.context.request.get(
            f"{root}/officers{EARLY_HELP}/briefing.html", timeout=60_000
        )

        # As a file on a desk: no header forbids anything there.
        person.page.set_content(reply.text(), wait_until="load")

        assert reply.status == 200
        assert person.trouble() == []

    def test_would_be_noticed_if_they_were_more_than_words(self, browser, root):
        person = Person(browser, root)

        person.page.set_content("<img src='https://evil.example/' onerror='alert(1)'>")
        person.page.wait_for_function("document.images[0].complete")

        assert person.dialogs == ["1"]
        assert any("evil.example" in each for each in person.trouble())


def _cookie_for(database, role, root):
    """Let somebody of this role work in a browser."""
    key = keys.new_key()
    with database.writing() as session:
        officer = make_officer(session, role=role)
        session.add(
            SignIn(key_hash=keys.hash_key(key), officer_id=officer.id, began_at=NOON, seen_at=NOON)
        )
    return {"name": "officer", "value": key, "url": root}


@pytest.fixture(scope="module")
def spoken(database, respondents):
    """What stands in the addresses, once themes, an outcome and a concern are made of the words."""
    person = respondents[0][0]
    with database.writing() as session:
        consultation = session.scalar(select(Consultation).where(Consultation.slug == "early-help"))
        people = session.scalars(select(Response).where(Response.submitted_at.is_not(None))).all()
        theme = make_theme(session, consultation, list(people), label=HOSTILE[0])
        theme.description, theme.words = HOSTILE[18], list(HOSTILE[:40])
        theme.mentions = [_as_quote(each) for each in theme.mentions]
        outcome = Outcome(
            consultation=consultation,
            theme_id=theme.id,
            kind=OutcomeKind.DID,
            you_said="\n".join(HOSTILE[::2]),
            we_did="\n".join(HOSTILE[1::2]),
            press_key="hostile",
            published_at=NOON,
        )
        session.add(outcome)
        session.flush()
        named = {"theme_id": theme.id, "outcome_id": outcome.id}
    _ask_for_help(person)
    with database.reading() as session:
        concerns = session.scalars(select(Concern))
        named["concern_id"] = next(each.id for each in concerns if each.words.startswith(DANGER))
    return named | {"slug": "early-help", "code": "important"}


def _as_quote(mention):
    mention.is_quote = True
    return mention


def _ask_for_help(person):
    """Begin again and write words of danger with a script in them."""
    person.send(EARLY_HELP)
    person.send(f"{EARLY_HELP}/questions/important", ("important", DANGER + HOSTILE[0]))


def _pages_for(app, role, named):
    """Return every address that this role may open and that shows a page."""
    shown = ["/", "/outcomes", EARLY_HELP]
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and role in roles_for(app, rule.endpoint):
            shown += _numbered(_filled(rule.rule, named))
    return shown


def _filled(path, named):
    for name, value in named.items():
        for pattern in (f"<{name}>", f"<uuid:{name}>"):
            path = path.replace(pattern, str(value))
    return path


def _numbered(path):
    """Return the addresses of a list's pages; files that are taken along are no pages."""
    if path.endswith(TAKEN_ALONG):
        return []
    if path.endswith("/responses"):
        return [f"{path}?page={number}" for number in range(1, 6)]
    return [path]
