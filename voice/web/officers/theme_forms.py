"""The forms of a theme's page, and what officers are told when something cannot be."""

from datetime import date, datetime
from uuid import UUID

from flask import request
from wtforms import HiddenField, IntegerField, StringField, TextAreaField

from surveys.checking.reading_age import MAX_READING_AGE
from voice.clock import in_london
from voice.models import OutcomeKind
from voice.services.outcomes import BOXES, MAX_OWNER_CHARS, MAX_SAYING_CHARS
from voice.services.theme_moves import MOST_AT_ONCE
from voice.services.themes import (
    MAX_KEYWORD_CHARS,
    MAX_KEYWORDS,
    MAX_LABEL_CHARS,
    MAX_NOTE_CHARS,
    ThemeRefusedError,
)
from voice.web.forms import BARE_PERCENTAGE, UNRATED_PERCENTAGE, PressForm
from voice.web.officers.moment_fields import read_day, typed_day

NO_THEME = "none"
Errors = list[tuple[str, str]]

KINDS = {
    OutcomeKind.DID: "We did it",
    OutcomeKind.WILL: "We will do it",
    OutcomeKind.CANNOT: "We cannot do it, and here is why",
    OutcomeKind.THINKING: "We are still thinking about it",
}
CHANGED = (
    "Somebody else changed this theme while you had it open. What you see now is their version. "
    "Check it, and press the button again if you still want your change."
)
ANSWERED = "Somebody else has answered this theme meanwhile. Read what they published below."
A_QUOTE = (
    "Six or more of these words in a row are somebody’s own, and would stay after their answer is "
    "deleted. Say it in your words, or in one to three keywords"
)
_THEME_REFUSALS = {
    "bare": ("label", BARE_PERCENTAGE),
    "unrated": ("label", UNRATED_PERCENTAGE),
    "label": ("label", f"Write a name of up to {MAX_LABEL_CHARS} characters"),
    "into": ("into", "Choose another theme of this question that is not part of this one"),
    "status": ("", "A theme that is hidden, merged or signed off cannot be marked as checked"),
    "taken": ("label", "Another theme has this name. Merge the two, or choose another name"),
    "note": ("note", f"Write up to {MAX_NOTE_CHARS:,} characters"),
    "keywords": (
        "keywords",
        f"Write up to {MAX_KEYWORDS} keywords or examples, one a line, each of up to "
        f"{MAX_KEYWORD_CHARS} characters",
    ),
    **{f"quote in {box}": (box, A_QUOTE) for box in ("label", "note", "keywords")},
    "comments": ("comments", f"Tick the comments first, up to {MOST_AT_ONCE} at a time"),
    "targets": ("to", "Choose the themes that they go to, or no theme alone"),
    "empty": ("", "There is no theme to sign off"),
}
_SAYING_REFUSALS = {
    "not_signed_off": (
        "",
        "Sign the list of themes off before you publish what you did about one",
    ),
    "too_long": (
        "you_said",
        f"Write up to {MAX_SAYING_CHARS:,} characters in each box, {MAX_OWNER_CHARS} in the name",
    ),
    "owner": ("owner", "Say who will do it: a team or a role"),
    "due_on": ("due", "Say by when, so that people know when they hear more, like 27 3 2027"),
    "young": ("young_we_did", "Write both for young people: what they said, and what you do"),
    "hard": (
        "young_we_did",
        f"This reads like a text for somebody over {MAX_READING_AGE}. Use shorter sentences and "
        "shorter words",
    ),
    "quote": (
        "you_said",
        "Six or more of these words in a row are somebody’s own, and nobody has agreed to be "
        "quoted. Say it in your words",
    ),
    **{f"bare {box}": (box, BARE_PERCENTAGE) for box in BOXES},
    **{f"unrated {box}": (box, UNRATED_PERCENTAGE) for box in BOXES},
    "number": (
        "you_said",
        "Fewer than 8 people raised this, so no number may be published. Leave numbers out",
    ),
}


class ThemeForm(PressForm):
    """A change of a theme, with the edition that the officer saw."""

    edition = IntegerField()


class RenameForm(ThemeForm):
    """Another name for a theme."""

    label = StringField()


class DescribeForm(ThemeForm):
    """When a theme holds, and the words that speak for it, one a line."""

    note = TextAreaField()
    keywords = TextAreaField()

    @property
    def keyword_lines(self) -> list[str]:
        """The keywords as they were typed."""
        return (self.keywords.data or "").splitlines()


class MoveForm(ThemeForm):
    """Where the ticked comments go: up to three themes, or none of them; or a new theme."""

    to = StringField()
    and_to = StringField()
    and_to_too = StringField()
    stays = StringField()
    split_label = StringField()
    make = StringField()  # pressed to make a new theme of them

    @property
    def ticked(self) -> list[UUID]:
        """The responses whose comments are ticked."""
        return [found for each in request.form.getlist("response") if (found := _id(each))]

    @property
    def targets(self) -> list[UUID]:
        """The themes that were chosen, each once.

        Raises:
            ThemeRefusedError: if nothing was chosen, not even that no theme fits.
        """
        chosen = [each for each in (self.to.data, self.and_to.data, self.and_to_too.data) if each]
        if not chosen or (NO_THEME in chosen and len(set(chosen)) > 1):
            raise ThemeRefusedError("targets")
        found = [_id(each) for each in chosen if each != NO_THEME]
        if None in found:
            raise ThemeRefusedError("targets")
        return list(dict.fromkeys(each for each in found if each is not None))


class AddForm(DescribeForm):
    """A theme that an officer adds by hand."""

    label = StringField()


class MergeForm(ThemeForm):
    """The theme under which another one is to be counted."""

    into = StringField()


class SayingForm(PressForm):
    """What people said, and what the council does about it."""

    kind = HiddenField()  # nothing chosen beforehand: a wrong promise is worse than a press
    you_said = TextAreaField()
    we_did = TextAreaField()
    owner = StringField()
    young_you_said = TextAreaField()
    young_we_did = TextAreaField()
    follows = HiddenField()  # the interim answer that was shown
    seen = HiddenField()  # the mark of the words that were shown before this press
    may_name = StringField()
    change = StringField()  # pressed to go back to the words

    @property
    def due_day(self) -> dict[str, str]:
        """By when, as it was typed in three fields."""
        return typed_day(request.form, "due")

    @property
    def due_on(self) -> date | None:
        """By when, or None where no real day was typed."""
        return read_day(self.due_day)

    def is_due_in_the_past(self, now: datetime) -> bool:
        """Return whether a day was typed that is none, or is over."""
        is_to_come = self.due_on is not None and self.due_on >= in_london(now).date()
        return any(self.due_day.values()) and not is_to_come

    @property
    def followed(self) -> UUID | None:
        """The interim answer that this one takes further, or None."""
        return _id(self.follows.data)

    @property
    def given_kind(self) -> OutcomeKind | None:
        """What the council does, or None when nothing on offer was chosen."""
        return next((kind for kind in OutcomeKind if kind.value == self.kind.data), None)

    def errors_for(self, refusal: str) -> Errors:
        """Return the field to mend and the words, for a refusal of `publish_outcome`."""
        if refusal != "empty":
            return [_SAYING_REFUSALS[refusal]]
        empty = [("you_said", "Write what people said"), ("we_did", "Write what you do about it")]
        return [one for one in empty if not (self[one[0]].data or "").strip()]


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw or "")
    except ValueError:
        return None


def theme_errors(refusal: str) -> Errors:
    """Return the field to mend and the words, for a refusal of a change of a theme."""
    return [_THEME_REFUSALS[refusal]]
