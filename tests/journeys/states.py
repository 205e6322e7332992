"""Every kind of question on one page, and the states that some kinds cannot be in, with why."""

from typing import get_args

from surveys.engine import Survey
from surveys.places import texts_of
from surveys.questions import AnyQuestion
from surveys.translations import Translation
from tests.journeys.kinds import KINDS, Kind
from tests.surveys.conftest import ABOUT
from tests.voice.samples import ogg, pdf, picture

TOLD = Kind({"kind": "information", "text": "What this is about", "body": "About the park."})
AGREED = Kind(
    {"kind": "consent", "text": "Your part in this"}, right={"I agree": True}, read="I agree"
)
EVERY = {"information": TOLD, "consent": AGREED} | KINDS
CHOSEN = ("choice", "several", "scale", "faces", "picture_choice", "picture_several")
SENT = {
    "file": ("a.pdf", pdf()),
    "photo": ("a.jpg", picture()),
    "drawing": ("a.png", picture("PNG")),
    "voice_note": ("a.ogg", ogg()),
}
ELSE, LONG = "Something else", "Owmuchlongerthanthis" * 150
# One word of 3,000 letters in each field where something is typed. A day is refused by its form.
TOO_LONG = {
    code: {label: LONG if isinstance(given, str) else given for label, given in kind.wrong.items()}
    for code, kind in KINDS.items()
    if any(isinstance(given, str) for given in kind.wrong.values()) and code != "ranking"
} | {
    code: {choose: sent, "Say something about it, if you like": LONG}
    for code, sent in SENT.items()
    for choose in (next(iter(KINDS[code].wrong)),)
}
_NOT_TYPED = "nothing is typed in it"
_NO_OTHER = "none of its answers asks for words"
NOT_THERE = {
    "empty": {},
    "refused": {"information": "asks nothing"},
    "far too long": dict.fromkeys(
        ("information", "consent", *CHOSEN, "ranking", "grid", "card_sort"), _NOT_TYPED
    ),
    "filled": {"information": "asks nothing"},
    "something else": dict.fromkeys(set(EVERY) - set(CHOSEN), _NO_OTHER),
    "several files": dict.fromkeys(set(EVERY) - set(SENT), "takes no file"),
    "pictures": {},
    "pictures, refused": {"information": "asks nothing"}
    | dict.fromkeys(("choice", "scale", "faces", "picture_choice"), "the press is the answer"),
    "Urdu": {},
    "Urdu, refused": {"information": "asks nothing"},
    "kiosk": {},
    "helped": dict.fromkeys(
        set(EVERY) - {"free_text", "short_text"},
        "asks for more than words alone: it may be left out, and the check asks why if all is",
    ),
}


def every_kind():
    """Return the kinds that a survey may ask, as its own definition has them."""
    classes = get_args(get_args(AnyQuestion)[0])
    return {kind for each in classes for kind in get_args(each.model_fields["kind"].annotation)}


def asking(kinds=EVERY, *, code="every", required=True, page="one", **more):
    """Return a survey of these kinds, all on one page; `more` goes into each question."""
    questions = [
        {"code": each, "page": page}
        | kind.asks
        | ({} if each == "information" else {"required": required})
        | more
        for each, kind in kinds.items()
    ]
    return Survey.model_validate(
        {"code": code, "title": "Your park", "about": ABOUT, "questions": questions}
    )


def with_something_else():
    """Return a survey in which each kind that may have an answer in words has one."""
    last = {"code": "other", "label": ELSE, "specify": True, "symbol": "✏️"}
    kinds = {
        code: Kind(EVERY[code].asks | {"options": [*EVERY[code].asks["options"], last]})
        for code in CHOSEN
    }
    return asking(kinds, code="other")


def in_pictures():
    """Return the survey of every kind as it is asked with pictures, and none in words."""
    way = {"code": "pictures", "name": "With pictures", "presentation": "symbols"}
    return asking(code="pictured").model_copy(
        update={"variants": Survey.model_validate(_bare() | {"variants": [way]}).variants}
    )


def in_urdu():
    """Return the survey of every kind with each of its texts in Urdu: a word and its number."""
    survey = asking(code="urdu", required=True)
    texts = {place: f"سوال {number}" for number, place in enumerate(texts_of(survey), start=1)}
    return survey.model_copy(update={"translations": (Translation(language="ur", texts=texts),)})


def _bare():
    return {"code": "a", "title": "A", "about": ABOUT, "questions": [{"code": "q"} | TOLD.asks]}
