"""A paper printed in one way or language is typed in as that paper, the first time and again."""

import re

import pytest
from sqlalchemy import select

from surveys.definition import read_survey
from tests.factories import make_consultation
from voice.models import Consultation, EntryCheck
from voice.services.exports import stored_answers
from voice.services.results import question_figures

BASE = "/officers/consultations/{slug}"
PICTURES = {"came-way": "pictures"}
WELSH = {"came-language": "cy"}
SAID = {"school": "good"}
REQUIRED = """
code: ways
title: What do you think?
audience: adult
about: {what: Tell us, why: To learn, who_for: Everybody, minutes: 1, what_happens: We read it,
  who_reads: Us}
questions:
  - {code: why, kind: free_text, text: Why?, required: true}
  - {code: what, kind: free_text, text: What?}
variants:
  - {code: words, name: With words}
  - {code: short, name: In short, leave_out: [why]}
"""


class TestThePaper:
    @pytest.mark.parametrize(
        ("slug", "asked", "words"),
        [
            pytest.param("school", "?way=pictures", "With pictures", id="a way"),
            pytest.param("school", "", "With words", id="the usual way"),
            pytest.param("play", "?language=cy", "Cymraeg (Welsh)", id="a language"),
        ],
    )
    def test_says_at_its_end_in_which_way_and_language_it_is(
        self, visitor, printable, slug, asked, words
    ):
        page = visitor.client.get(f"/consultations/{slug}/paper{asked}").text

        assert re.search(rf"<p[^>]*>{re.escape(words)}</p>\s*</article>", page)

    def test_says_nothing_where_there_is_but_one(self, visitor):
        page = visitor.client.get("/consultations/early-help/paper").text

        assert re.search(r"<p>[^<]+</p>\s*</article>", page)[0].count("English") == 0


class TestTypingItIn:
    def test_shows_the_form_that_was_chosen(self, clerk):
        usual, chosen = clerk.open().text, clerk.open(**PICTURES).text

        assert ('name="tell"' in usual, 'name="tell"' in chosen) == (True, False)
        assert re.search(r'<option value="pictures" selected>With pictures<', chosen)

    def test_never_asked_what_the_paper_with_pictures_leaves_out(self, clerk, sent, database):
        clerk.enter(**PICTURES, **SAID)

        with database.reading() as session:
            lines = {each["question"]: each for each in stored_answers(session, "school")}
            consultation = session.merge(sent()[0]).consultation
            figures = {each.code: each for each in question_figures(session, consultation)}
        assert ("tell" in sent()[0].answers, "tell" in lines) == (False, False)
        assert {each["variant"] for each in lines.values()} == {"pictures"}
        assert (figures["tell"].skipped, figures["tell"].not_asked) == (0, 1)

    def test_skipped_what_the_paper_with_words_asks_and_was_left_empty(self, clerk, database):
        clerk.enter(**SAID)

        with database.reading() as session:
            lines = {each["question"]: each for each in stored_answers(session, "school")}
        assert (lines["tell"]["status"], lines["tell"]["variant"]) == ("skipped", "words")

    def test_keeps_the_language_of_a_welsh_paper(self, clerk, sent, database):
        clerk.slug = "play"
        page = clerk.open(**WELSH).text
        clerk.enter(**WELSH, attitude="yes")

        assert '<div lang="cy" dir="ltr">' in page
        assert "Ydy" in page
        assert sent()[0].language == "cy"
        with database.reading() as session:
            assert {each["language"] for each in stored_answers(session, "play")} == {"cy"}

    def test_goes_on_with_the_same_form(self, clerk):
        page = clerk.enter(**PICTURES, **SAID)

        assert "Saved as" in page.text
        assert 'type="hidden" name="came-way" value="pictures"' in page.text

    def test_stays_with_the_form_when_something_is_refused(self, clerk, sent):
        page = clerk.enter(**PICTURES, **SAID, **{"received-on-day": ""})

        assert (page.status_code, sent()) == (422, [])
        assert 'name="tell"' not in page.text
        assert 'type="hidden" name="came-way" value="pictures"' in page.text

    def test_asks_nothing_of_the_kind_where_there_is_one_form(self, clerk):
        clerk.slug = "early-help"

        assert "came-" not in clerk.open().text.replace("came-by", "")

    def test_takes_a_form_that_there_is_not_for_the_usual_one(self, clerk, sent):
        clerk.enter(**SAID, **{"came-way": "sung", "came-language": "xx"})

        assert (sent()[0].variant, sent()[0].language) == ("", "")


class TestTypingItAgain:
    def test_shows_the_form_of_the_first_typing_and_agrees(self, clerk, second, sent, twice):
        clerk.enter(**PICTURES, **SAID)
        address = f"{BASE.format(slug='school')}/second-typing/{sent()[0].reference}"
        page = second.client.get(address).text

        second.post(address, page, **SAID)

        assert 'name="tell"' not in page
        assert "The first time it was typed as this form: With pictures." in page
        assert (sent()[0].entry_check, sent()[0].variant) == (EntryCheck.CHECKED, "pictures")

    def test_is_decided_without_a_question_that_the_form_leaves_out(
        self, clerk, second, sent, database
    ):
        with database.writing() as session:
            made = read_survey(REQUIRED, name="ways.yaml")
            make_consultation(session, survey=made, slug="ways").enters_twice = True
        clerk.slug = "ways"
        clerk.enter(**{"came-way": "short", "what": "Buses"})
        address = f"{BASE.format(slug='ways')}/second-typing/{sent()[0].reference}"
        differ = second.post(address, second.client.get(address).text, what="Trains")

        second.post(f"{address}/differences", differ.text, what="second")

        kept = sent()[0]
        assert kept.entry_check is EntryCheck.CHECKED
        assert {code: row.values for code, row in kept.answers.items()} == {"what": ["Trains"]}


class Typist:
    """An officer who types papers in."""

    slug = "school"

    def __init__(self, client):
        self.client = client

    def open(self, **chosen):
        return self.client.get(f"{BASE.format(slug=self.slug)}/enter", query_string=chosen)

    def enter(self, **typed):
        chosen = {name: typed.pop(name) for name in list(typed) if name in {*PICTURES, *WELSH}}
        page = self.open(**chosen).text
        return self.post(f"{BASE.format(slug=self.slug)}/enter", page, **typed)

    def post(self, address, page, **typed):
        """Send what the page sends by itself, and what is typed."""
        form = page[page.rindex('<form method="post"') :]
        ours = r"received-on-\w+|came-way|came-language|csrf_token|press"
        named = rf'name="({ours})"[^>]*value="([^"]*)"'
        kept = {"came-by": "paper"} | dict(re.findall(named, form))
        return self.client.post(address, data=kept | typed, follow_redirects=True)


@pytest.fixture
def printable(database, open_all):
    """Beside the play in four languages, a survey that is printed in three ways."""
    with database.writing() as session:
        make_consultation(session, survey="pep_pupil_2017", slug="school")


@pytest.fixture
def clerk(browse, printable):
    return Typist(browse())


@pytest.fixture
def second(browse):
    return Typist(browse())


@pytest.fixture
def twice(database, printable):
    """Papers of the survey in three ways are typed in twice."""
    with database.writing() as session:
        found = session.scalars(select(Consultation).where(Consultation.slug == "school")).one()
        found.enters_twice = True
