"""the whole chat"""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Change nothing yet."""


def downgrade() -> None:
    """Change nothing."""
