"""Signing in and out: the same words for everybody who does not get in, and a key that ends.

SEC-7.
"""

import re
from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.factories import PASSPHRASE, make_consultation
from tests.voice.themed import make_officer
from tests.voice.themed import sign_in as let_in
from voice.app import create_app
from voice.models import Role
from voice.services import officers
from voice.services.officers import NewOfficer

EMAIL = "officer@example.org"
SIGN_IN = "/officers/sign-in"
GUARD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def guard_of(page):
    """The guard against forgery of the first form on a page."""
    return GUARD.search(page.text)[1]


def sign_in(client, *, email=EMAIL, passphrase=PASSPHRASE, after="", guard=None):
    """Fill in the page as a person does."""
    address = f"{SIGN_IN}?next={after}" if after else SIGN_IN
    sent = {"csrf_token": guard or guard_of(client.get(address))}
    return client.post(address, data=sent | {"email": email, "passphrase": passphrase})


class TestSigningIn:
    def test_goes_to_the_list_of_consultations(self, client, officer):
        reply = sign_in(client)

        assert (reply.status_code, reply.location) == (303, "/officers")

    def test_goes_where_the_officer_wanted_to(self, client, officer):
        reply = sign_in(client, after="/officers/outcomes")

        assert reply.location == "/officers/outcomes"

    @pytest.mark.parametrize(
        "after",
        [
            "https://evil.example/officers",
            "//evil.example/officers",
            "/\\evil.example",
            "/officers/../outcomes",
            "/officers/no-such-page",
            "/outcomes",
            "javascript:alert(1)",
        ],
    )
    def test_goes_nowhere_else(self, client, officer, after):
        """SEC-12."""
        assert sign_in(client, after=after).location == "/officers"

    def test_gives_a_cookie_that_no_script_and_no_other_site_reads(self, client, officer):
        cookie = sign_in(client).headers["Set-Cookie"]

        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Secure" not in cookie

    def test_marks_the_cookie_secure_behind_https(self, settings, database, clock, officer):
        app = create_app(replace(settings, is_https=True), database, now=clock)

        client = app.test_client()
        page = client.get(SIGN_IN, base_url="https://localhost")
        sent = {"csrf_token": guard_of(page), "email": EMAIL, "passphrase": PASSPHRASE}
        reply = client.post(SIGN_IN, data=sent, base_url="https://localhost")

        assert "Secure" in reply.headers["Set-Cookie"]

    def test_ends_the_key_that_the_browser_came_with(self, client, officer, database):
        sign_in(client)
        before = client.get_cookie("officer").value
        guard = guard_of(client.get("/officers"))

        sign_in(client, guard=guard)

        assert client.get_cookie("officer").value != before
        client.set_cookie("officer", before)
        assert client.get("/officers").location.startswith(SIGN_IN)

    def test_never_takes_a_key_that_somebody_else_put_there(self, client, officer):
        client.set_cookie("officer", "planted")

        sign_in(client)

        assert client.get_cookie("officer").value != "planted"


class TestFailingToSignIn:
    def test_says_the_same_for_a_wrong_address_as_for_a_wrong_passphrase(self, client, officer):
        stranger = sign_in(client, email="stranger@example.org")
        wrong = sign_in(client, passphrase="wrong")

        assert stranger.status_code == wrong.status_code == 422
        assert errors_in(stranger) == errors_in(wrong)

    def test_never_draws_the_passphrase_back(self, client, officer):
        reply = sign_in(client, passphrase="almost my passphrase")

        assert "almost my passphrase" not in reply.text

    def test_says_to_wait_after_ten_times(self, client, officer):
        for _ in range(10):
            sign_in(client, passphrase="wrong")

        reply = sign_in(client)

        assert reply.status_code == 429
        assert "Wait 15 minutes" in reply.text

    def test_is_what_happens_without_the_guard_against_forgery(self, client, officer):
        sent = {"email": EMAIL, "passphrase": PASSPHRASE}

        reply = client.post(SIGN_IN, data=sent)

        assert reply.status_code == 422
        assert client.get_cookie("officer") is None


class TestSigningOut:
    def test_ends_the_key_on_the_server_too(self, client, officer):
        sign_in(client)
        key = client.get_cookie("officer").value

        client.post("/officers/sign-out", data={"csrf_token": guard_of(client.get("/officers"))})

        client.set_cookie("officer", key)
        assert client.get("/officers").location.startswith(SIGN_IN)

    def test_asks_again_when_the_page_was_open_for_too_long(self, client, officer):
        sign_in(client)

        reply = client.post("/officers/sign-out")

        assert reply.status_code == 422
        assert "You are still signed in" in reply.text


class TestAStranger:
    @pytest.mark.parametrize("address", ["/officers", "/officers/concerns"])
    def test_is_sent_to_sign_in_and_back(self, client, address):
        assert client.get(address).location == f"{SIGN_IN}?next={address}"


class TestAnAddressThatIsNotThere:
    def test_is_answered_alike_for_somebody_who_is_signed_in(self, client, officer):
        sign_in(client)

        assert client.get("/officers/nothing-here").status_code == 404


class TestTheFirstPage:
    def test_lists_the_consultations_of_the_team_alone(self, client, database):
        with database.writing() as session:
            make_consultation(session)
            make_consultation(session, slug="roads", team="roads")
            let_in(client, session, make_officer(session))

        page = client.get("/officers").text

        assert "/officers/consultations/early-help" in page
        assert "/officers/consultations/roads" not in page

    def test_is_the_queue_for_the_safeguarding_role(self, client, database):
        with database.writing() as session:
            let_in(client, session, make_officer(session, role=Role.SAFEGUARDING))

        assert client.get("/officers").location == "/officers/concerns"


def errors_in(page):
    """What the page says is wrong."""
    return re.findall(r'<a href="#\w+">([^<]+)</a>', page.text)


@pytest.fixture
def officer(database):
    with database.writing() as session:
        return officers.add_officer(
            session, NewOfficer(EMAIL, PASSPHRASE, role=Role.OFFICER, team="families"), now=NOON
        )


class TestAFormWhoseSignInHasEnded:
    def test_gives_the_words_back_and_keeps_nothing(self, client):
        words = "We will open a <second> evening\r\nfrom May"

        reply = client.post(
            "/officers/themes/00000000-0000-0000-0000-000000000000/publish",
            data={"csrf_token": "secret", "we_did": words},
        )

        assert reply.status_code == 401
        assert "We will open a &lt;second&gt; evening" in reply.text
        assert "secret" not in reply.text
