"""I3, I10, I13, E17: recommendations with updates, so what, and a rating that a committee gives."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.rows.recommended import NEW, asked, committee, officer, recommend, theme
from tests.voice.mailed import send_due_letters
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.errors import NotAllowedError
from voice.models import Channel, OutcomeKind, Progress, Rating, Role
from voice.reports.handout_document import handout_document
from voice.reports.page import handout_page
from voice.services import due, monitoring, outcomes, recommendations, suppressions
from voice.services.concerns import Heard, screen_words
from voice.services.consultations import find_by_slug
from voice.services.outcomes import Saying
from voice.services.recommendations import NewRating, NewUpdate

__all__ = ["asked", "committee", "officer", "theme"]

UPDATE = NewUpdate(6, "Two lines run until ten.", "Nine in ten get home.", Progress.PARTLY)
DANGER = "my dad hits me every night"
FOUR = (
    "Recommendation implemented to the satisfaction of the committee.",
    "Recommendation on track to be completed to the satisfaction of the committee.",
    "Committee have concerns the recommendation may not be fully delivered to its satisfaction",
    "Committee consider the recommendation to have not been delivered/implemented",
)


class TestRowI3:
    """TEST: text, leads, due date, original response, 6/12-month updates, RAG by committee only."""

    def test_i3_the_table_after_six_months_has_the_papers_columns(
        self, session, asked, made, update, rated
    ):
        (row,) = self.table(session, asked, 6).rows

        assert self.table(session, asked, 6).head == (
            "Recommendation", "Lead Cabinet Member", "Lead Officer", "Action by date",
            "Original Response and Actions", "Progress Update After 6 months",
            "Committee RAG Rating",
        )  # fmt: skip
        assert row == (
            "1. Bring the evening bus back", "Cabinet Member for Transport", "Head of Transport",
            "Tuesday 1 December 2026", "Agreed. We ask the companies.",
            "Two lines run until ten. So what: Nine in ten get home.", FOUR[1],
        )  # fmt: skip

    def test_i3_the_table_after_twelve_months_has_its_own(self, session, asked, made):
        assert self.table(session, asked, 12).head == (
            "Accepted Recommendations", "Original Response and Actions",
            "Progress Update after 12 months", "Committee Assessment of Progress (RAG status)",
        )  # fmt: skip

    def test_i3_says_the_four_statuses_in_the_papers_words(self):
        assert tuple(recommendations.RATINGS.values()) == FOUR

    def test_i3_says_the_rating_in_words_and_colour(self, session, asked, made, rated):
        handout = self.handout(session, asked, 6)

        assert '<strong class="rag rag-green">Green</strong> ' + FOUR[1] in handout_page(handout)
        (table,) = Document(BytesIO(handout_document(handout))).tables
        assert table.rows[1].cells[-1].text == f"Green: {FOUR[1]}"
        assert 'w:fill="CCE2D8"' in table.rows[1].cells[-1]._tc.xml

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.COMMITTEE])
    def test_i3_no_officer_rates(self, session, made, role):
        with pytest.raises(NotAllowedError):
            recommendations.rate(
                session, made, make_officer(session, role=role),
                NewRating(6, Rating.ON_TRACK), press_key="r", now=NOON,
            )  # fmt: skip

    def test_i3_a_committee_writes_nothing(self, session, asked, made, committee):
        with pytest.raises(NotAllowedError):
            recommendations.write_update(session, made, committee, UPDATE, press_key="u", now=NOON)
        with pytest.raises(NotAllowedError):
            recommend(session, asked, committee, replace(NEW, words="Another"))

    def test_i3_rests_on_themes_and_responses(self, session, asked, officer, theme):
        said = make_response(session, asked, important="A bus, please")
        new = replace(NEW, theme_ids=(theme.id,), references=(said.reference,))

        made = recommend(session, asked, officer, new)

        assert monitoring.themes_behind(session, made) == ("“Buses”, 9 of 9 (100%)",)
        assert [one.response_id for one in made.evidence if one.response_id] == [said.id]

    def test_i3_never_rests_on_a_response_with_an_alert(self, session, asked, officer):
        scared = make_response(session, asked, important="Buses")
        screen_words(
            session, Heard(asked.id, Channel.WEB, DANGER, "important", scared.id), now=NOON
        )

        with pytest.raises(ValueError, match="references"):
            recommend(session, asked, officer, replace(NEW, references=(scared.reference,)))

    def test_i3_lets_go_of_a_response_that_is_deleted(self, session, asked, officer):
        said = make_response(session, asked, important="A bus, please")
        made = recommend(session, asked, officer, replace(NEW, references=(said.reference,)))

        session.delete(said)
        session.flush()
        session.refresh(made)

        assert made.evidence == []

    def test_i3_the_last_update_stands_and_the_first_is_kept(self, session, made, officer, update):
        later = replace(UPDATE, words="Three lines run until ten.")
        recommendations.write_update(session, made, officer, later, press_key="2",
                                     now=NOON + timedelta(days=1))  # fmt: skip

        assert recommendations.newest_update(made, 6).words == "Three lines run until ten."
        assert len(made.updates) == 2

    def handout(self, session, asked, months):
        return monitoring.write_monitoring(
            session, asked, months=months, council="Test Council", now=NOON
        )

    def table(self, session, asked, months):
        return self.handout(session, asked, months).parts[0].table


class TestRowsI10AndI13:
    """TEST: each action row holds impact evidence; export with those status words."""

    def test_i10_an_update_says_so_what(self, session, made, officer):
        with pytest.raises(ValueError, match="impact"):
            recommendations.write_update(
                session, made, officer, replace(UPDATE, impact=" "), press_key="u", now=NOON
            )

    def test_i13_action_progress_impact_in_the_four_words(self, session, asked, made, update):
        written = monitoring.write_progress(session, asked, council="Test Council", now=NOON)

        assert tuple(recommendations.PROGRESS.values()) == (
            "Achieved", "Partly Achieved", "Not Achieved", "On hold"
        )  # fmt: skip
        assert written.parts[0].table.head == ("Action", "Progress", "Impact")
        assert written.parts[0].table.rows == (
            (NEW.words, "Partly Achieved. Two lines run until ten.", "Nine in ten get home."),
        )


class TestRowI9:
    """TEST: every "we will" becomes an action row with those five columns."""

    def test_i9_in_progress_until_it_is_done(self, session, asked, theme, officer):
        will = Saying(OutcomeKind.WILL, "a", "Ask them.", owner="Transport", due_on=NEW.due_on)
        first = self.publish(session, theme, officer, will, NOON)
        assert monitoring.action_table(session, asked).rows == (
            ("Monday 1 June 2026", "Ask them.", "Transport", "Due Tuesday 1 December 2026",
             "In progress"),
        )  # fmt: skip

        done = Saying(OutcomeKind.DID, "a", "They run until ten.", follows=first.id)
        self.publish(session, theme, officer, done, NOON + timedelta(hours=1))

        table = monitoring.action_table(session, asked)
        assert table.head == ("Date", "Action", "Lead officer", "Update", "Status")
        assert [row[3:] for row in table.rows] == [("They run until ten.", "Complete")]

    def publish(self, session, theme, officer, saying, now):
        return outcomes.publish_outcome(
            session, theme, saying, officer=officer, press_key=str(now), now=now
        )


class TestRowE17:
    """TEST: each finding has at least one action, with a date and a measure."""

    def test_e17_lists_findings_without_an_action(self, session, asked, officer, theme):
        assert recommendations.themes_without_action(session, asked) == [theme]

        recommend(session, asked, officer, replace(NEW, theme_ids=(theme.id,)))

        assert recommendations.themes_without_action(session, asked) == []

    def test_e17_an_action_has_a_measure(self, session, asked, officer):
        with pytest.raises(ValueError, match="measure"):
            recommend(session, asked, officer, replace(NEW, measure=" "))


class TestTheReminder:
    def test_goes_once_when_an_update_is_due(self, database, settings):
        with database.writing() as session:
            asked = make_consultation(session, slug="buses")
            new = replace(NEW, reach="lead@example.org")
            recommend(session, asked, make_officer(session), new)
        for days in (181, 182, 183):
            with database.writing() as session:
                due.make_due(session, settings, now=NOON + timedelta(days=days))

        (letter,) = send_due_letters(database, settings, at=NOON + timedelta(days=190))
        assert letter.to == "lead@example.org"
        assert "after 6 months" in letter.text

    def test_goes_later_to_whom_nothing_may_be_written_now(self, database, settings):
        with database.writing() as session:
            asked, officer = make_consultation(session), make_officer(session)
            recommend(session, asked, officer, replace(NEW, reach="lead@example.org"))
            suppressions.suppress(
                session, officer, "lead@example.org", reason="Asked us",
                secret=settings.secret_key, now=NOON,
            )  # fmt: skip
            late = NOON + timedelta(days=190)
            assert recommendations.remind_due(session, settings, now=late) == 0

            suppressions.lift(
                session, officer, "lead@example.org", secret=settings.secret_key, now=late
            )

            assert recommendations.remind_due(session, settings, now=late) == 1


class TestThePages:
    def test_an_officer_writes_and_the_committee_rates(self, app, database):
        with database.writing() as session:
            make_consultation(session, slug="buses")
        clerk, chair = (
            self.visitor(app, database, role) for role in (Role.OFFICER, Role.COMMITTEE)
        )
        page = clerk.open("/officers/consultations/buses/recommendations")
        assert clerk.press(page, form=1).status == 422
        shown = clerk.press(page, *self.typed(), form=1)
        updated = clerk.press(
            shown, ("months", "6"), ("progress", "partly"), ("words", "Two lines"),
            ("impact", "Nine in ten"), form=1,
        )  # fmt: skip
        assert "Partly Achieved." in updated.body
        assert "Rate the progress" not in updated.body

        listed = chair.open("/officers")
        assert "Outstanding: 1 of 1" in listed.body
        page = chair.open(updated.address)
        rated = chair.press(page, ("months", "6"), ("rating", "concern"), form=1)

        assert "Write an update" not in rated.body
        assert "Amber</strong> Committee have concerns" in rated.body
        with database.reading() as session:
            (found,) = recommendations.list_of_consultation(session, find_by_slug(session, "buses"))
            assert recommendations.rating_now(found) is Rating.CONCERN

    def visitor(self, app, database, role):
        browser = Visitor(app)
        with database.writing() as session:
            sign_in(browser.client, session, make_officer(session, role=role))
        return browser

    def typed(self):
        words = {
            "words": NEW.words, "lead_member": "Cabinet", "lead_officer": "Transport",
            "measure": "Buses", "response": "Agreed", "agreed-day": "1", "agreed-month": "6",
            "agreed-year": "2026", "due-day": "1", "due-month": "12", "due-year": "2026",
        }  # fmt: skip
        return words.items()


@pytest.fixture
def made(session, asked, officer):
    return recommend(session, asked, officer)


@pytest.fixture
def update(session, made, officer):
    recommendations.write_update(session, made, officer, UPDATE, press_key="u", now=NOON)


@pytest.fixture
def rated(session, made, committee):
    recommendations.rate(
        session, made, committee, NewRating(6, Rating.ON_TRACK), press_key="r", now=NOON
    )
