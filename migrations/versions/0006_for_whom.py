"""for whom: how a survey was worded for whoever answered it"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let a response say in which variant and in which language it was answered."""
    with op.batch_alter_table("response") as table:
        table.add_column(sa.Column("variant", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("language", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget it."""
    with op.batch_alter_table("response") as table:
        table.drop_column("language")
        table.drop_column("variant")
