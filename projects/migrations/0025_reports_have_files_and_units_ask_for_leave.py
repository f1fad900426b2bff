import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0024_projects_say_who_answers_and_phases_are_imported'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'file of a report',
                'verbose_name_plural': 'files of reports',
                'ordering': ('id',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='reportcomment',
            name='report_comment_kind_known',
        ),
        migrations.AddField(
            model_name='monthlyreport',
            name='leave_asked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='leave asked for'),
        ),
        migrations.AddField(
            model_name='monthlyreport',
            name='leave_asked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='leave asked for by'),
        ),
        migrations.AlterField(
            model_name='reportcomment',
            name='kind',
            field=models.CharField(choices=[('return', 'Returned'), ('reopen', 'Reopened'), ('reply', 'Reply'), ('ask_leave', 'Leave to report late asked for'), ('leave', 'Leave to report late'), ('no_leave', 'Leave to report late refused')], max_length=10, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='monthlyreport',
            index=models.Index(condition=models.Q(('leave_asked_at__isnull', False)), fields=['leave_asked_at'], name='report_leave_asked'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('leave_asked_at__isnull', False), ('leave_asked_by__isnull', True), _connector='OR'), name='report_leave_asked_has_time'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('leave_asked_at__isnull', True), ('first_submitted_at__isnull', True), _connector='OR'), name='report_leave_asked_before_it_is_in'),
        ),
        migrations.AddConstraint(
            model_name='reportcomment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['return', 'reopen', 'reply', 'ask_leave', 'leave', 'no_leave'])), name='report_comment_kind_known'),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='attachment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_file', to='projects.attachment', verbose_name='file'),
        ),
        migrations.AddField(
            model_name='reportfile',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='projects.monthlyreport', verbose_name='report'),
        ),
    ]
