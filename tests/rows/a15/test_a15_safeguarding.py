"""Row A15: a question to a committee whose words may mean that somebody is not safe."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.rows.a15.asking import DANGER, concern_in
from tests.voice.web.doors import press_at
from tests.voice.web.visitor import Visitor
from voice.models import AuditEntry, Concern

HELP_ONLY = "What does the committee do when a parent hits me with a question about parking?"
HARMLESS = "Will the council keep the play in which a girl says: my dad hits me?"


class TestSafeguarding:
    def test_a_question_is_screened_as_it_is_kept_and_help_is_shown(self, ask, database):
        page = ask(words=DANGER)

        assert "0800 1111" in page.body
        with database.reading() as session:
            (concern,) = session.scalars(select(Concern)).all()
        assert (concern.words, concern.tier, concern.consultation_id) == (DANGER, "alert", None)

    def test_a_name_is_screened_too(self, ask, database):
        ask(name=DANGER[:99])

        with database.reading() as session:
            assert session.scalar(select(Concern.enquiry_id)) is not None

    @pytest.mark.parametrize("wrong", [{"email": "not an address"}, {"belongs": ""}])
    def test_a_question_that_is_refused_is_screened_once_and_help_is_shown(
        self, ask, database, lead, wrong
    ):
        pages = [ask(words=DANGER, **wrong) for _ in range(2)]

        assert [page.status for page in pages] == [422, 422]
        assert all("Is somebody not safe?" in page.body for page in pages)
        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == [DANGER]
        assert DANGER in lead.open(concern_in(lead)).body
        assert "A question to a committee" in lead.open("/officers/concerns").body

    def test_a_name_that_is_too_long_is_screened_as_well(self, ask, database):
        ask(name=f"{DANGER} {'x' * 100}")

        with database.reading() as session:
            assert session.scalar(select(Concern.words)).startswith(DANGER)

    def test_what_raised_a_concern_is_never_published(
        self, ask, answered, stored, publish_by_hand, lead, app
    ):
        """PRI-10: the role may let the team answer it, which is not to publish it."""
        ask(words=DANGER)
        lead.press(lead.open(concern_in(lead)), form=2)
        answered()
        page = publish_by_hand(words="What does the committee do about violence at home?")

        assert page.status == 422
        assert "Something in it raised a concern" in page.body
        assert stored().published_at is None
        assert "violence" not in Visitor(app).open("/questions").body

    def test_the_queue_and_the_page_of_the_concern_show_it(self, ask, lead):
        ask(words=DANGER)

        assert "A question to a committee" in lead.open("/officers/concerns").body
        page = lead.open(concern_in(lead))
        assert page.status == 200
        assert DANGER in page.body

    def test_the_team_cannot_read_it_until_it_is_released(self, ask, officer, lead, address):
        ask(words=DANGER)
        page = officer.open("/officers/enquiries").body
        assert "1 waits for the safeguarding role" in page
        assert DANGER not in page
        assert officer.open(address()).status == 404

        release = concern_in(lead)
        lead.press(lead.open(release), form=2)

        assert DANGER in officer.open("/officers/enquiries").body
        assert "Let the team answer it" not in lead.open(release).body

    def test_a_decision_can_be_kept(self, ask, lead):
        ask(words=DANGER)
        page = lead.press(lead.open(concern_in(lead)), ("decision", "Referred"), form=3)

        assert page.status == 200
        assert "Referred" in page.body

    def test_the_address_stays_while_an_alert_is_not_decided(self, ask, sweep, stored):
        ask(words=DANGER)
        sweep(NOON + timedelta(days=400))

        assert stored().reply_to_sealed is not None


class TestAFalseAlarm:
    """The role says that the software was wrong: then it is a question like any other."""

    def test_lets_the_team_answer_and_publish_it(self, ask, lead, close, answered, publish, app):
        ask(words=HARMLESS)
        close(false_alarm=True)
        answered()
        page = publish(words=HARMLESS)

        assert page.status == 200
        assert HARMLESS in Visitor(app).open("/questions").body

    def test_is_said_on_the_page_in_the_queue_and_in_the_trail(self, ask, lead, close, database):
        ask(words=HARMLESS)
        page = close(false_alarm=True)
        queue = lead.open("/officers/concerns").body

        assert ": a false alarm" in page.body
        assert "False alarm" in queue
        assert "Of 1 decided, 1 was a false alarm." in queue
        with database.reading() as session:
            actions = session.scalars(select(AuditEntry.action)).all()
        assert "concern closed as a false alarm" in actions

    def test_is_no_other_decision(self, ask, lead, close, officer, address):
        ask(words=HARMLESS)
        close(false_alarm=False)

        assert officer.open(address()).status == 404
        assert "Of 1 decided, 0 were false alarms." in lead.open("/officers/concerns").body

    def test_of_one_concern_is_none_of_another_in_the_same_question(
        self, ask, close, lead, officer, address, database
    ):
        ask(words=HARMLESS, name=DANGER[:99])
        close(false_alarm=True)

        assert officer.open(address()).status == 404

    def test_that_is_taken_back_takes_it_off_the_public_page(
        self, ask, close, answered, publish, app, stored
    ):
        ask(words=HARMLESS)
        close(false_alarm=True)
        answered()
        publish(words=HARMLESS)

        close(false_alarm=False)

        assert stored().published_at is None
        assert HARMLESS not in Visitor(app).open("/questions").body

    def test_can_be_said_of_what_only_showed_help_once_it_is_answered(
        self, ask, lead, close, answered, publish, officer, address, app
    ):
        ask(words=HELP_ONLY)
        assert "Waiting to be read (0)" in lead.open("/officers/concerns").body
        answered()
        assert "who has it in its queue" in officer.open(address()).body

        close(false_alarm=True)
        publish(words=HELP_ONLY)

        assert HELP_ONLY in Visitor(app).open("/questions").body

    def test_still_shows_help_to_whoever_asked(self, ask, close, visitor):
        page = ask(words=HARMLESS)
        close(false_alarm=True)

        assert "0800 1111" in visitor.open(page.address).body

    @pytest.fixture
    def close(self, lead):
        def decide(*, false_alarm):
            ticked = [("false_alarm", "y")] if false_alarm else []
            page = lead.open(concern_in(lead))
            return press_at(lead, page, "/decision", ("decision", "Read it"), *ticked)

        return decide
