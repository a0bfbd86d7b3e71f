"""Write the keys of the stored activities' lists into `Activity.list_keys`."""

from collections import defaultdict

from django.db import migrations

from events.listing import ListKeys

BATCH = 1000
LISTS = (
    ("resources", "resource_id"),
    ("coordinating_units", "unit_id"),
    ("themes", "theme_id"),
    ("audiences", "audience_id"),
)


def fill(apps, schema_editor):
    """Write the text of each activity from its places and its many-to-many rows."""
    Activity = apps.get_model("events", "Activity")
    places = defaultdict(list)
    rows = apps.get_model("events", "ActivityPlace").objects.order_by("activity_id", "position", "id")
    for activity, venue, site in rows.values_list("activity_id", "venue_id", "site_id"):
        places[activity].append(("s", site) if venue is None else ("v", venue))
    lists = [keys_by_activity(getattr(Activity, relation).through, column) for relation, column in LISTS]
    changed = []
    for activity in Activity.objects.only("id", "list_keys"):
        keys = ListKeys(tuple(places[activity.pk]), *(tuple(found[activity.pk]) for found in lists))
        activity.list_keys = keys.to_text()
        changed.append(activity)
    Activity.objects.bulk_update(changed, ["list_keys"], batch_size=BATCH)


def keys_by_activity(through, column):
    """Return the keys of one list by activity."""
    found = defaultdict(list)
    for activity, key in through._default_manager.values_list("activity_id", column):
        found[activity].append(key)
    return found


class Migration(migrations.Migration):
    dependencies = [("events", "0005_scheduling_core")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
