"""Steps are carried out in the order of time, in office hours."""

import datetime
from functools import partial
from itertools import islice

from projects.demonstration.steps import Agenda, moments_from, working_time


def test_what_is_due_is_played_in_order_and_only_until_then() -> None:
    agenda = Agenda()
    played: list[int] = []
    for day in (5, 3, 4):
        agenda.add(working_time(datetime.date(2023, 1, day), 1), partial(played.append, day))
    assert agenda.play(until=working_time(datetime.date(2023, 1, 5), 1)) == 2
    assert played == [3, 4]
    assert agenda.play(until=working_time(datetime.date(2023, 1, 6), 1)) == 1
    assert played == [3, 4, 5]


def test_steps_of_one_moment_keep_the_order_in_which_they_were_added() -> None:
    agenda = Agenda()
    played: list[str] = []
    at = working_time(datetime.date(2023, 1, 4), 1)
    for name in "bac":
        agenda.add(at, partial(played.append, name))
    agenda.play(until=at + datetime.timedelta(seconds=1))
    assert played == ["b", "a", "c"]


def test_working_time_lies_in_office_hours_of_a_working_day() -> None:
    friday, saturday = datetime.date(2023, 3, 3), datetime.date(2023, 3, 4)
    assert working_time(friday, 3).date() == friday
    assert working_time(saturday, 3).date() == datetime.date(2023, 3, 6)
    times = {working_time(friday, number).time() for number in range(500)}
    assert min(times) >= datetime.time(8, 40)
    assert max(times) <= datetime.time(17, 40)
    assert working_time(datetime.date(2023, 10, 1), 3).date() == datetime.date(2023, 10, 7)  # after the holidays
    assert working_time(datetime.date(2023, 10, 8), 3).date() == datetime.date(2023, 10, 8)  # a Sunday worked instead
    assert working_time(friday, 3).utcoffset() == datetime.timedelta(hours=8)


def test_moments_follow_each_other() -> None:
    at = working_time(datetime.date(2023, 1, 4), 1)
    assert list(islice(moments_from(at), 3)) == [at + datetime.timedelta(seconds=n) for n in range(3)]
