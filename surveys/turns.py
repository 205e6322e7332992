"""The values of a conversation: what happened, where we are, what to say and what to keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from surveys.answers import Answer
from surveys.media import Stored
from surveys.refusals import Refusal

# What happened ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Somebody opened the chat or sent /start."""


@dataclass(frozen=True, slots=True)
class Text:
    """Somebody typed words, which ask for `asks` where a survey has it; else they are an answer.

    `reads` is the language that they read the pages round the chat in, where we know of one.
    """

    text: str
    asks: str = ""
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody changed words that they had sent before."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody pressed a button; its token is session.step.value."""

    token: str


@dataclass(frozen=True, slots=True)
class Media:
    """Somebody sent a picture, a voice note, a place or the like.

    `stored` is there if it was asked for and put away, `refusal` if it could not be; `words` came
    with it.
    """

    kind: str
    stored: Stored | None = None
    refusal: Refusal | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody typed /name, or pressed the button of that name."""

    name: str


Event = Start | Text | Edited | Tap | Media | Command

# Where we are -------------------------------------------------------------------------------


class Stage(StrEnum):
    """What the conversation is waiting for."""

    AGE = "age"  # for how old they are, where the messenger is not for the younger
    WELCOME = "welcome"  # for a yes to the privacy words
    ASKING = "asking"  # for the answer to a question
    OTHER = "other"  # for the words that go with "please specify"
    WISH = "wish"  # for whether to tell them what happened
    FORGETTING = "forgetting"  # for a second yes to deleting everything
    STOPPED = "stopped"  # for them to come back
    FINISHED = "finished"  # for nothing


@dataclass(frozen=True)
class State:
    """One person's place in one survey. Everything but the answers is stored as JSON."""

    session: str  # short and random; part of every button, so an old chat's buttons do nothing
    step: int = 0  # goes up with every question asked, so an old question's buttons do nothing
    stage: Stage = Stage.WELCOME
    asking: str = ""  # the code of the question asked now
    picks: tuple[str, ...] = ()  # options chosen so far, where several may be
    before: Stage = Stage.WELCOME  # where to go back to when deleting or stopping is undone
    submitted: bool = False
    is_of_age: bool = False  # they said that they are old enough for this messenger
    variant: str = ""  # how and in which language the person is asked; empty is the usual
    language: str = ""
    last: str = ""  # what the last turn said beside the question, if it said anything
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def but(self, **changes: Any) -> "State":
        """Return the state with some of it changed: `replace`, at a fraction of its cost."""
        made = object.__new__(State)
        changed = made.__dict__
        changed.update(self.__dict__)
        changed.update(changes)
        return made

    def to_json(self) -> dict[str, Any]:
        """Return what is stored between turns; the answers have a table of their own."""
        return {
            "session": self.session,
            "step": self.step,
            "stage": self.stage.value,
            "asking": self.asking,
            "picks": list(self.picks),
            "before": self.before.value,
            "submitted": self.submitted,
            "is_of_age": self.is_of_age,
            "variant": self.variant,
            "language": self.language,
            "last": self.last,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], answers: Mapping[str, Answer]) -> "State":
        """Return the state that `to_json` stored, with the answers kept so far."""
        return cls(
            session=stored["session"],
            step=stored["step"],
            stage=Stage(stored["stage"]),
            asking=stored["asking"],
            picks=tuple(stored["picks"]),
            before=Stage(stored["before"]),
            submitted=stored["submitted"],
            is_of_age=stored.get("is_of_age", stored["step"] > 0),
            variant=stored.get("variant", ""),
            language=stored.get("language", ""),
            last=stored.get("last", ""),
            answers=answers,
        )


# What to say --------------------------------------------------------------------------------


class Style(StrEnum):
    """How a message is shown."""

    SAY = "say"  # a new message
    EDIT = "edit"  # in place of the message whose button was pressed
    TOAST = "toast"  # a passing notice that changes nothing


class Button(NamedTuple):
    """A choice offered; pressing it sends `token` back. `label` is for people only."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture shown before a message: its file's name, and what it shows in words."""

    name: str
    words: str


class Message(NamedTuple):
    """Something said to the person: plain text, with rows of buttons under it."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    style: Style = Style.SAY
    pictures: tuple[Picture, ...] = ()
    language: str = "en"  # for what a channel adds in its own words

    @property
    def is_echo(self) -> bool:
        """Whether it only repeats what was chosen, where its buttons were."""
        return self.style is Style.EDIT and not self.rows

    def to_json(self) -> dict[str, Any]:
        """Return the message as it waits in the outbox."""
        rows = [[[button.label, button.token] for button in row] for row in self.rows]
        stored = {"text": self.text, "rows": rows, "style": self.style.value}
        if self.language != "en":
            stored["language"] = self.language
        if self.pictures:
            stored["pictures"] = [[each.name, each.words] for each in self.pictures]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Message":
        """Return the message that `to_json` stored."""
        rows = tuple(tuple(Button(*pair) for pair in row) for row in stored["rows"])
        pictures = tuple(Picture(*pair) for pair in stored.get("pictures", ()))
        style, language = Style(stored["style"]), stored.get("language", "en")
        return cls(stored["text"], rows, style, pictures, language)


# What to keep -------------------------------------------------------------------------------


class KeepAnswer(NamedTuple):
    """Store this answer in place of any before it."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Consent:
    """The person has read the privacy words and said yes."""


@dataclass(frozen=True, slots=True)
class Submit:
    """The person has come to the end: the response counts from now on."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete every answer, and how to reach the person."""


@dataclass(frozen=True, slots=True)
class RaiseConcern:
    """The person used a word that asks for help at once."""


@dataclass(frozen=True, slots=True)
class WishToHear:
    """Whether to tell the person what was done."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Remind:
    """Whether to remind the person, who has stopped, to carry on."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class BeginAgain:
    """The person wants to add another response; the first stays as it is."""


@dataclass(frozen=True, slots=True)
class ChangeWay:
    """The person wants to be asked in the variant and language of the state; ask again in it."""


@dataclass(frozen=True, slots=True)
class UseCode:
    """Keep these answers together with all that go with this personal code, on this side."""

    code: str
    side: str


@dataclass(frozen=True, slots=True)
class DropCode:
    """Let these answers stand alone again."""


Effect = (
    ChangeWay | KeepAnswer | UseCode | DropCode | Consent | Submit | Forget
    | RaiseConcern | WishToHear | Remind | BeginAgain
)  # fmt: skip


class Turn(NamedTuple):
    """What one event led to."""

    state: State
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()


class Scene(NamedTuple):
    """What the conversation needs to know of the world around it: words and numbers only."""

    council: str
    helplines: tuple[str, ...]  # each a line such as "Childline: 0800 1111, free, any time"
    outcomes_address: str
    reference: str = ""  # the response's own, said at the end
    reads_it: str = ""
    can_remind: bool = False  # whether we may write first here, and the person may ask us to
    may_identify: str = ""  # a sentence: how the person could be found if somebody is in danger
    asks_age: bool = False  # this messenger is not for under-16s: they are asked first
    younger_at: str = ""  # the address at which they answer the same survey instead
    named: bool = False  # their name stands with what they tell us
    by_text: bool = False  # text messages: no button stays on the screen to go back to
    demonstration: bool = False  # nothing real may be told: the first message says so
