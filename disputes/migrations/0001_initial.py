import django_fsm
import disputes.models.steps
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('employers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DisputeCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='nomor perkara')),
                ('kind', models.CharField(choices=[('RIGHTS', 'Perselisihan hak'), ('INTERESTS', 'Perselisihan kepentingan'), ('TERMINATION', 'Perselisihan PHK'), ('INTER_UNION', 'Perselisihan antarserikat dalam satu perusahaan')], max_length=16, verbose_name='jenis perselisihan')),
                ('applicant_kind', models.CharField(choices=[('WORKER', 'Pekerja'), ('UNION', 'Serikat pekerja'), ('EMPLOYER', 'Pengusaha')], default='WORKER', max_length=12, verbose_name='pemohon adalah')),
                ('applicant', models.CharField(max_length=200, verbose_name='pemohon')),
                ('respondent', models.CharField(max_length=200, verbose_name='termohon')),
                ('workers_male', models.PositiveIntegerField(default=0, verbose_name='pekerja laki-laki')),
                ('workers_female', models.PositiveIntegerField(default=0, verbose_name='pekerja perempuan')),
                ('summary', models.TextField(blank=True, verbose_name='pokok masalah')),
                ('bipartite_from', models.DateField(blank=True, null=True, verbose_name='perundingan bipartit mulai')),
                ('received_on', models.DateField(verbose_name='permohonan diterima')),
                ('registered_on', models.DateField(verbose_name='dicatat pada')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='berkas dikembalikan pada')),
                ('offered_on', models.DateField(blank=True, null=True, verbose_name='ditawarkan pada')),
                ('assigned_on', models.DateField(blank=True, null=True, verbose_name='dilimpahkan pada')),
                ('clarified_on', models.DateField(blank=True, null=True, verbose_name='klarifikasi pada')),
                ('first_session_on', models.DateField(blank=True, null=True, verbose_name='sidang pertama pada')),
                ('recommended_on', models.DateField(blank=True, null=True, verbose_name='anjuran pada')),
                ('recommendation_received_on', models.DateField(blank=True, null=True, verbose_name='anjuran diterima para pihak pada')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='anjuran disetujui pada')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='selesai pada')),
                ('outcome', models.CharField(choices=[('NONE', 'Belum selesai'), ('BIPARTITE_AGAIN', 'Sepakat bipartit ulang'), ('SETTLEMENT_AGREEMENT', 'Perjanjian bersama (PB)'), ('RECOMMENDATION_ACCEPTED', 'Anjuran diterima'), ('RECOMMENDATION_REJECTED', 'Anjuran ditolak'), ('WITHDRAWN', 'Dicabut pemohon'), ('HANDED_OVER', 'Diteruskan ke pihak lain'), ('LAPSED', 'Ditutup, berkas tidak dilengkapi')], default='NONE', max_length=24, verbose_name='hasil')),
                ('handed_to', models.CharField(blank=True, choices=[('CONCILIATOR', 'Konsiliator'), ('ARBITRATOR', 'Arbiter'), ('PROVINCE', 'Mediator provinsi'), ('MINISTRY', 'Mediator kementerian'), ('INSPECTORATE', 'Pengawas ketenagakerjaan')], max_length=16, verbose_name='diteruskan kepada')),
                ('state', models.CharField(choices=[('REGISTERED', 'Tercatat'), ('INCOMPLETE', 'Berkas dikembalikan'), ('OFFERED', 'Penawaran konsiliasi atau arbitrase'), ('ASSIGNED', 'Dilimpahkan ke mediator'), ('CLARIFICATION', 'Klarifikasi'), ('MEDIATION', 'Sidang mediasi'), ('RECOMMENDED', 'Anjuran menunggu jawaban'), ('AGREED', 'Anjuran diterima, menyusun PB'), ('CLOSED', 'Selesai')], default='REGISTERED', max_length=16, verbose_name='keadaan')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='employers.company', verbose_name='perusahaan')),
                ('mediator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mediated_cases', to=settings.AUTH_USER_MODEL, verbose_name='mediator')),
            ],
            options={
                'verbose_name': 'perkara perselisihan',
                'verbose_name_plural': 'perkara perselisihan',
                'ordering': ['-registered_on', '-id'],
                'indexes': [models.Index(fields=['registered_on', 'settled_on', 'outcome'], name='disputes_case_counted'), models.Index(fields=['mediator', 'state'], name='disputes_case_mediated')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['REGISTERED', 'INCOMPLETE', 'OFFERED', 'ASSIGNED', 'CLARIFICATION', 'MEDIATION', 'RECOMMENDED', 'AGREED', 'CLOSED'])), name='disputes_case_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['RIGHTS', 'INTERESTS', 'TERMINATION', 'INTER_UNION'])), name='disputes_case_kind'), models.CheckConstraint(condition=models.Q(('applicant_kind__in', ['WORKER', 'UNION', 'EMPLOYER'])), name='disputes_case_applicant_kind'), models.CheckConstraint(condition=models.Q(('workers_male__gt', 0), ('workers_female__gt', 0), _connector='OR'), name='disputes_case_workers'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['BIPARTITE_AGAIN', 'SETTLEMENT_AGREEMENT', 'RECOMMENDATION_ACCEPTED', 'RECOMMENDATION_REJECTED', 'WITHDRAWN', 'HANDED_OVER', 'LAPSED']), ('settled_on__isnull', False), ('state', 'CLOSED')), models.Q(models.Q(('state', 'CLOSED'), _negated=True), ('outcome', 'NONE'), ('settled_on__isnull', True)), _connector='OR'), name='disputes_case_closed'), models.CheckConstraint(condition=models.Q(('registered_on__gte', models.F('received_on')), models.Q(('offered_on__isnull', True), ('registered_on__isnull', True), ('offered_on__gte', models.F('registered_on')), _connector='OR'), models.Q(('assigned_on__isnull', True), ('registered_on__isnull', True), ('assigned_on__gte', models.F('registered_on')), _connector='OR'), models.Q(('first_session_on__isnull', True), ('assigned_on__isnull', True), ('first_session_on__gte', models.F('assigned_on')), _connector='OR'), models.Q(('recommended_on__isnull', True), ('first_session_on__isnull', True), ('recommended_on__gte', models.F('first_session_on')), _connector='OR'), models.Q(('agreed_on__isnull', True), ('recommended_on__isnull', True), ('agreed_on__gte', models.F('recommended_on')), _connector='OR')), name='disputes_case_dates'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', True), ('registered_on__isnull', True), ('settled_on__gte', models.F('registered_on')), _connector='OR'), models.Q(('settled_on__isnull', True), ('assigned_on__isnull', True), ('settled_on__gte', models.F('assigned_on')), _connector='OR'), models.Q(('settled_on__isnull', True), ('first_session_on__isnull', True), ('settled_on__gte', models.F('first_session_on')), _connector='OR'), models.Q(('settled_on__isnull', True), ('recommended_on__isnull', True), ('settled_on__gte', models.F('recommended_on')), _connector='OR')), name='disputes_case_settled_last'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('ASSIGNED', 'CLARIFICATION', 'MEDIATION', 'RECOMMENDED', 'AGREED')), _negated=True), models.Q(('assigned_on__isnull', False), ('mediator__isnull', False)), _connector='OR'), name='disputes_case_mediator'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('MEDIATION', 'RECOMMENDED', 'AGREED')), ('outcome', 'SETTLEMENT_AGREEMENT'), _connector='OR', _negated=True), models.Q(('first_session_on__isnull', False), ('mediator__isnull', False)), _connector='OR'), name='disputes_case_session'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('RECOMMENDED', 'AGREED')), ('outcome__in', ('RECOMMENDATION_ACCEPTED', 'RECOMMENDATION_REJECTED')), _connector='OR', _negated=True), models.Q(('first_session_on__isnull', False), ('recommended_on__isnull', False)), _connector='OR'), name='disputes_case_recommended'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'AGREED'), ('outcome', 'RECOMMENDATION_ACCEPTED'), _connector='OR', _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='disputes_case_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'INCOMPLETE'), _negated=True), ('returned_on__isnull', False), _connector='OR'), name='disputes_case_returned'), models.CheckConstraint(condition=models.Q(('offered_on__isnull', True), models.Q(('kind', 'RIGHTS'), _negated=True), _connector='OR'), name='disputes_case_offer_kind'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'OFFERED'), _negated=True), ('offered_on__isnull', False), _connector='OR'), name='disputes_case_offered'), models.CheckConstraint(condition=models.Q(models.Q(('handed_to__in', ['CONCILIATOR', 'ARBITRATOR', 'PROVINCE', 'MINISTRY', 'INSPECTORATE']), ('outcome', 'HANDED_OVER')), models.Q(models.Q(('outcome', 'HANDED_OVER'), _negated=True), ('handed_to', '')), _connector='OR'), name='disputes_case_handed')],
            },
            bases=(django_fsm.FSMModelMixin, disputes.models.steps.CaseSteps, models.Model),
        ),
        migrations.CreateModel(
            name='CaseDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='tenggat')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('due_on', models.DateField(verbose_name='batas')),
                ('provisional', models.BooleanField(default=False, verbose_name='sementara')),
                ('calendar', models.CharField(blank=True, max_length=24, verbose_name='kalender')),
                ('pause', models.PositiveSmallIntegerField(default=0, verbose_name='hari kerja jeda')),
                ('article', models.CharField(max_length=120, verbose_name='dasar')),
                ('met_on', models.DateField(blank=True, null=True, verbose_name='dipenuhi pada')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='disputes.disputecase', verbose_name='perkara')),
            ],
            options={
                'verbose_name': 'tenggat perkara',
                'verbose_name_plural': 'tenggat perkara',
                'ordering': ['due_on', 'id'],
                'indexes': [models.Index(fields=['met_on', 'due_on'], name='disputes_deadline_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('met_on__isnull', True)), fields=('case', 'code'), name='disputes_deadline_one_running'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='disputes_deadline_dates'), models.CheckConstraint(condition=models.Q(('met_on__isnull', True), ('met_on__gte', models.F('starts_on')), _connector='OR'), name='disputes_deadline_met'), models.CheckConstraint(condition=models.Q(('code__in', ['AGREEMENT', 'BIPARTITE', 'CHOOSE_PATH', 'COMPLETE_FILE', 'FIRST_SESSION', 'RECOMMENDATION', 'REPLY', 'WHOLE_MEDIATION'])), name='disputes_deadline_code')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDisputeCase',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(db_index=True, max_length=40, verbose_name='nomor perkara')),
                ('kind', models.CharField(choices=[('RIGHTS', 'Perselisihan hak'), ('INTERESTS', 'Perselisihan kepentingan'), ('TERMINATION', 'Perselisihan PHK'), ('INTER_UNION', 'Perselisihan antarserikat dalam satu perusahaan')], max_length=16, verbose_name='jenis perselisihan')),
                ('applicant_kind', models.CharField(choices=[('WORKER', 'Pekerja'), ('UNION', 'Serikat pekerja'), ('EMPLOYER', 'Pengusaha')], default='WORKER', max_length=12, verbose_name='pemohon adalah')),
                ('applicant', models.CharField(max_length=200, verbose_name='pemohon')),
                ('respondent', models.CharField(max_length=200, verbose_name='termohon')),
                ('workers_male', models.PositiveIntegerField(default=0, verbose_name='pekerja laki-laki')),
                ('workers_female', models.PositiveIntegerField(default=0, verbose_name='pekerja perempuan')),
                ('summary', models.TextField(blank=True, verbose_name='pokok masalah')),
                ('bipartite_from', models.DateField(blank=True, null=True, verbose_name='perundingan bipartit mulai')),
                ('received_on', models.DateField(verbose_name='permohonan diterima')),
                ('registered_on', models.DateField(verbose_name='dicatat pada')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='berkas dikembalikan pada')),
                ('offered_on', models.DateField(blank=True, null=True, verbose_name='ditawarkan pada')),
                ('assigned_on', models.DateField(blank=True, null=True, verbose_name='dilimpahkan pada')),
                ('clarified_on', models.DateField(blank=True, null=True, verbose_name='klarifikasi pada')),
                ('first_session_on', models.DateField(blank=True, null=True, verbose_name='sidang pertama pada')),
                ('recommended_on', models.DateField(blank=True, null=True, verbose_name='anjuran pada')),
                ('recommendation_received_on', models.DateField(blank=True, null=True, verbose_name='anjuran diterima para pihak pada')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='anjuran disetujui pada')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='selesai pada')),
                ('outcome', models.CharField(choices=[('NONE', 'Belum selesai'), ('BIPARTITE_AGAIN', 'Sepakat bipartit ulang'), ('SETTLEMENT_AGREEMENT', 'Perjanjian bersama (PB)'), ('RECOMMENDATION_ACCEPTED', 'Anjuran diterima'), ('RECOMMENDATION_REJECTED', 'Anjuran ditolak'), ('WITHDRAWN', 'Dicabut pemohon'), ('HANDED_OVER', 'Diteruskan ke pihak lain'), ('LAPSED', 'Ditutup, berkas tidak dilengkapi')], default='NONE', max_length=24, verbose_name='hasil')),
                ('handed_to', models.CharField(blank=True, choices=[('CONCILIATOR', 'Konsiliator'), ('ARBITRATOR', 'Arbiter'), ('PROVINCE', 'Mediator provinsi'), ('MINISTRY', 'Mediator kementerian'), ('INSPECTORATE', 'Pengawas ketenagakerjaan')], max_length=16, verbose_name='diteruskan kepada')),
                ('state', models.CharField(choices=[('REGISTERED', 'Tercatat'), ('INCOMPLETE', 'Berkas dikembalikan'), ('OFFERED', 'Penawaran konsiliasi atau arbitrase'), ('ASSIGNED', 'Dilimpahkan ke mediator'), ('CLARIFICATION', 'Klarifikasi'), ('MEDIATION', 'Sidang mediasi'), ('RECOMMENDED', 'Anjuran menunggu jawaban'), ('AGREED', 'Anjuran diterima, menyusun PB'), ('CLOSED', 'Selesai')], default='REGISTERED', max_length=16, verbose_name='keadaan')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('company', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='employers.company', verbose_name='perusahaan')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mediator', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='mediator')),
            ],
            options={
                'verbose_name': 'historical perkara perselisihan',
                'verbose_name_plural': 'historical perkara perselisihan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
