"""Turns a sentence as it was typed into the plain words it means.

Undoes disguises (look-alike letters, zero-width marks, digits for letters, spaced-out words,
stretched words), text-speak, and slips of one letter in the words that matter.
"""

import re
import unicodedata
from functools import cache

from voice.analysis.safeguarding.concepts import concept_words, known_words
from voice.analysis.safeguarding.resources import frequent_words, read_rows
from voice.analysis.safeguarding.spelling import closest_word

MAX_WORD_CHARS = 24

_LOOKALIKES = str.maketrans(
    "авеіјкмнорстухѕԁɡαβεικμνορτυχωɪʀɴ", "abeijkmhopctyxsdgabeikmvoptuxwirn"
)
_EMOJI = {
    "😂": "emojilaugh", "🤣": "emojilaugh", "😆": "emojilaugh", "😹": "emojilaugh",
    "😭": "emojisad", "😢": "emojisad", "😔": "emojisad", "😞": "emojisad", "😟": "emojisad",
    "🥺": "emojisad", "😿": "emojisad", "😓": "emojisad", "😰": "emojisad", "😨": "emojisad",
    "💔": "emojiheartbreak", "🖤": "emojiheartbreak", "🥀": "emojiheartbreak",
    "🩸": "emojiblood", "🔪": "emojiknife", "🗡": "emojiknife", "🔫": "emojiknife",
    "💀": "emojiskull", "☠": "emojiskull", "⚰": "emojiskull", "🪦": "emojiskull",
    "💊": "emojipill", "🤢": "emojisick", "🤮": "emojisick", "❤": "emojilove", "😍": "emojilove",
    "🥰": "emojilove", "😊": "emojilove", "👍": "emojilove", "😀": "emojilove", "🙂": "emojilove",
    "🆘": "help", "🎉": "emojilove",
}  # fmt: skip
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)]),
        **dict.fromkeys([0xFEFF, 0x00AD, 0x180E, 0xFE0E, 0xFE0F, 0x034F]),
        **dict.fromkeys(map(ord, "'’‘`´ʼ′")),
        **{ord(sign): f" {word} " for sign, word in _EMOJI.items()},
    }
)
_APOSTROPHE = re.compile("['’‘`´ʼ′]")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_TOKENS = re.compile(r"[a-z0-9@$!*£|]+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SPACED_OUT = re.compile(r"(?<![a-z0-9])[a-z](?:[ ._\-*][a-z]){2,15}(?![a-z0-9])")
_MINORS = "child|children|young person|young people|pupil|pupils"
# How services speak of what somebody said. It is neither harm nor harmless, so it is cut out and
# the rest is weighed as if it stood alone; at the beginning it says who the rest is about.
_HEADING = re.compile(
    rf"\b(?:the )?(?:voices?|views?|wishes|opinions?|feelings) of (?:the |a |our )?(?:{_MINORS})\b"
    r"|\b(?:the )?(?:childs|childrens|young persons|young peoples|pupils)"
    r" (?:voices?|views?|wishes|opinions?)\b"
)
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_LEET_L = str.maketrans("0134578@$!|", "oleastbasll")


def read_words(sentence: str) -> list[str]:
    """Return the plain words that `sentence` means, in order; never raises.

    `"2nite im gonna k1ll mys3lf"` gives `tonight im going to kill myself`.
    """
    plain = _join_spaced_out(flatten(_write_out_apostrophes(sentence)))
    plain = _HEADING.sub(lambda found: " " if found.start() else "child ", plain.lstrip())
    usual = _usual_words()
    return _expand([one if one in usual else _repair(one) for one in _TOKENS.findall(plain)])


def _write_out_apostrophes(text: str) -> str:
    """Return `text` with the text-speak written out that only its apostrophe tells from a word.

    "i was sa'd" speaks of a crime; "i was sad" does not, and without the mark they are the same.
    """
    return _told_by_apostrophe().sub(_meaning_of, text)


def _meaning_of(found: re.Match[str]) -> str:
    bare = _APOSTROPHE.sub("'", found.group().casefold())
    return _spellings()[bare]


def flatten(text: str) -> str:
    """Return `text` in small plain letters, without marks, disguises or apostrophes."""
    text = unicodedata.normalize("NFKD", text.translate(_CHARACTERS))
    return _COMBINING.sub("", text).casefold().translate(_LOOKALIKES)


def _join_spaced_out(text: str) -> str:
    return _SPACED_OUT.sub(_joined_if_a_word, text)


def _joined_if_a_word(spaced: re.Match[str]) -> str:
    joined = re.sub(r"[ ._\-*]", "", spaced.group())
    return joined if joined in known_words() or joined in _slang() else spaced.group()


def _repair(token: str) -> str:
    """Return the word that one token stands for, or the token itself."""
    token = token[:MAX_WORD_CHARS].rstrip("!|").lstrip("!|")
    if token in _slang() or token in known_words():
        return token
    if not token.isalpha():
        return _read_disguised(token)
    token = _unstretch(token)
    if token in frequent_words():
        return token
    return closest_word(token) or token


def _read_disguised(token: str) -> str:
    if token.isdigit() or token[:1] == "£":
        return token
    for table in (_LEET, _LEET_L):
        word = token.translate(table)
        if word in known_words() or word in frequent_words() or word in _slang():
            return word
    if "*" in token or "@" in token:
        return _fill_blank(token)
    return token


def _fill_blank(token: str) -> str:
    bare = token.translate(_LEET)
    for vowel in "aeiou":
        word = re.sub(r"[*]+", vowel, bare)
        if word in known_words():
            return word
    return bare.replace("*", "")


def _unstretch(token: str) -> str:
    """Return a stretched word (`pleeease`) at its usual length."""
    if _STRETCHED.search(token) is None:
        return token
    for kept in (r"\1\1", r"\1"):
        word = _STRETCHED.sub(kept, token)
        if word in known_words() or word in frequent_words() or word in _slang():
            return word
    return _STRETCHED.sub(r"\1", token)


def _expand(tokens: list[str]) -> list[str]:
    """Return the words with text-speak written out, the longest phrase first."""
    starts = _first_words_of_slang()
    if starts.isdisjoint(tokens):
        return [token for token in tokens if token]
    words: list[str] = []
    at = 0
    while at < len(tokens):
        for length in (3, 2, 1) if tokens[at] in starts else ():
            meaning = _slang().get(" ".join(tokens[at : at + length]))
            if meaning is not None:
                words.extend(meaning.split())
                break
        else:
            length = 1
            words.append(tokens[at])
        at += length
    return [word for word in words if word]


@cache
def _first_words_of_slang() -> frozenset[str]:
    return frozenset(each.partition(" ")[0] for each in _slang())


@cache
def _usual_words() -> frozenset[str]:
    """Return the words that `_repair` gives back as they are, as most words of a text are."""
    known = known_words() | _slang().keys()
    return frozenset(each for each in known if _repair(each) == each)


@cache
def _slang() -> dict[str, str]:
    return {
        each.replace("'", ""): meaning
        for each, meaning in _spellings().items()
        if not _needs_its_apostrophe(each)
    }


@cache
def _spellings() -> dict[str, str]:
    return {row["spelling"]: row["meaning"] for row in read_rows("slang.csv")}


def _needs_its_apostrophe(spelling: str) -> bool:
    return "'" in spelling and spelling.replace("'", "") in concept_words()


@cache
def _told_by_apostrophe() -> re.Pattern[str]:
    needed = [each for each in _spellings() if _needs_its_apostrophe(each)]
    spellings = [re.escape(each).replace("'", _APOSTROPHE.pattern) for each in needed]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spellings)})(?!\w)", re.IGNORECASE)
