"""The code of a child's link before a conference, typed in with their paper: they were heard."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.models import Consultation, Response
from voice.services import conferences
from voice.web.session import current_session

CODE = "their-meeting"  # no question's code has a hyphen
NO_LINK = (
    "This is not the link of a conference here. Check each letter on the paper, or leave it empty: "
    "the answers are kept all the same"
)


@dataclass(frozen=True, slots=True)
class TypedMeeting:
    """A code as it was typed, and what is wrong by the field. `is_asked`: draw the field."""

    is_asked: bool = False
    typed: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_meeting(consultation: Consultation, form: Mapping[str, str]) -> TypedMeeting:
    """Return the code of the link on a paper, where conferences are listed; it may be empty."""
    session = current_session()
    if not conferences.has_any(session, consultation):
        return TypedMeeting()
    typed = form.get(CODE, "").strip()
    is_known = not typed or conferences.is_code_of(
        session, consultation, conferences.code_in(typed)
    )
    return TypedMeeting(True, typed, {} if is_known else {CODE: NO_LINK})


def note_meeting(meeting: TypedMeeting, response: Response) -> None:
    """Note that the child was heard on the day their paper came. Nothing joins it to the paper."""
    if meeting.typed and response.submitted_at is not None:
        code = conferences.code_in(meeting.typed)
        conferences.note_view(current_session(), code, response, now=response.submitted_at)
