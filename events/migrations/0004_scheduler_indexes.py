"""django-scheduler loses its window index on a fresh SQLite database; make it where it lacks."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Adds the (start, end) index of the series under a name of our own."""

    dependencies = [
        ("events", "0003_booking_no_overlap"),
        ("schedule", "0015_rename_indexes"),
    ]

    operations = [
        migrations.RunSQL(
            'CREATE INDEX IF NOT EXISTS pano_series_window ON schedule_event ("start", "end")',
            "DROP INDEX IF EXISTS pano_series_window",
        )
    ]
