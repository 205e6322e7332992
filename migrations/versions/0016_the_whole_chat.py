"""the whole chat"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Find the next message of a kind at once, however many wait."""
    _index_by("kind", "id")


def downgrade() -> None:
    """Find it by when it is due, as before."""
    _index_by("due_at")


def _index_by(*columns: str) -> None:
    op.drop_index("ix_delivery_next", table_name="delivery")
    op.create_index("ix_delivery_next", "delivery", ["channel", "status", *columns])
