"""Tell the ledger of job seekers of each placement how far it is and who took the person on."""

from django.db import migrations

AT_ONCE = 1000


def fill(apps, schema_editor):
    """By the last job start that is not later than the line; a line without any stays as it is."""
    Event = apps.get_model("jobseekers", "EpisodeEvent")
    Placement = apps.get_model("placements", "Placement")
    after = 0
    while True:
        lines = Event.objects.filter(kind="PLACED", reach="", pk__gt=after).select_related("episode")
        events = list(lines.order_by("pk")[:AT_ONCE])
        if not events:
            return
        after = events[-1].pk
        starts = {}
        people = [event.episode.jobseeker_id for event in events]
        for start in Placement.objects.filter(jobseeker__in=people).order_by("started_on", "pk"):
            starts.setdefault(start.jobseeker_id, []).append(start)
        told = []
        for event in events:
            before = [s for s in starts.get(event.episode.jobseeker_id, []) if s.started_on <= event.on]
            if before:
                event.reach, event.employer_class = before[-1].reach, before[-1].employer_class
                told.append(event)
        Event.objects.bulk_update(told, ["reach", "employer_class"])


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0006_placement_and_wish"), ("placements", "0002_self_report")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
