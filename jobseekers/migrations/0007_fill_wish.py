"""Give each episode the major group of the occupation that its person wants most today: the best that is known."""

from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Substr


def fill(apps, schema_editor):
    Episode = apps.get_model("jobseekers", "Episode")
    Wish = apps.get_model("jobseekers", "DesiredOccupation")
    first = Wish.objects.filter(jobseeker=OuterRef("jobseeker")).order_by("position", "pk")
    digit = first.values(digit=Substr("occupation__code", 1, 1))[:1]
    Episode.objects.filter(occupation_group="").update(occupation_group=Coalesce(Subquery(digit), Value("")))


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0006_placement_and_wish"), ("core", "0002_idempotency_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
