"""`voice concern`: for the safeguarding lead, when somebody may have to be found."""

from uuid import UUID

import click
from sqlalchemy.orm import Session

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.database import migrate
from voice.models import Concern, Enquiry, Participant
from voice.services import audit
from voice.services.sealing import unseal


@click.group()
def concern() -> None:
    """Find somebody who may be in danger."""


@concern.command()
@click.argument("concern_id", type=click.UUID)
@click.option("--reason", required=True, help="Why; it is written in the audit trail.")
def address(concern_id: UUID, reason: str) -> None:
    """Print the Telegram account id, or the e-mail address, of whoever raised CONCERN_ID.

    Each reading is written in the audit trail with its reason.
    """
    if not reason.strip():
        raise click.ClickException("Say why, with --reason.")
    settings = settings_or_exit()
    with opened_database(settings) as database:
        migrate(database)
        with database.writing() as session:
            raised = session.get(Concern, concern_id)
            if raised is None:
                raise click.ClickException("There is no such concern.")
            sealed = _sealed_address(session, raised)
            found = unseal(settings.secret_key, sealed) if sealed else None
            if found is None:
                raise click.ClickException("No address is kept for this concern.")
            subject = f"{concern_id}: {reason.strip()}"
            audit.record(session, None, "concern address read", subject, now=current_time())
    click.echo(found)


def _sealed_address(session: Session, raised: Concern) -> str | None:
    """Return how to reach whoever raised it, sealed: in their chat, or where they are told."""
    person = session.get(Participant, raised.participant_id or UUID(int=0))
    if person is not None and person.address_sealed is not None:
        return person.address_sealed
    enquiry = session.get(Enquiry, raised.enquiry_id or UUID(int=0))
    return enquiry.reply_to_sealed if enquiry is not None else None
