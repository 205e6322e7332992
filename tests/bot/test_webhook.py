"""The webhook: the secret first, 200 only after the commit, and no content that breaks it."""

import io
import json

import pytest
from sqlalchemy import select, text

from bot.__main__ import check_settings, main
from bot.receiving import Receiver
from bot.webhook import MAX_BODY_BYTES, Webhook
from tests.bot.running import WEBHOOK_SECRET
from voice.config import Settings
from voice.database import Database
from voice.errors import SettingsError
from voice.models import Delivery, Inbound

START = {
    "update_id": 9,
    "message": {"chat": {"id": 42, "type": "private"}, "text": "/start"},
}


@pytest.fixture
def post(store, bot_settings):
    """Return a function that posts a body to the webhook and gives status and answer."""
    webhook = Webhook(Receiver(store, bot_settings), WEBHOOK_SECRET)
    return lambda body, **headers: send(webhook, body, **headers)


def send(webhook, body, *, secret=WEBHOOK_SECRET, method="POST", path="/any/path"):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.input": io.BytesIO(raw),
    }
    if secret is not None:
        environ["HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN"] = secret
    seen = []
    answer = b"".join(webhook(environ, lambda status, headers: seen.append((status, headers))))
    return seen[0][0], answer, dict(seen[0][1])


def inbound_of(store):
    with store.reading() as session:
        return [(each.external_id, each.outcome) for each in session.scalars(select(Inbound))]


class TestTheSecret:
    """SEC-9."""

    @pytest.mark.parametrize(
        "secret",
        [
            pytest.param(None, id="none"),
            pytest.param("", id="empty"),
            pytest.param("wrong", id="wrong"),
            pytest.param(WEBHOOK_SECRET + "x", id="one character too many"),
            pytest.param("gehéim", id="not in ASCII"),
        ],
    )
    def test_if_not_the_right_one_is_refused_and_nothing_is_taken_in(self, post, store, secret):
        status, _, _ = post(START, secret=secret)

        assert status == "403 Forbidden"
        assert inbound_of(store) == []

    def test_if_right_lets_the_update_in(self, post, store):
        status, _, _ = post(START)

        assert status == "200 OK"
        assert inbound_of(store) == [("9", "taken")]

    def test_is_needed_to_start(self, tmp_path):
        bare = Settings(
            home=tmp_path, database_url="", secret_key="k" * 40, telegram_token="1:token"
        )

        with pytest.raises(SettingsError, match=r"WEBHOOK_SECRET is not set.*make one with"):
            check_settings(bare, mode="webhook", role="both")

    def test_is_needed_to_make_a_webhook(self, store, bot_settings):
        with pytest.raises(ValueError, match="secret"):
            Webhook(Receiver(store, bot_settings), "")

    def test_has_a_start_that_tells_of_a_missing_address(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("VOICE_TELEGRAM_TOKEN", "1:token")
        monkeypatch.setenv("VOICE_HOME", str(tmp_path))
        monkeypatch.setattr("bot.__main__._run", lambda *_: None)
        monkeypatch.setattr("bot.__main__.set_up_logs", lambda: None)
        monkeypatch.setattr("bot.__main__.end_when_told", lambda: None)

        assert main(["--mode", "polling"]) == 0
        assert str(tmp_path / "council.yaml") in capsys.readouterr().err

    def test_stops_the_real_program_with_a_cure(self, webhook_bot):
        del webhook_bot.environment["VOICE_TELEGRAM_WEBHOOK_SECRET"]

        code = webhook_bot.start("--mode", "webhook").wait()

        assert code == 2
        assert "bot: VOICE_TELEGRAM_WEBHOOK_SECRET is not set" in webhook_bot.output.read_text()


class TestTheAnswer:
    def test_comes_only_after_everything_is_kept(self, post, store):
        post(START)

        with store.reading() as session:
            assert session.scalars(select(Delivery.reference)).all() == [
                "telegram:9:0",
                "telegram:9:1",
            ]

    def test_to_the_same_update_is_the_same_and_does_nothing_more(self, post, store):
        assert [post(START)[0] for _ in range(3)] == ["200 OK"] * 3

        with store.reading() as session:
            assert len(session.scalars(select(Delivery)).all()) == 2

    def test_while_the_store_is_down_asks_for_it_again(self, bot_settings, tmp_path):
        broken = Database(f"sqlite:///{tmp_path / 'gone' / 'voice.db'}")
        webhook = Webhook(Receiver(broken, bot_settings), WEBHOOK_SECRET)

        status, _, _ = send(webhook, START)

        assert status == "503 Service Unavailable"

    def test_in_a_group_is_one_line_and_nothing_is_stored(self, post, store):
        chat = {"id": -7, "type": "group"}
        status, answer, _ = post({"update_id": 3, "message": {"chat": chat, "text": "/start"}})

        said = json.loads(answer)
        assert (status, said["method"], said["chat_id"]) == ("200 OK", "sendMessage", -7)
        assert "only talk in private" in said["text"]
        assert inbound_of(store) == []

    def test_tells_nothing_of_what_serves_it(self, post):
        _, _, headers = post(START)

        assert set(headers) == {"Content-Type", "Content-Length"}


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"update_id": 1e999}',
            b'{"update_id": 5, "message": {"chat": {"id": 1, "type": "private"}, '
            b'"text": "\\ud800"}}',
            b"null",
        ],
    )
    def test_is_never_an_error(self, post, body):
        assert post(body)[0] == "200 OK"

    def test_is_set_aside_so_that_it_does_not_come_for_a_day(self, post, store):
        assert post({"update_id": 4, "message": {"chat": "?"}})[0] == "200 OK"

        assert inbound_of(store) == [("4", "dead letter")]

    def test_too_large_is_refused(self, post):
        assert post(b"x" * (MAX_BODY_BYTES + 1))[0] == "413 Content Too Large"

    def test_and_any_other_method_is_refused(self, post):
        assert post(b"", method="GET")[0] == "405 Method Not Allowed"

    def test_but_a_check_that_it_is_there_is_answered(self, post):
        assert post(b"", method="GET", path="/health")[0] == "200 OK"

    def test_of_64_thousand_characters_is_taken_in(self, post, store):
        long = {**START, "message": {**START["message"], "text": "é" * 64_000}}

        assert post(long)[0] == "200 OK"


class TestATurnThatBreaks:
    def test_is_set_aside_and_the_person_is_told(self, post, store):
        post(START)
        with store.writing() as session:
            # A store that somebody has spoilt by hand: no turn can be made of this.
            session.execute(text("UPDATE chat SET state = '{}'"))

        again = {**START, "update_id": 10}

        assert post(again)[0] == "200 OK"
        assert ("10", "dead letter") in inbound_of(store)
        with store.reading() as session:
            last = session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
        assert "something went wrong" in last.body["message"]["text"]
