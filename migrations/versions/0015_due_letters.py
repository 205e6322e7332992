"""due letters"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Reminders that leave by e-mail: when each is due, and when it went to the outbox."""
    by_mail = sa.Column("by_mail", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("reminder", by_mail)
    for name in ("due_at", "sent_at"):
        op.add_column("reminder", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Without it: every reminder was made by hand."""
    for name in ("sent_at", "due_at", "by_mail"):
        op.drop_column("reminder", name)
