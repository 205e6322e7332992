"""The guard against forgery and its cookie are the ones that Flask-WTF and Flask make."""

import time

import pytest
from flask import Request, g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf, validate_csrf

from voice.web import guards
from voice.web.forms import Press, PressForm

SPOILT = [
    lambda it: "",
    lambda it: it[:-1],
    lambda it: "x" + it,
    lambda it: it + "é",
    lambda it: it.rpartition(".")[2],
    lambda it: "..",
    lambda it: it.replace(".", ""),
]
FLASKS = SecureCookieSessionInterface()


@pytest.fixture
def later(monkeypatch):
    """A way to let time pass."""

    def pass_seconds(seconds):
        moment = time.time() + seconds
        monkeypatch.setattr(time, "time", lambda: moment)

    return pass_seconds


class TestTheGuard:
    def test_is_taken_by_flask_wtf(self, app):
        with app.test_request_context():
            validate_csrf(guards.guard_here())

    def test_of_flask_wtf_is_taken(self, app):
        with app.test_request_context():
            assert guards.is_guarded(generate_csrf())

    def test_is_the_one_that_flask_wtf_makes(self, app, later):
        later(0)
        with app.test_request_context():
            ours = guards.guard_here()
            g.pop("csrf_token")

            assert generate_csrf() == ours

    def test_of_another_browser_is_refused(self, app):
        with app.test_request_context():
            others = guards.guard_here()
        with app.test_request_context():
            guards.guard_here()

            assert not guards.is_guarded(others)

    @pytest.mark.parametrize("spoil", SPOILT)
    def test_that_was_changed_is_refused(self, app, spoil):
        with app.test_request_context():
            assert not guards.is_guarded(spoil(guards.guard_here()))

    def test_is_refused_where_the_browser_has_no_key(self, app):
        with app.test_request_context():
            guard = guards.guard_here()
            session.clear()

            assert not guards.is_guarded(guard)

    def test_runs_out(self, app, later):
        with app.test_request_context():
            guard = guards.guard_here()
            later(app.config["WTF_CSRF_TIME_LIMIT"] + 1)

            assert not guards.is_guarded(guard)

    def test_of_the_future_is_refused(self, app, later):
        with app.test_request_context():
            guard = guards.guard_here()
            later(-60)

            assert not guards.is_guarded(guard)


class TestTheCookie:
    def cookie(self, app, made_by, secret=None):
        app.config["SECRET_KEY"] = secret or app.config["SECRET_KEY"]
        return made_by.get_signing_serializer(app).dumps({"csrf_token": "chance"})

    def opened(self, app, cookie, opened_by):
        with app.test_request_context(headers={"Cookie": f"form={cookie}"}) as asked:
            return opened_by.open_session(app, asked.request)

    def test_of_flask_is_read(self, app):
        cookie = self.cookie(app, FLASKS)

        assert self.opened(app, cookie, guards.GuardKeeper()) == {"csrf_token": "chance"}

    def test_is_read_by_flask(self, app):
        cookie = self.cookie(app, guards.GuardKeeper())

        assert self.opened(app, cookie, FLASKS) == {"csrf_token": "chance"}

    def test_that_we_did_not_sign_says_nothing_and_is_not_remembered(self, app):
        ours = app.config["SECRET_KEY"]
        cookie = self.cookie(app, FLASKS, secret="somebody else's secret")
        app.config["SECRET_KEY"] = ours
        remembered = guards._read.cache_info().currsize

        assert self.opened(app, cookie, guards.GuardKeeper()) == {}
        assert guards._read.cache_info().currsize == remembered

    def test_grows_too_old_though_it_was_known(self, app, later):
        cookie = self.cookie(app, FLASKS)
        self.opened(app, cookie, guards.GuardKeeper())
        later(guards.COOKIE_SECONDS + 1)

        assert self.opened(app, cookie, guards.GuardKeeper()) == {}

    def test_known_already_is_nobody_elses_to_change(self, app):
        cookie = self.cookie(app, FLASKS)
        self.opened(app, cookie, guards.GuardKeeper())["csrf_token"] = "changed"

        assert self.opened(app, cookie, guards.GuardKeeper()) == {"csrf_token": "chance"}


class TestCookies:
    @pytest.mark.parametrize(
        "sent", ["", "a=1; b=2; a=3", 'q="two words"', "x=caf\xc3\xa9; y=\xff", "; =; lone"]
    )
    def test_are_the_ones_that_flask_finds(self, app, sent):
        with app.test_request_context(environ_overrides={"HTTP_COOKIE": sent}) as asked:
            theirs = Request(asked.request.environ).cookies

            assert list(asked.request.cookies.items(multi=True)) == list(theirs.items(multi=True))


class TestAPress:
    def test_draws_what_a_form_of_wtforms_draws(self, app):
        with app.test_request_context(method="POST", data={"press": '"><b>'}):
            ours, theirs = Press(), PressForm()

            assert ours.press == theirs.press()
            assert ours.press_key == theirs.press_key == '"><b>'
            assert ours.csrf_token == theirs.csrf_token()

    @pytest.mark.parametrize("sent", [{}, {"press": ""}])
    def test_without_a_key_gets_one(self, app, sent):
        with app.test_request_context(method="POST", data=sent):
            assert len(Press().press_key) == len(PressForm().press_key)

    def test_holds_nothing_that_no_store_can(self, app):
        with app.test_request_context(method="POST", data={"press": "a\0b"}):
            assert Press().press_key == "ab"

    def test_that_is_blank_takes_nothing_from_what_was_sent(self, app):
        with app.test_request_context(method="POST", data={"press": "sent"}):
            assert Press(blank=True).press_key != "sent"

    def test_is_expired_when_its_guard_is_not_ours(self, app):
        with app.test_request_context(method="POST", data={"csrf_token": "forged"}):
            form = Press()

            assert (form.validate_on_submit(), form.is_expired) == (False, True)

    def test_that_is_only_looked_at_is_neither_sent_nor_expired(self, app):
        with app.test_request_context():
            form = Press()

            assert (form.validate_on_submit(), form.is_expired) == (False, False)
