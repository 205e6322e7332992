"""doors"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Short links, classes that gather by one, and what a worker who helped notes beside."""
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"],
            name=op.f("fk_link_consultation_id_consultation"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code", name=op.f("uq_link_code")),
    )
    op.create_index(op.f("ix_link_consultation_id"), "link", ["consultation_id"])
    op.create_table(
        "lesson",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year_groups", sa.JSON(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_lesson_link_id_link"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("code", name=op.f("uq_lesson_code")),
    )
    op.create_index(op.f("ix_lesson_link_id"), "lesson", ["link_id"])
    op.create_table(
        "worker_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("hearing", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"],
            name=op.f("fk_worker_note_response_id_response"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_note")),
        sa.UniqueConstraint("response_id", "question", name=op.f("uq_worker_note_response_id")),
    )
    op.create_index(op.f("ix_worker_note_response_id"), "worker_note", ["response_id"])
    with op.batch_alter_table("response") as response:
        response.add_column(sa.Column("link_id", sa.Uuid(), nullable=True))
        response.add_column(sa.Column("lesson_id", sa.Uuid(), nullable=True))
        for name in ("year_group", "helped_by", "page"):
            response.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        response.create_foreign_key(
            op.f("fk_response_link_id_link"), "link", ["link_id"], ["id"], ondelete="SET NULL"
        )
        response.create_foreign_key(
            op.f("fk_response_lesson_id_lesson"), "lesson", ["lesson_id"], ["id"],
            ondelete="SET NULL",
        )
        response.create_index(op.f("ix_response_link_id"), ["link_id"])
        response.create_index(op.f("ix_response_lesson_id"), ["lesson_id"])


def downgrade() -> None:
    """Without them. What came in through these doors came in on the web."""
    shared = "('kiosk', 'classroom', 'assisted')"
    for table in ("response", "concern"):
        op.execute(f"UPDATE {table} SET channel = 'web' WHERE channel IN {shared}")
    with op.batch_alter_table("response") as response:
        response.drop_index(op.f("ix_response_lesson_id"))
        response.drop_index(op.f("ix_response_link_id"))
        response.drop_constraint(op.f("fk_response_lesson_id_lesson"), type_="foreignkey")
        response.drop_constraint(op.f("fk_response_link_id_link"), type_="foreignkey")
        for name in ("page", "helped_by", "year_group", "lesson_id", "link_id"):
            response.drop_column(name)
    for table in ("worker_note", "lesson", "link"):
        op.drop_table(table)
