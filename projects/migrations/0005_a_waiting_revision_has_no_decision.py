from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0004_a_revised_plan_waits_for_its_approval'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'approved', 'declined'])), name='plan_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 1), _negated=True), ('decision', 'approved'), _connector='OR'), name='plan_original_holds'),
        ),
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='plan_decision_has_time'),
        ),
        migrations.AddConstraint(
            model_name='annualplan',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('project', 'year'), name='plan_one_revision_waits'),
        ),
    ]
