"""second steps"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Officers may be asked for a code from their phone as they sign in."""
    op.create_table(
        "second_step",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sealed", sa.String(), nullable=False),
        sa.Column("last_used", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        _belongs_to_officer("second_step"),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        _belongs_to_officer("recovery_code"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_officer_id"), "recovery_code", ["officer_id"])
    stage = sa.Enum("whole", "code", "set_up", name="signinstage", native_enum=False, length=40)
    op.add_column("sign_in", sa.Column("stage", stage, nullable=False, server_default="whole"))
    asked = sa.Column("second_step_asked_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("officer", asked)


def _belongs_to_officer(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_officer_id_officer")
    return sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Ask for the passphrase alone."""
    op.drop_column("officer", "second_step_asked_at")
    op.drop_column("sign_in", "stage")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
