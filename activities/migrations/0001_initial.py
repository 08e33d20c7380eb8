import django_fsm
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models
from core.schema import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('core', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('held_on', models.DateField(verbose_name='dilaksanakan pada')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='selesai pada')),
                    ('kind', models.CharField(choices=[('SOCIALISATION', 'Sosialisasi'), ('TECHNICAL_GUIDANCE', 'Bimbingan teknis'), ('OPERATOR_TRAINING', 'Pelatihan operator aplikasi'), ('JOB_GUIDANCE', 'Penyuluhan dan bimbingan jabatan'), ('IN_HOUSE_TRAINING', 'Pelatihan di tempat (in-house training)'), ('EMPLOYMENT_EXPANSION', 'Perluasan kesempatan kerja'), ('TRANSMIGRATION', 'Transmigrasi'), ('DISABILITY_SERVICE', 'Layanan disabilitas (ULD)'), ('MEETING', 'Rapat atau forum'), ('VISIT', 'Kunjungan dan pembinaan perusahaan'), ('OTHER', 'Kegiatan lain')], max_length=24, verbose_name='jenis')),
                    ('title', models.CharField(max_length=200, verbose_name='nama kegiatan')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='tempat')),
                    ('output_unit', models.CharField(blank=True, max_length=40, verbose_name='satuan keluaran')),
                    ('output_quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='jumlah keluaran')),
                    ('notes', models.TextField(blank=True, verbose_name='catatan')),
                    ('state', models.CharField(choices=[('RECORDED', 'Tercatat'), ('STRUCK', 'Dicoret')], default='RECORDED', max_length=12, verbose_name='keadaan')),
                    ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='bukti')),
                    ('sub_activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.nomenclature', verbose_name='sub kegiatan')),
                ],
                options={
                    'verbose_name': 'kegiatan',
                    'verbose_name_plural': 'kegiatan',
                    'ordering': ['-held_on', '-id'],
                    'indexes': [models.Index(fields=['held_on', 'state'], name='activities_activity_held')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['RECORDED', 'STRUCK'])), name='activities_activity_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['SOCIALISATION', 'TECHNICAL_GUIDANCE', 'OPERATOR_TRAINING', 'JOB_GUIDANCE', 'IN_HOUSE_TRAINING', 'EMPLOYMENT_EXPANSION', 'TRANSMIGRATION', 'DISABILITY_SERVICE', 'MEETING', 'VISIT', 'OTHER'])), name='activities_activity_kind'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('held_on')), _connector='OR'), name='activities_activity_dates'), models.CheckConstraint(condition=models.Q(('output_quantity__isnull', True), models.Q(('output_quantity__gte', 0), models.Q(('output_unit', ''), _negated=True)), _connector='OR'), name='activities_activity_output')],
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ),
            migrations.CreateModel(
                name='ActivityParticipants',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('category', models.CharField(choices=[('JOB_SEEKER', 'Pencari kerja'), ('WORKER', 'Pekerja'), ('COMPANY', 'Wakil perusahaan'), ('UNION', 'Wakil serikat pekerja'), ('BKK', 'Pengelola BKK'), ('LPK', 'Pengelola LPK'), ('STUDENT', 'Pelajar atau mahasiswa'), ('DISABLED', 'Penyandang disabilitas'), ('STAFF', 'Aparatur'), ('PUBLIC', 'Masyarakat umum')], max_length=16, verbose_name='kelompok peserta')),
                    ('male', models.PositiveIntegerField(default=0, verbose_name='laki-laki')),
                    ('female', models.PositiveIntegerField(default=0, verbose_name='perempuan')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='activities.activity', verbose_name='kegiatan')),
                ],
                options={
                    'verbose_name': 'peserta kegiatan',
                    'verbose_name_plural': 'peserta kegiatan',
                    'ordering': ['activity', 'category'],
                    'constraints': [models.UniqueConstraint(fields=('activity', 'category'), name='activities_participants_once'), models.CheckConstraint(condition=models.Q(('category__in', ['JOB_SEEKER', 'WORKER', 'COMPANY', 'UNION', 'BKK', 'LPK', 'STUDENT', 'DISABLED', 'STAFF', 'PUBLIC'])), name='activities_participants_category'), models.CheckConstraint(condition=models.Q(('male__gt', 0), ('female__gt', 0), _connector='OR'), name='activities_participants_some')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalActivity',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('created_at', models.DateTimeField(blank=True, editable=False)),
                    ('updated_at', models.DateTimeField(blank=True, editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('held_on', models.DateField(verbose_name='dilaksanakan pada')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='selesai pada')),
                    ('kind', models.CharField(choices=[('SOCIALISATION', 'Sosialisasi'), ('TECHNICAL_GUIDANCE', 'Bimbingan teknis'), ('OPERATOR_TRAINING', 'Pelatihan operator aplikasi'), ('JOB_GUIDANCE', 'Penyuluhan dan bimbingan jabatan'), ('IN_HOUSE_TRAINING', 'Pelatihan di tempat (in-house training)'), ('EMPLOYMENT_EXPANSION', 'Perluasan kesempatan kerja'), ('TRANSMIGRATION', 'Transmigrasi'), ('DISABILITY_SERVICE', 'Layanan disabilitas (ULD)'), ('MEETING', 'Rapat atau forum'), ('VISIT', 'Kunjungan dan pembinaan perusahaan'), ('OTHER', 'Kegiatan lain')], max_length=24, verbose_name='jenis')),
                    ('title', models.CharField(max_length=200, verbose_name='nama kegiatan')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='tempat')),
                    ('output_unit', models.CharField(blank=True, max_length=40, verbose_name='satuan keluaran')),
                    ('output_quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='jumlah keluaran')),
                    ('notes', models.TextField(blank=True, verbose_name='catatan')),
                    ('state', models.CharField(choices=[('RECORDED', 'Tercatat'), ('STRUCK', 'Dicoret')], default='RECORDED', max_length=12, verbose_name='keadaan')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('evidence', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='core.storedfile', verbose_name='bukti')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sub_activity', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='core.nomenclature', verbose_name='sub kegiatan')),
                ],
                options={
                    'verbose_name': 'historical kegiatan',
                    'verbose_name_plural': 'historical kegiatan',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalActivityParticipants',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('category', models.CharField(choices=[('JOB_SEEKER', 'Pencari kerja'), ('WORKER', 'Pekerja'), ('COMPANY', 'Wakil perusahaan'), ('UNION', 'Wakil serikat pekerja'), ('BKK', 'Pengelola BKK'), ('LPK', 'Pengelola LPK'), ('STUDENT', 'Pelajar atau mahasiswa'), ('DISABLED', 'Penyandang disabilitas'), ('STAFF', 'Aparatur'), ('PUBLIC', 'Masyarakat umum')], max_length=16, verbose_name='kelompok peserta')),
                    ('male', models.PositiveIntegerField(default=0, verbose_name='laki-laki')),
                    ('female', models.PositiveIntegerField(default=0, verbose_name='perempuan')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('activity', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='activities.activity', verbose_name='kegiatan')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical peserta kegiatan',
                    'verbose_name_plural': 'historical peserta kegiatan',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
        ]),
    ]
