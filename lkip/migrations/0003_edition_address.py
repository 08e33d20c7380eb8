from django.db import migrations, models
from django.urls import reverse


def keep_what_was_printed(apps, schema_editor):
    """Editions published so far have the bare path in their QR code; their files must stay what they are."""
    Edition = apps.get_model("lkip", "Edition")
    for edition in Edition.objects.filter(published_at__isnull=False).only("slug"):
        path = reverse("lkip:public_edition", args=[edition.slug])
        Edition.objects.filter(pk=edition.pk).update(address=path)


class Migration(migrations.Migration):
    dependencies = [("lkip", "0002_report")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="address",
            field=models.CharField(blank=True, max_length=300, verbose_name="alamat pada kode QR"),
        ),
        migrations.AddField(
            model_name="historicaledition",
            name="address",
            field=models.CharField(blank=True, max_length=300, verbose_name="alamat pada kode QR"),
        ),
        migrations.RunPython(keep_what_was_printed, migrations.RunPython.noop),
    ]
