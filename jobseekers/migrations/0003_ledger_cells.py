"""Write into each line of the ledger the cell in which it counts, and begin the cells of the episodes."""

from django.db import migrations
from django.db.models import Case, OuterRef, SmallIntegerField, Subquery, Value, When

CELL = ("sex", "age_group", "education_id", "village_id")
CLOSING = ("PLACED", "REMOVED", "EXPIRED")


def fill(apps, schema_editor):
    """Before corrections existed, every line counted in the cell of its episode's opening."""
    Episode = apps.get_model("jobseekers", "Episode")
    Event = apps.get_model("jobseekers", "EpisodeEvent")
    Cell = apps.get_model("jobseekers", "EpisodeCell")
    opening = Episode.objects.filter(pk=OuterRef("episode_id"))
    Event.objects.filter(sex="").update(
        delta=Case(
            When(kind="REGISTERED", then=Value(1)),
            When(kind__in=CLOSING, then=Value(-1)),
            default=Value(0),
            output_field=SmallIntegerField(),
        ),
        **{name: Subquery(opening.values(name)[:1]) for name in CELL},
    )
    rows = Episode.objects.filter(cells__isnull=True).iterator(chunk_size=2000)
    batch = []
    for row in rows:
        batch.append(
            Cell(
                episode_id=row.pk,
                jobseeker_id=row.jobseeker_id,
                since=row.opened_on,
                until=row.closed_on,
                **{name: getattr(row, name) for name in CELL},
            )
        )
        if len(batch) == 2000:
            Cell.objects.bulk_create(batch)
            batch = []
    Cell.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0002_profile_visits_rights")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
