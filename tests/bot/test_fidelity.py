"""The Bot API of these tests is Telegram's, and no imagination of ours.

Another library works with it; its messages and our calls have the shape that aiogram's models
have, which are made from Telegram's documentation.
"""

import threading

import httpx
import pytest
import telebot
from telebot.apihelper import ApiTelegramException
from telebot.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.calls import BotApi
from bot.commands import Introduction
from bot.outbox import Outbox
from bot.pace import Pace
from bot.polling import Poller
from bot.receiving import Receiver
from bot.sender import Sender
from tests.bot.bot_api import MAX_TEXT_UNITS, RefusedError
from tests.bot.schema import differences, differences_of_call, schema

CHAT = 987_654_321_012
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="s.1.-yes")]])


@pytest.fixture
def other(api, monkeypatch):
    """A bot made with another library, at the Bot API of these tests."""
    monkeypatch.setattr("telebot.apihelper.API_URL", api.url + "/bot{0}/{1}")
    monkeypatch.setattr("telebot.apihelper.FILE_URL", api.url + "/file/bot{0}/{1}")
    monkeypatch.setattr("telebot.apihelper.RETRY_ON_ERROR", False)
    bot = telebot.TeleBot(api.token, threaded=False)
    yield bot
    telebot.apihelper._get_req_session(reset=True)


@pytest.fixture
def ask(api):
    """Return a function that calls a method and gives its result, as it is on the wire."""

    def ask(method, **arguments):
        reply = httpx.post(f"{api.url}/bot{api.token}/{method}", json=arguments).json()
        return reply["result"] if reply["ok"] else reply

    return ask


class TestAnotherLibrary:
    def test_says_sends_and_changes_a_message_with_buttons(self, other, phone):
        sent = other.send_message(CHAT, "Is that OK?", reply_markup=BUTTONS)
        other.edit_message_text("Changed", CHAT, sent.message_id, reply_markup=BUTTONS)

        assert [each.text for each in phone.screen] == ["Changed"]
        assert phone.screen[0].buttons[0]["text"] == "Yes"

    def test_loses_the_buttons_by_a_change_that_names_none(self, other, phone):
        sent = other.send_message(CHAT, "Is that OK?", reply_markup=BUTTONS)

        other.edit_message_text("Changed", CHAT, sent.message_id)

        assert phone.screen[0].buttons == []

    def test_reads_every_kind_of_update_that_people_send(self, other, phone):
        everything(phone, other.send_message(CHAT, "Well?", reply_markup=BUTTONS))

        updates = other.get_updates(timeout=1)

        assert [each.message.content_type for each in updates if each.message] == [
            "text", "photo", "voice", "document", "location", "contact",
        ]  # fmt: skip
        assert [each.callback_query.data for each in updates if each.callback_query] == ["s.1.-yes"]
        assert [each.edited_message.text for each in updates if each.edited_message] == ["Mended"]
        [left] = [each.my_chat_member for each in updates if each.my_chat_member]
        assert left.new_chat_member.status == "kicked"

    def test_fetches_a_file(self, other, phone):
        phone.send_file("photo", b"a picture")
        [update] = other.get_updates(timeout=1)

        found = other.get_file(update.message.photo[-1].file_id)

        assert other.download_file(found.file_path) == b"a picture"

    def test_answers_a_press_once(self, other, phone):
        phone.press_token("s.1.-yes", phone_sent(other, phone))
        [update] = other.get_updates(timeout=1)

        assert other.answer_callback_query(update.callback_query.id)
        with pytest.raises(ApiTelegramException, match="query is too old"):
            other.answer_callback_query(update.callback_query.id)

    @pytest.mark.parametrize(
        ("text", "data", "code", "says"),
        [
            ("x" * (MAX_TEXT_UNITS + 1), "s", 400, "message is too long"),
            ("x", "y" * 65, 400, "BUTTON_DATA_INVALID"),
            ("x", "é" * 33, 400, "BUTTON_DATA_INVALID"),
        ],
    )
    def test_meets_the_limits_by_their_names(self, other, text, data, code, says):
        button = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data=data)]])

        with pytest.raises(ApiTelegramException, match=says) as refused:
            other.send_message(CHAT, text, reply_markup=button)

        assert refused.value.error_code == code

    def test_meets_a_block_and_a_wait_as_it_knows_them(self, other, api):
        api.blocked.add(CHAT)
        with pytest.raises(ApiTelegramException, match="bot was blocked by the user") as blocked:
            other.send_message(CHAT, "x")
        api.failures["sendMessage"] = [RefusedError(429, "Too Many Requests", retry_after=7)]
        with pytest.raises(ApiTelegramException) as waiting:
            other.send_message(1, "x")

        assert blocked.value.error_code == 403
        assert waiting.value.result_json["parameters"]["retry_after"] == 7

    def test_cannot_poll_while_there_is_a_webhook(self, other, api):
        api.webhook = {"url": "http://127.0.0.1:9/", "secret": "x"}

        with pytest.raises(ApiTelegramException, match="can't use getUpdates") as refused:
            other.get_updates(timeout=1)

        assert refused.value.error_code == 409


class TestTheShapeOf:
    def test_every_update_is_telegrams(self, ask, api, phone):
        everything(phone, sent_by(api, ask))

        updates = ask("getUpdates", timeout=1)

        assert len(updates) == 9
        assert [found for each in updates for found in differences(each, "Update")] == []

    def test_every_result_is_telegrams(self, ask, api, phone):
        api.files["f"] = b"x"
        sent = ask("sendMessage", chat_id=CHAT, text="Well?")
        edited = ask("editMessageText", chat_id=CHAT, message_id=sent["message_id"], text="Yes?")

        assert differences(ask("getMe"), "User") == []
        assert differences(sent, "Message") == []
        assert differences(edited, "Message") == []
        assert differences(ask("getFile", file_id="f"), "File") == []

    def test_every_call_of_ours_is_telegrams(self, api, phone, store, bot_settings):
        hold_a_conversation(api, phone, store, bot_settings)

        made = {call.method for call in api.calls}
        wrong = [
            found
            for call in api.calls
            for found in differences_of_call(call.method, call.arguments)
        ]
        assert wrong == []
        assert made == {
            "getMe", "deleteWebhook", "setMyCommands", "setWebhook", "getUpdates", "sendMessage",
            "editMessageText", "answerCallbackQuery",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("value", "says"),
        [
            ({"id": 1}, "User.is_bot is missing"),
            ({"id": "1", "is_bot": False, "first_name": "A"}, "User.id is no integer"),
            ({"id": 1, "is_bot": False, "first_name": "A", "age": 1}, "User.age is unknown"),
        ],
    )
    def test_what_is_not_telegrams_is_seen(self, value, says):
        assert says in differences(value, "User")

    def test_is_said_to_come_from_where_it_came(self):
        assert schema()["source"].startswith("aiogram 3.")


def everything(phone, sent):
    """Send one of each kind that a person can send."""
    phone.type("Hello")
    phone.edit("Mended")
    for kind in ("photo", "voice", "document"):
        phone.send_file(kind, b"x")
    phone.send(location={"latitude": 51.8, "longitude": -0.8})
    phone.send(contact={"phone_number": "+441296999999", "first_name": "Sam"})
    phone.press_token("s.1.-yes", sent)
    phone.member("kicked")


def sent_by(api, ask):
    ask("sendMessage", chat_id=CHAT, text="Well?")
    return api.chats[CHAT][-1]


def phone_sent(other, phone):
    other.send_message(CHAT, "Well?", reply_markup=BUTTONS)
    return phone.screen[-1]


def hold_a_conversation(api, phone, store, settings):
    """Introduce the bot both ways, and answer two questions by pressing."""
    calls = BotApi(settings)
    introduction = Introduction(calls, settings)
    introduction.find_name()
    introduction.begin_webhook()
    introduction.begin_polling()
    sender = Sender(Outbox(store, settings), api.token, api.url, pace=Pace(chat_seconds=0.0))
    poller = Poller(calls, Receiver(store, settings, sender.wake))
    threads = [threading.Thread(target=each.run) for each in (sender, poller)]
    for thread in threads:
        thread.start()
    phone.come_in()
    phone.press("Yes, let’s start")
    phone.reads("Question 1 of 5")
    phone.press("Very good")
    phone.reads("Question 2 of 5")
    poller.stop()
    sender.stop()
    phone.type("stop")  # ends the poll that is open
    for thread in threads:
        thread.join()
    calls.close()
