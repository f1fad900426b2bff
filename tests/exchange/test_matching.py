"""Which project a row means: by code, by name and owner, and what is offered when neither is exact."""

import pytest

from projects.exchange.matching import Known, Register, normal

SUNSHINE = Known(1, "P-1", "阳光小学建设项目", "区教育局")
BATTERY = Known(2, "P-2", "年产50GW电池项目（一期）", "泉为新能源")
TWIN = Known(3, "P-3", "年产50GW电池项目（一期）", "另一家公司")
REGISTER = Register([SUNSHINE, BATTERY, TWIN])


def found(code: str = "", name: str = "", owner: str = "") -> Known | None:
    return REGISTER.match(code=code, name=name, owner=owner).found


@pytest.mark.parametrize(
    "text", ["年产５０ＧＷ电池项目(一期)", " 年产50gw 电池项目\n（一期） ", "年产50GW电池项目一期"]
)
def test_widths_blanks_and_punctuation_make_no_other_name(text: str) -> None:
    assert normal(text) == normal(BATTERY.name)


def test_the_code_decides_whatever_the_case() -> None:
    assert found(code=" p-1 ", name="阳光小学") == SUNSHINE


def test_name_and_owner_do_without_a_code() -> None:
    assert found(name=TWIN.name, owner=TWIN.owner) == TWIN
    assert found(name=SUNSHINE.name) == SUNSHINE  # the sheet tells no owner


def test_a_short_name_is_a_name() -> None:
    called = Known(4, "P-4", "枣庄市市中区人才公寓建设项目", "城投公司", "人才公寓")
    register = Register([*REGISTER.projects, called])
    assert register.match(code="", name="人才公寓", owner="").found == called
    assert register.match(code="P-4", name="人才公寓", owner="").found == called
    assert register.match(code="", name="", owner="").found is None


def test_a_name_that_two_projects_have_means_none_of_them() -> None:
    match = REGISTER.match(code="", name=BATTERY.name, owner="")
    assert match.found is None
    assert list(match.alikes) == [BATTERY, TWIN]


def test_another_owner_makes_it_only_look_alike() -> None:
    match = REGISTER.match(code="", name=SUNSHINE.name, owner="别的单位")
    assert match.found is None
    assert SUNSHINE in match.alikes


def test_beside_an_unknown_code_name_and_owner_have_to_be_told() -> None:
    assert found(code="2301-370402-04-01", name=SUNSHINE.name, owner=SUNSHINE.owner) == SUNSHINE
    match = REGISTER.match(code="P-9", name=SUNSHINE.name, owner="")
    assert match.found is None
    assert match.alikes[0] == SUNSHINE


def test_code_and_name_of_different_projects_are_disputed() -> None:
    match = REGISTER.match(code="P-2", name=SUNSHINE.name, owner="")
    assert match.disputed
    assert list(match.alikes) == [BATTERY, SUNSHINE]


def test_a_renamed_project_is_still_found_by_its_code() -> None:
    assert found(code="P-1", name="向阳小学新建工程") == SUNSHINE


@pytest.mark.parametrize(("name", "offered"), [("阳光小学新建项目", True), ("污水处理厂扩建工程", False), ("", False)])
def test_what_looks_alike_is_offered(name: str, offered: bool) -> None:
    assert (SUNSHINE in REGISTER.match(code="", name=name, owner="").alikes) is offered
