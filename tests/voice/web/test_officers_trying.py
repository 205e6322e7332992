"""A draft tried as a chat in the browser, with no script: live, and nothing of it is stored."""

import re
from html import unescape

import pytest
from sqlalchemy import func, select

from tests.voice.web.test_officers_drafts import author, database, desk, draft, team
from voice.models import AnswerRow, Chat, Concern, Delivery, Response

__all__ = ["author", "database", "desk", "draft", "team"]


class Trial:
    """Somebody at the try-out page of a draft."""

    def __init__(self, author, draft):
        self.author, self.address = author, f"{draft}/try"
        author.open(self.address)

    @property
    def chat(self):
        """Return what stands in the chat half, as text."""
        half = self.author.page.text.partition('aria-label="As a chat"')[2]
        return unescape(half.partition("</section>")[0])

    @property
    def phone(self):
        half = self.author.page.text.partition('aria-label="On a phone"')[2]
        return unescape(half.partition("</section>")[0])

    def tap(self, label):
        token = re.search(rf'name="tap" value="([^"]+)"[^>]*>{label}', self.chat)[1]
        self.author.send(f"{self.address}/chat", tap=token)

    def type(self, words):
        self.author.send(f"{self.address}/chat", words=words)


@pytest.fixture
def trial(author, draft):
    return Trial(author, draft)


def stored(database):
    with database.reading() as session:
        tables = (AnswerRow, Response, Chat, Delivery, Concern)
        return [session.scalar(select(func.count()).select_from(each)) for each in tables]


def test_the_chat_is_walked_by_taps_and_words_and_stores_nothing(trial, database):
    before = stored(database)

    assert "Did you go?" not in trial.chat
    trial.tap("Yes, let’s start")
    trial.tap("Yes")
    assert "What was it like?" in trial.chat
    assert "Question 2 of 2" in trial.phone
    trial.type("I want to die")

    assert "Here the answers would be sent in." in trial.chat
    assert "This is the end." in trial.phone
    trial.tap("No, thanks")
    assert stored(database) == before


def test_the_phone_takes_the_chat_along(trial):
    trial.author.send(trial.address, question_1="no")

    assert "What was it like?" in trial.chat
    trial.tap("Back")
    assert "Question 1 of 2" in trial.phone
    assert re.search(r'value="no"[^>]* checked', trial.phone)


def test_begins_again(trial):
    trial.tap("Yes, let’s start")
    trial.author.send(f"{trial.address}/chat", anew="yes")

    assert "Yes, let’s start" in trial.chat


def test_a_walk_that_is_not_signed_by_us_is_asked_on(trial):
    trial.tap("Yes, let’s start")
    page = trial.author.send(f"{trial.address}/chat", walk="forged", words="yes")

    assert trial.author.page.status_code == 200
    assert "Question 2 of 2" in page


def test_a_file_that_must_be_sent_is_pretended_on_either_half(author, draft):
    author.add(draft, "photo", **{"f-text": "A picture of it?", "f-required": "yes"})
    trial = Trial(author, draft)
    author.send(trial.address, question_1="no")
    author.send(trial.address, skip="yes")
    assert "Go on as if a picture came" in trial.chat
    author.send(f"{trial.address}/chat", pretend="yes")
    assert "This is the end." in trial.phone
    author.send(trial.address, back="yes")
    author.send(trial.address, pretend="yes")
    assert "This is the end." in trial.phone


def test_a_page_without_its_guard_says_so_and_loses_nothing(trial):
    trial.tap("Yes, let’s start")
    page = trial.author.send(f"{trial.address}/chat", csrf_token="", words="yes")

    assert trial.author.page.status_code == 422
    assert "Question 1 of 2" in page


def test_an_unfinished_draft_has_nothing_to_try(author):
    draft = author.begin("Empty")

    assert "There is nothing to try yet" in author.open(f"{draft}/try")
    author.send(f"{draft}/try/chat", words="Hello")
    assert author.page.status_code in (200, 400)
