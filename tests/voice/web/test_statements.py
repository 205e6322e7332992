"""What a page asks of the store: a handful of statements, however much is stored (K1 speed)."""

from collections import Counter

import pytest
from sqlalchemy import event

from benchmarks import submissions
from surveys.definition import read_survey_file
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer, make_people, make_theme, sign_in

MOST = 8


@pytest.fixture
def pages(app, database):
    """Send a whole submission in; return the statements of each page that was opened or sent."""
    with database.writing() as session:
        survey = read_survey_file(submissions.SURVEY)
        consultation = make_consultation(session, survey=survey, slug=submissions.SLUG)
    sent: list[list[str]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: sent[-1].append(call[2]))
    app.before_request(lambda: sent.append([]))

    def walk(stored=0):
        sent.append([])
        with database.writing() as session:
            for _ in range(stored):
                make_response(session, session.merge(consultation), you="person")
        sent.clear()
        assert submissions.submit(submissions._InProcess(app.test_client())) == 4
        return list(sent)

    return walk


class TestThePagesOfThemes:
    """Each reads what stands behind the themes once, however many there are."""

    @pytest.mark.parametrize(
        ("page", "most"),
        [
            pytest.param("{asked}/themes", 36, id="all of them"),
            pytest.param("{asked}/themes/sign-off", 32, id="before they are signed off"),
            pytest.param("{asked}/check", 10, id="fifty to check"),
            pytest.param("/officers/themes/{theme}", 42, id="one of them"),
        ],
    )
    @pytest.mark.parametrize("themes", [1, 12])
    def test_ask_little_of_the_store(self, client, database, page, most, themes):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            made = make_consultation(session)
            for _ in range(themes):
                theme = make_theme(session, made, make_people(session, made, 2))
            asked = f"/officers/consultations/{made.slug}/questions/{theme.question}"
            address = page.format(asked=asked, theme=theme.id)
        sent = []
        event.listen(database.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))

        assert client.get(address).status_code == 200

        assert len(sent) <= most, Counter(sent).most_common(5)
        assert sum("tone" in each and "FROM answer JOIN" in each for each in sent) <= 1


class TestASubmission:
    def test_asks_little_of_the_store_on_every_page(self, pages):
        counts = [len(statements) for statements in pages()]

        assert max(counts) <= MOST
        assert len(counts) == 13  # start, four pages and the check, each opened and sent; receipt

    def test_asks_as_much_when_more_is_stored(self, pages):
        pages()  # by whom the wording is read, once for all
        assert [len(each) for each in pages()] == [len(each) for each in pages(stored=30)]

    def test_keeps_all_answers_of_a_page_in_one_statement(self, pages):
        kept = [each for page in pages() for each in page if each.startswith("INSERT INTO answer")]

        assert len(kept) == 4
