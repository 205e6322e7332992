"""set aside quotes"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """A quote may be swapped for another one."""
    op.create_table(
        "set_aside_quote",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        _belongs("theme_id", "theme", ondelete="CASCADE"),
        _belongs("response_id", "response", ondelete="CASCADE"),
        _belongs("officer_id", "officer"),
        sa.PrimaryKeyConstraint("theme_id", "response_id", name=op.f("pk_set_aside_quote")),
    )
    op.create_index(op.f("ix_set_aside_quote_response_id"), "set_aside_quote", ["response_id"])


def _belongs(column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_set_aside_quote_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """Quote again what was swapped."""
    op.drop_table("set_aside_quote")
