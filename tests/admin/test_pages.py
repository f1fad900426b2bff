"""Every page of the administration: the strict policy, no word that is not Chinese, and what it shows."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from projects.accounts.actions import note_sign_in
from projects.accounts.models import Unit, User
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.actions.halting import Halt, halt_project
from projects.register.actions.listing import keep_list_entry
from projects.register.models import Leader, Phase, Project
from projects.register.stages import Stage
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import adding, fields, grown, listed, opened, page, sent
from tests.admin.test_lists import add_rows
from tests.cast import SEPTEMBER, WAN, Cast

OURS: list[type[Model]] = [model for model in admin.site._registry if model._meta.app_label == "projects"]
POLICY = {
    "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "object-src": "'none'",
    "base-uri": "'self'", "frame-ancestors": "'none'", "form-action": "'self'",
}  # fmt: skip


def pages(client: Client, cast: Cast) -> Iterator[tuple[str, Any]]:
    """Every kind of page with rows on it, by address; also forms that were refused."""
    project = add_rows(cast, 1)
    rows: dict[type[Model], Model] = {model: model._default_manager.order_by("pk").last() for model in OURS}  # type: ignore[misc]
    rows[Entry] = Entry.objects.filter(verb="set_plan").latest("seq")
    rows[Project], rows[User] = project, cast.reporter
    urls = ["/admin/", reverse("admin:projects_user_password", args=[cast.reporter.pk])]
    for model, row in rows.items():
        owner: Any = admin.site._registry[model]
        urls += [listed(model), f"{listed(model)}?q=x&o=1", page(row), page(row, "history")]
        urls += [adding(model), f"{adding(model)}?_popup=1"] if owner.adds and model is not Phase else []
        urls += [page(row, "delete")] if owner.deletes else []
    urls += [f"{listed(Entry)}?at__year=2023&at__month=10", f"{listed(Project)}?p=7", f"{page(project)}?_popup=1"]
    for url in urls:
        response = client.get(url)
        if response.status_code == 200:
            yield url, response
    yield from refused(client, project)


def refused(client: Client, project: Project) -> Iterator[tuple[str, Any]]:
    for model in (Project, MonthlyReport, User, Leader):
        yield f"refused {adding(model)}", client.post(adding(model), {})
    begun = client.get(page(project))
    rows = fields(begun)
    for prefix in ("phases", "plans-2", "milestones", "incidents", "exemptions"):
        new = grown(begun, prefix, {"name": "x", "note": "x", "goal": "x"})
        rows |= {name: value for name, value in new.items() if name.startswith(prefix)}
    yield "refused rows", client.post(page(project), rows)
    stale = {**fields(begun), "version": "99", "name": "改名"}
    yield "overtaken", client.post(page(project), stale)


class Words(HTMLParser):
    """What people read or hear of a page: its text, and the attributes that are read out or shown on hover."""

    SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description"}
    UNSEEN = {"script", "style", "symbol"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.unseen += tag in self.UNSEEN
        self.found += [given[name] or "" for name in self.SPOKEN & set(given)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.found.append(given.get("value") or "")
        if given.get("data-inline-formset"):
            options = json.loads(given["data-inline-formset"] or "{}")["options"]
            self.found += [options["addText"], options["deleteText"]]

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in self.UNSEEN

    def handle_data(self, text: str) -> None:
        if not self.unseen:
            self.found.append(text)


# Names of accounts and codes; the unit of a capacity; a tag of Django that no reader sees.
FOREIGN = re.compile(
    r"SHA-256|admin|reporter\d?|office|auditor|leader|other_reporter|second|[A-Z]-\d+|GW|x{1}|"
    r"[0-9a-f]{16}|127\.0\.0\.1|__prefix__"
)


def english(html: str) -> set[str]:
    """The Latin words on a page that are none of the reviewed ones."""
    words = Words()
    words.feed(html)
    texts = (re.sub(rf"\b(?:{FOREIGN.pattern})\b|^/[\w/-]+$", "", text) for text in words.found)
    return {text.strip() for text in texts if re.search(r"[A-Za-z]{2,}", text)}


def test_english_is_seen() -> None:
    assert english('<p>Save</p><img alt="True"><input type="submit" value="Go on">') == {"Save", "True", "Go on"}
    assert english('<p>保存 admin P-1</p><script src="/x.js">let it = 1</script><b class="wide"></b>') == set()


def test_every_page_speaks_chinese_under_the_strict_policy(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    seen = set()
    for url, response in pages(enter("admin"), cast):
        seen.add(url)
        with subtests.test(url):
            html = response.content.decode()
            assert english(html) == set()
            assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:|<script(?![^>]*\bsrc=)(?![^>]*/json)", html)
            policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
            assert {name: policy.get(name) for name in POLICY} == POLICY
            assert "no-store" in response["Cache-Control"]
    assert len(seen) > 60


# ── single pages ────────────────────────────────────────────────────────────────────────────────


def test_first_page_shows_what_the_person_did_last(enter: Enter, cast: Cast) -> None:
    client = enter("office")
    assert "暂无记录" in client.get("/admin/").content.decode()
    sent(client, page(actors.project(cast)), name="改名")
    for number in range(12):
        sent(client, page(cast.industry), position=str(number + 1))
    events = client.get("/admin/").context["latest"]
    assert len(events) == 10
    assert all(event.by == "office" for event in events)
    assert enter("admin").get("/admin/").context["latest"] == []


def test_history_is_the_journal(enter: Enter, cast: Cast) -> None:
    project, client = actors.project(cast), enter("office")
    part = actors.phase(project)
    sent(client, page(project), total_investment="1,200")
    sent(client, page(part), content="土建")
    titles = [event.title for event in client.get(page(project, "history")).context["events"]]
    assert titles == ["修改信息 · 项目P-1 一期", "修改信息 · 项目P-1", "新增分期 · 项目P-1 一期", "项目入库 · 项目P-1"]
    assert [event.title for event in client.get(page(part, "history")).context["events"]] == titles[:1] + titles[2:3]
    html = client.get(page(project, "history")).content.decode()
    assert "1,200" in html
    assert "office" in html


def test_long_history_has_pages(enter: Enter, cast: Cast) -> None:
    for position in range(1, 52):
        cast.industry.position = position
        keep_list_entry(cast.industry, by=cast.office, at=actors.AT, since=SEPTEMBER)
    client, url = enter("office"), page(cast.industry, "history")
    assert len(client.get(url).context["events"]) == 50
    assert [event.changes[0].after for event in client.get(url, {"page": "2"}).context["events"]] == ["1"]
    for nonsense in ("x", "-1", "99", ""):
        assert client.get(url, {"page": nonsense}).status_code == 200


# ── a new initial password ──────────────────────────────────────────────────────────────────────


def reset(user: User) -> str:
    return reverse("admin:projects_user_password", args=[user.pk])


def told_password(response: Any) -> str:
    """The password that the page tells this once."""
    (message,) = response.context["messages"]
    found = re.search(r"[A-Za-z0-9]{16}", str(message))
    assert found
    return found[0]


def test_reset_asks_first(enter: Enter, cast: Cast) -> None:
    response = enter("admin").get(reset(cast.reporter))
    assert response.status_code == 200
    assert cast.reporter.username in response.content.decode()
    assert User.objects.get(pk=cast.reporter.pk).check_password(actors.PASSWORD)


def test_reset_password_opens_the_account_once_and_closes_its_sessions(enter: Enter, cast: Cast) -> None:
    away = enter("reporter")
    assert away.get("/projects/").status_code == 200
    client = enter("admin")
    response = client.post(reset(cast.reporter), follow=True)
    assert response.request["PATH_INFO"] == page(cast.reporter)
    password = told_password(response)
    user = User.objects.get(pk=cast.reporter.pk)
    assert user.check_password(password)
    assert user.must_change_password
    assert away.get("/projects/").status_code == 302, "the old session has ended"
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.subject_id) == ("reset_password", cast.admin, user.pk)
    assert password not in str(Entry.objects.values_list("before", "after", "note", "subject_name"))
    assert password not in client.get(page(cast.reporter)).content.decode(), "shown only once"


def test_new_account_is_told_its_password_once(enter: Enter, cast: Cast) -> None:
    client = enter("admin")
    typed = {"username": "wang", "name": "王五", "unit": str(cast.town.pk), "role": "reporter"}
    response = client.post(adding(User), {**opened(client, adding(User)), **typed}, follow=True)
    messages = [str(message) for message in response.context["messages"]]
    password = next(found[0] for text in messages if (found := re.search(r"[A-Za-z0-9]{16}", text)))
    assert User.objects.get(username="wang").check_password(password)


def test_own_password_is_changed_on_its_own_page(enter: Enter, cast: Cast) -> None:
    client = enter("admin")
    assert client.get(reset(cast.admin)).status_code == client.post(reset(cast.admin)).status_code == 404
    html = client.get(page(cast.admin)).content.decode()
    assert reset(cast.admin) not in html
    assert reverse("account_change_password") in html
    assert client.get("/admin/password_change/")["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_reset_takes_no_other_methods(enter: Enter, cast: Cast, method: str) -> None:
    assert getattr(enter("admin"), method)(reset(cast.reporter)).status_code == 405


def test_figures_show_their_own_unit(enter: Enter, cast: Cast) -> None:
    """Amounts are typed in 10,000 yuan, and the label says so."""
    actors.figures(actors.project(cast), SEPTEMBER, 350 * WAN)
    html = enter("office").get(page(MonthlyReport.objects.get())).content.decode()
    assert "本月完成投资（万元）" in html
    assert 'value="350"' in html


def test_amounts_of_rows_show_their_unit(enter: Enter, cast: Cast) -> None:
    html = enter("office").get(page(actors.project(cast))).content.decode()
    assert "年度计划投资（万元）" in html
    assert "月度计划（万元）" in html


def test_a_new_project_has_no_state(enter: Enter, cast: Cast) -> None:
    project, client = actors.project(cast), enter("office")
    headings = [
        [fieldset.name for fieldset in client.get(url).context["adminform"]] for url in (adding(Project), page(project))
    ]
    assert [str(name) for name in headings[1][len(headings[0]) :]] == ["状态"]


def test_a_halted_project_is_marked_in_the_list(enter: Enter, cast: Cast) -> None:
    project = actors.project(cast)
    actors.phase(project, 1, Stage.BUILDING)
    project.refresh_from_db()
    halt = Halt("suspended", actors.TODAY, "funding")
    halt_project(project, halt, by=None, at=actors.AT, today=actors.TODAY, seen=project.version)
    assert "停建 · 在建" in enter("office").get(listed(Project)).content.decode()


def test_the_tree_of_units_begins_at_the_own_one(enter: Enter, cast: Cast) -> None:
    owner: Any = admin.site._registry[Unit]
    rows = {row.pk: owner.in_tree(row) for row in enter("office").get(listed(Unit)).context["cl"].result_list}
    assert rows[cast.district.pk] == "市中区"
    assert rows[cast.town.pk] == "\N{IDEOGRAPHIC SPACE}税郭镇"


@pytest.mark.parametrize(("verb", "told"), [("sign_in", "—"), ("set_plan", "年度计划投资")])
def test_an_entry_is_read_in_words_and_has_no_history_of_its_own(
    enter: Enter, cast: Cast, verb: str, told: str
) -> None:
    note_sign_in(cast.office, at=actors.AT)
    actors.plan(actors.project(cast), 1000 * WAN)
    entry = Entry.objects.get(verb=verb)
    html = enter("admin").get(page(entry)).content.decode()
    assert told in re.findall(r'class="readonly">(.*?)</div>', html, flags=re.DOTALL)[5]
    assert page(entry, "history") not in html
