"""courses"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
CARRYING = ("link", "invitee", "follow_up")


def upgrade() -> None:
    """A link, an invitation and a follow-up may name the course of whoever answers by them."""
    for table in CARRYING:
        op.add_column(table, sa.Column("wave", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Forget which course each is for; what responses hold of it stays."""
    for table in reversed(CARRYING):
        op.drop_column(table, "wave")
