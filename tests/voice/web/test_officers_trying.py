"""A draft tried as a chat in the browser, with no script: live, and nothing of it is stored."""

import io
import re
from html import unescape

import pytest
from sqlalchemy import func, select

from tests.voice.web.test_officers_drafts import DESK, author, database, desk, draft, team
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


@pytest.fixture
def brought(author, draft):
    """Bring the draft back as a file with more in it; return somebody who tries it."""

    def bring(more, **query):
        text = author.client.get(f"{draft}/survey.yaml").text
        for old, new in query.items():
            text = text.replace(f"code: {old}\n", f"code: {old}\n  {new}\n")
        author.open(DESK)
        file = (io.BytesIO(f"{text}{more}".encode()), "mine.yaml")
        author.send(DESK, how="file", file=file)
        return author.page.request.path

    return bring


def test_questions_of_one_page_stand_together_on_the_phone_and_one_by_one_in_the_chat(
    author, brought
):
    trial = Trial(author, brought("", question_1="page: one", question_2="page: one"))
    assert "Questions 1 to 2 of 2" in trial.phone
    assert "Did you go?" in trial.phone
    assert "What was it like?" in trial.phone
    trial.tap("Yes, let’s start")
    assert "What was it like?" not in trial.chat

    author.send(trial.address, question_1="maybe", question_2="Good")
    assert author.page.status_code == 422
    assert "Good" in trial.phone
    author.send(trial.address, question_1="yes", question_2="Good")

    assert "This is the end." in trial.phone
    assert "Good" in trial.chat


def test_a_way_with_pictures_is_pictures_to_press_on_the_phone(author, brought):
    variants = (
        "variants:\n- {code: all, name: All}\n- {code: pics, name: P, presentation: symbols}\n"
    )
    trial = Trial(author, brought(variants))
    author.open(f"{trial.address}?variant=pics")

    assert "voice-symbol-answer" in trial.phone
    author.send(f"{trial.address}?variant=pics", question_1="yes")
    assert "Question 2 of 2" in trial.phone


def test_another_language_is_spoken_on_both_halves(author, brought):
    texts = "{language: cy, texts: {questions.question_1.text: Aethoch chi?}}"
    trial = Trial(author, brought(f"translations:\n- {texts}\n"))
    author.open(f"{trial.address}?language=cy")

    assert 'lang="cy"' in trial.phone
    assert "Aethoch chi?" in trial.phone
    assert "Parhau" in trial.phone
    assert "Continue" not in trial.phone
    assert "Yes, let’s start" not in trial.chat
    assert '<html lang="en"' in author.page.text


def test_what_depends_on_the_door_or_the_capacity_can_be_tried(author, brought):
    """K24: its author meets every question, whomever it is for."""
    by = {"question_1": "ask_if: {channel: kiosk}", "question_2": "ask_if: {capacity: committee}"}
    trial = Trial(author, brought("", **by))
    assert 'name="channel"' in author.page.text
    assert 'name="capacity"' in author.page.text
    assert "This is the end." in trial.phone

    author.open(f"{trial.address}?channel=kiosk&capacity=committee")
    assert '<option value="kiosk" selected>' in author.page.text
    assert "Question 1 of 2" in trial.phone
    query = re.search(r'action="[^"]*/try(\?[^"#]*)#phone"', author.page.text)[1]
    author.send(f"{trial.address}{unescape(query)}", question_1="yes")
    assert "What was it like?" in trial.phone
    assert "What was it like?" in trial.chat


def test_whoever_asks_everybody_alike_chooses_no_door_and_no_capacity(trial):
    assert 'name="channel"' not in trial.author.page.text
    assert 'name="capacity"' not in trial.author.page.text


@pytest.mark.parametrize("usual", ["channel: web", "capacity: individual"])
def test_the_usual_is_one_person_on_a_web_page(author, brought, usual):
    trial = Trial(author, brought("", question_2=f"ask_if: {{not: {{{usual}}}}}"))

    assert "Question 1 of 1" in trial.phone


def test_an_unfinished_draft_has_nothing_to_try(author):
    draft = author.begin("Empty")

    assert "There is nothing to try yet" in author.open(f"{draft}/try")
    author.send(f"{draft}/try/chat", words="Hello")
    assert author.page.status_code in (200, 400)


def test_a_rule_on_the_way_chosen_on_the_page_is_obeyed_and_its_file_says_it(author, brought):
    """K24: written on the page, tried in each way, exported and brought back as it was."""
    ways = "variants:\n- {code: all, name: In words}\n- {code: pics, name: With pictures}\n"
    draft = brought(ways)
    row = {"f-ask_if-0-test": "by", "f-ask_if-0-answer": "-variant.pics"}
    page = author.write(f"{draft}/questions/q2", **{"f-text": "What was it like?", **row})
    assert 'value="-variant.pics" selected>In the way: With pictures<' in page

    trial = Trial(author, draft)
    assert "Question 1 of 1" in trial.phone
    author.open(f"{trial.address}?variant=pics")
    assert "Question 1 of 2" in trial.phone

    written = author.client.get(f"{draft}/survey.yaml").text
    assert "variant: pics" in written
    author.write(f"{draft}/questions/q2", **{"f-text": "What was it like?", **row})
    assert author.client.get(f"{draft}/survey.yaml").text == written


def test_a_way_that_is_gone_says_so_where_the_rule_stands(author, brought):
    draft = brought("", question_2="ask_if: {variant: pics}")

    page = author.open(f"{draft}/questions/q2")

    assert '<optgroup label="No longer there, or not before it">' in page
    assert 'value="-variant.pics" selected' in page
