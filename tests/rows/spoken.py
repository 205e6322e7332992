"""A world whose survey speaks every language of the service, and what is read on its pages."""

import re
from html.parser import HTMLParser

from surveys.catalogue import offered_languages
from surveys.definition import read_from_library
from surveys.joining import Joins
from surveys.places import texts_of
from surveys.translations import Translation
from tests.conftest import COUNCIL

OTHERS = tuple(each for each in offered_languages() if each != "en")
THEIRS = "لفظ"  # in place of every text of the survey: it has no letter of ours in it
_READ_OUT = ("alt", "title", "placeholder", "aria-label")
_UNSEEN = {"script", "style"}
_NAMES = {"Word", "Telegram"}
_A_WORD = re.compile(r"(?<![\w@./:-])[A-Za-z][a-z]{2,}(?![\w@./:-]*[@/])")
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def spoken_survey(code="early_help_2017"):
    """Return a survey of the library, made to speak every language, with codes to join answers."""
    survey = read_from_library(code)
    texts = dict.fromkeys(texts_of(survey), THEIRS)
    spoken = tuple(Translation(language=each, texts=texts) for each in OTHERS)
    return survey.model_copy(update={"translations": spoken, "joins": Joins.PERSON})


class Reader(HTMLParser):
    """Reads a page: in which language it says that it is, and all its words in another one."""

    def __init__(self):
        super().__init__()
        self.language, self.direction = "", ""
        self.said = []
        self.unspoken = []  # what the service has no translation of, by its mark
        self._open = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        elif tag == "span" and given.get("lang") == "en" and given.get("dir") == "ltr":
            self.unspoken.append(self.getpos())
        is_marked = tag != "html" and "lang" in given
        self.said += [given[name] for name in _READ_OUT if given.get(name) and not self._is_theirs]
        if tag not in _VOID:
            self._open.append((tag, is_marked or tag in _UNSEEN))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not self._is_theirs:
            self.said.append(" ".join(data.removesuffix(f" – {COUNCIL.name}").split()))

    @property
    def _is_theirs(self):
        return any(marked for _, marked in self._open)


def read_page(body):
    """Return the page as it is read."""
    reader = Reader()
    reader.feed(body)
    return reader


def in_our_letters(said):
    """Return those of these words that are written in Latin letters: what is left in English.

    Neither an address, a code nor the name of a product or of the council is.
    """
    words = (
        (each, re.findall(r"(?<![\w@./:-])[A-Za-z][a-z]{2,}(?![\w@./:-]*[@/])", each))
        for each in said
    )
    return [each for each, found in words if set(found) - _NAMES]
