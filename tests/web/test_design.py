"""The developers' page shows every component to administrators, and nobody else learns that it exists."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests import cast

TAGS = Path(__file__).resolve().parents[2] / "projects" / "templatetags" / "components.py"
INDEX = Path(__file__).resolve().parents[2] / "templates" / "design" / "index.html"
CARRIED_BY_OTHERS = {"hidden_query"}  # stands inside other components; shows nothing by itself


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_shows_every_part(client: Client, language: str) -> None:
    client.force_login(cast.assemble().admin)
    answer = client.get("/design/", headers={"accept-language": language})
    assert answer.status_code == 200
    assert answer.content.count(b"notice-stale") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["office", "reporter", "leader", "auditor"])
def test_nobody_else_finds_it(client: Client, role: str) -> None:
    client.force_login(cast.assemble().person(role))
    assert client.get("/design/").status_code == 404


@pytest.mark.django_db
def test_it_only_answers_reading(client: Client) -> None:
    client.force_login(cast.assemble().admin)
    assert client.post("/design/").status_code == 405


def test_no_component_is_forgotten() -> None:
    source = TAGS.read_text(encoding="utf-8")
    tags = set(re.findall(r"@register\.\w+(?:\(.*\))?\ndef (\w+)", source))
    tags |= set(re.findall(r'register\.simple_tag\(.*name="(\w+)"\)', source))
    shown = set(re.findall(r"\{% (\w+)", INDEX.read_text(encoding="utf-8")))
    assert len(tags) > 20
    assert tags - shown == CARRIED_BY_OTHERS
