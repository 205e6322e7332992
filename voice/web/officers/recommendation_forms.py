"""The forms of recommendations: what an officer writes, and what a committee rates."""

from flask import request
from wtforms import StringField, TextAreaField

from voice.models import Progress, Rating
from voice.services.recommendations import MAX_NAME_CHARS, MAX_WORDS_CHARS, MONTHS
from voice.web.forms import PressForm

_NAME = f"Write a name or a role of up to {MAX_NAME_CHARS} characters"
_WORDS = f"Write up to {MAX_WORDS_CHARS:,} characters"
REFUSALS = {
    "words": _WORDS,
    "impact": f"Say what is different for people, and how you know. {_WORDS}",
    "lead_member": _NAME,
    "lead_officer": _NAME,
    "measure": f"Say by what one will know that it is done. {_WORDS}",
    "response": _WORDS,
    "reach": "Write an e-mail address, like name@example.org, or leave it out",
    "references": "One of these is no response that you may read. Write them as 7K3M-9QX2",
    "months": "Choose after how many months",
    "progress": "Choose how far it has come",
    "rating": "Choose a rating",
}


class RecommendationForm(PressForm):
    """A new recommendation; its two days are in fields of their own, its themes are ticked."""

    words = TextAreaField()
    lead_member = StringField()
    lead_officer = StringField()
    reach = StringField()
    measure = TextAreaField()
    response = TextAreaField()
    references = StringField()


class PeriodForm(PressForm):
    """What is said after 6 or 12 months."""

    months = StringField()

    @property
    def given_months(self) -> int:
        """The months that were chosen; 0 for none."""
        return next((each for each in MONTHS if str(each) == self.months.data), 0)


class UpdateForm(PeriodForm):
    """What came of it, for people, and how far it has come."""

    words = TextAreaField()
    impact = TextAreaField()

    @property
    def given_progress(self) -> Progress | None:
        """How far it has come, or None."""
        return next((each for each in Progress if each.value == request.form.get("progress")), None)


class RatingForm(PeriodForm):
    """What a committee says of it."""

    @property
    def given_rating(self) -> Rating | None:
        """The rating, or None."""
        return next((each for each in Rating if each.value == request.form.get("rating")), None)
