"""codes"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_PURPOSES = sa.Enum(
    "check", "move", "audit", name="codepurpose", native_enum=False, length=40
)


def upgrade() -> None:
    """What officers say that an answer is about: checked, moved, or of the audit."""
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", _PURPOSES, nullable=False),
        sa.Column("theme_ids", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        _belongs("consultation_id", "consultation", ondelete="CASCADE"),
        _belongs("response_id", "response", ondelete="CASCADE"),
        _belongs("officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sqlite_autoincrement=True,
    )
    for column in ("consultation_id", "response_id"):
        op.create_index(op.f(f"ix_code_{column}"), "code", [column])


def _belongs(column: str, other: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_code_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """Drop them: the machine alone says what answers are about."""
    op.drop_table("code")
