"""PostgreSQL's last word on double booking: no two rows of a resource overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = """
ALTER TABLE events_booking ADD CONSTRAINT booking_no_overlap
EXCLUDE USING gist (resource_id WITH =, tstzrange("start", "end") WITH &&)
"""
DROP = "ALTER TABLE events_booking DROP CONSTRAINT IF EXISTS booking_no_overlap"


def add_exclusion(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the constraint where the database knows ranges."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop_exclusion(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    """Adds an exclusion constraint on PostgreSQL; SQLite relies on its single writer."""

    dependencies = [("events", "0002_links")]

    operations = [
        BtreeGistExtension(),
        migrations.RunPython(add_exclusion, drop_exclusion),
    ]
