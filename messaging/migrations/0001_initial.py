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
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('channel', models.CharField(choices=[('EMAIL', 'E-mail')], default='EMAIL', max_length=8)),
                ('recipient', models.CharField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body_sealed', models.BinaryField(null=True, verbose_name='isi surat')),
                ('has_link', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('QUEUED', 'Menunggu'), ('SENT', 'Terkirim'), ('FAILED', 'Gagal'), ('EXPIRED', 'Kedaluwarsa')], default='QUEUED', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('purged_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'pesan keluar',
                'verbose_name_plural': 'pesan keluar',
                'indexes': [models.Index(condition=models.Q(('purged_at__isnull', True)), fields=['state', 'created_at'], name='messaging_message_to_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['QUEUED', 'SENT', 'FAILED', 'EXPIRED'])), name='messaging_message_state'), models.CheckConstraint(condition=models.Q(('channel__in', ['EMAIL'])), name='messaging_message_channel'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'SENT')), models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='messaging_message_sent_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'QUEUED'), _negated=True), ('purged_at__isnull', True), _connector='OR'), name='messaging_message_queued_has_body'), models.CheckConstraint(condition=models.Q(('purged_at__isnull', True), ('body_sealed__isnull', True), _connector='OR'), name='messaging_message_purged'), models.CheckConstraint(condition=models.Q(('has_link', False), ('expires_at__isnull', False), _connector='OR'), name='messaging_message_link_expires')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=160, verbose_name='judul')),
                ('body', models.CharField(blank=True, max_length=1000, verbose_name='isi')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='halaman')),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pemberitahuan',
                'verbose_name_plural': 'pemberitahuan',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(fields=['user', '-created_at'], name='messaging_notice_list'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user'], name='messaging_notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='messaging_notice_once'), models.CheckConstraint(condition=models.Q(('url', ''), models.Q(('url__startswith', '/'), models.Q(('url__startswith', '//'), _negated=True)), _connector='OR'), name='messaging_notice_own_page')],
            },
        ),
    ]
