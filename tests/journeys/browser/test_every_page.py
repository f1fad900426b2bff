"""Every page in a browser: accessible by WCAG 2.2 AA, nothing in the console, nothing from another host."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import expect

from tests.journeys.browser.conftest import Open

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ONE = "/projects/SL-023"

PAGES: dict[str, tuple[str, str]] = {  # name of the address: who looks, and where; {…} as `numbers` says
    "my_work": ("reporter", "/"),
    "overview": ("leader", "/overview/"),
    "league": ("leader", "/league/"),
    "compare": ("leader", "/compare/"),
    "journal": ("auditor", "/journal/"),
    "notices": ("reporter", "/notices/"),
    "jobs": ("office", "/jobs/"),
    "rules": ("leader", "/rules/"),
    "ladder": ("leader", "/rules/ladder/"),
    "new_ladder": ("office", "/rules/ladder/new/"),
    "new_rules": ("office", "/rules/new/?policy=wuhan&palette=four_colours"),
    "exports": ("office", "/exchange/export/"),
    "project_list": ("office", "/projects/"),
    "project": ("office", "/projects/SZ-001/"),
    "new_project": ("office", "/projects/new/"),
    "move_selected": ("office", "/projects/move/?chosen=SZ-001&chosen=SL-023"),
    "edit_project": ("office", f"{ONE}/edit/"),
    "new_phase": ("office", f"{ONE}/phases/new/"),
    "edit_phase": ("office", f"{ONE}/phases/1/edit/"),
    "move_phase": ("office", f"{ONE}/phases/1/move/"),
    "phase_capacity": ("office", f"{ONE}/phases/1/capacity/"),
    "new_component": ("office", f"{ONE}/phases/1/components/new/"),
    "edit_component": ("office", "/projects/SZ-001/phases/1/1/edit/"),
    "move_component": ("office", "/projects/SZ-001/phases/1/2/move/"),
    "component_capacity": ("office", "/projects/SZ-001/phases/1/1/capacity/"),
    "set_plan": ("office", f"{ONE}/plan/2023/"),
    "halt_project": ("office", f"{ONE}/halt/"),
    "exempt_project": ("office", f"{ONE}/exempt/"),
    "new_incident": ("office", f"{ONE}/incidents/new/"),
    "new_milestone": ("office", f"{ONE}/milestones/new/"),
    "new_file": ("office", f"{ONE}/files/new/"),
    "new_problem": ("office", f"{ONE}/problems/new/"),
    "problem_list": ("office", "/problems/"),
    "slips": ("office", "/followups/"),
    "slip": ("office", "/followups/{slip}/"),
    "unit_year": ("leader", "/league/units/{town}/"),
    "figures": ("office", f"{ONE}/figures/2023-09/"),
    "reports": ("office", "/reports/?kind=approved"),
    "report": ("office", f"/reports/2023-09/{ONE.rsplit('/', 1)[-1]}/"),
    "bulletins": ("office", "/bulletins/"),
    "bulletin": ("leader", "/bulletins/{march}/"),
    "bulletin_lines": ("leader", "/bulletins/{march}/list/"),
    "bulletin_of_month": ("leader", "/bulletins/2023-08/"),
    "bulletin_print": ("leader", "/bulletins/{august}/print/"),
    "edit_bulletin": ("office", "/bulletins/{draft}/edit/"),
    "publish_bulletin": ("office", "/bulletins/{draft}/publish/"),
    "decisions": ("office", "/bulletins/decisions/"),
    "propose_override": ("office", f"/bulletins/overrides/2023-09/{ONE.rsplit('/', 1)[-1]}/"),
    "report_board": ("leader", "/reports/board/"),
    "periods": ("office", "/reports/periods/"),
    "reporting_rules": ("office", "/reports/periods/rules/"),
    "write_report": ("reporter", "/reports/2023-09/SL-070/write/"),
    "report_grid": ("reporter", "/reports/2023-09/grid/"),
    "exchange": ("office", "/exchange/"),
    "new_import": ("reporter", "/exchange/import/"),
    "design": ("admin", "/design/"),
    "account_login": ("", "/accounts/login/"),
    "account_logout": ("office", "/accounts/logout/"),
    "account_change_password": ("office", "/accounts/password/change/"),
}
MORE: dict[str, tuple[str, str]] = {
    "list without rows": ("office", "/projects/?q=没有这样的项目"),
    "list with a filter that is none": ("office", "/projects/?unit=nonsense"),
    "my work of the office": ("office", "/"),
    "my work of a leader": ("leader", "/"),
    "project in red": ("leader", f"{ONE}/"),
    "bulletins of a reporter": ("reporter", "/bulletins/"),
    "draft as a unit sees it": ("reporter", "/bulletins/{draft}/"),
    "reports of a unit": ("reporter", "/reports/"),
    "league of leaders": ("leader", "/league/?tab=leaders&sort=-rate"),
    "all that moved in a month": ("office", "/compare/?show=lead"),
    "files of a unit": ("reporter", "/exchange/export/"),
}
NOT_PAGES = {  # files, posts, parts of a page, forms seen above
    "export", "set_language", "healthz", "edit_incident", "edit_milestone", "read_notice", "read_all_notices",
    "begin_bulletin", "compose_bulletin", "circulate_bulletin",
    # by number, each opened by the link that leads to it
    "drop_bulletin", "correct_bulletin", "override", "objection", "object_to",
    "submit_reports", "preview_report", "file", "file_preview", "remove_file", "apply_checklist", "export_reports",
    "edit_period", "open_period", "approve_reports", "approve_report", "return_report", "reopen_report", "allow_late",
    "ask_leave", "refuse_leave",
    "withdraw_report", "reply_to_report", "fetch_export", "job", "job_result", "nudge", "export_problems",
    "bulletin_document", "document_of_month", "lines_of_month", "print_of_month",
    "rules_edition",  # as the rules themselves
    "take_back_rules",  # one form with a reason, as others are
    "take_back_ladder",
    "export_slips", "issue_slips", "slip_document", "export_league", "export_unit_year", "export_comparison",
    "import_columns", "import_rows", "look_at_sheet", "check_import", "refused_rows", "confirm_import", "drop_import",
    "undo_import",
    # by number, each opened by the link that leads to it
    "problem", "edit_problem", "problem_step", "decide_plan", "decide_exemption", "slip_step",
}  # fmt: skip


@pytest.fixture(scope="module")
def numbers(exhibition: str) -> dict[str, int]:
    """What the database has numbered: PostgreSQL takes no number twice, whatever ran before."""
    from projects.accounts.models import Unit
    from projects.bulletins.models import Bulletin
    from projects.core.month import Month
    from projects.followups.models import Slip

    def bulletin(month: int) -> int:
        return Bulletin.objects.filter(month=Month(2023, month)).earliest("pk").pk

    return {
        "march": bulletin(3),
        "august": bulletin(8),
        "draft": bulletin(9),
        "slip": Slip.objects.filter(project__code=ONE.rsplit("/", 1)[-1]).latest("pk").pk,
        "town": Unit.objects.get(name="税郭镇").pk,
    }


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("who", "path"), [*PAGES.values(), *MORE.values()], ids=[*PAGES, *MORE])
def test_a_page_is_accessible(looking: Open, numbers: dict[str, int], who: str, path: str, scheme: str) -> None:
    official = looking(color_scheme=scheme, bypass_csp=True)  # axe is put into the page as a script
    if who:
        official.sign_in(who)
    page = official.open(path.format(**numbers))
    expect(page.locator("h1").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize(
    "path", ["/projects/", "/projects/SZ-001/", "/", "/overview/", f"{ONE}/edit/", "/rules/", "/rules/new/"]
)
def test_a_page_fits_a_phone(looking: Open, path: str) -> None:
    page = looking(size="phone", bypass_csp=True).sign_in("office").open(path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the phone"
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/projects/", "/"])
def test_the_coloured_list_fits_an_officials_screen(looking: Open, path: str) -> None:
    scroll = looking().sign_in("office").open(path).locator(".table-scroll:has(> .lines)")
    assert scroll.evaluate("part => part.scrollWidth <= part.clientWidth"), "it has to be scrolled sideways"


def test_a_reason_cut_short_is_told_whole(looking: Open) -> None:
    page = looking(size="desk").sign_in("office").open("/projects/?colour=red")
    reasons = page.locator("tbody td > p")
    cut = [each for each in reasons.all() if each.evaluate("text => text.scrollHeight > text.clientHeight")]
    assert cut, "no reason is longer than two lines; the test would see nothing"
    cut[0].hover()
    expect(cut[0]).to_have_attribute("title", cut[0].inner_text())
    page.emulate_media(media="print")
    assert not cut[0].evaluate("text => text.scrollHeight > text.clientHeight"), "cut short on paper"


@pytest.mark.parametrize(("who", "path"), PAGES.values(), ids=list(PAGES))
def test_a_page_keeps_the_policy(looking: Open, numbers: dict[str, int], who: str, path: str) -> None:
    """The watch over the browser fails the test for a violation, an error, or a request to another host."""
    official = looking()
    if who:
        official.sign_in(who)
    expect(official.open(path.format(**numbers)).locator("h1").first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/projects/project/", "/admin/projects/unit/", "/admin/projects/user/"]
)
def test_the_administration_keeps_the_policy(looking: Open, path: str) -> None:
    page = looking().sign_in("admin").open(path)
    expect(page.locator("h1").first).to_be_visible()


def test_every_address_is_visited() -> None:
    assert not names_of(get_resolver()) - set(PAGES) - NOT_PAGES


def names_of(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= set() if entry.namespace == "admin" else names_of(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            found.add(entry.name)
    return found


def test_the_list_prints_without_the_frame_and_with_the_legend(looking: Open) -> None:
    page = looking().sign_in("office").open("/projects/")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="我的工作").first).not_to_be_visible()
    expect(page.locator(".filters")).not_to_be_visible()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.get_by_text(re.compile("警告")).last).to_be_visible()


def test_every_badge_has_a_word_and_a_shape(looking: Open) -> None:
    official, texts = looking().sign_in("office"), set()
    for colour in ("red", "yellow", "blue", "exempt", "not_rated", "not_reported"):
        page = official.open(f"/projects/?colour={colour}")
        texts |= set(page.locator("tbody .badge").all_inner_texts())
    assert len(texts) >= 5
    assert all(re.fullmatch(r"\s*[■▲●?○◇]?\s*\w{1,2}", text) for text in texts), texts
