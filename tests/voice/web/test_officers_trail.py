"""Who did what, read by the administrator (SEC-16)."""

import pytest
from sqlalchemy import text

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, sign_in
from voice.models import Role
from voice.services import audit

TRAIL = "/officers/trail"
FOUR = (
    ("results taken", "early-help", 1),
    ("theme renamed", "early-help", 2),
    ("results taken", "play-100%", 3),
    ("concern address read", "c1: said by the police", 4),
)


class TestTheTrail:
    def test_lists_who_did_what_and_when_the_newest_first(self, admin):
        page = admin.get(TRAIL).text

        assert page.index("theme renamed") < page.index("1 Jun 2026, 13:00:00")
        assert page.count("<td") == 3 * len(FOUR)

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ("what=results+taken", 2),
            ("subject=early", 2),
            ("subject=100%25", 1),
            ("subject=_", 0),
            ("who=service", 1),
            ("since-day=3&since-month=6&since-year=2026", 2),
            ("until-day=2&until-month=6&until-year=2026", 2),
            ("what=results+taken&subject=play", 1),
        ],
    )
    def test_is_filtered_by(self, admin, asked, shown):
        assert admin.get(f"{TRAIL}?{asked}").text.count("<td") == 3 * shown

    def test_calls_a_consultation_by_its_address_and_finds_it_so(self, admin, database):
        with database.writing() as session:
            ours = make_consultation(session, slug="ours")
            audit.record(session, None, "consultation opened", ours.id, now=NOON)

        page = admin.get(f"{TRAIL}?subject=ours").text

        assert "consultation opened" in page
        assert str(ours.id) not in page

    def test_says_what_is_no_day(self, admin):
        reply = admin.get(f"{TRAIL}?since-day=31&since-month=2&since-year=2026")

        assert reply.status_code == 422
        assert "Enter a real date" in reply.text

    def test_does_not_show_what_was_written_of_a_concern(self, admin):
        page = admin.get(TRAIL).text

        assert "concern address read" in page
        assert "police" not in page

    def test_holds_that_somebody_read_it(self, admin):
        admin.get(TRAIL)

        assert "audit trail read" in admin.get(TRAIL).text

    def test_comes_a_page_at_a_time(self, admin, database):
        with database.writing() as session:
            for number in range(51):
                audit.record(session, None, "many", str(number), now=NOON)

        first, second = (admin.get(f"{TRAIL}?what=many&page={n}").text for n in (1, 2))

        assert "what=many&amp;page=2" in first
        assert (first.count("<td"), second.count("<td")) == (150, 3)

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMIN])
    def test_is_for_nobody_else(self, browse, role):
        assert browse(role=role).get(TRAIL).status_code == 403

    def test_is_checked_on_wish(self, admin):
        assert f"All {len(FOUR)} entries are as they were written" in admin.get(
            f"{TRAIL}?check=1").text  # fmt: skip

    def test_holds_nobody_up_while_it_is_checked(self, admin, database, monkeypatch):
        checked = audit.check

        def check(session):
            found = checked(session)
            with database.writing() as other:
                audit.record(other, None, "meanwhile", "ours", now=NOON)
            return found

        monkeypatch.setattr(audit, "check", check)

        assert admin.get(f"{TRAIL}?check=1").status_code == 200

    def test_says_where_it_was_tampered_with(self, admin, database):
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_entry_keeps"))
            connection.execute(text("UPDATE audit_entry SET subject = 'x' WHERE number = 2"))

        assert "It breaks at entry 2" in admin.get(f"{TRAIL}?check=1").text


@pytest.fixture
def admin(client, database):
    with database.writing() as session:
        officer = make_officer(session, role=Role.ADMIN)
        sign_in(client, session, officer)
    for action, subject, day in FOUR:
        with database.writing() as session:
            by = None if action.startswith("concern") else officer
            audit.record(session, by, action, subject, now=NOON.replace(day=day))
    return client
