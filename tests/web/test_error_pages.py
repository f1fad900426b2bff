"""Error pages stand without request, database or signed-in person, say what to do and tell no details."""

import pytest
from django.template.loader import get_template
from django.utils import translation

PAGES = ["400.html", "403.html", "404.html", "403_csrf.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_needs_nothing(page: str, language: str) -> None:
    with translation.override(language):
        html = get_template(page).render()
    assert '<main class="entrance-main"' in html
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_a_refusal_is_told_in_its_own_words_and_escaped() -> None:
    html = get_template("403.html").render({"exception": "Only <b>the office</b> does this."})
    assert "Only &lt;b&gt;the office&lt;/b&gt; does this." in html


def test_the_number_of_the_request_is_named() -> None:
    assert "4f2a" in get_template("404.html").render({"request": {"id": "4f2a"}})
    assert "<code>" not in get_template("404.html").render()
