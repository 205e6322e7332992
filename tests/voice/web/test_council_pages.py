"""The card on the council's own pages, and what people say of those pages."""

import re

import pytest

from tests.conftest import COUNCIL
from tests.factories import make_consultation
from tests.voice.web.doors import make_link, officer_at, press_at, responses_in
from tests.voice.web.visitor import Visitor, answered, count
from voice.models import LinkKind
from voice.services.pages_judged import read_page

SITES = ("https://www.example.gov.uk", "https://libraries.example.gov.uk")
PAGE = "https://www.example.gov.uk/bins/missed?name=Mrs+Smith#top"


@pytest.fixture
def council(app):
    """Name the sites that may frame our card."""
    named = COUNCIL.model_copy(update={"embed_sites": SITES})
    object.__setattr__(app.extensions["voice"].settings, "council", named)


@pytest.fixture
def feedback(app, database, council):
    """The address of the form that the council's pages link to."""
    with database.writing() as session:
        make_consultation(session, survey="page_feedback", slug="pages")
    return f"/feedback/{make_link(database, 'pages', LinkKind.PAGE)}"


class TestTheCard:
    @pytest.fixture(autouse=True)
    def _is_open(self, database):
        with database.writing() as session:
            make_consultation(session, slug="ask")

    def test_may_be_framed_by_nobody_unless_the_council_names_who(self, client):
        reply = client.get("/consultations/ask/embed")

        assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Frame-Options"] == "DENY"

    def test_may_be_framed_by_the_sites_that_the_council_names_and_no_other_page_may(
        self, client, council
    ):
        card, start = (client.get(f"/consultations/ask{end}") for end in ("/embed", ""))

        policy = card.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {' '.join(SITES)}")
        assert "X-Frame-Options" not in card.headers
        assert "frame-ancestors 'none'" in start.headers["Content-Security-Policy"]

    def test_opens_the_consultation_in_a_page_of_its_own_and_sets_no_cookie(self, client):
        reply = client.get("/consultations/ask/embed")

        assert '<a href="http://localhost/consultations/ask" target="_blank"' in reply.text
        assert "Set-Cookie" not in reply.headers
        assert "<form" not in reply.text

    def test_is_there_to_copy(self, app, database, council):
        page = officer_at(app, database).open("/officers/consultations/ask/snippets")

        assert "&lt;iframe src=&#34;http://localhost/consultations/ask/embed&#34;" in page.body


class TestWasThisPageUseful:
    def test_keeps_the_page_without_what_follows_its_question_mark(self, app, feedback, database):
        reader = Visitor(app)
        page = reader.open(f"{feedback}?useful=no&page={PAGE.replace('?', '%3F')}")

        thanks = reader.press(page, ("useful", "no"), ("why", "No phone number"))

        assert "Thank you" in thanks.body
        assert [one.page for one in responses_in(database)] == ["www.example.gov.uk/bins/missed"]
        assert answered(database, "why") == [["No phone number"]]

    def test_has_chosen_already_what_was_pressed_on_the_page(self, app, feedback):
        page = Visitor(app).open(f"{feedback}?useful=no").body

        assert re.search(r'value="no"\s+checked', page)
        assert not re.search(r'value="yes"\s+checked', page)

    def test_keeps_nothing_until_it_is_sent(self, app, feedback, database):
        Visitor(app).open(f"{feedback}?useful=no")

        assert count(database, "response") == 0

    def test_gives_back_what_is_empty(self, app, feedback, database):
        reader = Visitor(app)

        page = reader.press(reader.open(feedback))

        assert page.status == 422
        assert count(database, "response") == 0

    def test_sent_twice_is_one_answer(self, app, feedback, database):
        reader = Visitor(app)
        page = reader.open(feedback)
        for _ in range(2):
            reader.press(page, ("useful", "yes"))

        assert count(database, "response") == 1

    def test_is_screened_for_safety_and_shows_help(self, app, feedback, database):
        reader = Visitor(app)

        page = reader.press(reader.open(feedback), ("why", "my dad hits me every night"))

        assert "0800 1111" in page.body.split("Is somebody not safe?")[1]
        assert count(database, "concern") == 1

    def test_is_counted_by_page_with_small_numbers_hidden(self, app, feedback, database):
        for number in range(7):
            reader = Visitor(app)
            page = reader.open(f"{feedback}?page={SITES[number > 5]}/bins")
            reader.press(page, ("useful", "yes" if number < 6 else "no"))

        listed = officer_at(app, database).open("/officers/consultations/pages/snippets").body

        rows = re.findall(
            r'"row"[^>]*>([^<]+)</th>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>([^<]+)',
            listed,
        )
        assert rows == [
            ("www.example.gov.uk/bins", "6", "Yes: 6, No: 0"),
            ("libraries.example.gov.uk/bins", "1", "Yes: *, No: *"),
        ]

    def test_is_not_among_the_consultations(self, app, feedback):
        assert "/consultations/pages" not in Visitor(app).open("/").body

    def test_is_begun_with_one_press(self, app, database, council):
        with database.writing() as session:
            make_consultation(session, survey="page_feedback", slug="pages")
        officer = officer_at(app, database)

        page = press_at(
            officer, officer.open("/officers/consultations/pages/snippets"), "/snippets"
        )

        assert "?useful=yes&amp;amp;page=PAGE" in page.body


class TestReadingAPage:
    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            pytest.param(PAGE, "www.example.gov.uk/bins/missed", id="one of ours"),
            pytest.param("https://WWW.example.gov.uk/", "www.example.gov.uk", id="the front page"),
            pytest.param("https://user:pw@www.example.gov.uk/a", "www.example.gov.uk/a", id="user"),
            pytest.param("https://elsewhere.example/x", "", id="somebody else's"),
            pytest.param("javascript:alert(1)", "", id="no page"),
            pytest.param("https://[", "", id="broken"),
            pytest.param(f"https://www.example.gov.uk/{'x' * 999}",
                         f"www.example.gov.uk/{'x' * 281}", id="too long"),
        ],
    )  # fmt: skip
    def test_keeps_host_and_path_of_the_councils_own(self, raw, kept):
        assert read_page(raw, SITES) == kept
