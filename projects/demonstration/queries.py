"""Whether the demonstration was loaded here, and whether there is anything else."""

from projects.accounts.models import Unit, User
from projects.journal.models import Entry
from projects.register.models import Project

LOADED = "load_demonstration"


def is_loaded() -> bool:
    """Whether this database began as the demonstration: the journal, which cannot be rewritten, says so."""
    return Entry.objects.filter(verb=LOADED).exists()


def is_empty() -> bool:
    """Whether nobody has entered anything: no unit, no account, no project."""
    return not any(model._default_manager.exists() for model in (Unit, User, Project))
