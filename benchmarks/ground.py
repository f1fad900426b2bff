"""The ground that benchmarks stand on: a clock, an empty database of their own, projects in it, a process alone."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

Clock = Callable[[], float]


def milliseconds(action: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    begun = clock()
    action()
    return (clock() - begun) * 1000


def work(action: Callable[[], object]) -> float:
    """What `action` costs of a processor: unlike time on the clock, much the same on a busy machine."""
    return milliseconds(action, time.process_time)


@contextmanager
def database() -> Iterator[str]:
    """An empty database with all tables, gone afterwards; its address for another process."""
    from django.core.management import call_command
    from django.db import connection

    address = os.environ["DATABASE_URL"]
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield address
        return
    before = connection.settings_dict["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


@contextmanager
def set_up(*, today: str = "2023-10-10") -> Iterator[Path]:
    """The program on an empty database in a folder of its own, or beside that of `DATABASE_URL`; the folder.

    Processes that are started meanwhile find the same database.
    """
    with tempfile.TemporaryDirectory(prefix="tracker-benchmark-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tracker.settings", "TODAY": today, "LOG_LEVEL": "ERROR"}
        os.environ |= {"DATA_DIR": folder, "SECURE": "0", "DEBUG": "0"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'db.sqlite3'}")
        start_django()
        from django.core.management import call_command

        call_command("compile_translations", verbosity=0)
        with database() as address:
            os.environ["DATABASE_URL"] = address
            yield Path(folder)


def start_django() -> None:
    """In a process that another one with a database has started."""
    import django

    django.setup()


def grow(province: object, count: int, seed: int) -> None:
    """Projects up to `count`, and the lines of the month written for all of them at once."""
    from django.db import connection

    from benchmarks.province import MONTH, MOST_REGISTERED, Province, add_projects, copy_projects
    from projects.bulletins.actions import rate_month
    from projects.bulletins.models import Line
    from projects.register.models import Project

    assert isinstance(province, Province)  # noqa: S101 - narrows the type only
    registered = min(count, MOST_REGISTERED)
    making = milliseconds(lambda: add_projects(province, up_to=registered, seed=seed))
    Project.objects.update(rerate_from=None)
    Line.objects.all()._raw_delete("default")
    rating = milliseconds(lambda: rate_month(MONTH, current=True))
    copying = milliseconds(lambda: copy_projects(up_to=count))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    times = " · ".join(
        f"{what} in {took / 1000:.1f} s"
        for what, took in (("registered", making), ("rated", rating), ("copied", copying))
        if took > 1
    )
    print(f"\n{count:,} projects ({times})")


def alone(action: Callable[[], object]) -> None:
    """Do it in this process and print what it cost: seconds of a processor, the peak of memory, and what the
    action added to it (MB)."""
    before, begun = memory("VmRSS"), time.process_time()
    action()
    took, peak = time.process_time() - begun, memory("VmHWM")
    print(took, peak, peak - before)


def cost_alone(module: str, *arguments: str) -> tuple[float, float, float]:
    """What `alone` prints in a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, "-m", module, "--alone", *arguments]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    seconds, peak, added = map(float, said.stdout.splitlines()[-1].split())
    return seconds, peak, added


def memory(what: str) -> float:
    """The memory that this process holds (VmRSS) or held at most (VmHWM), in MB; `getrusage` counts the parent's in."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what)) / 1024
