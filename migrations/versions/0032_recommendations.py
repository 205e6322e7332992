"""recommendations"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_PROGRESS = ("achieved", "partly", "not_achieved", "on_hold")
_RATINGS = ("implemented", "on_track", "concern", "not_delivered")


def upgrade() -> None:
    """What committees asked for, what came of it, how they rate it, and what it rests on."""
    _table(
        "recommendation",
        [
            ("consultation_id", sa.Uuid()),
            ("number", sa.Integer()),
            *((each, sa.String()) for each in ("words", "lead_member", "lead_officer")),
            ("due_on", sa.Date()),
            *((each, sa.String()) for each in ("measure", "response")),
            ("agreed_on", sa.Date()),
            ("reach", sa.String()),
            ("reminded", sa.Integer()),
            ("made_at", sa.DateTime(timezone=True)),
            ("made_by", sa.Uuid()),
            ("press_key", sa.String()),
        ],
        {"consultation_id": "consultation", "made_by": "officer"},
    )
    _table(
        "recommendation_update",
        [
            ("recommendation_id", sa.Uuid()),
            ("months", sa.Integer()),
            ("words", sa.String()),
            ("impact", sa.String()),
            ("progress", _kind("progress", _PROGRESS)),
            ("written_at", sa.DateTime(timezone=True)),
            ("written_by", sa.Uuid()),
            ("press_key", sa.String()),
        ],
        {"recommendation_id": "recommendation", "written_by": "officer"},
    )
    _table(
        "recommendation_rating",
        [
            ("recommendation_id", sa.Uuid()),
            ("months", sa.Integer()),
            ("rating", _kind("rating", _RATINGS)),
            ("rated_at", sa.DateTime(timezone=True)),
            ("rated_by", sa.Uuid()),
            ("press_key", sa.String()),
        ],
        {"recommendation_id": "recommendation", "rated_by": "officer"},
    )
    _evidence()


def _evidence() -> None:
    table = "recommendation_evidence"
    columns = ("recommendation_id", "theme_id", "response_id")
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(each, sa.Uuid(), nullable=each != columns[0]) for each in columns),
        *(_belongs(table, each, each.removesuffix("_id")) for each in columns),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.UniqueConstraint(each, columns[0], name=op.f(f"uq_{table}_{each}"))
            for each in columns[1:]
        ),
    )
    for each in columns:
        op.create_index(op.f(f"ix_{table}_{each}"), table, [each])


def _kind(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _table(
    name: str, columns: list[tuple[str, sa.types.TypeEngine]], others: dict[str, str]
) -> None:
    """Make a table; its first column says to what it belongs, and is looked up by."""
    first = columns[0][0]
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, kind, nullable=column.endswith("_by")) for column, kind in columns),
        *(_belongs(name, column, other) for column, other in others.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("press_key", name=op.f(f"uq_{name}_press_key")),
    )
    op.create_index(op.f(f"ix_{name}_{first}"), name, [first])


def _belongs(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    ondelete = None if other == "officer" else "CASCADE"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """Drop them, what they rest on first."""
    for name in ("evidence", "rating", "update"):
        op.drop_table(f"recommendation_{name}")
    op.drop_table("recommendation")
