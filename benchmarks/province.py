"""A made-up province, the same for the same seed: its units, two officials, and any number of projects."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Model

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit, User
from projects.bulletins.models import Line, SearchKey
from projects.core.month import Month
from projects.core.yuan import WAN
from projects.progress.models import MonthlyReport
from projects.progress.workflow import State
from projects.register.models import AnnualPlan, Category, Leader, LevelLabel, Phase, Project, Sector
from projects.register.pinyin import initials, sort_key
from projects.register.stages import Position, Stage, Step, Whole, whole_of

AT = datetime.datetime(2023, 10, 9, 1, 30, tzinfo=datetime.UTC)
TODAY = datetime.date(2023, 10, 10)
MONTH = Month(2023, 9)
TOWNS = 40  # units that hold projects, in each district
BATCH = COPIED = 5000
MOST_REGISTERED = 2 * COPIED  # beyond, what there is is copied

PLACES = [
    "税郭",
    "孟庄",
    "齐村",
    "永安",
    "光明",
    "西王庄",
    "渴口",
    "矿区",
    "龙山",
    "垎塔埠",
    "文化路",
    "中心街",
    "枣西",
    "临城",
    "兴仁",
    "邹坞",
    "陶庄",
    "常庄",
]
FIRMS = [
    "恒瑞",
    "润达",
    "华锐",
    "鼎盛",
    "金岭",
    "科诺",
    "安泰",
    "博远",
    "汇丰",
    "立新",
    "明德",
    "众合",
    "东方",
    "海联",
    "中赢",
    "瑞阳",
    "天衢",
    "正和",
    "宏图",
    "联创",
]
GOODS = [
    "光伏组件",
    "锂电池",
    "高端装备",
    "医药中间体",
    "新型建材",
    "冷链物流",
    "精密铸造",
    "数据中心",
    "纺织印染",
    "农产品加工",
    "储能系统",
    "电子元件",
    "环保设备",
    "汽车零部件",
    "特种纸",
    "商贸综合体",
    "文化旅游",
    "职业教育",
    "污水处理",
    "道路提升",
]
TAILS = ["生产线", "产业园", "研发中心", "改造提升", "扩建", "基地"]
RARE = "泉为"  # three projects carry it, however many there are
POSITIONS = [Position(stage) for stage in Stage] + [Position(Stage.BUILDING, step) for step in Step]
CLASSES = ["implementation"] * 6 + ["preparation"] * 2 + ["reserve", "lead"]

pinyin_initials, pinyin_key = lru_cache(maxsize=None)(initials), lru_cache(maxsize=None)(sort_key)


@dataclass
class Province:
    """The units that hold projects, the lists, and who signs in: for a district, and for the whole."""

    towns: list[Unit]
    of_district: User
    of_province: User
    leaders: list[Leader]
    categories: list[Category]
    sectors: list[Sector]
    labels: list[LevelLabel]


def found_province(districts: int) -> Province:
    """A province with its cities and districts; the first `districts` of them hold projects."""
    root = _unit("山东省", "province", None)
    cities = [_unit(f"第{number}市", "city", root) for number in range(1, 5)]
    found = [_unit(f"第{number}区", "district", cities[number % 4]) for number in range(1, max(20, districts) + 1)]
    towns = [
        _unit(f"{PLACES[n % len(PLACES)]}{n}镇", "town", each)
        for each in found[:districts]
        for n in range(1, TOWNS + 1)
    ]
    leaders = [Leader(name=f"{PLACES[n % len(PLACES)][0]}区长{n}", unit=found[0]) for n in range(30)]
    return Province(
        towns=towns,
        of_district=_office("district", found[0]),
        of_province=_office("province", root),
        leaders=Leader.objects.bulk_create(leaders),
        categories=Category.objects.bulk_create(Category(name=name) for name in ("产业", "基础设施", "民生", "平台")),
        sectors=Sector.objects.bulk_create(Sector(name=name) for name in GOODS[:10]),
        labels=LevelLabel.objects.bulk_create(LevelLabel(name=name) for name in ("省重点", "市重点", "区重点")),
    )


def _unit(name: str, kind: str, parent: Unit | None) -> Unit:
    return found_unit(Unit(name=name, short_name=name, kind=kind, parent=parent), by=None, at=AT)


def _office(username: str, unit: Unit) -> User:
    return User.objects.create(username=username, name=username, role="office", unit=unit, must_change_password=False)


def add_projects(province: Province, *, up_to: int, seed: int) -> None:
    """Register projects until there are `up_to`, each with three phases; most have a plan and figures."""
    start = Project.objects.count()
    while start < up_to:
        numbers = range(start, min(start + BATCH, up_to))
        dice = random.Random(f"{seed}:{start}")  # noqa: S311 - the same data again, not a secret
        drawn = [(_project(province, number, dice), [dice.choice(POSITIONS) for _ in range(3)]) for number in numbers]
        for project, positions in drawn:
            _place(project, positions)
        rows = Project.objects.bulk_create((project for project, _positions in drawn), batch_size=500)
        Phase.objects.bulk_create((phase for each in drawn for phase in _phases(*each)), batch_size=2000)
        labelled = dice.sample(rows, len(rows) // 5)
        Project.labels.through.objects.bulk_create(
            Project.labels.through(project=row, levellabel=dice.choice(province.labels)) for row in labelled
        )
        planned = [(row, dice.randrange(1_000, 50_000) * WAN) for row in rows if dice.random() < 0.85]
        AnnualPlan.objects.bulk_create(
            (AnnualPlan(project=row, year=2023, number=1, effective_from=Month(2023, 1), amount=amount, at=AT, decided_at=AT)
             for row, amount in planned),
            batch_size=2000,
        )  # fmt: skip
        MonthlyReport.objects.bulk_create(
            (
                _report(row, round(amount * max(0.0, dice.gauss(0.70, 0.13))))
                for row, amount in planned
                if dice.random() < 0.97
            ),
            batch_size=2000,
        )
        start = numbers.stop


def copy_projects(*, up_to: int) -> None:
    """The later half of the first 10,000 projects again and again, with all that hangs on them, in the database alone.

    Registering and rating 100,000 takes minutes; how a page behaves depends on how many there are.
    """
    first = Project.objects.earliest("id").pk + COPIED
    below = first + COPIED
    for copy in range(1, (up_to - MOST_REGISTERED) // COPIED + 1):
        shift = copy * COPIED
        for model in (Project, Phase, Project.labels.through, AnnualPlan, MonthlyReport, Line, SearchKey):
            _copy(model, first, below, shift=shift, prefix=f"{copy:02d}")


def _copy(model: type[Model], first: int, below: int, *, shift: int, prefix: str) -> None:
    project = "id" if model is Project else "project_id"
    changed = {
        project: f"{project} + {shift}",
        "code": f"'{prefix}' || substr(code, 3)",
        "text": f"replace(text, 'sd-', '{prefix}-')",
    }
    columns = [
        field.column for field in model._meta.concrete_fields if field.column == project or not field.primary_key
    ]
    values = ", ".join(changed.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {values}"  # noqa: S608 - names of ours
            f" FROM {model._meta.db_table} WHERE {project} >= %s AND {project} < %s ORDER BY {project}",
            [first, below],
        )


def _project(province: Province, number: int, dice: random.Random) -> Project:
    firm = RARE if number in {7, 77, 177} else dice.choice(FIRMS)
    place, goods, tail = dice.choice(PLACES), dice.choice(GOODS), dice.choice(TAILS)
    short, owner = [firm, goods, f"{tail}{number}"], [place, firm, "科技有限公司"]
    name = ["年产", str(dice.randrange(1, 99)), "万套", firm, goods, tail, "项目"]
    return Project(
        code=f"SD-{number:06d}",
        name="".join(name),
        short_name="".join(short),
        owner="".join(owner),
        initials=" ".join(sorted("".join(map(pinyin_initials, parts)) for parts in (short, name, owner)))[:120],
        name_key=" ".join([pinyin_key(firm), pinyin_key(goods), pinyin_key(tail), str(number)])[:200],
        unit=province.towns[number % len(province.towns)],
        leader=dice.choice(province.leaders) if dice.random() < 0.9 else None,
        category=dice.choice(province.categories),
        sector=dice.choice(province.sectors),
        project_class=dice.choice(CLASSES),
        total_investment=dice.randrange(3_000, 300_000) * WAN,
        planned_start=datetime.date(2023, 3, 1),
        planned_finish=datetime.date(2025, 12, 31),
        actual_start=datetime.date(2023, 3, 15),
        entered_statistics_on=datetime.date(2023, 4, 10) if dice.random() < 0.95 else None,
        listed_from=Month(2023, 1),
        created_at=AT,
        changed_at=AT - datetime.timedelta(minutes=dice.randrange(200_000)),
    )


def _place(project: Project, positions: list[Position]) -> None:
    whole = whole_of(Whole(position) for position in positions)
    project.stage, project.step = whole.position.stage or "", whole.position.step or ""
    project.partly_operating = whole.partly_operating


def _phases(project: Project, positions: list[Position]) -> Iterator[Phase]:
    for number, position in enumerate(positions, start=1):
        yield Phase(
            project=project,
            number=number,
            name=f"{'一二三'[number - 1]}期",
            stage=position.stage or "",
            step=position.step or "",
        )


def _report(project: Project, invested: int) -> MonthlyReport:
    return MonthlyReport(
        project=project, month=MONTH, state=State.APPROVED.value, invested_this_month=invested, approved_at=AT
    )
