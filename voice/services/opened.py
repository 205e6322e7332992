"""The response that a key opens, with its consultation and version: each page begins with it."""

from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from voice.models import Consultation, Response, SurveyVersion
from voice.services.rows import RowsOf
from voice.services.straight import Straight, write_changes

VERSIONS_KNOWN = 128
RESPONSES, _CONSULTATIONS = RowsOf(Response), RowsOf(Consultation)
_VERSIONS = RowsOf(SurveyVersion)
_WIDTH = len(RESPONSES.columns)
_known: dict[UUID, tuple[object, ...]] = {}  # rows of versions: none is changed once it is written


class Opening:
    """A way to find one response, to read it and to change it: by what is kept of its key."""

    def __init__(self, is_it: ColumnElement[bool]) -> None:
        to_read = (
            select(*RESPONSES.columns, *_CONSULTATIONS.columns)
            .join_from(Response, Consultation, Response.consultation_id == Consultation.id)
            .where(Consultation.slug == bindparam("slug"), is_it)
        )
        self._to_read = Straight(to_read)
        self._to_change = Straight(to_read.with_for_update(of=Response))

    def find(self, session: Session, slug: str, hashed: str, *, to_change: bool) -> Response | None:
        """Return the response of this consultation that `hashed` opens, or None."""
        write_changes(session)
        query = self._to_change if to_change else self._to_read
        rows = query.rows(session, {"slug": slug, "hashed": hashed})
        if not rows:
            return None
        found = rows[0]
        consultation = _CONSULTATIONS.known(session, found[_WIDTH:])
        row = found[:_WIDTH]
        version = version_of(session, row[_VERSION_PLACE])
        return RESPONSES.known(session, row, consultation=consultation, version=version)


_VERSION_PLACE = RESPONSES.names.index("survey_version_id")
BY_KEY = Opening(Response.key_hash == bindparam("hashed"))
BY_CODE = Opening(Response.code_hash == bindparam("hashed"))


def version_of(session: Session, key: UUID) -> SurveyVersion:
    """Return a version, which is read from the store once for all."""
    row = _known.get(key)
    if row is None:
        version = session.get_one(SurveyVersion, key)
        if len(_known) >= VERSIONS_KNOWN:
            _known.clear()
        _known[key] = _VERSIONS.row_of(version)
        return version
    return _VERSIONS.known(session, row)
