"""The database refuses to change the journal; failed sign-ins are counted in a table of their own."""

from django.core.management import call_command
from django.db import migrations

from projects.core.append_only import protect, unprotect


def protect_journal(apps, schema_editor):
    protect(schema_editor.connection, "projects_entry")


def unprotect_journal(apps, schema_editor):
    unprotect(schema_editor.connection, "projects_entry")


def create_shared_cache(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_the_spine")]

    operations = [
        migrations.RunPython(protect_journal, unprotect_journal),
        migrations.RunPython(create_shared_cache, migrations.RunPython.noop),
    ]
