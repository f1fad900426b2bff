"""How far a person's eyes and hands reach in the tree of units."""

from typing import Any

import pytest
from pytest_django import Settings

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, heads_of, may, offices_of, reaches, reporters_of
from projects.accounts.roles import Verb
from projects.register.models import Project
from tests.cast import AT, PASSWORD, Cast, project


@pytest.fixture
def spread(cast: Cast) -> Cast:
    """One project at each unit, its code saying where."""
    for code, unit in {
        "city": cast.city,
        "district": cast.district,
        "town": cast.town,
        "other-town": cast.other_town,
        "elsewhere": cast.elsewhere,
    }.items():
        project(cast, code, unit=unit)
    return cast


def codes(rows: Any) -> set[str]:
    return set(rows.values_list("code", flat=True))


def somebody(role: str, unit: Unit) -> User:
    user = User(username=f"{role}-{unit.pk}", name=role, role=role, unit=unit)
    user.set_password(PASSWORD)
    user.save()
    return user


OF_THE_DISTRICT = {"district", "town", "other-town"}
EVERYTHING = OF_THE_DISTRICT | {"city", "elsewhere"}


class TestReading:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "other_reporter", "leader", "auditor"])
    def test_the_whole_district_is_read_by_all_its_officials(self, spread: Cast, who: str) -> None:
        assert codes(Project.objects.visible_to(spread.person(who))) == OF_THE_DISTRICT

    def test_another_district_reads_its_own(self, spread: Cast) -> None:
        assert codes(Project.objects.visible_to(spread.stranger)) == {"elsewhere"}

    @pytest.mark.parametrize("role", ["administrator", "office", "reporter", "leader", "auditor"])
    def test_the_city_reads_all_districts(self, spread: Cast, role: str) -> None:
        assert codes(Project.objects.visible_to(somebody(role, spread.city))) == EVERYTHING

    def test_a_city_below_a_province_reads_its_own_districts(self, spread: Cast) -> None:
        province = found_unit(Unit(name="山东省", short_name="山东省", kind="province"), by=None, at=AT)
        other = found_unit(Unit(name="济宁市", short_name="济宁市", kind="city", parent=province), by=None, at=AT)
        project(spread, "other-city", unit=other)
        assert codes(Project.objects.visible_to(somebody("leader", other))) == {"other-city"}
        assert codes(Project.objects.visible_to(somebody("leader", province))) == EVERYTHING | {"other-city"}

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("reporter", {"town"}),
            ("other_reporter", {"other-town"}),
            ("office", OF_THE_DISTRICT),
            ("leader", OF_THE_DISTRICT),
            ("auditor", OF_THE_DISTRICT),
        ],
    )
    def test_a_place_may_narrow_reporters_to_their_own_unit(
        self, spread: Cast, settings: Settings, who: str, seen: set[str]
    ) -> None:
        settings.READING = "unit"
        assert codes(Project.objects.visible_to(spread.person(who))) == seen


class TestChanging:
    @pytest.mark.parametrize(
        ("who", "reached"),
        [
            ("admin", OF_THE_DISTRICT),
            ("office", OF_THE_DISTRICT),
            ("reporter", {"town"}),
            ("other_reporter", {"other-town"}),
            ("leader", set()),
            ("auditor", set()),
            ("stranger", {"elsewhere"}),
        ],
    )
    def test_reaches_the_unit_of_the_role_and_below(self, spread: Cast, who: str, reached: set[str]) -> None:
        assert codes(Project.objects.editable_by(spread.person(who))) == reached

    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "other_reporter", "leader", "auditor", "stranger"])
    def test_a_unit_at_hand_is_reached_as_rows_are(self, spread: Cast, who: str) -> None:
        person = spread.person(who)
        asked = {row.code for row in Project.objects.select_related("unit") if reaches(person, row.unit)}
        assert asked == codes(Project.objects.editable_by(person))

    def test_the_office_of_the_city_reaches_all_districts(self, spread: Cast) -> None:
        assert codes(Project.objects.editable_by(somebody("office", spread.city))) == EVERYTHING

    def test_a_unit_whose_number_begins_alike_is_another(self, cast: Cast) -> None:
        """Paths are compared with their closing slash: /1/2/ is not above /1/21/."""
        twin = found_unit(Unit(name="孪生镇", short_name="孪生镇", kind="town", parent=cast.district), by=None, at=AT)
        Unit.objects.filter(pk=twin.pk).update(path=f"{cast.district.path}{cast.town.pk}0/")
        project(cast, "twin", unit=twin)
        assert "twin" not in codes(Project.objects.editable_by(cast.reporter))
        assert not reaches(cast.reporter, Unit.objects.get(pk=twin.pk))


class TestDistrictOf:
    def test_a_town_belongs_to_its_district(self, cast: Cast) -> None:
        assert district_of(cast.town) == cast.district

    def test_a_station_below_a_town_too(self, cast: Cast) -> None:
        station = found_unit(
            Unit(name="服务站", short_name="服务站", kind="department", parent=cast.town), by=None, at=AT
        )
        assert district_of(station) == cast.district

    def test_districts_and_what_stands_above_are_their_own(self, cast: Cast) -> None:
        assert district_of(cast.district) == cast.district
        assert district_of(cast.city) == cast.city

    def test_a_department_of_the_city_has_no_district(self, cast: Cast) -> None:
        department = found_unit(
            Unit(name="市发改委", short_name="市发改委", kind="department", parent=cast.city), by=None, at=AT
        )
        assert district_of(department) == department


def test_a_closed_account_may_nothing(cast: Cast) -> None:
    assert may(cast.admin, Verb.SEE)
    cast.admin.is_active = False
    assert not any(may(cast.admin, verb) for verb in Verb)


class TestHeads:
    def head(self, unit: Unit, name: str = "head", **more: Any) -> User:
        head = User(username=f"{name}-{unit.pk}", name=name, role="reporter", unit=unit, is_head=True, **more)
        head.save()
        return head

    def test_a_unit_is_headed_by_who_is_marked(self, cast: Cast) -> None:
        one, two = self.head(cast.town, "a"), self.head(cast.town, "b")
        found = heads_of([cast.town, cast.other_town])
        assert found == {cast.town.pk: [one, two], cast.other_town.pk: []}

    def test_a_closed_account_heads_nothing(self, cast: Cast) -> None:
        self.head(cast.town, is_active=False)
        assert heads_of([cast.town]) == {cast.town.pk: []}

    def test_an_office_of_a_town_without_a_head_is_headed_by_the_towns(self, cast: Cast) -> None:
        office = found_unit(
            Unit(name="项目办", short_name="项目办", kind="department", parent=cast.town), by=None, at=AT
        )
        head = self.head(cast.town)
        assert heads_of([office]) == {office.pk: [head]}
        own = self.head(office)
        assert heads_of([office]) == {office.pk: [own]}

    def test_the_head_of_the_district_heads_the_district_only(self, cast: Cast) -> None:
        head = self.head(cast.district)
        assert heads_of([cast.town, cast.district]) == {cast.town.pk: [], cast.district.pk: [head]}

    def test_any_number_of_units_takes_two_queries(self, cast: Cast, django_assert_num_queries: Any) -> None:
        units = [cast.town, cast.other_town, cast.district]
        for unit in units:
            self.head(unit)
        with django_assert_num_queries(2):
            assert len(heads_of(units[:1])) == 1
        with django_assert_num_queries(2):
            assert all(heads_of(units).values())
        assert heads_of([]) == {}


class TestWhoIsTold:
    def test_reporters_of_the_unit_itself_else_of_the_nearest_above(self, cast: Cast) -> None:
        office = found_unit(
            Unit(name="项目办", short_name="项目办", kind="department", parent=cast.town), by=None, at=AT
        )
        somebody("reporter", cast.district)
        assert reporters_of([office, cast.other_town]) == {
            office.pk: [cast.reporter], cast.other_town.pk: [cast.other_reporter],
        }  # fmt: skip
        User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
        assert reporters_of([office]) == {office.pk: []}

    def test_the_office_of_the_own_district_however_far_above(self, cast: Cast) -> None:
        city = somebody("office", cast.city)
        found = offices_of([cast.town, cast.elsewhere, cast.city])
        assert found == {cast.town.pk: [cast.office], cast.elsewhere.pk: [cast.stranger], cast.city.pk: [city]}
        User.objects.filter(pk=cast.office.pk).update(is_active=False)
        assert offices_of([cast.town]) == {cast.town.pk: [city]}
