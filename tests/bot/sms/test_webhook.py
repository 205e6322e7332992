"""The webhook for texts: who may post, 200 only after the commit, each text once."""

import json

import pytest
from sqlalchemy import func, select, text

from bot.sms.__main__ import check_settings
from bot.sms.gateways import sign
from bot.sms.webhook import FRESH_SECONDS, SmsWebhook
from tests.bot.running import COUNCIL, SECRET_KEY
from tests.bot.sms.texting import NUMBER, post, post_signed
from voice.config import Settings
from voice.database import Database
from voice.errors import SettingsError
from voice.models import Concern, Delivery, Inbound
from voice.services import opened

NOW = 1_800_000_000
HELLO = {"id": "m-1", "from": "07700900123", "text": "START"}
FROM_NOTIFY = {"id": "n-1", "source_number": NUMBER, "message": "START"}


def taken_in(store):
    with store.reading() as session:
        return [each.external_id for each in session.scalars(select(Inbound))]


@pytest.fixture
def own(store, by_gateway):
    return SmsWebhook(store, by_gateway, clock=lambda: NOW)


@pytest.fixture
def of_notify(store, by_notify):
    return SmsWebhook(store, by_notify)


class TestWhoMayPost:
    def test_a_signed_text_is_taken_in(self, store, own, gateway):
        assert post_signed(own, HELLO, gateway.secret, at=NOW) == 200
        assert taken_in(store) == ["m-1"]

    @pytest.mark.parametrize(
        ("secret", "at", "signed"),
        [
            pytest.param("another secret", NOW, None, id="another's secret"),
            pytest.param(None, NOW - FRESH_SECONDS - 1, None, id="a recording"),
            pytest.param(None, NOW + FRESH_SECONDS + 1, None, id="from the future"),
            pytest.param(None, NOW, "t=1,v1=", id="no signature"),
            pytest.param(None, NOW, f"t={NOW},v1={'0' * 64}", id="another signature"),
            pytest.param(None, NOW, "é", id="not in ASCII"),
        ],
    )
    def test_anybody_else_is_turned_away(self, store, own, gateway, secret, at, signed):
        status = post_signed(own, HELLO, secret or gateway.secret, at=at, signed=signed)

        assert (status, taken_in(store)) == (403, [])

    def test_a_signature_of_other_words_is_none(self, store, own, gateway):
        raw = json.dumps(HELLO).encode()

        signed = sign(gateway.secret, raw, at=NOW)

        assert post_signed(own, HELLO | {"text": "DELETE"}, "", at=NOW, signed=signed) == 403

    def test_notify_shows_its_token(self, store, of_notify, by_notify):
        token = f"Bearer {by_notify.notify_token}"

        assert post(of_notify, "/notify", FROM_NOTIFY, authorization=token) == 200
        assert taken_in(store) == ["n-1"]

    @pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "what Notify shows us!"])
    def test_a_wrong_token_is_turned_away(self, store, of_notify, token):
        assert post(of_notify, "/notify", FROM_NOTIFY, authorization=token) == 403
        assert taken_in(store) == []

    def test_without_secrets_nobody_may(self, store, tmp_path):
        bare = Settings(tmp_path, "", SECRET_KEY, COUNCIL)
        webhook = SmsWebhook(store, bare, clock=lambda: NOW)

        assert post_signed(webhook, HELLO, "", at=NOW) == 403
        assert post(webhook, "/notify", FROM_NOTIFY, authorization="Bearer ") == 403

    @pytest.mark.parametrize(
        ("path", "method", "status"),
        [("/", "POST", 404), ("/sms", "GET", 405), ("/health", "GET", 200)],
    )
    def test_other_addresses(self, own, path, method, status):
        assert post(own, path, b"", method=method) == status


class TestTakingIn:
    def test_a_text_that_comes_again_is_taken_in_once(self, store, own, gateway):
        for _ in range(3):
            assert post_signed(own, HELLO, gateway.secret, at=NOW) == 200

        with store.reading() as session:
            replies = session.scalars(select(Delivery.reference)).all()
        assert len(replies) == len(set(replies)) > 0
        assert taken_in(store) == ["m-1"]

    @pytest.mark.parametrize("body", [b"{", b"[]", {"id": "1"}])
    def test_what_cannot_be_read_is_not_sent_for_ever(self, own, gateway, body):
        assert post_signed(own, body, gateway.secret, at=NOW) == 200

    def test_words_of_danger_are_heard_from_nobody_knows_whom(self, store, own, gateway):
        body = {"id": "1", "from": "NHSNoReply", "text": "my dad hits me every night"}

        assert post_signed(own, body, gateway.secret, at=NOW) == 200
        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(Concern)) == 1

    def test_with_the_store_down_it_must_come_again(self, tmp_path, by_gateway, gateway):
        broken = Database(f"sqlite:///{tmp_path / 'nowhere' / 'voice.db'}")
        webhook = SmsWebhook(broken, by_gateway, clock=lambda: NOW)

        assert post_signed(webhook, HELLO, gateway.secret, at=NOW) == 503

    def test_a_turn_that_breaks_says_sorry_and_goes_on(self, store, own, gateway, monkeypatch):
        with store.writing() as session:
            session.execute(text("UPDATE survey_version SET definition = '{}'"))
        monkeypatch.setattr(opened, "_known", {})  # as in a program that has just begun

        assert post_signed(own, HELLO, gateway.secret, at=NOW) == 200
        with store.reading() as session:
            assert session.scalar(select(Inbound.outcome)) == "dead letter"


class TestSettings:
    @pytest.mark.parametrize(
        ("given", "named"),
        [
            ({}, "VOICE_NOTIFY_KEY or VOICE_SMS_GATEWAY"),
            ({"notify_key": "k"}, "VOICE_NOTIFY_TEMPLATE"),
            ({"sms_gateway": "https://sms.example"}, "VOICE_SMS_SECRET"),
        ],
    )
    def test_that_could_not_be_safe_are_refused(self, tmp_path, given, named):
        with pytest.raises(SettingsError, match=named):
            check_settings(Settings(tmp_path, "", SECRET_KEY, **given))
