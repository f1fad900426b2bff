"""Amounts of a whole province add up inside 64 bits; two signs of a name are found, and all lines summed, by an index."""

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

from projects.bulletins.pairs import pairs
from projects.bulletins.search import install, remove


def install_search(apps, schema_editor):
    install(schema_editor.connection)


def remove_search(apps, schema_editor):
    remove(schema_editor.connection)


def write_search_keys(apps, schema_editor):
    """For the projects that there are; from here on they are written with the lines."""
    keys = []
    for project in apps.get_model("projects", "Project").objects.order_by("id").iterator():
        names = (project.name, project.short_name, project.owner, project.code, project.initials)
        text = "\n".join(name.lower() for name in names if name)
        keys.append({"project": project, "text": text, "pairs": " ".join(pairs(text))})
    SearchKey = apps.get_model("projects", "SearchKey")
    SearchKey.objects.bulk_create((SearchKey(**key) for key in keys), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0016_what_was_published_stays'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchKey',
            fields=[
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_key', serialize=False, to='projects.project')),
                ('text', models.TextField()),
                ('pairs', models.TextField()),
            ],
            options={
                'verbose_name': 'search key',
                'verbose_name_plural': 'search keys',
            },
        ),
        migrations.RemoveConstraint(
            model_name='annualplan',
            name='plan_amount_not_negative',
        ),
        migrations.RemoveConstraint(
            model_name='monthlyreport',
            name='report_amounts_in_range',
        ),
        migrations.RemoveConstraint(
            model_name='project',
            name='project_total_above_zero',
        ),
        migrations.RemoveConstraint(
            model_name='project',
            name='project_total_floor_above_zero',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_colour',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_name',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_unit',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_leader',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_stage',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_total',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_plan',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_invested',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_rate',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_lead',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_rule',
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_by_change',
        ),
        migrations.RemoveField(
            model_name='line',
            name='search',
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(models.F('month'), models.OrderBy(models.F('severity'), descending=True), django.db.models.lookups.IsNull(models.F('lead_tenths'), True), models.F('lead_tenths'), models.F('id'), models.F('unit'), name='line_by_colour'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'name_key', 'id', 'unit'], name='line_by_name'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'unit_name', 'id', 'unit'], name='line_by_unit'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'leader_name', 'id', 'unit'], name='line_by_leader'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'stage_order', 'id', 'unit'], name='line_by_stage'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'total_investment', 'id', 'unit'], name='line_by_total'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'year_plan', 'id', 'unit'], name='line_by_plan'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'invested_to_date', 'id', 'unit'], name='line_by_invested'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'completion_tenths', 'id', 'unit'], name='line_by_rate'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'lead_tenths', 'id', 'unit'], name='line_by_lead'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'worst_rule', 'id', 'unit'], name='line_by_rule'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'changed_at', 'id', 'unit'], name='line_by_change'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['month', 'project_class', 'level', 'standing', 'unit', 'unit_name', 'stage_order', 'year_plan', 'total_investment', 'invested_to_date'], name='line_sums'),
        ),
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('amount__gte', 0), ('amount__lte', 10000000000000)), _connector='OR'), name='plan_amount_not_negative', violation_error_message='The plan must not be below zero.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invested_this_month__isnull', True), models.Q(('invested_this_month__gte', -10000000000000), ('invested_this_month__lte', 10000000000000)), _connector='OR'), models.Q(('invested_statistics__isnull', True), models.Q(('invested_statistics__gte', -10000000000000), ('invested_statistics__lte', 10000000000000)), _connector='OR'), models.Q(('next_month_amount__isnull', True), models.Q(('next_month_amount__gte', 0), ('next_month_amount__lte', 10000000000000)), _connector='OR')), name='report_amounts_in_range'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('total_investment__isnull', True), models.Q(('total_investment__gte', 1), ('total_investment__lte', 10000000000000)), _connector='OR'), name='project_total_above_zero', violation_error_message='The total investment must be more than zero.'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('total_at_least__isnull', True), models.Q(('total_at_least__gte', 1), ('total_at_least__lte', 10000000000000)), _connector='OR'), name='project_total_floor_above_zero'),
        ),
        migrations.RunPython(install_search, remove_search),
        migrations.RunPython(write_search_keys, migrations.RunPython.noop),
    ]
