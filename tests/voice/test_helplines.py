"""The helplines in the language of whoever reads them: their small words too, never the numbers."""

import re

import pytest

from surveys.catalogue import offered_languages
from surveys.definition import read_from_library
from surveys.fitting import Setting
from surveys.turns import Start
from tests.voice.services.chatting import NOON, open_survey, settings_for
from voice.config import NATIONAL_HELPLINES, Council, Helpline, read_settings
from voice.errors import SettingsError
from voice.services import demonstration, web_chats
from voice.services.web_chats import Browser

OTHERS = [each for each in offered_languages() if each != "en"]
COUNCIL = Council.model_validate(demonstration.COUNCIL)
ENGLISH = re.compile(r"any time|free|office|hours|evenings|weekends|adults|worried|Emergency|under")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("line", COUNCIL.helplines, ids=lambda line: line.number)
def test_each_is_said_in_each_language_of_ours(language, line):
    said = line.line_in(language)

    assert line.number in said
    assert not ENGLISH.search(said)
    assert not line.note or line.find_said("note", language) not in {None, line.note}


def test_what_a_council_has_not_translated_is_said_as_it_is():
    line = Helpline(name="Ours", number="01234 567890", hours="mornings")

    assert line.line_in("pl") == "Ours: 01234 567890 (mornings)"


def test_the_national_ones_stay_as_they_are_in_english():
    assert NATIONAL_HELPLINES[1].line == "Childline: 0800 1111 (free, any time, for under 19s)"


@pytest.mark.parametrize(
    "wrong",
    [
        "[{language: Polish, hours: rano}]",
        "[{language: pl, hour: rano}]",
        "[{language: pl, hours: rano}, {language: pl, hours: wieczorem}]",
        "[{language: en, hours: mornings}]",
    ],
)
def test_a_translation_that_is_wrong_is_named_at_the_start(tmp_path, wrong):
    line = f"{{name: Ours, number: '01234', translations: {wrong}}}"
    (tmp_path / "council.yaml").write_text(f"helplines: [{line}]", encoding="utf-8")

    with pytest.raises(SettingsError, match="helplines → 0 → translations"):
        read_settings({"VOICE_HOME": str(tmp_path)})


def test_the_chat_says_them_in_its_own_language(database, tmp_path):
    open_survey(database, read_from_library("chelseas_choice_2015"))
    settings = settings_for(tmp_path)
    browser = Browser("asked", "a-key", Setting(language="pl"))

    with database.writing() as session:
        came = web_chats.arrive(session, settings, browser, Start(), press_key="1", now=NOON)
        said = "\n".join(each.text for each in came.messages)

    assert "Nagły wypadek: 999 (o każdej porze)" in said
    assert "any time" not in said


def test_the_page_says_them_in_its_own_language(client):
    page = client.get("/help?language=cy").text

    assert "am ddim, unrhyw bryd" in page
    assert "free, any time" not in page
