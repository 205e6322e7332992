"""From a draft to something people answer, in the browser: the check, the warnings, the opening."""

from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.web.test_officers_drafts import ABOUT, DESK, author, database, desk, draft, team
from voice.models import AuditEntry, Consultation, Draft, Officer, SurveyVersion
from voice.services.consultations import current_survey, find_by_slug

__all__ = ["author", "database", "desk", "draft", "team"]
CLOSES = {"closes-day": "1", "closes-month": "9", "closes-year": "2026"}


def finish(author, draft):
    """Fill in the start page, so that nothing has to be mended."""
    author.open(f"{draft}/about")
    author.send(f"{draft}/about", **ABOUT)
    return f"{draft}/publish"


def read_all(author, publish):
    author.open(publish)
    marks = author.marks()
    if marks:
        author.client.post(
            publish.replace("/publish", "/read"),
            data=author.carried() | {"mark": marks, "all": "yes"},
        )
        author.open(publish)


class TestPublishing:
    def test_waits_until_the_start_page_is_written(self, author, draft):
        page = author.open(f"{draft}/publish")

        assert "The start page does not say what this is about" in page
        assert "Open the consultation" not in page

    def test_opens_a_consultation_that_asks_the_draft(self, author, draft, database, team):
        publish = finish(author, draft)
        read_all(author, publish)

        page = author.send(publish, slug=f"how-{team[5:]}", **CLOSES)

        assert author.page.request.path == f"/officers/consultations/how-{team[5:]}"
        assert "How was it?" in page
        with database.reading() as session:
            opened = find_by_slug(session, f"how-{team[5:]}")
            assert (opened.team, opened.opens_at) == (team, NOON)
            assert [each.text for each in current_survey(opened).questions] == [
                "Did you go?", "What was it like?",
            ]  # fmt: skip

    def test_gives_what_was_typed_back_when_it_opens_nothing(self, author, draft):
        publish = finish(author, draft)
        read_all(author, publish)

        page = author.send(publish, slug="Not An Address", **CLOSES | {"closes-day": "31"})

        assert author.page.status_code == 422
        assert "Enter a real last day" in page
        assert 'value="Not An Address"' in page
        assert 'value="31"' in page

    def test_writes_down_who_has_read_a_warning(self, author, draft, database, team):
        author.write(f"{draft}/questions/q2", **{"f-text": "See page two. What was it like?"})
        publish = finish(author, draft)
        assert "Open the consultation" not in author.open(publish)

        read_all(author, publish)

        assert "Open the consultation" in author.page.text
        with database.reading() as session:
            officer = session.scalars(select(Officer).where(Officer.team == team)).one()
            entries = session.scalars(select(AuditEntry).filter_by(officer_id=officer.id)).all()
        assert "warning read" in {each.action for each in entries}

    def test_a_warning_is_read_beside_its_question_too(self, author, draft):
        page = author.write(f"{draft}/questions/q2", **{"f-text": "See page two. Like?"})
        assert "makes sense on paper only; move it to “Words for the paper form only”" in page

        author.send(f"{draft}/read", mark=author.marks()[0])

        assert "It is written down that you have read this." in author.page.text


class TestChangingAnOpenSurvey:
    def test_shows_what_changes_and_makes_a_new_version(self, author, database, team):
        slug = f"live-{team[5:]}"
        with database.writing() as session:
            make_consultation(session, survey="yos_victim_feedback", slug=slug, team=team)
        wordings = f"/officers/consultations/{slug}/wordings"
        author.open(wordings)
        author.send(wordings)
        draft = author.page.request.path
        author.write(f"{draft}/questions/q1", **{"f-text": "Did somebody come to see you?"})
        publish = f"{draft}/publish"
        read_all(author, publish)
        assert "is worded differently" in author.page.text

        author.send(publish)

        assert author.page.request.path == f"/officers/consultations/{slug}"
        assert "is worded differently" in author.open(wordings)
        with database.reading() as session:
            numbers = session.scalars(
                select(SurveyVersion.number).join(Consultation).where(Consultation.slug == slug)
            ).all()
            assert sorted(numbers) == [1, 2]

    def test_goes_on_with_the_draft_that_a_colleague_began(self, author, database, team):
        slug = f"two-{team[5:]}"
        with database.writing() as session:
            make_consultation(session, survey="yos_victim_feedback", slug=slug, team=team)
        wordings = f"/officers/consultations/{slug}/wordings"

        for _ in range(2):
            author.open(wordings)
            author.client.post(wordings, data=author.carried())

        assert "Go on with the next wording" in author.open(wordings)
        with database.reading() as session:
            assert len(session.scalars(select(Draft).where(Draft.team == team)).all()) == 1


class TestTheFiles:
    def test_of_a_consultation_is_its_survey(self, author, database, team):
        with database.writing() as session:
            make_consultation(session, survey="hmip_viewpoint", slug=f"f-{team[5:]}", team=team)

        text = author.client.get(f"/officers/consultations/f-{team[5:]}/survey.yaml").text

        assert text.startswith("code: hmip_viewpoint\n")

    def test_of_the_schema_is_given_to_editors(self, author):
        reply = author.client.get("/officers/survey.schema.json")

        assert reply.json["title"] == "A survey of Voice"
        assert author.open(DESK).count("survey.schema.json") == 1
