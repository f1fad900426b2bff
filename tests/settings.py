"""The program's settings for tests: a folder of their own, nothing of this machine's set-up, and speed.

Only DATABASE_URL is taken from the environment, so that the same tests run on PostgreSQL.
"""

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="tracker-tests-")
# Said before the settings are read, because what is set here wins over a developer's .env.
os.environ |= {
    "DATA_DIR": _folder.name,
    "SECURE": "0",
    "DEBUG": "0",
    "TODAY": "",
    "READING": "district",
    "LOG_LEVEL": "ERROR",
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")

from tracker.settings import *  # noqa: E402, F403 -- all of them, after the environment is said
from tracker.settings import DATABASES  # noqa: E402 -- the same, named where it is changed

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a real one takes a tenth of a second a sign-in
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: two threads then meet each other as two processes do.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
