"""The index by which projects are found: the database's own, over the pairs of signs that a search key keeps.

SQLite has a table of words for it, which triggers keep in step with the keys; a migration that rebuilds the
table of the keys has to install them again. PostgreSQL has an index over the list of pairs.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from projects.bulletins.models import SearchKey
from projects.bulletins.pairs import is_pair, pairs

ADD = "INSERT INTO projects_words(rowid, pairs) VALUES (new.project_id, new.pairs);"
TAKE = "INSERT INTO projects_words(projects_words, rowid, pairs) VALUES ('delete', old.project_id, old.pairs);"
INSTALL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE projects_words USING fts5(pairs, content='projects_searchkey',"
        " content_rowid='project_id', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER projects_words_added AFTER INSERT ON projects_searchkey BEGIN {ADD} END",
        f"CREATE TRIGGER projects_words_taken AFTER DELETE ON projects_searchkey BEGIN {TAKE} END",
        f"CREATE TRIGGER projects_words_changed AFTER UPDATE ON projects_searchkey BEGIN {TAKE} {ADD} END",
        "INSERT INTO projects_words(projects_words) VALUES ('rebuild')",
    ],
    "postgresql": ["CREATE INDEX projects_words ON projects_searchkey USING gin (string_to_array(pairs, ' '))"],
}
REMOVE = {
    "sqlite": [
        "DROP TRIGGER projects_words_added",
        "DROP TRIGGER projects_words_taken",
        "DROP TRIGGER projects_words_changed",
        "DROP TABLE projects_words",
    ],
    "postgresql": ["DROP INDEX projects_words"],
}


def found(word: str) -> QuerySet[SearchKey]:
    """The keys of the projects that hold `word`, which is in small letters and has no blanks."""
    keys, wanted = SearchKey.objects.all(), pairs(word)
    if wanted and connection.vendor == "sqlite":
        match = " ".join(f'"{pair}"' for pair in wanted)
        keys = keys.filter(
            project__in=RawSQL("SELECT rowid FROM projects_words WHERE projects_words MATCH %s", [match])
        )
    elif wanted:
        keys = keys.filter(RawSQL("string_to_array(pairs, ' ') @> %s", [wanted], output_field=BooleanField()))
    return keys if is_pair(word) else keys.filter(text__contains=word)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index, over the keys that there are and for those to come."""
    _run(connection, INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the index away, for taking a migration back."""
    _run(connection, REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
