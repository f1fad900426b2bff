"""The documents of a published bulletin are kept, and the database refuses to change them."""

import django.db.models.deletion
from django.db import migrations, models

from projects.core.append_only import protect, unprotect


def protect_files(apps, schema_editor):
    protect(schema_editor.connection, "projects_bulletinfile")


def unprotect_files(apps, schema_editor):
    unprotect(schema_editor.connection, "projects_bulletinfile")


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0019_an_objection_may_bring_a_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulletinFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=4, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='projects.bulletin', verbose_name='bulletin')),
            ],
            options={
                'verbose_name': 'document of a bulletin',
                'verbose_name_plural': 'documents of bulletins',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('bulletin', 'kind'), name='bulletin_file_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['docx', 'xlsx', 'pdf'])), name='bulletin_file_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), _negated=True), ('size__gt', 0)), name='bulletin_file_has_content')],
            },
        ),
        migrations.RunPython(protect_files, unprotect_files),
    ]
