"""The links of a draft, asked by an author's press and never before."""

import pytest

from tests.voice.web.test_officers_drafts import author, database, desk, draft, team
from voice.services import asked_links
from voice.services.asked_links import LinkAnswer, Verdict
from voice.web.officers import draft_links as page_of_links

__all__ = ["author", "database", "desk", "draft", "team"]


@pytest.fixture
def asked(monkeypatch, database):
    """What the page asked for; each link is answered in turn, and nobody else waits meanwhile."""
    heard = []

    def answer(links):
        heard.extend(links)
        with database.writing():
            pass
        verdicts = [Verdict.MOVED, Verdict.NOT_FOUND, Verdict.UNREACHED]
        return [
            LinkAnswer(link, verdict, "Because", "https://there.example.uk/" * (n == 0))
            for n, (link, verdict) in enumerate(zip(links, verdicts, strict=False))
        ]

    monkeypatch.setattr(page_of_links, "ask_links", answer)
    return heard


@pytest.fixture
def linked(author, draft):
    words = "Read https://one.example.uk/a (or bucksc.gov.uk). Write to me@three.example.uk"
    author.add(draft, "free_text", **{"f-text": f"{words}. See www.four.example.uk/b?"})
    return f"{draft}/links"


def test_nobody_is_asked_while_a_draft_is_written_checked_or_looked_at(author, linked, asked):
    page = author.open(linked)

    assert asked == []
    for link in ("https://one.example.uk/a", "bucksc.gov.uk", "www.four.example.uk/b"):
        assert f">{link}<" in page
    assert "three.example.uk" not in page


def test_a_press_asks_each_site_and_says_what_became_of_it(author, linked, asked):
    author.open(linked)

    page = author.send(linked)

    assert asked == ["https://one.example.uk/a", "bucksc.gov.uk", "www.four.example.uk/b"]
    for words in ("Moved", "Not found", "Could not be checked", "https://there.example.uk/"):
        assert words in page
    assert "None of these links" not in page


def test_a_press_without_the_guard_asks_nobody(author, linked, asked):
    author.open(linked)

    author.send(linked, csrf_token="")

    assert (author.page.status_code, asked) == (422, [])


def test_where_none_could_be_checked_nothing_is_called_fine(author, linked, monkeypatch):
    monkeypatch.setattr(asked_links.socket, "getaddrinfo", _no_network)
    author.open(linked)

    page = author.send(linked)

    assert "None of these links could be checked from here." in page
    assert "Answers" not in page


def test_a_draft_without_links_says_so(author, draft):
    page = author.open(f"{draft}/links")

    assert "No text of this draft holds a link." in page
    assert "Check the links" not in page


def _no_network(*_, **__):
    raise asked_links.socket.gaierror(asked_links.socket.EAI_AGAIN, "no network")
