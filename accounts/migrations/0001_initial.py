import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('role', models.CharField(choices=[('JOBSEEKER', 'Pencari kerja'), ('COMPANY_OPERATOR', 'Operator perusahaan'), ('LPK_OPERATOR', 'Operator LPK'), ('BKK_OPERATOR', 'Operator BKK'), ('P3MI_OPERATOR', 'Operator P3MI'), ('UNION_OPERATOR', 'Operator serikat pekerja'), ('PLACEMENT_OFFICER', 'Pengantar kerja'), ('TRAINING_OFFICER', 'Petugas pelatihan'), ('FAIR_OFFICER', 'Petugas bursa kerja'), ('MEDIATOR', 'Mediator hubungan industrial'), ('SECTION_HEAD', 'Kepala bidang'), ('PLANNER', 'Perencana'), ('APIP_REVIEWER', 'Pereviu APIP'), ('AGENCY_HEAD', 'Kepala dinas'), ('ADMINISTRATOR', 'Administrator'), ('PDP_OFFICER', 'Pejabat pelindungan data pribadi')], max_length=24, verbose_name='peran')),
                ('started_on', models.DateField(verbose_name='mulai')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical keanggotaan',
                'verbose_name_plural': 'historical keanggotaan',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalNikClaim',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail pemohon')),
                ('full_name', models.CharField(max_length=150, verbose_name='nama pemohon')),
                ('nik_masked', models.CharField(editable=False, max_length=16, verbose_name='NIK')),
                ('state', models.CharField(choices=[('OPEN', 'Menunggu diperiksa'), ('GRANTED', 'Diterima'), ('REFUSED', 'Ditolak')], default='OPEN', max_length=8, verbose_name='status')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputus pada')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical klaim NIK',
                'verbose_name_plural': 'historical klaim NIK',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(db_index=True, error_messages={'unique': 'E-mail ini sudah dipakai.'}, max_length=254, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=150, verbose_name='nama lengkap')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_demo', models.BooleanField(default=False, help_text='Masuk tanpa faktor kedua; hanya berlaku dalam mode demo.', verbose_name='akun demo')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical pengguna',
                'verbose_name_plural': 'historical pengguna',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('COMPANY', 'Perusahaan'), ('LPK', 'Lembaga pelatihan kerja (LPK)'), ('BLK', 'Balai latihan kerja (BLK)'), ('BKK', 'Bursa kerja khusus (BKK)'), ('P3MI', 'Perusahaan penempatan pekerja migran (P3MI)'), ('UNION', 'Serikat pekerja'), ('FEDERATION', 'Federasi serikat pekerja'), ('EMPLOYER_ASSOCIATION', 'Asosiasi pengusaha'), ('SECTION', 'Bidang pada dinas')], max_length=24, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='alamat')),
                ('phone', models.CharField(blank=True, max_length=32, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('state', models.CharField(choices=[('ACTIVE', 'Aktif'), ('CLOSED', 'Ditutup')], default='ACTIVE', max_length=16, verbose_name='status')),
            ],
            options={
                'verbose_name': 'lembaga',
                'verbose_name_plural': 'lembaga',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('role', models.CharField(choices=[('JOBSEEKER', 'Pencari kerja'), ('COMPANY_OPERATOR', 'Operator perusahaan'), ('LPK_OPERATOR', 'Operator LPK'), ('BKK_OPERATOR', 'Operator BKK'), ('P3MI_OPERATOR', 'Operator P3MI'), ('UNION_OPERATOR', 'Operator serikat pekerja'), ('PLACEMENT_OFFICER', 'Pengantar kerja'), ('TRAINING_OFFICER', 'Petugas pelatihan'), ('FAIR_OFFICER', 'Petugas bursa kerja'), ('MEDIATOR', 'Mediator hubungan industrial'), ('SECTION_HEAD', 'Kepala bidang'), ('PLANNER', 'Perencana'), ('APIP_REVIEWER', 'Pereviu APIP'), ('AGENCY_HEAD', 'Kepala dinas'), ('ADMINISTRATOR', 'Administrator'), ('PDP_OFFICER', 'Pejabat pelindungan data pribadi')], max_length=24, verbose_name='peran')),
                ('started_on', models.DateField(verbose_name='mulai')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
            ],
            options={
                'verbose_name': 'keanggotaan',
                'verbose_name_plural': 'keanggotaan',
                'ordering': ['-started_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NikClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail pemohon')),
                ('full_name', models.CharField(max_length=150, verbose_name='nama pemohon')),
                ('nik_sealed', models.BinaryField(null=True, verbose_name='NIK')),
                ('nik_index', models.BinaryField(max_length=32)),
                ('nik_masked', models.CharField(editable=False, max_length=16, verbose_name='NIK')),
                ('state', models.CharField(choices=[('OPEN', 'Menunggu diperiksa'), ('GRANTED', 'Diterima'), ('REFUSED', 'Ditolak')], default='OPEN', max_length=8, verbose_name='status')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputus pada')),
            ],
            options={
                'verbose_name': 'klaim NIK',
                'verbose_name_plural': 'klaim NIK',
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('nik_sealed', models.BinaryField(verbose_name='NIK')),
                ('nik_index', models.BinaryField(max_length=32)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'pendaftaran akun',
                'verbose_name_plural': 'pendaftaran akun',
            },
        ),
        migrations.CreateModel(
            name='UserIdentifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nik_index', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'pengenal masuk',
                'verbose_name_plural': 'pengenal masuk',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('email', models.EmailField(error_messages={'unique': 'E-mail ini sudah dipakai.'}, max_length=254, unique=True, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=150, verbose_name='nama lengkap')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_demo', models.BooleanField(default=False, help_text='Masuk tanpa faktor kedua; hanya berlaku dalam mode demo.', verbose_name='akun demo')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
                'ordering': ['full_name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='accounts_user_email_lower')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalInstitution',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('uid', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('updated_at', models.DateTimeField(blank=True, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('COMPANY', 'Perusahaan'), ('LPK', 'Lembaga pelatihan kerja (LPK)'), ('BLK', 'Balai latihan kerja (BLK)'), ('BKK', 'Bursa kerja khusus (BKK)'), ('P3MI', 'Perusahaan penempatan pekerja migran (P3MI)'), ('UNION', 'Serikat pekerja'), ('FEDERATION', 'Federasi serikat pekerja'), ('EMPLOYER_ASSOCIATION', 'Asosiasi pengusaha'), ('SECTION', 'Bidang pada dinas')], max_length=24, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='alamat')),
                ('phone', models.CharField(blank=True, max_length=32, verbose_name='telepon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('state', models.CharField(choices=[('ACTIVE', 'Aktif'), ('CLOSED', 'Ditutup')], default='ACTIVE', max_length=16, verbose_name='status')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical lembaga',
                'verbose_name_plural': 'historical lembaga',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
