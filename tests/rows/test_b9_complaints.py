"""B9: complaints and compliments, told in themes that name nobody."""

import pytest

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.models import Mention, Theme, ThemeStatus
from voice.services import results, theme_views
from voice.services.consultations import find_by_slug
from voice.services.snapshots import preview_results

PRIVATE = (
    "My worker Sarah Jones sent the letter late",
    "Chesham Grammar School had the letter before me",
    "The letter went to Quainton first",
)
PLAIN = "The letter about the plan came late"
THEMES = "/officers/consultations/complaints/questions/what/themes"


class TestComplaints:
    """TEST: published only when k is reached; names, schools, places removed; 11 + 6 = 17."""

    def test_b9_come_from_11_children_and_6_care_leavers_and_17_in_all(self, session, complaints):
        (asked,) = [
            each for each in results.question_figures(session, complaints) if each.code == "who"
        ]

        assert [(row.label, row.count) for row in asked.rows] == [("Child", 11), ("Care leaver", 6)]
        assert asked.base == 17

    def test_b9_publish_the_number_of_a_theme_only_from_eight_people_on(self, session, complaints):
        public = preview_results(session, complaints, council="Test Council", now=NOON)

        assert [(theme.label, theme.people) for theme in public.themes] == [
            ("Late letters", "10"),
            ("The plan", ""),
        ]

    def test_b9_publish_nobodys_words(self, session, complaints):
        public = preview_results(session, complaints, council="Test Council", now=NOON).to_json()

        assert "letter about the plan" not in public

    def test_b9_show_managers_no_name_school_or_place(self, session, complaints):
        view = theme_views.read_themes(session, complaints, "what").shown[0]

        shown = " ".join(view.quotes)
        assert "My worker [name] sent the letter late" in shown
        assert PLAIN in shown
        for private in ("Sarah", "Jones", "Chesham", "Quainton"):
            assert private not in shown

    def test_b9_show_none_on_the_page_either(self, client, database):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            _make(session)

        page = client.get(THEMES).text

        assert "My worker [name] sent the letter late" in page
        assert not any(one in page for one in ("Sarah", "Chesham", "Quainton"))

    @pytest.fixture
    def complaints(self, session):
        _make(session)
        return find_by_slug(session, "complaints")


def _make(session):
    """Seventeen complaints: ten of late letters, three of them with a private detail."""
    made = make_consultation(session, survey=_survey(), slug="complaints")
    people = []
    for number in range(17):
        words = PRIVATE[number] if number < len(PRIVATE) else PLAIN
        who = "child" if number < 11 else "care_leaver"
        one = make_response(session, made, who=who, what=words)
        one.answers["what"].tone = "negative"
        people.append(one)
    for place, (label, those) in enumerate(
        {"Late letters": people[:10], "The plan": people[10:]}.items()
    ):
        theme = Theme(
            consultation_id=made.id, question="what", key=f"t{place}", label=label,
            found_label=label, description="", words=[], place=place,
            status=ThemeStatus.SIGNED_OFF,
        )  # fmt: skip
        theme.mentions = [
            Mention(response_id=one.id, strength=1 - at / 100) for at, one in enumerate(those)
        ]
        session.add(theme)
    session.flush()


def _survey():
    options = [{"code": "child", "label": "Child"}, {"code": "care_leaver", "label": "Care leaver"}]
    return Survey.model_validate(
        {
            "code": "complaints",
            "title": "Complaints",
            "about": ABOUT,
            "questions": [
                {"code": "who", "kind": "choice", "text": "Who complains?", "options": options},
                {"code": "what", "kind": "free_text", "text": "What happened?"},
            ],
        }
    )
