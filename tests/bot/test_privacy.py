"""Nothing of a person but their answers is kept or written anywhere (PRI-1), nor any secret."""

import json

import pytest

from surveys.definition import read_survey
from tests.bot.bot_api import BotApiServer
from tests.bot.phone import CANARIES, Phone
from tests.bot.running import (
    SECRET_KEY,
    WEBHOOK_SECRET,
    RunningBot,
    free_port,
    prepare,
    wait_for_webhook,
)
from tests.stores import new_sqlite
from voice.models import Channel
from voice.services import equality, exports
from voice.services.consultations import find_by_slug
from voice.services.participants import hash_address

TOKEN = "987654321:CanaryToken-AAAAAAAAAAAAAAAAAAAAAAAA"
CHAT = 600_700_800_901
MEDIA_CANARIES = ("+441296999999", "51.81637", "CanaryFileId", "CanaryCaption")
WORDS = "CanaryAnswer the bus is late"


SURVEY = read_survey(
    """
    code: buses
    title: The buses
    about:
      what: We ask about buses.
      why: To mend them.
      who_for: Everybody.
      minutes: 1
      what_happens: We read it.
      who_reads: A small team.
    questions:
      - {code: late, kind: free_text, text: What about the buses?}
    """
)


@pytest.fixture(scope="module", params=["polling", "webhook"])
def traces(request, tmp_path_factory):
    """Everything that a whole conversation leaves: at work, and after the bot was ended."""
    tmp_path = tmp_path_factory.mktemp("traces")
    prepare(tmp_path, SURVEY).close()
    port = free_port()
    with BotApiServer(TOKEN) as api:
        bot = RunningBot(
            tmp_path,
            api.url,
            TOKEN,
            VOICE_TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/",
            VOICE_TELEGRAM_WEBHOOK_SECRET=WEBHOOK_SECRET,
            VOICE_TELEGRAM_PORT=str(port),
        )
        bot.start("--mode", request.param)
        if request.param == "webhook":
            wait_for_webhook(port)
        try:
            _talk(Phone(api, CHAT), api)
            at_work = _files_in(tmp_path, "at work")
            assert bot.stop() == 0
        finally:
            bot.kill()
    return at_work | _files_in(tmp_path, "ended") | _exports_of(tmp_path)


def _files_in(folder, when):
    """Return every file as it lies on the disk now: the store, its log of changes, the logs."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {f"{path.name}, {when}": path.read_bytes() for path in paths}


def _exports_of(folder):
    """Return what an officer could take away."""
    store = new_sqlite(folder)
    with store.reading() as session:
        lines = [*exports.stored_answers(session, "buses")]
        lines += equality.exported(session, find_by_slug(session, "buses"))
    store.close()
    return {"exports": json.dumps(lines).encode()}


def _talk(phone, api):
    phone.come_in()
    phone.type("yes")
    phone.reads("What about the buses?")
    phone.type(WORDS)
    phone.reads("Shall we tell you")
    phone.press("Back")
    phone.reads("What about the buses?")
    other = Phone(api, CHAT + 1)
    other.send(contact={"phone_number": MEDIA_CANARIES[0], **CANARIES})
    other.send(location={"latitude": float(MEDIA_CANARIES[1]), "longitude": -0.81})
    other.send(photo=[{"file_id": MEDIA_CANARIES[2]}], caption=MEDIA_CANARIES[3])
    other.reads("We cannot keep pictures")
    phone.type(WORDS)
    phone.reads("Shall we tell you")
    phone.type("/delete")
    phone.reads("Do you want to delete")
    phone.press("Yes, delete them")
    phone.reads("Your answers are deleted")


class TestWhatAWholeConversationLeaves:
    def test_holds_no_name_number_place_or_picture(self, traces):
        canaries = (*CANARIES.values(), *MEDIA_CANARIES)
        personal = [each for each in canaries if each != "en"]

        assert found(traces, personal) == []

    def test_holds_no_address_in_the_clear(self, traces):
        assert found(traces, [str(CHAT), str(CHAT + 1)]) == []

    def test_holds_no_answer_and_no_hash_of_the_address_once_all_is_deleted(self, traces):
        hashed = hash_address(SECRET_KEY, Channel.TELEGRAM, str(CHAT))

        assert {"voice.db, at work", "voice.db-wal, at work", "exports"} <= set(traces)
        assert found(traces, ["CanaryAnswer", hashed]) == []

    def test_would_hold_the_hash_of_somebody_who_deleted_nothing(self, traces):
        hashed = hash_address(SECRET_KEY, Channel.TELEGRAM, str(CHAT + 1))

        assert ("voice.db, ended", hashed) in found(traces, [hashed])

    def test_holds_no_secret(self, traces):
        secrets = [TOKEN, TOKEN.partition(":")[2], WEBHOOK_SECRET, SECRET_KEY]

        assert found(traces, secrets) == []


def found(traces, canaries):
    return [
        (name, canary)
        for name, content in traces.items()
        for canary in canaries
        if canary.encode() in content
    ]


class TestTheCanaries:
    def test_would_be_found_if_they_were_there(self, tmp_path):
        assert found({"bot.log": b"hello CanaryFirst"}, ["CanaryFirst"]) == [
            ("bot.log", "CanaryFirst")
        ]


class TestWithoutAToken:
    def test_the_program_says_what_to_mend_in_one_line(self, tmp_path):
        bot = RunningBot(tmp_path, "http://127.0.0.1:9", "")

        code = bot.start("--mode", "polling").wait()

        lines = bot.output.read_text().splitlines()
        assert code == 2
        assert len(lines) == 1
        assert lines[0].startswith("bot: VOICE_TELEGRAM_TOKEN is not set; ask @BotFather")

    def test_that_telegram_knows_it_says_so_and_not_the_token(self, tmp_path):
        with BotApiServer(TOKEN) as api:
            bot = RunningBot(tmp_path, api.url, "111:CanaryWrongToken")
            code = bot.start("--mode", "polling").wait()

        said = bot.output.read_text()
        assert code == 2
        assert "check VOICE_TELEGRAM_TOKEN" in said
        assert "CanaryWrongToken" not in said
