"""concern entries"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

SAYS = "the record of a concern is only added to"
WORDS = "concern_words_stay"
GUARDS = {
    "concern_entry_keeps": "BEFORE UPDATE ON concern_entry",
    "concern_entry_stays": "BEFORE DELETE ON concern_entry",
    WORDS: "BEFORE UPDATE OF words, raised_at ON concern",
}


def upgrade() -> None:
    """Write down each step of what is done about a concern, and let none be changed."""
    with op.batch_alter_table("concern") as table:
        flag = sa.Column("is_about_staff", sa.Boolean(), nullable=False, server_default=sa.false())
        table.add_column(flag)
        table.add_column(sa.Column("assigned_to", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("referral", sa.String(), nullable=False, server_default=""))
        table.create_foreign_key(
            op.f("fk_concern_assigned_to_officer"), "officer", ["assigned_to"], ["id"]
        )
    op.create_table(
        "concern_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _belongs("concern_id", "concern"),
        _belongs("officer_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_entry")),
    )
    op.create_index("ix_concern_entry_step", "concern_entry", ["concern_id", "step"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgres()
    else:
        for name, when in GUARDS.items():
            op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")


def _belongs(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_concern_entry_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _guard_postgres() -> None:
    op.execute(
        "CREATE FUNCTION concern_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'check_violation'; END $$"
    )
    for name, when in GUARDS.items():
        op.execute(
            f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION concern_is_only_added_to()"
        )


def downgrade() -> None:
    """Forget the steps; the last decision stays with its concern."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION concern_is_only_added_to() CASCADE")
    else:
        for name in GUARDS:
            op.execute(f"DROP TRIGGER {name}")
    op.drop_index("ix_concern_entry_step", "concern_entry")
    op.drop_table("concern_entry")
    with op.batch_alter_table("concern") as table:
        table.drop_constraint(op.f("fk_concern_assigned_to_officer"), type_="foreignkey")
        table.drop_column("referral")
        table.drop_column("assigned_to")
        table.drop_column("is_about_staff")
