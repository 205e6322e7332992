"""The form by which one answer is coded: themes ticked, or none of them."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from wtforms import HiddenField, StringField

from voice.services.checking import Slip, in_order
from voice.web.forms import PressForm

NONE = "none"
CHOOSE = "Tick the themes that fit, or say that none fits"
ONE_OR_OTHER = "Tick themes, or say that none fits, but not both"
THEIRS = (
    "Somebody coded this answer while you had it open. What you see now is theirs. Change it if "
    "you disagree, and save again."
)
ANEW = (
    "The answers were chosen anew while you had this one open. Nothing was saved: what you see now "
    "is another answer. Code it as you read it."
)


class CodingForm(PressForm):
    """What an officer gives an answer, and what stood for it when they saw it."""

    response = HiddenField()  # the answer that they saw: another may stand in its place by now
    seen = HiddenField()  # the number of the code that stood; "" for none
    take_back = StringField()  # pressed to take that code back

    @classmethod
    def drawn_of(cls, slip: Slip) -> "CodingForm":
        """Return the form by which this answer is coded, as it stands now."""
        return cls(formdata=None, response=str(slip.response_id), seen=slip.code_id or "")

    def changed_meanwhile(self, slip: Slip) -> str:
        """Return why what stands in that place is not what this form was drawn of ("": it is)."""
        if self.response.data != str(slip.response_id):
            return ANEW
        return "" if (self.seen.data or "") == str(slip.code_id or "") else THEIRS


def ticked() -> tuple[str, ...]:
    """Return what was ticked, as it came."""
    return tuple(request.form.getlist("themes"))


def read_ticked(slip: Slip) -> tuple[list[UUID], str]:
    """Return the themes that were ticked, in order, and what is wrong ("" for nothing).

    Raises:
        NotFoundError: if one of them is not on offer.
    """
    raw: Sequence[str] = ticked()
    if not raw:
        return [], CHOOSE
    if NONE in raw:
        return [], "" if len(raw) == 1 else ONE_OR_OTHER
    offered = {str(one.id): one.id for one in slip.choices}
    return in_order(slip, [offered[one] for one in raw if one in offered]), ""
