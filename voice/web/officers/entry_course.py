"""Of which course a paper is: one that is known, chosen by the officer who types it in."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice.models import Consultation
from voice.services import courses
from voice.web.session import current_session

COURSE = "came-course"  # no question's code has a hyphen
NO_COURSE = ("", "None, or it does not say")


@dataclass(frozen=True, slots=True)
class Course:
    """The course that was chosen, and all there are; `chosen` is empty for none."""

    chosen: str
    options: tuple[tuple[str, str], ...]

    @property
    def kept(self) -> dict[str, str]:
        """What says so in an address, so that the next paper is of the same course."""
        return {COURSE: self.chosen} if self.chosen else {}


def read_course(consultation: Consultation, sent: Mapping[str, str]) -> Course:
    """Return the course that was chosen; none for one that nobody knows."""
    known = courses.list_known(current_session(), consultation)
    wanted = sent.get(COURSE, "")
    options = (NO_COURSE, *((each, each) for each in known)) if known else ()
    return Course(wanted if wanted in known else "", options)
