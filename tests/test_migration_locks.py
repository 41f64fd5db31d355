"""A site is upgraded while it is read and written: no migration makes anybody wait, or breaks the version before it.

Two look: one at the operations of every migration, on every database; one at the SQL that PostgreSQL would get.
"""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import NotSupportedError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.fields import NOT_PROVIDED, PositiveIntegerRelDbTypeMixin

from smo_kit.core.operations import AddIndexOnline, RemoveIndexOnline, refuse_transaction
from tests.require import missing

BEFORE_THE_FIRST_RELEASE = {
    ("smo_mail", "0002_bounces"): "adds two indexes to the outbox",
    ("smo_meta", "0002_cards"): "adds two columns to a table that editors fill, a row for a page",
    ("smo_spam", "0002_learned"): "adds a column to what moderators have said",
}
"""They come with version 0.1, whose tables are empty. Nothing is added here: write the migration otherwise."""

LOADER = MigrationLoader(None)
OURS = sorted(key for key, one in LOADER.disk_migrations.items() if type(one).__module__.startswith("smo_kit."))
HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RunPython,
    AddIndexOnline,
    RemoveIndexOnline,
)
ONLINE = (AddIndexOnline, RemoveIndexOnline)


def faults_of(migration: migrations.Migration) -> list[str]:
    """Return what a migration does to tables that were there before it and are in use."""
    made = {one.name_lower for one in migration.operations if isinstance(one, migrations.CreateModel)}
    found = []
    for one in migration.operations:
        model = getattr(one, "model_name", "").lower()
        if isinstance(one, HARMLESS) or model in made or (model and getattr(one, "name_lower", "") in made):
            continue
        if isinstance(one, migrations.SeparateDatabaseAndState):
            found += faults_of(type("_", (), {"operations": one.database_operations}))
        elif not (isinstance(one, migrations.AddField) and is_gentle(one.field)):
            found.append(one.describe())
    if any(isinstance(one, migrations.RunPython) for one in migration.operations) and len(migration.operations) > 1:
        found.append("moves rows in the transaction in which it changes tables")
    if any(isinstance(one, ONLINE) for one in migration.operations) and migration.atomic:
        found.append("makes or removes an index online, and in a transaction")
    return found


def is_gentle(field: models.Field) -> bool:
    """Say whether the version before can go on to write rows that know nothing of the field."""
    if field.unique or field.db_index or getattr(field, "db_constraint", False):
        return False
    if isinstance(field, PositiveIntegerRelDbTypeMixin):  # its CHECK has PostgreSQL read the whole table
        return False
    return field.null or field.db_default is not NOT_PROVIDED


@pytest.mark.parametrize("key", OURS, ids=".".join)
def test_no_migration_makes_anybody_wait(key):
    found = faults_of(LOADER.disk_migrations[key])
    assert bool(found) is (key in BEFORE_THE_FIRST_RELEASE), found


def test_exceptions_are_there():
    assert set(BEFORE_THE_FIRST_RELEASE) <= set(OURS)


def some(*operations: object, is_atomic: bool = True) -> type:
    return type("Some", (), {"operations": operations, "atomic": is_atomic})


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("mail", "new", models.IntegerField(default=1)),
        migrations.AddField("mail", "new", models.IntegerField(null=True, unique=True)),
        migrations.AddField("mail", "new", models.PositiveIntegerField(null=True)),
        migrations.AddField("mail", "new", models.ForeignKey("x.Y", models.CASCADE, null=True)),
        migrations.AlterField("mail", "to", models.TextField()),
        migrations.RemoveField("mail", "to"),
        migrations.RenameField("mail", "to", "who"),
        migrations.AddIndex("mail", models.Index(fields=["to"], name="x")),
        migrations.RemoveIndex("mail", "x"),
        migrations.AddConstraint("mail", models.UniqueConstraint(fields=["to"], name="x")),
        migrations.DeleteModel("mail"),
        migrations.RunSQL("VACUUM FULL"),
    ],
    ids=lambda one: one.describe(),
)
def test_the_look_finds_what_locks(operation):
    assert faults_of(some(operation))


def test_the_look_passes_what_is_gentle():
    null = migrations.AddField("mail", "new", models.IntegerField(null=True))
    with_default = migrations.AddField("mail", "new", models.IntegerField(db_default=1))
    assert faults_of(some(null, with_default)) == []
    online = AddIndexOnline("mail", models.Index(fields=["to"], name="x"))
    gone = RemoveIndexOnline("mail", "y")
    assert faults_of(some(online, gone, is_atomic=False)) == []
    assert faults_of(some(online))
    assert faults_of(some(gone))
    assert faults_of(some(migrations.RunPython(migrations.RunPython.noop), null))


LOCKS = {
    "an index that is not made concurrently": r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)",
    "an index that is not removed concurrently": r"DROP INDEX (?!CONCURRENTLY)",
    "a constraint that is checked at once": r"ADD CONSTRAINT (?!.*NOT VALID)",
    "a new column that is checked at once": r"ADD COLUMN .* CHECK",
    "another type": r"ALTER COLUMN .* TYPE ",
    "no NULL any more": r"ALTER COLUMN .* SET NOT NULL",
    "a default that goes": r"ALTER COLUMN .* DROP DEFAULT",
    "a new column that must be filled": r"ADD COLUMN (?!.*DEFAULT).* NOT NULL",
    "what is renamed": r"\bRENAME\b",
    "what is removed": r"DROP (?:COLUMN|TABLE|CONSTRAINT)",
}


def locks_in(sql: str) -> list[str]:
    """Return what statements do to tables that these statements do not make."""
    made = set(re.findall(r'CREATE TABLE "(\w+)"', sql))
    found = []
    for statement in filter(None, map(str.strip, re.sub(r"(?m)^--.*$", "", sql).split(";\n"))):
        table = re.search(r'(?:ALTER TABLE|\bON|DROP TABLE|DROP INDEX)(?: IF EXISTS)? "(\w+)"', statement)
        if table and table[1] not in made:
            found += [f"{table[1]}: {name}" for name, pattern in LOCKS.items() if re.search(pattern, statement)]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("key", OURS, ids=".".join)
def test_the_sql_takes_no_long_lock(key):
    if connection.vendor != "postgresql":
        missing("postgresql", "the database of these tests is another")
    said = StringIO()
    call_command("sqlmigrate", *key, stdout=said)
    assert bool(locks_in(said.getvalue())) is (key in BEFORE_THE_FIRST_RELEASE), locks_in(said.getvalue())


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ('CREATE INDEX "i" ON "mail" ("to");\n', 1),
        ('CREATE INDEX CONCURRENTLY "i" ON "mail" ("to");\n', 0),
        ('DROP INDEX IF EXISTS "i";\n', 1),
        ('DROP INDEX CONCURRENTLY IF EXISTS "i";\n', 0),
        ('CREATE TABLE "mail" ("id" bigint NOT NULL);\nCREATE INDEX "i" ON "mail" ("to");\n', 0),
        ('ALTER TABLE "mail" ADD COLUMN "x" integer NULL;\n', 0),
        ('ALTER TABLE "mail" ADD COLUMN "x" integer DEFAULT 1 NOT NULL;\n', 0),
        ('ALTER TABLE "mail" ADD COLUMN "x" integer NOT NULL;\n', 1),
        ('ALTER TABLE "mail" ADD COLUMN "x" integer NULL CHECK ("x" >= 0);\n', 1),
        ('ALTER TABLE "mail" ADD CONSTRAINT "c" CHECK ("x" > 0);\n', 1),
        ('ALTER TABLE "mail" ADD CONSTRAINT "c" CHECK ("x" > 0) NOT VALID;\n', 0),
        ('ALTER TABLE "mail" ALTER COLUMN "x" TYPE text USING "x"::text;\n', 1),
        ('ALTER TABLE "mail" DROP COLUMN "x" CASCADE;\n', 1),
    ],
)
def test_the_look_at_sql_finds_locks(sql, found):
    assert len(locks_in(sql)) == found


@pytest.mark.django_db
def test_an_index_online_is_no_part_of_a_transaction():
    if connection.vendor != "postgresql":
        missing("postgresql", "the database of these tests is another")
    with pytest.raises(NotSupportedError, match="atomic = False"):
        refuse_transaction(connection.schema_editor())
