"""What each line of the ledger must say, now that every line says it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobseekers", "0003_ledger_cells")]

    operations = [
        migrations.AddConstraint(
            model_name='episodeevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['REGISTERED', 'REPORTED', 'PLACED', 'REMOVED', 'EXPIRED', 'CORRECTED_OUT', 'CORRECTED_IN'])), name='episode_event_kind'),
        ),
        migrations.AddConstraint(
            model_name='episodeevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delta', 1), ('kind__in', ('REGISTERED', 'CORRECTED_IN'))), models.Q(('delta', -1), ('kind__in', ('PLACED', 'REMOVED', 'EXPIRED', 'CORRECTED_OUT'))), models.Q(('delta', 0), ('kind', 'REPORTED')), _connector='OR'), name='episode_event_delta'),
        ),
        migrations.AddConstraint(
            model_name='episodeevent',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['M', 'F'])), name='episode_event_sex'),
        ),
        migrations.AddConstraint(
            model_name='episodeevent',
            constraint=models.CheckConstraint(condition=models.Q(('age_group__in', ['0-14', '15-19', '20-29', '30-44', '45-54', '55+'])), name='episode_event_age_group'),
        ),
    ]
