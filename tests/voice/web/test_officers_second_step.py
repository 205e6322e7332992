"""The second step of signing in: asked for, set up, lost, and never twice the same code (SEC-7)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import PASSPHRASE
from tests.voice.themed import make_officer
from tests.voice.themed import sign_in as let_in
from voice.app import create_app
from voice.models import AuditEntry, RecoveryCode, Role, SecondStep
from voice.services import one_time_codes, second_steps

EMAIL, SIGN_IN = "lead@example.org", "/officers/sign-in"
CODE, STEP, TRAIL = "/officers/sign-in/code", "/officers/second-step", "/officers/trail"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # a hash says how it was made
GUARD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def send(client, address, **fields):
    """Send in the form that stands at this address."""
    guard = GUARD.search(client.get(address).text)[1]
    return client.post(address, data=fields | {"csrf_token": guard})


def sign_in(client, passphrase=PASSPHRASE):
    """Give the passphrase."""
    return send(client, SIGN_IN, email=EMAIL, passphrase=passphrase)


class TestARoleThatNeedsIt:
    def test_is_told_so_and_may_still_go_on(self, client, admin):
        reply = sign_in(client)

        assert reply.location == STEP
        assert "Set it up within 14 days." in client.get(STEP).text
        assert client.get(TRAIL).status_code == 200

    def test_gets_no_further_once_its_days_are_over(self, client, clock, admin):
        sign_in(client)
        clock.moment = NOON + timedelta(days=14)

        reply = sign_in(client)

        assert reply.location == STEP
        assert client.get(TRAIL).location.startswith(SIGN_IN)
        assert "Set it up now to go on." in client.get(STEP).text

    def test_goes_on_once_it_has_set_it_up(self, client, clock, admin, phone):
        sign_in(client)
        clock.moment = NOON + timedelta(days=14)
        sign_in(client)
        before = client.get_cookie("officer").value

        phone.set_up()

        assert client.get(TRAIL).status_code == 200
        assert client.get_cookie("officer").value != before

    def test_is_what_the_council_says(self, settings, database, clock, admin):
        council = COUNCIL.model_copy(update={"second_step_roles": ()})
        client = create_app(replace(settings, council=council), database, now=clock).test_client()

        assert sign_in(client).location == "/officers"


class TestSettingItUp:
    def test_shows_ten_codes_once_and_keeps_neither_them_nor_the_secret(
        self, client, database, admin, phone
    ):
        sign_in(client)

        codes = phone.set_up()

        assert len(set(codes)) == 10
        assert not any(one in client.get(STEP).text for one in codes)
        with database.reading() as session:
            stored = str(session.scalars(select(RecoveryCode.code_hash)).all())
            sealed = session.scalars(select(SecondStep.secret_sealed)).one()
        assert not any(one in stored or one.replace("-", "") in stored for one in codes)
        assert phone.secret not in sealed

    def test_needs_the_code_that_the_phone_shows(self, client, database, admin, phone):
        sign_in(client)
        send(client, STEP, wish="begin")

        assert send(client, STEP, wish="confirm", code="000000").status_code == 422
        with database.reading() as session:
            assert second_steps.find(session, session.get(type(admin), admin.id)) is None


class TestSigningInWithIt:
    def test_opens_nothing_by_the_passphrase_alone(self, client, enrolled):
        assert sign_in(client).location == CODE
        for address in (TRAIL, "/officers", STEP):
            assert client.get(address).location.startswith(SIGN_IN)

    def test_opens_by_the_code_and_gives_another_key(self, client, enrolled, phone):
        sign_in(client)
        before = client.get_cookie("officer").value

        reply = send(client, CODE, code=phone.code())

        assert reply.location == "/officers"
        assert client.get(TRAIL).status_code == 200
        client.set_cookie("officer", before)
        assert client.get(TRAIL).location.startswith(SIGN_IN)

    def test_goes_where_the_officer_wanted_to(self, client, enrolled, phone):
        guard = GUARD.search(client.get(SIGN_IN).text)[1]
        sent = {"email": EMAIL, "passphrase": PASSPHRASE, "csrf_token": guard}
        asked = client.post(f"{SIGN_IN}?next={TRAIL}", data=sent).location

        assert send(client, asked, code=phone.code()).location == TRAIL

    def test_takes_no_code_twice(self, client, app, enrolled, phone):
        sign_in(client)
        code = phone.code()
        send(client, CODE, code=code)
        other = app.test_client()
        sign_in(other)

        assert send(other, CODE, code=code).status_code == 422

    def test_takes_each_recovery_code_once_however_it_is_typed(self, client, app, enrolled):
        sign_in(client)
        assert send(client, CODE, code=enrolled[0].upper().replace("-", " ")).status_code == 303

        other = app.test_client()
        sign_in(other)
        assert send(other, CODE, code=enrolled[0]).status_code == 422
        assert send(other, CODE, code=enrolled[1]).status_code == 303

    def test_waits_after_ten_wrong_codes_even_for_the_right_one(self, client, enrolled, phone):
        sign_in(client)
        for _ in range(10):
            assert send(client, CODE, code="000000").status_code == 422

        reply = send(client, CODE, code=phone.code())

        assert reply.status_code == 429
        assert "Wait 15 minutes" in reply.text

    def test_ends_a_quarter_of_an_hour_after_the_passphrase(self, client, clock, enrolled, phone):
        sign_in(client)
        clock.moment += timedelta(minutes=15, seconds=1)

        assert client.get(CODE).location.startswith(SIGN_IN)

    def test_says_nothing_of_the_phone_to_who_has_not_the_passphrase(self, client, enrolled):
        known = sign_in(client, passphrase="wrong")
        stranger = send(client, SIGN_IN, email="nobody@example.org", passphrase="wrong")

        wrong = [re.findall(r'<a href="#\w+">([^<]+)</a>', page.text) for page in (known, stranger)]
        assert (known.status_code, wrong[0]) == (stranger.status_code, wrong[1])

    def test_is_written_down(self, client, database, enrolled, phone):
        sign_in(client)
        send(client, CODE, code="000000")
        send(client, CODE, code=phone.code())
        client.post("/officers/sign-out", data={"csrf_token": GUARD.search(client.get(STEP).text)[1]})  # fmt: skip # noqa: E501

        with database.reading() as session:
            done = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert done[-3:] == ["wrong code", "signed in", "signed out"]


class TestALostPhone:
    def test_is_let_go_by_another_administrator(self, app, client, database, admin, enrolled):
        sign_in(client)
        send(client, CODE, code=enrolled[0])
        other = app.test_client()
        with database.writing() as session:
            let_in(other, session, make_officer(session, role=Role.ADMIN))

        assert send_reset(other, admin).status_code == 303

        assert client.get(TRAIL).location.startswith(SIGN_IN)
        assert sign_in(client).location == STEP
        assert client.get(TRAIL).location.startswith(SIGN_IN)
        assert "Set it up now to go on." in client.get(STEP).text
        with database.reading() as session:
            assert "second step taken away" in session.scalars(select(AuditEntry.action)).all()

    def test_is_not_let_go_by_oneself(self, client, admin, enrolled):
        sign_in(client)
        send(client, CODE, code=enrolled[0])

        assert "Another administrator" in send_reset(client, admin).text

    def test_is_changed_by_who_still_has_a_code(self, client, admin, enrolled, phone):
        sign_in(client)
        send(client, CODE, code=enrolled[0])

        assert send(client, STEP, wish="change", code="000000").status_code == 422
        assert send(client, STEP, wish="change", code=enrolled[1]).status_code == 303
        assert "data:image/svg" in client.get(STEP).text

    def test_has_new_codes_that_end_the_old(self, client, app, database, enrolled):
        sign_in(client)
        send(client, CODE, code=enrolled[0])

        send(client, STEP, wish="codes", code=enrolled[1])

        other = app.test_client()
        sign_in(other)
        assert send(other, CODE, code=enrolled[2]).status_code == 422
        with database.reading() as session:
            done = session.scalars(select(AuditEntry.action)).all()
        assert done.count("recovery codes renewed") == 1


def send_reset(client, person):
    """Press the button on a person's page."""
    guard = GUARD.search(client.get(f"/officers/people/{person.id}").text)[1]
    return client.post(f"/officers/people/{person.id}/second-step", data={"csrf_token": guard})


@pytest.fixture
def admin(database):
    with database.writing() as session:
        officer = make_officer(session, role=Role.ADMIN)
        officer.email = EMAIL
        officer.passphrase_hash = QUICK.hash(PASSPHRASE)
        return officer


class Phone:
    """The phone of an officer: it reads the secret off the page, and shows its codes."""

    def __init__(self, client, clock):
        self.client, self.clock, self.secret = client, clock, ""

    def set_up(self):
        """Set it up on the page; return the recovery codes."""
        send(self.client, STEP, wish="begin")
        page = self.client.get(STEP).text
        shown = re.search(r'class="voice-address">([A-Z2-7 ]+)<', page)[1]
        self.secret = shown.replace(" ", "")
        done = send(self.client, STEP, wish="confirm", code=self.code()).text
        self.clock.moment += timedelta(seconds=60)
        return re.findall(r"(?:[0-9a-f]{4}-){3}[0-9a-f]{4}", done)

    def code(self):
        """Return what it shows now."""
        return one_time_codes.code_of(self.secret, one_time_codes.step_at(self.clock()))


@pytest.fixture
def phone(client, clock):
    return Phone(client, clock)


@pytest.fixture
def enrolled(client, admin, phone):
    """The recovery codes of an administrator who has set it up, and is signed out."""
    sign_in(client)
    codes = phone.set_up()
    client.delete_cookie("officer")
    return codes


def test_the_secret_of_the_service_is_what_seals(database, admin):
    with database.writing() as session:
        person = session.get(type(admin), admin.id)
        second_steps.begin(session, person, secret=SECRET, now=NOON)
        with pytest.raises(second_steps.SecondStepRefusedError, match="key"):
            second_steps.secret_of(session.get(SecondStep, admin.id), secret=f"{SECRET}x")
