"""The wall between victims and young people in restorative justice: who stands on which side."""

from collections.abc import Iterable

from surveys.joining import Wall
from voice.models import Consultation
from voice.services.consultations import survey_of


def walls_of(consultation: Consultation) -> frozenset[Wall]:
    """Return behind which sides of the wall its answers stand, by every wording it has had."""
    found = (survey_of(version).stands_behind for version in consultation.versions)
    return frozenset(each for each in found if each is not None)


def are_kept_apart(consultations: Iterable[Consultation]) -> bool:
    """Return whether a wall stands between any two of these."""
    return len({wall for each in consultations for wall in walls_of(each)}) > 1
