"""Where a file that somebody sent is fetched from: the Bot API itself, or a server beside it."""

from dataclasses import replace

import pytest

from bot.calls import UnreachableError
from bot.fetching import fetch
from tests.bot.bot_api import BotApiServer
from voice.config import read_settings
from voice.services.chat_arrivals import FileSent

SENT = FileSent("photo/1", 3)


class TestAFile:
    def test_comes_from_the_bot_api(self, api, bot_settings):
        api.files["photo/1"] = b"abc"

        assert fetch(bot_settings, SENT, most_bytes=9) == b"abc"

    def test_comes_from_the_server_for_files_if_there_is_one(self, api, bot_settings):
        api.files["photo/1"] = b"abc"
        with BotApiServer() as files:
            files.files["photo/1"] = b"xyz"
            apart = replace(bot_settings, telegram_file_api=files.url)

            assert fetch(apart, SENT, most_bytes=9) == b"xyz"

    def test_that_the_server_for_files_has_not_is_an_error(self, api, bot_settings):
        api.files["photo/1"] = b"abc"
        with BotApiServer() as files:
            apart = replace(bot_settings, telegram_file_api=files.url)

            with pytest.raises(UnreachableError, match="404"):
                fetch(apart, SENT, most_bytes=9)


def test_the_address_is_read_from_the_environment(tmp_path):
    given = {"VOICE_HOME": str(tmp_path), "VOICE_TELEGRAM_FILE_API": "https://files.example/"}

    assert read_settings(given).telegram_file_api == "https://files.example"
