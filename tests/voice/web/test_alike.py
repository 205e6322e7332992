"""Pages that are alike for everybody: drawn once, sealed for each, never with anybody's words."""

import re
from datetime import timedelta

import pytest

from tests.factories import make_consultation
from tests.surveys.conftest import survey_asking
from tests.voice.web.visitor import Visitor
from voice.services.consultations import find_by_slug
from voice.web import alike

ASKED = (
    {"code": "who", "kind": "short_text", "text": "Who?"},
    {"code": "why", "kind": "short_text", "text": "Why?"},
)
START, WHO = "/consultations/kinds", "/consultations/kinds/questions/who"
SEALS = re.compile(r'nonce="([^"]+)"|(?:name="(?:csrf_token|press)" type="hidden" value="([^"]+)")')


@pytest.fixture
def somebody(app, database):
    """Return a function that gives somebody new who has begun."""
    with database.writing() as session:
        make_consultation(session, survey=survey_asking(*ASKED), slug="kinds")

    def begin():
        visitor = Visitor(app)
        visitor.begin("kinds")
        return visitor

    alike._kept.clear()
    return begin


def seals_of(page):
    return ["".join(each) for each in SEALS.findall(page)]


@pytest.mark.parametrize("address", [START, WHO])
class TestAPageOfTwoPeople:
    def test_is_drawn_once_and_differs_in_nothing_but_its_seals(self, app, somebody, address):
        drawn, sealed = (self.page(app, somebody, address) for _ in range(2))

        assert SEALS.sub("", drawn.text) == SEALS.sub("", sealed.text)
        assert len(seals_of(drawn.text)) >= 3
        assert set(seals_of(drawn.text)).isdisjoint(seals_of(sealed.text))
        assert not re.search(r"\[[0-9a-f]{32}\]", drawn.text + sealed.text)  # no mark was left

    def test_runs_the_scripts_that_its_header_names(self, app, somebody, address):
        for _ in range(2):
            page = self.page(app, somebody, address)
            (named,) = re.findall("'nonce-([^']+)'", page.headers["Content-Security-Policy"])
            assert set(re.findall(r'nonce="([^"]+)"', page.text)) == {named}

    def page(self, app, somebody, address):
        client = somebody().client if address == WHO else app.test_client()
        return client.get(address)


class TestAPageWithSomebodysWords:
    def test_is_kept_for_nobody(self, somebody):
        visitor = somebody()
        visitor.press(visitor.open(WHO), ("who", "Canary Smith"))
        before = dict(alike._kept)

        assert "Canary Smith" in visitor.open(WHO).body
        assert alike._kept == before
        assert "Canary" not in somebody().open(WHO).body


class TestAPageThatReadsAnswersBack:
    """What is round the answers is drawn once; the answers and the reference are each one's own."""

    def test_shows_everybody_their_own(self, somebody):
        pages = [self.sent_by(somebody(), words) for words in ("Ann <b>", "Bob")]

        for (check, sent), own, others in zip(
            pages, ("Ann &lt;b&gt;", "Bob"), ("Bob", "Ann"), strict=True
        ):
            assert own in check.body
            assert own in sent.body
            assert others not in check.body + sent.body
        references = [re.search(r"<strong>([^<]+)</strong>", sent.body)[1] for _, sent in pages]
        assert len(set(references)) == 2

    def test_is_kept_with_nobodys_words(self, somebody):
        self.sent_by(somebody(), "Canary Smith")
        drawn = [
            pieces
            for (template, *_), (pieces, _) in alike._kept.items()
            if "/sent" in template or "/check" in template
        ]

        assert len(drawn) == 2
        assert "Canary" not in str(drawn)

    def test_differs_in_nothing_else(self, somebody):
        (drawn, _), (sealed, _) = [self.sent_by(somebody(), "The bus") for _ in range(2)]

        assert SEALS.sub("", drawn.body) == SEALS.sub("", sealed.body)

    def sent_by(self, visitor, words):
        visitor.press(visitor.open(WHO), ("who", words))
        check = visitor.open("/consultations/kinds/check")
        return check, visitor.press(check)


class TestAPageThatChanges:
    def test_says_at_once_when_a_consultation_closes_later(self, database, somebody, app):
        before = app.test_client().get(START).text
        with database.writing() as session:
            find_by_slug(session, "kinds").closes_at += timedelta(days=400)

        assert SEALS.sub("", app.test_client().get(START).text) != SEALS.sub("", before)


class TestAForm:
    def test_of_a_kept_page_is_taken(self, somebody):
        somebody().open(WHO)
        visitor = somebody()

        page = visitor.press(visitor.open(WHO), ("who", "The bus"))

        assert "Why?" in page.body


class TestWhereItIsDrawnForOneAlone:
    def test_an_officer_gets_a_page_of_their_own(self, clerk, somebody, app):
        app.test_client().get(START)
        before = dict(alike._kept)

        clerk.get(START)
        app.test_client().get(f"{START}?way=pictures")

        assert alike._kept == before


def test_what_came_in_a_form_with_a_look_is_on_no_page(app, somebody):
    sent = {"meeting": "EVIL", "way": "EVIL", "language": "EVIL"}
    form = {"data": sent, "content_type": "application/x-www-form-urlencoded"}

    pages = app.test_client().get(START, **form).text, app.test_client().get(START).text

    assert not any("EVIL" in page for page in pages)
