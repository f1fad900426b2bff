"""Bad rows of notices."""

from projects.notices.models import Notice
from tests.cast import AT, Cast
from tests.constraints.rows import TWICE, Bad, Row


def good_notice(cast: Cast) -> Row:
    return Notice.objects.create(recipient=cast.office, kind="nudge", key="1", at=AT)


BAD: Bad = {
    "notice_once_a_person": (good_notice, [TWICE]),
    "notice_tried_so_often_at_most": (good_notice, [{"mail_tries": 6}]),
    "notice_mailed_once": (good_notice, [{"mailed_at": AT, "mail_after": AT}]),
}
