"""The briefing's page and its two files."""

from io import BytesIO

import docx
import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from voice.models import AuditEntry, Role, ThemeStatus

ABOUT = "/officers/consultations/early-help/briefing"


@pytest.fixture
def store(database):
    with database.writing() as session:
        consultation = make_consultation(session, invited=24)
        people = make_people(session, consultation, 12)
        make_theme(session, consultation, people, status=ThemeStatus.SIGNED_OFF)
        make_theme(session, consultation, people, label="Nobody has checked this")
    return database


@pytest.fixture
def browse(client, store):
    """Give a browser in which somebody with this role and team has signed in."""

    def signed_in(*, role=Role.OFFICER, team="families"):
        with store.writing() as session:
            sign_in(client, session, make_officer(session, role=role, team=team))
        return client

    return signed_in


class TestTheBriefingsPage:
    def test_says_what_it_still_lacks(self, browse):
        assert "1 theme is not signed off" in browse().get(ABOUT).text

    def test_begins_with_n_and_response_rate(self, browse):
        assert "12 people answered (n = 12). Response rate: 12 of 24 (50%)" in (
            browse().get(ABOUT).text
        )


class TestTheFiles:
    def test_are_downloaded_under_the_consultations_name(self, browse):
        reply = browse().get(f"{ABOUT}.docx")

        assert reply.headers["Content-Disposition"] == (
            'attachment; filename="briefing-early-help.docx"'
        )
        assert docx.Document(BytesIO(reply.data)).paragraphs

    @pytest.mark.parametrize("kind", ["docx", "html"])
    def test_are_written_down_when_somebody_takes_one(self, browse, store, kind):
        browse().get(f"{ABOUT}.{kind}")

        with store.reading() as session:
            entries = session.scalars(select(AuditEntry)).all()
        assert [(one.action, one.at) for one in entries] == [("briefing downloaded", NOON)]

    def test_hold_no_theme_that_nobody_signed_off(self, browse):
        assert "Nobody has checked this" not in browse().get(f"{ABOUT}.html").text

    @pytest.mark.parametrize("address", [ABOUT, f"{ABOUT}.docx", f"{ABOUT}.html"])
    def test_are_not_there_for_another_team(self, browse, address):
        assert browse(team="roads").get(address).status_code == 404

    @pytest.mark.parametrize("address", [ABOUT, f"{ABOUT}.docx", f"{ABOUT}.html"])
    def test_are_closed_to_the_safeguarding_role(self, browse, address):
        assert browse(role=Role.SAFEGUARDING).get(address).status_code == 403
