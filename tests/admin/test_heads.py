"""Who heads a unit is marked at the account, and the journal keeps it."""

from projects.accounts.models import User
from projects.journal.models import Entry
from tests.admin.conftest import Enter
from tests.admin.pages import listed, page, sent
from tests.cast import Cast


def test_a_head_is_marked_and_found(enter: Enter, cast: Cast) -> None:
    client = enter("admin")
    assert sent(client, page(cast.reporter), is_head="on").status_code == 302
    assert User.objects.get(is_head=True) == cast.reporter
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.before, entry.after) == ("change_account", {"is_head": False}, {"is_head": True})
    found = client.get(listed(User), {"is_head__exact": "1"}).context["cl"].queryset
    assert list(found) == [cast.reporter]
