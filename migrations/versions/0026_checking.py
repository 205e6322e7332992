"""checking"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """What the machine read in each answer, and the answers that people check or audit."""
    op.add_column(
        "analysis", sa.Column("learnt_from", sa.String(), server_default="", nullable=False)
    )
    op.create_table(
        "answer_reading",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("is_found", sa.Boolean(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("last", sa.JSON(), nullable=False),
        _belongs("answer_reading", "response"),
        _belongs("answer_reading", "consultation"),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answer_reading")),
    )
    _index("answer_reading", "consultation_id")
    _make_samples()


def _make_samples() -> None:
    op.create_table(
        "audit_sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.Column("theme_ids", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True),
        _belongs("audit_sample", "consultation"),
        sa.ForeignKeyConstraint(
            ["drawn_by"], ["officer.id"], name=op.f("fk_audit_sample_drawn_by_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_sample")),
    )
    op.create_table(
        "chosen_answer",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        _belongs("chosen_answer", "consultation"),
        _belongs("chosen_answer", "response"),
        _belongs("chosen_answer", "audit_sample", column="sample_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_answer")),
    )
    _index("audit_sample", "consultation_id")
    for column in ("consultation_id", "response_id", "sample_id"):
        _index("chosen_answer", column)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _belongs(table: str, other: str, *, column: str = "") -> sa.ForeignKeyConstraint:
    column = column or f"{other}_id"
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Drop them: nothing is known of what was found before people corrected it."""
    for table in ("chosen_answer", "audit_sample", "answer_reading"):
        op.drop_table(table)
    with op.batch_alter_table("analysis") as analysis:
        analysis.drop_column("learnt_from")
