"""The administrator sees what was told to whom and what became of the mail, and changes none of it."""

import pytest
from django.contrib import admin

from projects.admin.notices import MAIL
from projects.notices.models import Notice
from tests.admin.conftest import Enter
from tests.admin.pages import listed, page
from tests.cast import AT, Cast
from tests.notices.told import tell

STATES: dict[str, dict[str, object]] = {
    "sent": {"mailed_at": AT, "mail_tries": 1},
    "waiting": {"mail_after": AT},
    "again": {"mail_after": AT, "mail_tries": 1, "mail_failure": "no such mailbox"},
    "given_up": {"mail_tries": 5, "mail_failure": "no such mailbox"},
    "none": {},
}


def test_every_state_of_a_mail_is_found_by_its_filter_and_named_alike(enter: Enter, cast: Cast) -> None:
    assert set(STATES) == set(MAIL)
    owner = admin.site._registry[Notice]
    for key, values in STATES.items():
        notice = tell(cast.reporter, key)
        Notice.objects.filter(pk=notice.pk).update(**values)
        assert owner.mail(Notice.objects.get(pk=notice.pk)) == str(MAIL[key][0])  # type: ignore[attr-defined]
    for key in STATES:
        found = enter("admin").get(listed(Notice), {"mail": key}).context["cl"].queryset
        assert [notice.key for notice in found] == [key]


def test_a_filter_that_is_none_narrows_nothing(enter: Enter, cast: Cast) -> None:
    tell(cast.reporter)
    assert enter("admin").get(listed(Notice), {"mail": "x"}).context["cl"].result_count == 1


def test_a_failure_is_told(enter: Enter, cast: Cast) -> None:
    notice = tell(cast.reporter)
    Notice.objects.update(**STATES["given_up"])
    html = enter("admin").get(page(notice)).content.decode()
    assert "no such mailbox" in html
    assert "“项目P-1”2023年9月月报已审核通过。" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_cost_no_queries(enter: Enter, cast: Cast, rows: int, django_assert_max_num_queries: object) -> None:
    for number in range(rows):
        tell(cast.reporter, str(number))
    client = enter("admin")
    client.get(listed(Notice))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        client.get(listed(Notice))
