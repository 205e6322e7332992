"""joined answers"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """What keeps a person's answers together, where they chose to use a code, and on which side."""
    op.add_column("response", sa.Column("joined_hash", sa.String(), nullable=True))
    side = sa.Column("side", sa.String(), nullable=False, server_default="")
    op.add_column("response", side)
    op.create_index(op.f("ix_response_joined_hash"), "response", ["joined_hash"])


def downgrade() -> None:
    """Without it: every response stands alone again, and no answer is lost."""
    op.drop_index(op.f("ix_response_joined_hash"), "response")
    for name in ("side", "joined_hash"):
        op.drop_column("response", name)
