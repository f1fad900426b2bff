"""Delete files that no project owns: what a process left behind that was killed while it took one in."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from projects.core.clock import now
from projects.management.tables import DatabaseCommand
from projects.register.actions.filing import sweep

GRACE = datetime.timedelta(hours=1)  # a file is written before its row


class Command(DatabaseCommand):
    help = "Deletes files in the store of attachments that no row knows, an hour after they were written."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sweep(before=now() - GRACE)
        self.stdout.write(_("%(count)s files without an owner were deleted.") % {"count": count})
