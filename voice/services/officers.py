"""Officers: add them, sign them in and out, and say who may do what."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voice.config import Council
from voice.errors import NotAllowedError, NotFoundError, VoiceError
from voice.models import Consultation, Officer, Reader, Role, SignIn, SignInFailure, SignInStage
from voice.services import audit, keys, second_steps

MIN_PASSPHRASE_CHARS = 15
IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=12)
HALF_WAY = timedelta(minutes=15)  # between the passphrase and the second step
FAILURE_WINDOW = timedelta(minutes=15)
MAX_FAILURES = 10

_BARE = Council()
_hasher = PasswordHasher()
# Checked when nobody has the e-mail, so that a stranger cannot tell by the time it takes.
_NOBODY = _hasher.hash("nobody has this passphrase")


class TooManyFailuresError(VoiceError):
    """Too many failed attempts for this e-mail; try again in a quarter of an hour."""


class OfficerRefusedError(VoiceError):
    """An officer cannot be added like this; the message says why."""


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """Somebody who is to work here: for which team, and as what."""

    email: str
    passphrase: str = field(repr=False)
    role: Role
    team: str
    name: str = ""  # as colleagues know them; the e-mail, without one


def add_officer(session: Session, new: NewOfficer, *, now: datetime) -> Officer:
    """Let somebody work here.

    Raises:
        OfficerRefusedError: if the e-mail is taken or is none, or the passphrase is too short.
    """
    email = new.email.strip().lower()
    if "@" not in email:
        raise OfficerRefusedError("that is no e-mail address")
    if len(new.passphrase) < MIN_PASSPHRASE_CHARS:
        raise OfficerRefusedError(
            f"the passphrase needs at least {MIN_PASSPHRASE_CHARS} characters"
        )
    if find_by_email(session, email) is not None:
        raise OfficerRefusedError("an officer with that e-mail is here already")
    officer = Officer(
        email=email,
        name=new.name.strip() or email,
        role=new.role,
        team=new.team,
        passphrase_hash=_hasher.hash(new.passphrase),
        created_at=now,
    )
    session.add(officer)
    session.flush()
    audit.record(session, None, "officer added", officer.id, now=now)
    return officer


def find_by_email(session: Session, email: str) -> Officer | None:
    """Return the officer with this e-mail, or None."""
    return session.scalar(select(Officer).where(Officer.email == email.strip().lower()))


def list_officers(session: Session) -> list[Officer]:
    """Return every officer who has not left, by name."""
    found = select(Officer).where(Officer.left_at.is_(None)).order_by(Officer.name, Officer.email)
    return list(session.scalars(found))


def sign_in(
    session: Session, email: str, passphrase: str, *, now: datetime, council: Council = _BARE
) -> str | None:
    """Return a new key for the officer's browser, or None if e-mail or passphrase is wrong.

    The key opens nothing yet where a second step is asked for: see `find_half`. A failure is
    written down; the caller commits it.

    Raises:
        TooManyFailuresError: after ten failures for this e-mail in a quarter of an hour.
    """
    tried = keys.hash_key(email.strip().lower())
    _check_failures(session, tried, now=now)
    officer = find_by_email(session, email)
    if not _is_right(officer, passphrase) or officer is None:
        _note_failure(session, tried, now=now)
        return None
    stage = second_steps.stage_for(session, officer, council, now=now)
    return _begin(session, officer, stage, now=now)


def give_code(session: Session, key: str, typed: str, *, secret: str, now: datetime) -> str | None:
    """Return a new key, which opens all, for the right code of the phone; None for a wrong one.

    Raises:
        TooManyFailuresError: after ten wrong codes of this officer in a quarter of an hour.
        NotFoundError: if the browser has given no passphrase, or too long ago.
    """
    officer, stage = find_half(session, key, now=now)
    if officer is None or stage is not SignInStage.CODE:
        raise NotFoundError("sign-in")
    is_right = takes_code(session, officer, typed, secret=secret, now=now)
    return renew(session, key, officer, now=now) if is_right else None


def takes_code(
    session: Session, officer: Officer, typed: str, *, secret: str, now: datetime
) -> bool:
    """Return whether this is a code of the officer's; a wrong one is written down.

    Raises:
        TooManyFailuresError: after ten wrong ones in a quarter of an hour.
    """
    tried = keys.hash_key(f"code of {officer.id}")
    _check_failures(session, tried, now=now)
    if second_steps.takes_code(session, officer, typed, secret=secret, now=now):
        return True
    _note_failure(session, tried, now=now)
    audit.record(session, officer, "wrong code", officer.id, now=now)
    return False


def renew(session: Session, key: str, officer: Officer, *, now: datetime) -> str:
    """Return a new key, which opens all, for a browser that came one step further."""
    sign_out(session, key)
    return _begin(session, officer, SignInStage.WHOLE, now=now)


def _begin(session: Session, officer: Officer, stage: SignInStage, *, now: datetime) -> str:
    key = keys.new_key()
    session.add(
        SignIn(
            key_hash=keys.hash_key(key),
            officer_id=officer.id,
            began_at=now,
            seen_at=now,
            stage=stage,
        )
    )
    if stage is SignInStage.WHOLE:
        audit.record(session, officer, "signed in", officer.id, now=now)
    return key


def _check_failures(session: Session, tried: str, *, now: datetime) -> None:
    session.execute(delete(SignInFailure).where(SignInFailure.failed_at < now - FAILURE_WINDOW))
    failures = select(func.count()).where(SignInFailure.email_hash == tried)
    if (session.scalar(failures.select_from(SignInFailure)) or 0) >= MAX_FAILURES:
        raise TooManyFailuresError


def _note_failure(session: Session, tried: str, *, now: datetime) -> None:
    session.add(SignInFailure(email_hash=tried, failed_at=now))
    session.flush()


def _is_right(officer: Officer | None, passphrase: str) -> bool:
    known = officer is not None and officer.left_at is None
    try:
        stored = officer.passphrase_hash if officer is not None and known else _NOBODY
        return _hasher.verify(stored, passphrase) and known
    except (Argon2Error, InvalidHashError):
        return False


def find_signed_in(session: Session, key: str, *, now: datetime) -> Officer | None:
    """Return the officer whose browser holds this key, or None if it opens nothing (any more)."""
    entry = session.get(SignIn, keys.hash_key(key))
    if entry is None or entry.stage is not SignInStage.WHOLE:
        return None
    if now - entry.seen_at > IDLE or now - entry.began_at > LONGEST:
        return None
    return _still_here(session, entry)


def find_half(
    session: Session, key: str, *, now: datetime
) -> tuple[Officer | None, SignInStage | None]:
    """Return who gave their passphrase here a little ago, and which step comes next."""
    entry = session.get(SignIn, keys.hash_key(key))
    if entry is None or entry.stage is SignInStage.WHOLE or now - entry.began_at > HALF_WAY:
        return None, None
    return _still_here(session, entry), entry.stage


def _still_here(session: Session, entry: SignIn) -> Officer | None:
    officer = session.get(Officer, entry.officer_id)
    return officer if officer is not None and officer.left_at is None else None


def note_seen(session: Session, key: str, *, now: datetime) -> None:
    """Write down that this browser is in use, from which its idle time is counted."""
    entry = session.get(SignIn, keys.hash_key(key))
    if entry is not None:
        entry.seen_at = now


def sign_out(session: Session, key: str) -> None:
    """End the signed-in browser with this key, here and not only in the browser."""
    session.execute(delete(SignIn).where(SignIn.key_hash == keys.hash_key(key)))


def leave(session: Session, key: str, officer: Officer, *, now: datetime) -> None:
    """End the signed-in browser because its officer wishes so, and write it down."""
    sign_out(session, key)
    audit.record(session, officer, "signed out", officer.id, now=now)


def may_see_team(officer: Officer, team: str) -> bool:
    """Return whether the officer works for this team; an admin works for all."""
    return officer.role is Role.ADMIN or officer.team == team


def check_team(officer: Officer, team: str) -> None:
    """Make sure that the officer works for this team.

    Raises:
        NotFoundError: if not: what is another team's is answered as if it were not there.
    """
    if not may_see_team(officer, team):
        raise NotFoundError("team")


def may_open(session: Session, officer: Officer, consultation: Consultation) -> bool:
    """Return whether the officer may open this consultation and all that came in to it.

    Theirs is their team's; one that is restricted is open to the officers named for it alone,
    whatever their role (H9).
    """
    if not may_see_team(officer, consultation.team):
        return False
    if not consultation.is_restricted:
        return True
    return session.get(Reader, (consultation.id, officer.id)) is not None


def check_may_open(session: Session, officer: Officer, consultation: Consultation) -> None:
    """Make sure that the officer may open this consultation.

    Raises:
        NotFoundError: if not, as if it were not there.
    """
    if not may_open(session, officer, consultation):
        raise NotFoundError("consultation")


def check_may_change(officer: Officer) -> None:
    """Make sure that the officer's role may change what was asked and what was made of it.

    Raises:
        NotAllowedError: if it may only read.
    """
    if not officer.role.changes:
        raise NotAllowedError(officer.role.value)


def check_may_publish(officer: Officer) -> None:
    """Make sure that the officer's role may say something in public.

    Raises:
        NotAllowedError: if it may not.
    """
    if not officer.role.publishes:
        raise NotAllowedError(officer.role.value)


def place(
    session: Session, person: Officer, role: Role, team: str, *, by: Officer, now: datetime
) -> None:
    """Give somebody another role, or another team; it holds from their next page on.

    Raises:
        OfficerRefusedError: "own", if it is `by` themselves, so that an administrator always
            stays; "team" if none is named.
    """
    _check_not_own(person, by)
    if not team.strip():
        raise OfficerRefusedError("team")
    person.role, person.team = role, team.strip()
    session.flush()
    subject = f"{person.id}: {role.value} of {person.team}"
    audit.record(session, by, "officer placed", subject, now=now)


def let_go(session: Session, person: Officer, *, by: Officer, now: datetime) -> None:
    """Let somebody work here no more: signed out at once, and never let in again.

    Raises:
        OfficerRefusedError: "own", if it is `by` themselves.
    """
    _check_not_own(person, by)
    person.left_at = now
    session.execute(delete(SignIn).where(SignIn.officer_id == person.id))
    audit.record(session, by, "officer let go", person.id, now=now)


def take_back(session: Session, person: Officer, *, by: Officer, now: datetime) -> None:
    """Let somebody who left work here again, as what they were."""
    person.left_at = None
    audit.record(session, by, "officer taken back", person.id, now=now)


def _check_not_own(person: Officer, by: Officer) -> None:
    if person.id == by.id:
        raise OfficerRefusedError("own")


def get_officer(session: Session, officer_id: UUID) -> Officer:
    """Return an officer.

    Raises:
        NotFoundError: if there is none with this id.
    """
    officer = session.get(Officer, officer_id)
    if officer is None:
        raise NotFoundError("officer")
    return officer
