import core.models.agency
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_at', models.DateTimeField()),
                ('first_id', models.PositiveBigIntegerField()),
                ('last_id', models.PositiveBigIntegerField(unique=True)),
                ('events', models.PositiveIntegerField()),
                ('previous', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
                ('key_check', models.BinaryField(max_length=8)),
            ],
            options={
                'ordering': ['last_id'],
            },
        ),
        migrations.CreateModel(
            name='DecreedYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='tahun')),
                ('decree', models.CharField(max_length=160, verbose_name='dasar')),
            ],
            options={
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='EducationLevel',
            fields=[
                ('code', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='kode')),
                ('label', models.CharField(max_length=60, verbose_name='jenjang')),
                ('order', models.PositiveSmallIntegerField(unique=True, verbose_name='urutan')),
                ('kkni_level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='jenjang KKNI')),
                ('ipk_group', models.CharField(blank=True, max_length=40, verbose_name='kelompok IPK')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='IpkEducationCode',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name='kode')),
                ('label', models.CharField(max_length=120, verbose_name='uraian')),
                ('level', models.CharField(max_length=4, verbose_name='jenjang')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='ReferenceFile',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='waktu')),
                ('kind', models.CharField(max_length=60, verbose_name='peristiwa')),
                ('actor_uid', models.UUIDField(null=True, verbose_name='pelaku')),
                ('actor_name', models.CharField(blank=True, max_length=150, verbose_name='nama pelaku')),
                ('object_model', models.CharField(blank=True, max_length=80, verbose_name='jenis data')),
                ('object_uid', models.UUIDField(null=True, verbose_name='data')),
                ('detail', models.JSONField(default=dict, verbose_name='rincian')),
                ('ip', models.GenericIPAddressField(null=True, verbose_name='alamat IP')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['object_uid', 'id'], name='audit_object'), models.Index(fields=['actor_uid', 'id'], name='audit_actor'), models.Index(fields=['kind', 'id'], name='audit_kind')],
            },
        ),
        migrations.CreateModel(
            name='ClassificationCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('KBJI', 'Klasifikasi Baku Jabatan Indonesia'), ('KBLI', 'Klasifikasi Baku Lapangan Usaha Indonesia')], max_length=4, verbose_name='klasifikasi')),
                ('version', models.CharField(max_length=4, verbose_name='versi')),
                ('code', models.CharField(max_length=8, verbose_name='kode')),
                ('level', models.PositiveSmallIntegerField(verbose_name='tingkat')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
                ('parent_code', models.CharField(blank=True, max_length=8, verbose_name='kode induk')),
            ],
            options={
                'ordering': ['scheme', 'version', 'code'],
                'indexes': [models.Index(fields=['scheme', 'version', 'level'], name='classification_level')],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'version', 'code'), name='classification_code_once'), models.CheckConstraint(condition=models.Q(('scheme__in', ['KBJI', 'KBLI'])), name='classification_scheme_known')],
            },
        ),
        migrations.CreateModel(
            name='ClassificationMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('KBJI', 'Klasifikasi Baku Jabatan Indonesia'), ('KBLI', 'Klasifikasi Baku Lapangan Usaha Indonesia')], max_length=4, verbose_name='klasifikasi')),
                ('from_version', models.CharField(max_length=4, verbose_name='dari versi')),
                ('from_code', models.CharField(blank=True, max_length=8, verbose_name='kode lama')),
                ('to_version', models.CharField(max_length=4, verbose_name='ke versi')),
                ('to_code', models.CharField(blank=True, max_length=8, verbose_name='kode baru')),
                ('note', models.CharField(max_length=250, verbose_name='catatan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'from_version', 'from_code', 'to_version', 'to_code'), name='classification_mapping_once'), models.CheckConstraint(condition=models.Q(models.Q(('from_code', ''), _negated=True), models.Q(('to_code', ''), _negated=True), _connector='OR'), name='classification_mapping_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='counter_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='tanggal')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('kind', models.CharField(choices=[('NATIONAL', 'Libur nasional'), ('COLLECTIVE', 'Cuti bersama'), ('OFFICE', 'Libur kantor')], max_length=10, verbose_name='jenis')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='sumber')),
            ],
            options={
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('date', 'kind', 'name'), name='holiday_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['NATIONAL', 'COLLECTIVE', 'OFFICE'])), name='holiday_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('payload', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('QUEUED', 'Menunggu'), ('RUNNING', 'Sedang dikerjakan'), ('DONE', 'Selesai'), ('FAILED', 'Gagal')], default='QUEUED', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('lease', models.UUIDField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('cursor', models.BigIntegerField(blank=True, null=True)),
                ('result', models.JSONField(blank=True, default=dict)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pekerjaan latar',
                'verbose_name_plural': 'pekerjaan latar',
                'indexes': [models.Index(condition=models.Q(('state', 'QUEUED')), fields=['not_before', 'id'], name='core_job_waiting'), models.Index(condition=models.Q(('state', 'RUNNING')), fields=['lease_until'], name='core_job_leased'), models.Index(fields=['actor', '-id'], name='core_job_actor')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['QUEUED', 'RUNNING', 'DONE', 'FAILED'])), name='core_job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('lease__isnull', False), ('lease_until__isnull', False), ('state', 'RUNNING')), models.Q(models.Q(('state', 'RUNNING'), _negated=True), ('lease__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='core_job_lease_while_running'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['DONE', 'FAILED'])), models.Q(('finished_at__isnull', True), ('state__in', ['QUEUED', 'RUNNING'])), _connector='OR'), name='core_job_finished_when_over')],
            },
        ),
        migrations.CreateModel(
            name='Nomenclature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('code', models.CharField(blank=True, max_length=24, null=True, verbose_name='kode')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('level', models.CharField(choices=[('PROGRAMME', 'Program'), ('ACTIVITY', 'Kegiatan'), ('SUB_ACTIVITY', 'Sub kegiatan')], max_length=12, verbose_name='tingkat')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('key', models.CharField(max_length=80, verbose_name='kunci')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.nomenclature', verbose_name='induk')),
            ],
            options={
                'ordering': ['year', 'order', 'id'],
                'constraints': [models.UniqueConstraint(fields=('year', 'key'), name='nomenclature_key_once_a_year'), models.UniqueConstraint(fields=('year', 'code'), name='nomenclature_code_once_a_year'), models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('year', 'name'), name='nomenclature_programme_once_a_year'), models.UniqueConstraint(fields=('parent', 'name'), name='nomenclature_name_once_a_parent'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'PROGRAMME'), ('parent', None)), models.Q(('level__in', ['ACTIVITY', 'SUB_ACTIVITY']), ('parent__isnull', False)), _connector='OR'), name='nomenclature_parent_by_level'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='nomenclature_code_null_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='kode')),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('level', models.CharField(choices=[('PROVINCE', 'Provinsi'), ('REGENCY', 'Kabupaten/Kota'), ('DISTRICT', 'Kecamatan'), ('VILLAGE', 'Kelurahan/Desa')], max_length=8, verbose_name='tingkat')),
                ('kind', models.CharField(blank=True, choices=[('', '–'), ('REGENCY', 'Kabupaten'), ('CITY', 'Kota'), ('URBAN', 'Kelurahan'), ('RURAL', 'Desa')], max_length=7, verbose_name='jenis')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='berlaku sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='core.region', verbose_name='induk')),
            ],
            options={
                'ordering': ['code'],
                'indexes': [models.Index(fields=['level', 'name'], name='region_level_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['PROVINCE', 'REGENCY', 'DISTRICT', 'VILLAGE'])), name='region_level_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'REGENCY', 'CITY', 'URBAN', 'RURAL'])), name='region_kind_known'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_from__lte', models.F('valid_until')), _connector='OR'), name='region_valid_period')],
            },
        ),
        migrations.CreateModel(
            name='MinimumWage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='UMK (rupiah)')),
                ('decree', models.CharField(blank=True, max_length=160, verbose_name='dasar')),
                ('verified', models.BooleanField(default=False, verbose_name='sudah diperiksa')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minimum_wages', to='core.region')),
            ],
            options={
                'ordering': ['region', 'year'],
                'constraints': [models.UniqueConstraint(fields=('region', 'year'), name='minimum_wage_once_a_year'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='minimum_wage_positive')],
            },
        ),
        migrations.CreateModel(
            name='RegionAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nama lain')),
                ('old_code', models.CharField(blank=True, max_length=13, verbose_name='kode lama')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='core.region')),
            ],
            options={
                'indexes': [models.Index(fields=['name'], name='region_alias_name'), models.Index(fields=['old_code'], name='region_alias_old_code')],
                'constraints': [models.UniqueConstraint(fields=('region', 'name', 'old_code'), name='region_alias_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('uid', models.UUIDField()),
                ('words', models.TextField()),
            ],
            options={
                'verbose_name': 'kata pencarian',
                'verbose_name_plural': 'kata pencarian',
                'constraints': [models.UniqueConstraint(fields=('kind', 'uid'), name='core_search_one_entry')],
            },
        ),
        migrations.CreateModel(
            name='SearchKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='core.searchentry')),
            ],
            options={
                'verbose_name': 'kunci pencarian',
                'verbose_name_plural': 'kunci pencarian',
                'indexes': [models.Index(fields=['digest'], name='core_search_digest')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'digest'), name='core_search_one_key')],
            },
        ),
        migrations.CreateModel(
            name='StagedUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                ('content_hash', models.BinaryField(max_length=32)),
                ('options', models.JSONField(blank=True, default=dict, verbose_name='pilihan')),
                ('state', models.CharField(choices=[('STAGED', 'Menunggu keputusan'), ('COMMITTED', 'Sudah disimpan'), ('DISCARDED', 'Dibatalkan')], default='STAGED', max_length=9, verbose_name='keadaan')),
                ('good_rows', models.PositiveIntegerField(default=0, verbose_name='baris benar')),
                ('bad_rows', models.PositiveIntegerField(default=0, verbose_name='baris salah')),
                ('saved_rows', models.PositiveIntegerField(default=0, verbose_name='baris tersimpan')),
                ('created_at', models.DateTimeField(verbose_name='dibaca pada')),
                ('expires_at', models.DateTimeField(verbose_name='dihapus pada')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan pada')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'unggahan',
                'verbose_name_plural': 'unggahan',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['STAGED', 'COMMITTED', 'DISCARDED'])), name='core_upload_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'STAGED')), models.Q(models.Q(('state', 'STAGED'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='core_upload_decided_has_time'), models.UniqueConstraint(condition=models.Q(('state', 'COMMITTED')), fields=('kind', 'content_hash'), name='core_upload_committed_once')],
            },
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(verbose_name='baris')),
                ('sealed', models.BinaryField()),
                ('errors', models.JSONField(blank=True, default=list, verbose_name='kesalahan')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='core.stagedupload')),
            ],
            options={
                'verbose_name': 'baris unggahan',
                'verbose_name_plural': 'baris unggahan',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('upload', 'number'), name='core_upload_row_once')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='jenis')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=100, verbose_name='tipe isi')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(max_length=64, verbose_name='sidik isi')),
                ('path', models.CharField(max_length=80, unique=True)),
                ('sealed', models.BooleanField(default=False, verbose_name='terenkripsi')),
                ('created_at', models.DateTimeField(verbose_name='disimpan pada')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'berkas',
                'verbose_name_plural': 'berkas',
            },
        ),
        migrations.CreateModel(
            name='DownloadFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('table', models.CharField(max_length=80, verbose_name='tabel')),
                ('query', models.TextField(blank=True, verbose_name='pilihan')),
                ('format', models.CharField(max_length=8, verbose_name='bentuk')),
                ('state', models.CharField(choices=[('WAITING', 'Sedang disiapkan'), ('READY', 'Siap diunduh'), ('FAILED', 'Gagal'), ('EXPIRED', 'Sudah dihapus')], default='WAITING', max_length=8, verbose_name='keadaan')),
                ('rows', models.PositiveIntegerField(blank=True, null=True, verbose_name='jumlah baris')),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='pesan')),
                ('created_at', models.DateTimeField(verbose_name='dipesan pada')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='dihapus pada')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.job')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'verbose_name': 'unduhan',
                'verbose_name_plural': 'unduhan',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['owner', '-created_at'], name='core_download_owner'), models.Index(condition=models.Q(('state', 'READY')), fields=['expires_at'], name='core_download_expiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'READY', 'FAILED', 'EXPIRED'])), name='core_download_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', False), ('file__isnull', False), ('rows__isnull', False), ('state', 'READY')), models.Q(models.Q(('state', 'READY'), _negated=True), ('file__isnull', True)), _connector='OR'), name='core_download_ready_has_file')],
            },
        ),
        migrations.CreateModel(
            name='AgencyProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=120, verbose_name='nama dinas')),
                ('government', models.CharField(max_length=120, verbose_name='pemerintah daerah')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='alamat')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='surel')),
                ('website', models.URLField(blank=True, verbose_name='situs')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='jam layanan')),
                ('head_name', models.CharField(blank=True, max_length=120, verbose_name='nama kepala dinas')),
                ('head_nip', models.CharField(blank=True, max_length=18, verbose_name='NIP kepala dinas')),
                ('head_rank', models.CharField(blank=True, max_length=80, verbose_name='pangkat kepala dinas')),
                ('head_title', models.CharField(blank=True, max_length=120, verbose_name='jabatan')),
                ('number_formats', models.JSONField(blank=True, default=dict, validators=[core.models.agency.check_number_formats], verbose_name='format nomor')),
                ('policies', models.JSONField(blank=True, default=dict, validators=[core.models.agency.check_policies], verbose_name='kebijakan')),
                ('colours', models.JSONField(blank=True, default=dict, validators=[core.models.agency.check_colours], verbose_name='warna')),
                ('demo_date', models.DateField(blank=True, null=True, verbose_name='hari dalam demo')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.region', verbose_name='wilayah')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.storedfile', verbose_name='logo')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='agency_profile_one_row')],
            },
        ),
        migrations.CreateModel(
            name='WorkflowLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=80)),
                ('object_uid', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('transition', models.CharField(blank=True, max_length=40)),
                ('label', models.CharField(max_length=120)),
                ('source', models.CharField(blank=True, max_length=32)),
                ('target', models.CharField(blank=True, max_length=32)),
                ('actor_name', models.CharField(blank=True, max_length=150)),
                ('comment', models.TextField(blank=True)),
                ('comment_required', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('object_uid', 'version'), name='workflow_log_one_write_a_version'), models.CheckConstraint(condition=models.Q(('comment_required', False), models.Q(('comment', ''), _negated=True), _connector='OR'), name='workflow_log_comment_given')],
            },
        ),
    ]
