"""K5: every page that a respondent may meet speaks the language chosen, and says so."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from surveys.catalogue import catalogue, in_language
from tests.architecture.test_routes import address_of
from tests.architecture.world import build_world
from tests.conftest import COUNCIL, NOON, SECRET
from tests.rows.spoken import OTHERS, in_our_letters, read_page, spoken_survey
from voice.app import create_app
from voice.config import Settings
from voice.database import Database
from voice.models import Link, LinkKind, Response
from voice.web import public

# Pages for staff, whom the council reaches in English; each with whom it is for.
FOR_STAFF = {
    "public.leave_kiosk": "whoever keeps the device",
}
# For workers, of a demonstration, or tried with each refusal (test_k5_languages).
NOT_HERE = {"helped", "hub", "wording"}
NO_PAGES = {"public.health", "public.copy"}  # for a machine; and text to take along
TO_TAKE_ALONG = (".pdf", ".docx", ".svg", ".png")
PEOPLE = ("anonymous", "respondent A", "respondent B", "kiosk")
KIOSK = "WXY456"
THEIR_OWN = "When is the next meeting?"  # what somebody asked, in whatever language
FEWEST = 120


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return build_world(tmp_path_factory.mktemp("spoken"), survey=spoken_survey())


@pytest.fixture(scope="module")
def app(world):
    database = Database(f"sqlite:///{world.folder / 'voice.db'}")
    yield create_app(Settings(world.folder, "", SECRET, COUNCIL), database, now=lambda: NOON)
    database.close()


def pages_of_respondents(app, world):
    """Return every address that a respondent may open, but for files."""
    rules = sorted(app.url_map.iter_rules(), key=lambda each: each.endpoint)
    theirs = [each.endpoint for each in rules if each.endpoint.startswith("public.")]
    theirs = [each for each in theirs if each not in FOR_STAFF and each not in NO_PAGES]
    found = dict.fromkeys(address_of(app, each, world) for each in theirs)
    return ["/nowhere", *(each for each in found if not each.endswith(TO_TAKE_ALONG))]


def tried(app, world, language):
    """Give (what was tried, the reply) for each page, opened and sent in without its guard."""
    with app.extensions["voice"].database.writing() as session:
        for each in session.scalars(select(Response)):
            each.language = language
    for person in PEOPLE:
        browser = browser_of(app, world, person)
        for address in pages_of_respondents(app, world):
            for method in ("GET", "POST"):
                browser.set_cookie("language", language)  # some pages forget who was there
                with browser.open(spoken_in(address, language, person), method=method) as reply:
                    is_page = reply.mimetype == "text/html" and reply.status_code not in {302, 303}
                    if is_page and reply.status_code != 405:
                        yield f"{person} {method} {address} {reply.status_code}", reply.text


def spoken_in(address, language, person):
    """Return the address; a kiosk begins in English, until somebody chooses a language there."""
    return f"{address}?language={language}&mine={language}" if person == "kiosk" else address


def browser_of(app, world, person):
    """Return this person's browser; a kiosk's knows by which link it came."""
    if person != "kiosk":
        return world.browser_of(app, person)
    with app.extensions["voice"].database.writing() as session:
        if session.scalar(select(Link).where(Link.code == KIOSK)) is None:
            ours = session.scalars(select(Link)).first().consultation
            session.add(Link(consultation=ours, code=KIOSK, label="A library", kind=LinkKind.KIOSK,
                             made_at=NOON))  # fmt: skip
    browser = app.test_client()
    browser.set_cookie("door", f"kiosk-{KIOSK}")
    return browser


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_of_a_respondent_speaks_the_language_chosen(app, world, language):
    wrong, seen = [], 0

    for what, body in tried(app, world, language):
        page, seen = read_page(body), seen + 1
        right = (language, "rtl" if language == "ur" else "ltr")
        wrong += [f"{what}: is {page.language}"] if (page.language, page.direction) != right else []
        wrong += [f"{what}: English at {page.unspoken}"] if page.unspoken else []
        said = [each for each in page.said if each != THEIR_OWN]
        left = in_our_letters(said) if language == "ur" else []
        left += [each for each in said if catalogue(language).get(each, each) != each]
        wrong += [f"{what}: “{each}”" for each in left]

    assert wrong == []
    assert seen >= FEWEST


def words_of_modules():
    """Give (module, words) for each sentence that a page of the public says from its module."""
    for found in pkgutil.iter_modules(public.__path__):
        module = importlib.import_module(f"{public.__name__}.{found.name}")
        for name, value in vars(module).items():
            said = value.values() if isinstance(value, dict) else (value,)
            if name.strip("_").isupper():
                yield from ((found.name, each) for each in said if is_sentence(each))


def is_sentence(value):
    return isinstance(value, str) and value[:1].isupper() and value.count(" ") > 1


def test_what_a_page_says_is_wrong_is_translated():
    said = set(words_of_modules())

    left = [each for each in said for one in OTHERS if in_language(each[1], one) == each[1]]

    assert {words for module, words in left if module not in NOT_HERE} == set()
    assert len(said) > 20


def test_what_a_respondent_takes_along_is_in_their_language(app, world):
    with app.extensions["voice"].database.writing() as session:
        for each in session.scalars(select(Response)):
            each.language = "ur"

    copy = world.browser_of(app, "respondent A").get("/consultations/ours/copy").text

    assert [each for each in copy.splitlines() if in_our_letters([each])] == []


# For keepers of a device: their page is in English.
STAFFS_TEMPLATES = {"kiosk_off"}
NO_WORDS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", re.DOTALL)
PRODUCTS = {"PDF", "SVG", "PNG"}


@pytest.mark.parametrize("folder", ["public", "errors", "layouts"])
def test_no_template_of_theirs_says_anything_but_by_the_catalogue(folder):
    bare = {}
    for path in sorted((Path(__file__).parents[2] / "templates" / folder).glob("*.html")):
        if path.stem not in STAFFS_TEMPLATES | {"401", "officers"}:
            words = re.findall(r"[A-Za-z]{2,}", NO_WORDS.sub(" ", path.read_text("utf-8")))
            bare |= {path.stem: words} if set(words) - PRODUCTS else {}

    assert bare == {}
