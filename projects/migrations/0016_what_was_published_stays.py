"""The database refuses to change what was published."""

from django.db import migrations

from projects.core.append_only import close_to_new_rows, protect, unprotect

COPIES = ("projects_bulletinline", "projects_bulletinunit")


def protect_published(apps, schema_editor):
    connection = schema_editor.connection
    protect(connection, "projects_bulletin", once="OLD.state = 'published'")
    for table in COPIES:
        protect(connection, table)
        close_to_new_rows(connection, table, parent="projects_bulletin", key="bulletin_id", once="state = 'published'")


def unprotect_published(apps, schema_editor):
    for table in ("projects_bulletin", *COPIES):
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("projects", "0015_bulletins_are_published_from_copies")]

    operations = [migrations.RunPython(protect_published, unprotect_published)]
