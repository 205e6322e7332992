"""One question of every kind: what is no answer to it, what is, and how that is read back."""

from dataclasses import dataclass, field
from typing import Any

from tests.voice.samples import ogg, pdf, picture

NO_FILE = b"neither a picture nor a sound"
OPTIONS = [{"code": "bus", "label": "A bus"}, {"code": "swing", "label": "A swing"}]
PLACES = [
    {"code": "home", "label": "At home", "picture": "warm_home.svg"},
    {"code": "school", "label": "At school", "picture": "going_to_school.svg"},
    {"code": "park", "label": "In the park", "symbol": "🌳"},
]


@dataclass(frozen=True)
class Kind:
    """A question and what somebody fills in, by the labels of its fields.

    `wrong` is refused: nothing at all where whatever can be chosen is an answer. `changed` is put
    in place of `right` later on. `read` and `read_later` are how each is read back.
    """

    asks: dict[str, Any]
    wrong: dict[str, Any] = field(default_factory=dict)
    right: dict[str, Any] = field(default_factory=dict)
    read: str = ""
    changed: dict[str, Any] = field(default_factory=dict)
    read_later: str = ""


def _choice(kind: str, text: str, options: list[dict[str, str]], labels: tuple[str, str]) -> Kind:
    return Kind(
        {"kind": kind, "text": text, "options": options},
        right={labels[0]: True},
        read=labels[0],
        changed={labels[1]: True},
        read_later=labels[1],
    )


def _sent(kind: str, choose: str, name: str, body: bytes, called: str) -> Kind:
    words = "Say something about it, if you like"
    return Kind(
        {"kind": kind, "text": f"Send us {called}"},
        wrong={choose: (name, NO_FILE)},
        right={choose: (name, body), words: "The path"},
        read=f"You sent {called}: The path",
        changed={words: "The pond"},
        read_later=f"You sent {called}: The pond",
    )


KINDS = {
    "choice": _choice("choice", "What should come first?", OPTIONS, ("A bus", "A swing")),
    "several": Kind(
        {"kind": "several", "text": "What should come first?", "most": 1, "options": OPTIONS},
        wrong={"A bus": True, "A swing": True},
        right={"A bus": False},
        read="A swing",
        changed={"A bus": True, "A swing": False},
        read_later="A bus",
    ),
    "scale": _choice(
        "scale",
        "How good is it?",
        [{"code": each.lower(), "label": each} for each in ("Good", "Fair", "Bad")],
        ("Good", "Bad"),
    ),
    "faces": _choice(
        "faces",
        "How do you feel?",
        [
            {"code": "glad", "label": "Glad", "symbol": "😀"},
            {"code": "sad", "label": "Sad", "symbol": "🙁"},
        ],
        ("Sad", "Glad"),
    ),
    "picture_choice": _choice("picture_choice", "Where?", PLACES, ("At home", "In the park")),
    "picture_several": Kind(
        {"kind": "picture_several", "text": "Where do you like to be?", "most": 1}
        | {"options": PLACES},
        wrong={"At home": True, "At school": True},
        right={"At home": False},
        read="At school",
        changed={"At school": False, "In the park": True},
        read_later="In the park",
    ),
    "free_text": Kind(
        {"kind": "free_text", "text": "What would help?", "max_chars": 40},
        wrong={"What would help?": "A bus in the evening, " * 3},
        right={"What would help?": "A bus 🚌\nin the evening"},
        read="A bus 🚌\nin the evening",
        changed={"What would help?": "رات کی بس"},
        read_later="رات کی بس",
    ),
    "short_text": Kind(
        {"kind": "short_text", "text": "Which town?", "max_chars": 20},
        wrong={"Which town?": "Aylesbury and High Wycombe"},
        right={"Which town?": "Aylesbury"},
        read="Aylesbury",
        changed={"Which town?": "High <b>Wycombe"},
        read_later="High <b>Wycombe",
    ),
    "number": Kind(
        {"kind": "number", "text": "How many children?", "highest": 20},
        wrong={"How many children?": "21"},
        right={"How many children?": "2"},
        read="2",
        changed={"How many children?": "12"},
        read_later="12",
    ),
    "percent": Kind(
        {"kind": "percent", "text": "How sure are you, in per cent?"},
        wrong={"How sure are you, in per cent?": "800"},
        right={"How sure are you, in per cent?": "80"},
        read="80%",
        changed={"How sure are you, in per cent?": "75%"},
        read_later="75%",
    ),
    "pair": Kind(
        {"kind": "pair", "text": "How confident were you, and how confident now?"},
        wrong={"Before, in per cent": "40"},
        right={"Before, in per cent": "40", "After, in per cent": "85"},
        read="After: 85%",
        changed={"After, in per cent": "90"},
        read_later="After: 90%",
    ),
    "postcode": Kind(
        {"kind": "postcode", "text": "What is your postcode?"},
        wrong={"What is your postcode?": "nowhere"},
        right={"What is your postcode?": "hp201ua"},
        read="HP20",
        changed={"What is your postcode?": "HP19 8FF"},
        read_later="HP19",
    ),
    "date": Kind(
        {"kind": "date", "text": "When was your child born?"},
        wrong={"Day": "31", "Month": "2", "Year": "2009"},
        right={"Day": "3", "Month": "April", "Year": "2009"},
        read="3 April 2009",
        changed={"Day": "4"},
        read_later="4 April 2009",
    ),
    "time": Kind(
        {"kind": "time", "text": "When shall we meet?", "hint": "For example, 3:30pm"},
        wrong={"When shall we meet?": "teatime"},
        right={"When shall we meet?": "15.30"},
        read="3:30pm",
        changed={"When shall we meet?": "noon"},
        read_later="midday",
    ),
    "ranking": Kind(
        {"kind": "ranking", "text": "In which order?", "options": OPTIONS},
        wrong={"A bus": "1", "A swing": "1"},
        right={"A bus": "2"},
        read="1. A swing",
        changed={"A bus": "1", "A swing": "2"},
        read_later="1. A bus",
    ),
    "grid": Kind(
        {
            "kind": "grid",
            "text": "How good is each of these?",
            "rows": [{"code": "path", "label": "The path"}, {"code": "pond", "label": "The pond"}],
            "columns": [{"code": "bad", "label": "Bad"}, {"code": "good", "label": "Good"}],
        },
        wrong={"The path / Good": True},
        right={"The pond / Bad": True},
        read="The pond: Bad",
        changed={"The pond / Good": True},
        read_later="The pond: Good",
    ),
    "card_sort": Kind(
        {
            "kind": "card_sort",
            "text": "Which pile does each card go in?",
            "piles": [
                {"code": "have", "label": "I have this", "symbol": "😀"},
                {"code": "more", "label": "I want more", "symbol": "🙁"},
            ],
            "cards": [
                {"code": "food", "label": "Enough food", "picture": "enough_food.svg"},
                {"code": "play", "label": "Time to play", "symbol": "⚽"},
            ],
        },
        wrong={"Enough food / I have this": True},
        right={"Time to play / I want more": True},
        read="Time to play: I want more",
        changed={"Time to play / I have this": True},
        read_later="Time to play: I have this",
    ),
    "photo": _sent("photo", "Choose a picture", "a.jpg", picture(), "a picture"),
    "drawing": _sent("drawing", "Choose a picture", "a.png", picture("PNG"), "a picture"),
    "voice_note": _sent("voice_note", "Choose a voice note", "a.ogg", ogg(), "a voice note"),
    "file": _sent("file", "Choose a file", "a.pdf", pdf(), "a file"),
}
