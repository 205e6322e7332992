"""What gateways post, as a conversation takes it: never an error, whatever came."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms.inbound import Stop, Unreadable, full_number, read_notify, read_own
from surveys.turns import Command, Start, Text
from voice.models import Channel


def own(words, number="07700 900123"):
    return read_own(json.dumps({"id": "a1", "from": number, "text": words}).encode())


class TestWhatATextMeans:
    def test_words_are_words(self):
        arrival = own("My nan helps me 💛")

        assert (arrival.channel, arrival.external_id) == (Channel.SMS, "a1")
        assert arrival.address == "447700900123"
        assert arrival.event == Text("My nan helps me 💛")

    @pytest.mark.parametrize("words", ["STOP", "stop", " Stop. ", "Unsubscribe", "STOP ALL"])
    def test_stop_is_told_before_anything(self, words):
        assert isinstance(own(words), Stop)

    def test_stop_in_a_sentence_is_somebodys_words(self):
        assert own("make him stop").event == Text("make him stop")

    @pytest.mark.parametrize(
        ("words", "payload"), [("START", ""), ("start K7Q2", "K7Q2"), ("Join hmip-viewpoint", None)]
    )
    def test_start_opens_what_the_poster_names(self, words, payload):
        arrival = own(words)

        assert arrival.event == Start()
        assert arrival.payload.casefold() == (payload or words.partition(" ")[2]).casefold()

    @pytest.mark.parametrize("words", ["start cutting", "join football", "START K7Q2"])
    def test_what_follows_start_is_screened_whatever_it_is(self, words):
        assert own(words).words == words

    def test_a_personal_code_is_said_as_the_chat_says_it(self):
        assert own("CODE K7M-9QX-3CDF").event == Text("/CODE K7M-9QX-3CDF")
        assert own("code").event == Text("/code")
        assert own("code off").event == Text("/code off")
        assert own("code of conduct, please").event == Text("code of conduct, please")

    def test_delete_is_a_command_of_its_own(self):
        assert own("DELETE").event == Command("delete")


class TestNumbers:
    @pytest.mark.parametrize(
        "written",
        [
            "07700900123",
            "+44 (0)7700 900123",
            "7700900123",
            "+44 7700 900123",
            "447700900123",
            "0044 7700 900-123",
            "(07700) 900123",
        ],
    )
    def test_are_the_same_however_they_are_written(self, written):
        assert full_number(written) == "447700900123"

    def test_of_another_country_stay_as_they_are(self):
        assert full_number("+48 601 234 567") == "48601234567"

    @pytest.mark.parametrize("written", ["", "NHSNoReply", "12", "+", "9" * 20])
    def test_that_nobody_can_answer_are_none(self, written):
        assert full_number(written) == ""


class TestBadInput:
    @pytest.mark.parametrize(
        "body",
        [
            b"", b"[]", b"null", b"{", b"\xff", b'{"id": [1], "from": "07700900123", "text": "a"}',
            b'{"id": "", "from": "07700900123", "text": "a"}',
            b'{"id": "1", "from": "07700900123"}', b"[" * 100_000,
        ],
    )  # fmt: skip
    def test_is_set_aside(self, body):
        assert isinstance(read_own(body), Unreadable)

    def test_an_id_in_digits_or_too_long_is_an_id_even_so(self):
        number = {"from": "07700900123", "text": "a"}
        long = [read_own(json.dumps({"id": "x" * size} | number).encode()) for size in (300, 301)]

        assert read_own(json.dumps({"id": 7} | number).encode()).external_id == "7"
        assert long[0].external_id != long[1].external_id
        assert len(long[0].external_id) <= 100

    def test_words_stay_with_what_cannot_be_read(self):
        assert own("my dad hits me", "NHSNoReply") == Unreadable("my dad hits me")

    @given(st.binary(max_size=200))
    def test_never_raises(self, body):
        read_own(body)
        read_notify(body)
