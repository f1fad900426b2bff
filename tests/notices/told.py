"""Notices for the tests: parameters that fit every kind, and a way to tell somebody something."""

from typing import Any

from projects.accounts.models import User
from projects.notices.actions import notify
from projects.notices.models import Notice
from tests.cast import AT

PARAMS: dict[str, Any] = {
    "month": "2023-09",
    "day": "2023-10-08",
    "count": 3,
    "unit": "税郭镇",
    "project": "项目P-1",
    "projects": ["项目P-1", "项目P-2", "项目P-3"],
    "person": "张三",
    "leaders": ["王区长"],
    "problem": "用地指标未落实",
    "year": "2023",
    "reason": "数据不符",
    "issue": 9,
    "edition": 2,
    "text": "统计口径有误",
    "answer": "以统计数为准",
    "slip": "督办〔2023〕9号",
}


def tell(person: User, key: str = "k", kind: str = "report_approved", **more: Any) -> Notice:
    """Tell `person` something, and give the notice as it is stored."""
    given: dict[str, Any] = {"url": "/projects/", "at": AT, **more}
    notify([person], kind, given.pop("params", PARAMS), key=key, **given)
    return Notice.objects.get(recipient=person, key=key)


def reachable(person: User, address: str = "somebody@example.org") -> User:
    """The same person with an address for mail."""
    person.email = address
    person.save()
    return person
