"""What officers read beside the themes, and the rare but serious comments."""

import pytest
from sqlalchemy import select

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme, sign_in
from voice.models import Analysis, AnswerNote, AuditEntry, Mention, Response, Role, Theme
from voice.services import concerns
from voice.services.concerns import Heard

LIST = f"/officers/consultations/early-help/questions/{QUESTION}/themes"
SERIOUS = LIST.replace("themes", "serious")


class TestRareButSeriousComments:
    def test_are_listed_masked_and_linked_from_the_themes(self, officer, people, database):
        _note(database, people[-1])

        page = officer.get(SERIOUS).text

        assert "1 of 30 people said something" in page
        assert "[name] says more buses 29" in page
        assert "Rare, and worded seriously: 1." in officer.get(LIST).text

    def test_come_a_page_at_a_time(self, officer, people, database):
        for one in people[5:]:
            _note(database, one)

        pages = [officer.get(f"{SERIOUS}?page={number}").text for number in (1, 2)]

        assert [page.count("[name] says") for page in pages] == [20, 5]

    def test_are_not_what_a_theme_carries(self, officer, people, database):
        _note(database, people[0])

        assert "There is nothing to read here." in officer.get(SERIOUS).text
        assert "Rare, and worded seriously" not in officer.get(LIST).text

    def test_are_read_by_nobody_unnoticed(self, officer, people, database):
        officer.get(SERIOUS)

        with database.reading() as session:
            assert "serious comments read" in set(session.scalars(select(AuditEntry.action)))

    def test_are_not_for_analysts(self, client, database, people):
        _note(database, people[-1])
        with database.writing() as session:
            sign_in(client, session, make_officer(session, role=Role.ANALYST))

        assert client.get(SERIOUS).status_code == 403
        assert SERIOUS not in client.get(LIST).text

    def test_with_an_alert_are_not_among_them(self, officer, people, database):
        _note(database, people[-1])
        _raise(database, people[-1], "alert")

        assert "There is nothing to read here." in officer.get(SERIOUS).text

    def test_with_help_shown_are_counted_and_not_quoted(self, officer, people, database):
        _note(database, people[-1])
        _raise(database, people[-1], "support")

        page = officer.get(SERIOUS).text

        assert "more buses 29" not in page
        assert "help was shown to whoever wrote it: fewer than 8" in page


class TestBesideTheThemes:
    def test_says_on_which_side_people_are_by_the_closed_question(self, officer, database, sided):
        page = " ".join(officer.get(sided).text.split())

        assert "For: 6 of 12 (50%); Against: 6 of 12 (50%)" in page
        assert "as they answered “Is this a good plan?”" in page

    def test_does_not_guess_where_no_question_asks_it(self, officer, people):
        page = officer.get(LIST).text

        assert "Whether people are for or against is not known" in page

    def test_says_what_goes_together(self, officer, people, database, consultation):
        with database.writing() as session:
            everybody = session.scalars(select(Response).order_by(Response.id)).all()
            for label in ("Fares", "Cost"):
                make_theme(session, session.merge(consultation), everybody[:15], label=label)

        page = officer.get(LIST).text

        assert "“Fares” and “Cost”</span>: 15 people say both" in page.replace(
            "“Cost” and “Fares”", "“Fares” and “Cost”"
        )
        assert "by chance it would be about 8" in page

    @pytest.fixture
    def sided(self, database):
        """A plan that twelve people are asked about, and why they say so."""
        options = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
        survey = Survey.model_validate(
            {
                "code": "plan",
                "title": "A plan",
                "about": ABOUT,
                "questions": [
                    {
                        "code": "good",
                        "kind": "choice",
                        "text": "Is this a good plan?",
                        "options": options,
                    },
                    {"code": "why", "kind": "free_text", "text": "Why do you say that?"},
                ],
            }
        )
        with database.writing() as session:
            made = make_consultation(session, survey=survey, slug="plan")
            theme = Theme(
                consultation_id=made.id, question="why", key="t1", label="Money",
                found_label="Money", description="", words=[], place=0,
            )  # fmt: skip
            for number in range(12):
                side = "yes" if number % 2 else "no"
                one = make_response(session, made, good=side, why=f"The money {number}")
                one.answers["why"].tone = "neutral"
                theme.mentions.append(Mention(response_id=one.id, strength=1.0))
            session.add(theme)
            _analyse(session, made, "why")
        return "/officers/consultations/plan/questions/why/themes"


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def officer(client, database):
    with database.writing() as session:
        sign_in(client, session, make_officer(session))
    return client


@pytest.fixture
def people(database, consultation):
    """Thirty people, five of them in a theme."""
    with database.writing() as session:
        made = session.merge(consultation)
        people = make_people(session, made, 30, words="Sarah Jones says more buses")
        make_theme(session, made, people[:5])
        _analyse(session, made, QUESTION)
        return [one.id for one in people]


def _analyse(session, consultation, code):
    session.add(
        Analysis(
            consultation_id=consultation.id, question=code, made_at=NOON, model="words", base=30,
            without_content=0, unassigned=0, seconds=0.1,
        )
    )  # fmt: skip


def _note(database, response):
    with database.writing() as session:
        session.add(AnswerNote(response_id=response, question=QUESTION, names=[], weight=0.75))


def _raise(database, response, tier):
    with database.writing() as session:
        row = session.get(Response, response)
        heard = Heard(row.consultation_id, row.channel, "words", response_id=row.id)
        concerns.raise_worry(session, heard, category="neglect", now=NOON).tier = tier
