import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0018_long_work_is_watched'),
    ]

    operations = [
        migrations.AddField(
            model_name='objection',
            name='attachment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='projects.attachment', verbose_name='file'),
        ),
    ]
