"""The page of the web chat: links in what we say, and the words that answered nothing."""

import re

import pytest
from sqlalchemy import select

from surveys import wording
from surveys.catalogue import find_said, in_language
from tests.conftest import COUNCIL
from tests.factories import make_consultation
from voice.config import Council, Helpline
from voice.models import AnswerRow, Concern
from voice.web.public.chat_words import ON_PAGE, with_links

CHAT = "/consultations/asked/chat"
FORGED = 'my line <a href="tel:1">999</a> and 0800 1111'
OURS = Council(own_helplines=(Helpline(name="Line 24", number="01234 567890", hours="24"),))


@pytest.fixture
def page(client, database):
    with database.writing() as session:
        make_consultation(session, slug="asked", survey="hmip_viewpoint")
    return Page(client)


class Page:
    def __init__(self, client):
        self.client = client
        self.text = client.get(CHAT).text

    def send(self, **given):
        found = re.findall(r'<input[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', self.text)
        hidden = {name: value for name, value in found if name != "tap"}
        reply = self.client.post(CHAT, data={**hidden, **given}, follow_redirects=True)
        self.text = reply.text
        assert reply.status_code == 200
        return self.text

    def begin(self):
        self.send(start="yes")
        self.send(words="yes")
        return self


class TestWordsThatAnswerNothing:
    def test_stay_on_the_page_as_ones_own_until_the_next(self, page, database):
        page.begin()
        shown = page.send(words="blue <b>sky</b>")

        assert re.search(r'voice-bubble--me" id="now"[^>]*>.*?blue &lt;b&gt;sky&lt;/b&gt;', shown)
        assert shown.index("blue &lt;b&gt;") < shown.index(
            "did not understand. Please press a button, or type its words"
        )
        assert "blue" not in page.send(words="1")
        with database.reading() as session:
            stored = [str(vars(row)) for row in session.scalars(select(AnswerRow))]

        assert stored
        assert not [each for each in stored if "blue" in each]

    def test_stay_above_the_help_that_they_bring(self, page, database):
        page.begin()
        shown = page.send(words="I want to kill myself")

        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == ["I want to kill myself"]
        assert shown.index("I want to kill myself") < shown.index("Thank you for telling us")

    def test_stay_when_the_page_is_sent_again_to_be_read_anew(self, page):
        page.begin()
        before = page.text
        first = page.send(words="blue sky")
        page.text = before

        again = page.send(words="blue sky")

        assert "blue sky" in first.partition("<ol")[2]
        assert "blue sky" in again.partition("<ol")[2]

    def test_that_answered_are_not_said_twice_by_a_page_sent_again(self, page):
        page.begin()
        before = page.text
        page.send(words="Very good")
        page.text = before

        assert page.send(words="Very good").count("Very good") == 1

    def test_are_not_said_twice_where_they_answer(self, page):
        page.begin()

        assert page.send(words="Very good").count("Very good") == 1


class TestLinks:
    def test_ring_the_helplines_from_what_we_say(self, page):
        page.begin()
        said = page.send(words="help").partition('<ol class="voice-chat">')[2]
        said = said.partition("</ol>")[0]

        for line in COUNCIL.helplines:
            assert f'href="tel:{line.number.replace(" ", "")}">{line.number}</a>' in said

    def test_are_never_made_of_what_a_person_typed(self, page):
        page.begin()
        said = page.send(words=FORGED)

        assert 'href="tel:1"' not in said
        mine = re.search(r"voice-bubble--me.*?</li>", said, re.DOTALL)
        assert mine
        assert "<a" not in mine[0]

    def test_are_of_whole_lines_of_ours_alone(self):
        line = OURS.own_helplines[0].line

        assert "tel:01234567890" in with_links(line, OURS, "en", outcomes="/outcomes")
        theirs = f"You said: {line}"
        assert with_links(theirs, OURS, "en", outcomes="/outcomes") == theirs
        assert "<b>" not in with_links("<b>", OURS, "en", outcomes="/outcomes")

    @pytest.mark.parametrize("language", ["en", "cy", "pl", "ur"])
    def test_lead_to_what_was_done_in_every_language(self, language):
        said = in_language(
            "Your reference is 7K3M-9QX2. You can read what we did at /outcomes", language
        )

        assert 'href="/outcomes"' in with_links(said, OURS, language, outcomes="/outcomes")

    def test_of_danger_ring_999(self):
        said = with_links("If anyone is in danger, ring 999.", OURS, "en", outcomes="/outcomes")

        assert 'href="tel:999"' in said


class TestTheWordsRoundIt:
    def test_say_nothing_of_a_hundred_thousand_characters(self, page):
        page.begin()

        assert "100,000" not in page.text

    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    @pytest.mark.parametrize("said", ON_PAGE.values())
    def test_are_there_in_every_language(self, language, said):
        assert find_said(language, said) not in {None, said}

    def test_name_no_command_in_help_nor_after_the_answers_are_deleted(self, page):
        page.begin()
        texts = [page.send(words=each) for each in ("help", "/what", "delete", "yes")]

        said = [
            each.partition('<ol class="voice-chat">')[2].partition("</ol>")[0] for each in texts
        ]
        assert "a button below" in said[0]
        assert "answers are deleted" in said[-1]
        assert not [each for each in said if re.search(r"(?<![\w<])/(start|delete|skip)\b", each)]

    @pytest.mark.parametrize("language", ["en", "cy", "pl", "ur"])
    def test_tell_of_buttons_wherever_we_tell_of_commands_elsewhere(self, language):
        ours = [
            each for name, each in vars(wording).items() if name.isupper() and isinstance(each, str)
        ]
        with_command = [each for each in ours if re.search(r"(?<!\w)/[a-z]", each)]
        only_texts = {wording.NO_MORE_TEXTS}

        assert len(with_command) > 5
        for each in set(with_command) - only_texts:
            shown = with_links(in_language(each, language), OURS, language, outcomes="/outcomes")
            assert not re.search(r"(?<![\w<])/[a-z]", re.sub("<[^>]+>", "", shown)), each

    @pytest.mark.parametrize("language", ["en", "cy", "pl", "ur"])
    def test_say_where_they_will_be_told_after_a_yes(self, language):
        thanks = "Your reference is {reference}. We will tell you here what we did. You can read "
        thanks = f"{thanks}what we did at {{address}}"
        there = "https://voice.example/outcomes"
        said = find_said(language, thanks).format(reference="A-1", address=there)

        shown = with_links(f"Thanks\n\n{said}", OURS, language, outcomes=there)

        browser = {"en": "browser", "cy": "porwr", "pl": "przeglądarce", "ur": "براؤزر"}[language]
        assert browser in shown
        assert f'href="{there}"' in shown
        assert "A-1" in shown

    def test_name_no_command_at_the_end(self, page):
        page.begin()
        for _ in range(6):
            page.send(words="skip")

        chat = page.text.partition('<ol class="voice-chat">')[2].partition("</form>")[0]
        assert "with the button below" in chat
        assert "/delete" not in chat
        assert "Get help now" in chat

    def test_has_a_button_that_deletes_and_then_a_way_to_help(self, page, database):
        page.begin()
        page.send(words="Very good")
        token = re.search(r'value="([^"]*\.-delete)"', page.text)[1]

        assert "Do you want to delete all your answers?" in page.send(tap=token)
        assert not re.search(r'value="[^"]*\.-delete"', page.text)
        page.send(tap=re.search(r'value="([^"]*\.-yes)"', page.text)[1])

        assert re.search(r'id="say".*href="/help"', page.text, re.DOTALL)
        with database.reading() as session:
            assert session.scalars(select(AnswerRow)).all() == []

    def test_say_where_what_was_done_will_be_told(self, page):
        page.begin()
        for _ in range(5):
            page.send(words="skip")

        assert "on this page, in this browser only" in page.text
