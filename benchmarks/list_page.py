"""How fast the list and the overview answer with up to 100,000 projects, beside the least that is possible.

Run from the top of the project: `python -m benchmarks.list_page [--quick] [--districts N] [--seed N]`.
The data is made in a temporary SQLite file, or beside the PostgreSQL database of `DATABASE_URL`.
"""

import argparse
import gzip
import http.client
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast
from urllib.parse import quote

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from benchmarks.ground import grow, milliseconds, set_up, work

ROUNDS, REPEATS = 15, 3  # of each page: after a writing and again without one


@dataclass
class Page:
    """An address as one official sees it, its floor, and what was measured (milliseconds).

    `served` is time on the clock over HTTP, all else work: of the page again, of the page first after a
    writing, and of its floor.
    """

    name: str
    address: str
    cookie: str
    floor: Callable[[], str]
    served: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    body: bytes = b""
    queries: int = 0

    def row(self) -> str:
        p50, again, first, floor = map(statistics.median, (self.served, self.again, self.first, self.floors))
        p95 = statistics.quantiles(self.served, n=20)[-1]
        return (
            f"{self.name:<28}{p50:8.1f}{p95:8.1f}{again:8.1f}{first:8.1f}{floor:8.2f}{again / floor:8.1f}"
            f"{len(self.body) / 1024:8.1f}{len(gzip.compress(self.body, 6)) / 1024:8.1f}{self.queries:8d}"
        )


HEADING = f"{'ms':<28}" + "".join(
    f"{word:>8}" for word in ("p50", "p95", "work", "first", "floor", "× floor", "KB", "gz KB", "queries")
)


@contextmanager
def served() -> Iterator[http.client.HTTPConnection]:
    """The program behind gunicorn with one process, and a connection to it that stays open."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
    command += ["--no-control-socket", "--log-level", "warning", "--keep-alive", "60"]
    server = subprocess.Popen(command)  # noqa: S603 - our own command
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(100):
            time.sleep(0.1)
            try:
                get(client, "/healthz", "")
                break
            except OSError:
                client.close()
        yield client
    finally:
        client.close()
        server.terminate()
        server.wait()


def get(client: http.client.HTTPConnection, address: str, cookie: str) -> bytes:
    client.request("GET", address, headers={"Cookie": cookie})
    response = client.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{address} answers {response.status}")
    return body


def pages_of(count: int, cookies: dict[str, str], town: int) -> list[Page]:
    """The pages to measure; in a province of several districts the last ones differ from the first."""
    from benchmarks import floor
    from projects.bulletins.search import found

    def listed(name: str, query: str, who: str = "province", **narrowing: object) -> Page:
        asked = floor.Narrowing(**narrowing)  # type: ignore[arg-type]
        return Page(name, f"/projects/{query}", cookies[who], partial(floor.list_floor, asked))

    def searched(name: str, word: str) -> Page:
        sql, values = found(word).values("project").query.sql_with_params()
        return listed(name, f"?q={quote(word)}", where=f"project_id IN ({sql})", values=values)

    last = max(count // 50 - 1, 1)
    narrow = "unit_id = %s AND project_class = 'implementation' AND severity = 2"
    return [
        listed("list", ""),
        listed("list, last page but one", f"?page={last}", start=(last - 1) * 50),
        listed("list, page in the middle", f"?page={last // 2 + 1}", start=last // 2 * 50),
        listed("unit, class and colour", f"?unit={town}&project_class=implementation&colour=red", where=narrow, values=(town,)),
        listed("by lead, the furthest first", "?sort=-lead", order="lead_tenths DESC, id DESC", where="lead_tenths IS NOT NULL"),
        listed("by name", "?sort=name", order="name_key, id"),
        searched("search 光伏 (many)", "光伏"),
        searched("search 泉为 (three)", "泉为"),
        searched("search hrgf (pinyin)", "hrgf"),
        Page("overview", "/overview/", cookies["province"], floor.overview_floor),
        listed("a district's list", "", "district"),
        listed("a district's last page", "?page=99999999", "district", start=(last - 1) * 50),
    ]  # fmt: skip


def bump() -> None:
    """What every writing of lines does: nothing kept from before holds any more."""
    from django.db.models import F

    from projects.bulletins.models import LineStamp

    LineStamp.objects.update(number=F("number") + 1)


def count_queries(page: Page) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1", "cookie": page.cookie})
    client.get(page.address)
    bump()
    with CaptureQueriesContext(connection) as counted:
        client.get(page.address)
    return len([each for each in counted if not each["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])


def measure(pages: list[Page], client: http.client.HTTPConnection) -> None:
    """Every page in turn, round after round, so that a noisy minute falls on page and floor alike."""
    program = WSGIHandler()
    for page in pages:
        page.queries = count_queries(page)
        page.body = get(client, page.address, page.cookie)
    for _ in range(ROUNDS):
        for page in pages:
            fetch, answer = partial(get, client, page.address, page.cookie), partial(call, program, request_for(page))
            page.floors += [work(page.floor) for _ in range(REPEATS)]
            bump()
            page.first.append(work(answer))
            page.again += [work(answer) for _ in range(REPEATS)]
            fetch()
            page.served += [milliseconds(fetch) for _ in range(REPEATS)]


def request_for(page: Page) -> dict[str, Any]:
    environ = RequestFactory(headers={"host": "127.0.0.1", "cookie": page.cookie}).get(page.address).environ
    return cast(dict[str, Any], environ)


def call(program: WSGIHandler, environ: dict[str, Any]) -> bytes:
    """The page from the program in this process, with no server between."""
    response = program({**environ}, lambda status, headers: None)
    body = b"".join(response)
    response.close()
    return body


def sign_in(user: object) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)  # type: ignore[arg-type]
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="up to 10,000 projects only")
    parser.add_argument("--districts", type=int, default=1, help="how many districts hold the projects")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sizes = (300, 1_000, 10_000) if asked.quick else (300, 1_000, 10_000, 100_000)
    with ExitStack() as stack:
        stack.enter_context(set_up())

        from benchmarks.province import found_province

        province = found_province(asked.districts)
        cookies = {"district": sign_in(province.of_district), "province": sign_in(province.of_province)}
        medians: dict[str, list[float]] = {}
        for size in sizes:
            grow(province, size, asked.seed)
            pages = pages_of(size, cookies, province.towns[0].pk)
            with served() as client:
                measure(pages, client)
            print(HEADING)
            for page in pages:
                print(page.row())
                medians.setdefault(page.name, []).append(statistics.median(page.again))
        print(f"\nflat: work with {sizes[-1]:,} over work with {sizes[1]:,}")
        for name, values in medians.items():
            print(f"{name:<28}{values[-1] / values[1]:8.2f}")


if __name__ == "__main__":
    main()
