"""Who works here: adding them, and letting them in and out (SEC-7)."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import PASSPHRASE
from voice.errors import NotFoundError
from voice.models import AuditEntry, Officer, Role, SignIn
from voice.services import officers
from voice.services.officers import NewOfficer, OfficerRefusedError, TooManyFailuresError

EMAIL = "officer@example.org"


def new(**changed):
    """Somebody who may be added as they come."""
    given = {"email": EMAIL, "passphrase": PASSPHRASE, "role": Role.OFFICER, "team": "families"}
    return NewOfficer(**given | changed)


def try_wrongly(session, times, *, email=EMAIL, now=NOON):
    """Try to sign in with a wrong passphrase, so many times."""
    return [officers.sign_in(session, email, "wrong", now=now) for _ in range(times)]


class TestAddingAnOfficer:
    def test_keeps_a_hash_and_never_the_passphrase(self, session):
        added = officers.add_officer(session, new(), now=NOON)

        assert PASSPHRASE not in added.passphrase_hash
        assert added.passphrase_hash.startswith("$argon2id$")

    def test_writes_the_address_in_small_letters(self, session):
        added = officers.add_officer(session, new(email=" Officer@Example.ORG "), now=NOON)

        assert added.email == EMAIL

    @pytest.mark.parametrize(
        "changed",
        [
            pytest.param({"email": "nobody"}, id="no e-mail address"),
            pytest.param({"passphrase": "a" * 14}, id="passphrase one letter too short"),
        ],
    )
    def test_is_refused_with(self, session, changed):
        with pytest.raises(OfficerRefusedError):
            officers.add_officer(session, new(**changed), now=NOON)

    def test_is_refused_for_an_address_that_is_here_already(self, session):
        officers.add_officer(session, new(), now=NOON)

        with pytest.raises(OfficerRefusedError):
            officers.add_officer(session, new(email=EMAIL.upper()), now=NOON)

    def test_does_not_show_the_passphrase_when_printed(self):
        assert PASSPHRASE not in repr(new())


class TestSigningIn:
    def test_gives_a_key_that_opens_the_officers_pages(self, session, officer):
        key = officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)

        assert officers.find_signed_in(session, key, now=NOON) is officer

    def test_gives_another_key_each_time(self, session, officer):
        keys = {officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON) for _ in range(3)}

        assert len(keys) == 3

    def test_stores_only_the_hash_of_the_key(self, session, officer):
        key = officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)

        assert session.get(SignIn, key) is None

    @pytest.mark.parametrize(
        ("email", "passphrase"),
        [
            pytest.param(EMAIL, "wrong", id="wrong passphrase"),
            pytest.param("stranger@example.org", PASSPHRASE, id="unknown e-mail"),
        ],
    )
    def test_gives_nothing_for(self, session, officer, email, passphrase):
        assert officers.sign_in(session, email, passphrase, now=NOON) is None

    def test_gives_nothing_to_somebody_who_left(self, session, officer):
        officer.left_at = NOON

        assert officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON) is None

    def test_is_written_down_without_a_word_of_the_passphrase(self, session, officer):
        officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)
        session.flush()

        actions = [(e.action, e.subject) for e in session.query(AuditEntry)]

        assert ("signed in", str(officer.id)) in actions


class TestFailingToSignIn:
    def test_ten_times_makes_even_the_right_passphrase_wait(self, session, officer):
        try_wrongly(session, 10)

        with pytest.raises(TooManyFailuresError):
            officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)

    def test_nine_times_does_not(self, session, officer):
        try_wrongly(session, 9)

        assert officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)

    def test_is_forgotten_after_a_quarter_of_an_hour(self, session, officer):
        try_wrongly(session, 10)
        later = NOON + timedelta(minutes=15, seconds=1)

        assert officers.sign_in(session, EMAIL, PASSPHRASE, now=later)

    def test_makes_nobody_else_wait(self, session, officer):
        try_wrongly(session, 10, email="other@example.org")

        assert officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)

    def test_makes_an_unknown_address_wait_as_well(self, session):
        try_wrongly(session, 10, email="stranger@example.org")

        with pytest.raises(TooManyFailuresError):
            try_wrongly(session, 1, email="stranger@example.org")


class TestAKey:
    def test_opens_nothing_after_signing_out(self, session, key):
        officers.sign_out(session, key)

        assert officers.find_signed_in(session, key, now=NOON) is None

    def test_opens_nothing_after_the_longest_day(self, session, key):
        later = NOON + officers.LONGEST + timedelta(seconds=1)

        assert officers.find_signed_in(session, key, now=later) is None

    def test_opens_nothing_after_lying_idle_for_too_long(self, session, key):
        later = NOON + officers.IDLE + timedelta(seconds=1)

        assert officers.find_signed_in(session, key, now=later) is None

    def test_stays_open_while_it_is_in_use(self, session, key):
        officers.note_seen(session, key, now=NOON + officers.IDLE)
        later = NOON + officers.IDLE + timedelta(hours=1)

        assert officers.find_signed_in(session, key, now=later) is not None

    def test_opens_nothing_once_the_officer_has_left(self, session, key, officer):
        officer.left_at = NOON

        assert officers.find_signed_in(session, key, now=NOON) is None

    @pytest.fixture
    def key(self, session, officer):
        return officers.sign_in(session, EMAIL, PASSPHRASE, now=NOON)


class TestATeam:
    def test_is_seen_by_its_officers(self, officer):
        officers.check_team(officer, "families")

    def test_is_as_if_it_were_not_there_for_another_teams(self, officer):
        with pytest.raises(NotFoundError):
            officers.check_team(officer, "roads")

    def test_is_seen_by_an_admin_of_another(self):
        officers.check_team(Officer(role=Role.ADMIN, team="roads"), "families")


class TestARole:
    @pytest.mark.parametrize(
        ("role", "answers", "figures", "concerns"),
        [
            (Role.OFFICER, True, True, False),
            (Role.ANALYST, False, True, False),
            (Role.SAFEGUARDING, False, False, True),
            (Role.ADMIN, True, True, False),
        ],
    )
    def test_reads_what_it_may(self, role, answers, figures, concerns):
        officer = Officer(role=role)

        may = (officer.may_read_answers, officer.may_read_figures, officer.may_read_concerns)

        assert may == (answers, figures, concerns)


@pytest.fixture
def officer(session):
    return officers.add_officer(session, new(), now=NOON)
