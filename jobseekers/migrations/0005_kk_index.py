"""Family card numbers that were kept before get their blind index."""

from django.db import migrations

from core.personal import SealBroken, unseal
from jobseekers.models.person import KK_CONTEXT, kk_index_of

BATCH = 500


def fill(apps, schema_editor):
    """Walk the people with a KK number and no index; a value that does not open is left for the key rotation's report."""
    people = apps.get_model("jobseekers", "JobSeeker")._base_manager.using(schema_editor.connection.alias)
    last = 0
    while True:
        rows = list(
            people.filter(pk__gt=last, kk_index=None).exclude(kk_sealed=None)
            .order_by("pk").only("uid", "kk_sealed")[:BATCH]
        )
        changed = []
        for row in rows:
            try:
                row.kk_index = kk_index_of(unseal(row.kk_sealed, context=KK_CONTEXT, row=row.uid))
            except SealBroken:
                continue
            changed.append(row)
        people.bulk_update(changed, ["kk_index"])
        if len(rows) < BATCH:
            return
        last = rows[-1].pk


class Migration(migrations.Migration):
    """Fill kk_index."""

    dependencies = [("jobseekers", "0004_ledger_checks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
