"""What every page about one draft begins with, and the one way to change a draft."""

from collections.abc import Callable
from uuid import UUID

from flask import request

from surveys.drafting.sketch import Sketch
from voice.models import Draft
from voice.services import drafts
from voice.services.drafts import DraftEdit
from voice.web.session import current_session, now, signed_in_officer

CHANGED = (
    "Somebody else changed this draft while you had it open. What you see now is their version. "
    "Check it, and press the button again if you still want your change."
)


def get_draft(draft_id: UUID) -> Draft:
    """Return a draft of this officer's team.

    Raises:
        NotFoundError: if there is none.
    """
    return drafts.get_draft(current_session(), signed_in_officer(), draft_id)


def change(draft: Draft, how: Callable[[Sketch], Sketch], *, edition: int | None = None) -> Sketch:
    """Keep a change of a draft that this page showed; return what the author has now.

    Raises:
        ChangedMeanwhileError: if it is no longer as the page showed it, or as `edition`.
    """
    seen = read_edition() if edition is None else edition
    edit = DraftEdit(signed_in_officer(), seen, now())
    return drafts.sketch_in(drafts.change_draft(current_session(), draft.id, how, edit=edit))


def read_edition() -> int:
    """Return the edition that the officer saw; -1 when the form says none."""
    typed = request.form.get("edition", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
