"""Telegram's updates, read: what each means, and that nothing of the person comes along."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates import FromGroup, Ignored, Left, Unreadable, read_update
from surveys.turns import Command, Edited, Media, Start, Tap, Text
from tests.bot.phone import CANARIES
from voice.services.chat_arrivals import Arrival

PRIVATE = {"id": 42, "type": "private", **CANARIES}
GROUP = {"id": -7, "type": "supergroup", "title": "CanaryTitle"}


def message(**content):
    return {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": PRIVATE, **content}}


class TestAMessage:
    @pytest.mark.parametrize(
        ("text", "event", "payload"),
        [
            ("hello", Text("hello"), ""),
            ("/start", Start(), ""),
            ("/start early-help", Start(), "early-help"),
            ("/START@voice_bot early-help", Start(), "early-help"),
            ("/start ../../etc", Start(), ""),
            ("/help", Command("help"), ""),
            ("/quit", Command("stop"), ""),
            ("/dance", Command("dance"), ""),
            ("/", Text("/"), ""),
            ("and/or", Text("and/or"), ""),
        ],
    )
    def test_means_words_or_a_command(self, text, event, payload):
        read = read_update(message(text=text))

        assert (read.event, read.payload) == (event, payload)

    def test_keeps_the_words_that_follow_a_command_for_the_screening(self):
        assert read_update(message(text="/help he hits me")).words == "he hits me"

    def test_loses_only_what_no_store_can_hold(self):
        raw = json.loads('{"t": "a\\u0000b\\ud83dc\\ud83d\\ude00"}')

        assert read_update(message(text=raw["t"])).event == Text("abc😀")

    @pytest.mark.parametrize(
        "kind", ["photo", "voice", "video", "document", "location", "contact", "sticker", "poll"]
    )
    def test_with_anything_but_words_means_only_its_kind(self, kind):
        content = {kind: {"phone_number": "CanaryPhone", "latitude": 51.8}}

        read = read_update(message(**content, caption="look"))

        assert (read.event, read.words) == (Media(kind), "look")

    def test_that_was_forwarded_is_no_answer(self):
        read = read_update(message(text="not mine", forward_origin={"type": "hidden_user"}))

        assert (read.event, read.words) == (Media("forwarded"), "not mine")

    def test_of_the_service_is_ignored(self):
        assert read_update(message(pinned_message={})) == Ignored()

    def test_edited_is_its_new_words(self):
        raw = {"update_id": 1, "edited_message": {"chat": PRIVATE, "text": "now this"}}

        assert read_update(raw).event == Edited("now this")


class TestAPress:
    def test_carries_its_token_and_what_to_answer_and_change(self):
        raw = press(data="s.1.yes", message={"message_id": 5, "chat": PRIVATE})

        read = read_update(raw)

        assert (read.event, read.edit, read.tap) == (Tap("s.1.yes"), 5, "q1")

    def test_on_a_message_that_is_too_old_to_show_still_counts(self):
        raw = press(data="s.1.yes", message={"message_id": 5, "date": 0, "chat": PRIVATE})

        assert isinstance(read_update(raw), Arrival)

    def test_without_a_message_is_not_readable(self):
        assert read_update(press(data="x", inline_message_id="7")) == Unreadable("1")


def press(**content):
    return {"update_id": 1, "callback_query": {"id": "q1", "from": PRIVATE, **content}}


class TestElsewhere:
    def test_a_command_in_a_group_is_answered_there(self):
        assert read_update(message(chat=GROUP, text="/start@voice_bot")) == FromGroup(-7)

    def test_talk_in_a_group_is_none_of_our_business(self):
        assert read_update(message(chat=GROUP, text="hello")) == Ignored()

    @pytest.mark.parametrize(
        ("chat", "status", "meaning"),
        [
            (PRIVATE, "kicked", Left("1", "42")),
            (PRIVATE, "member", Ignored()),
            (GROUP, "member", FromGroup(-7)),
            (GROUP, "left", Ignored()),
        ],
    )
    def test_a_change_of_membership(self, chat, status, meaning):
        change = {"chat": chat, "new_chat_member": {"status": status}}

        assert read_update({"update_id": 1, "my_chat_member": change}) == meaning


class TestNonsense:
    @pytest.mark.parametrize(
        "raw",
        [None, 7, "update", [], {}, {"update_id": "1"}, {"update_id": True}, {"update_id": 2**70}],
    )
    def test_without_an_id_is_ignored(self, raw):
        assert read_update(raw) == Ignored()

    @pytest.mark.parametrize(
        "content",
        [
            {},
            {"message": "text"},
            {"message": {}},
            {"message": {"chat": {"id": "42"}}},
            {"channel_post": {"chat": GROUP}},
            {"callback_query": {"message": {"chat": 7}}},
            {"my_chat_member": {"chat": PRIVATE}},
        ],
    )
    def test_with_an_id_is_set_aside(self, content):
        assert read_update({"update_id": 1, **content}) == Unreadable("1")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.just(PRIVATE),
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["message", "edited_message", "callback_query", "my_chat_member", "chat",
                     "id", "text", "data", "type", "photo", "update_id", "new_chat_member"]
                ),
                inner,
                max_size=5,
            ),
            max_leaves=20,
        )
    )  # fmt: skip
    def test_of_any_shape_never_raises(self, raw):
        read_update({"update_id": 1, **raw} if isinstance(raw, dict) else raw)


def test_nothing_of_the_person_but_the_number_of_the_chat_is_read():
    whole = message(text="hi", **{"from": PRIVATE}, contact={"phone_number": "CanaryPhone"})

    read = read_update(whole)

    assert "anary" not in repr(read)
