"""Bulletins made of values, without a database: a few projects that differ in all that a document has to bear."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from projects.bulletins.composing import compose, figures_of
from projects.bulletins.content import Content, LineCopy, ProblemCopy, units_of
from projects.bulletins.documents.assembling import Source, assemble
from projects.bulletins.documents.paper import Paper
from projects.core.month import Month
from projects.rating.palettes import DEFAULT_PALETTE, Palette, Shade
from projects.rating.policy import DEFAULT_POLICY
from projects.rating.units import DEFAULT_UNIT_POLICY

SEPTEMBER = Month(2023, 9)
PUBLISHED_AT = datetime.datetime(2023, 10, 13, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WAN = 10_000
LONG_NAME = "年产十二万吨高端新材料及配套的集中供热、污水处理、原料储运和产品检测中心一体化建设项目（二期扩建部分）"
FORMULAS = ("=1+1", "+86", "-cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1")
TWO = Palette("two", "Two", (Shade("green", "normal", "green", "circle"), Shade("red", "warning", "red", "square")))
FIVE = Palette(
    "five",
    "Five",
    (
        Shade("green", "normal", "green", "circle"),
        Shade("blue", "reminder", "blue", "diamond"),
        Shade("yellow", "alert", "yellow", "triangle"),
        Shade("orange", "warning", "orange", "ring"),
        Shade("red", "summons", "red", "square"),
    ),
)


def line(number: int, palette: Palette = DEFAULT_PALETTE, **values: Any) -> LineCopy:
    """A project of the implementation class at the best level, with a plan of 100 and 75 invested (万元)."""
    level = values.get("level", 0)
    shade = palette.shade(level) if level is not None else None
    given: dict[str, Any] = {
        "number": number, "project": number, "code": f"P-{number}", "name": f"第{number}号工程项目",
        "short_name": f"{number}号工程", "unit": 1, "unit_name": "税郭镇", "unit_group": "town",
        "project_class": "implementation", "class_name": "实施类", "category_name": "产业", "leader_name": "王区长",
        "colour_word": {"green": "绿", "blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红"}.get(
            shade.word if shade else "", "豁免"
        ),
        "colour_hue": shade.hue if shade else "exempt", "colour_shape": shade.shape if shade else "lozenge",
        "level": level, "computed_level": level, "total_investment": 1000 * WAN, "year_plan": 100 * WAN,
        "invested_this_month": 5 * WAN, "invested_to_date": 75 * WAN, "completion_tenths": 750,
        "schedule_tenths": 750, "lead_tenths": 0, "planned_start": "2023-01-09", "stage_name": "在建",
    }  # fmt: skip
    return LineCopy(**{**given, **values})


def varied(palette: Palette = DEFAULT_PALETTE) -> list[LineCopy]:
    """Long, zero, none, negative, starred, exempt, with a problem, in preparation, named like formulas."""
    last = len(palette.shades) - 1
    found = [
        line(
            1, palette, level=last, computed_level=last, name=LONG_NAME, invested_this_month=-3 * WAN, lead_tenths=-350,
            invested_to_date=40 * WAN, completion_tenths=400, streak=2, reasons=("完成40.0%，慢35.0个百分点",),
            problems=(ProblemCopy(kind="用地", description="土地指标未落实", request="请区自然资源局协调",
                                  asked="区自然资源局", due_on="2023-10-31"),),
            responsible="赵主任", contact_name="李工", contact_phone="0632-1234567",
        ),
        line(2, palette, level=max(last - 1, 0), computed_level=last, override_reason="不可抗力影响"),
        line(3, palette, total_investment=None, year_plan=None, invested_to_date=None, invested_this_month=None,
             completion_tenths=None, schedule_tenths=None, lead_tenths=None, planned_start=""),
        line(4, palette, invested_to_date=0, completion_tenths=0, lead_tenths=-750, invested_this_month=0),
        line(5, palette, level=None, computed_level=None, standing="exempt", exempt_reason="环保管控停工"),
        line(6, palette, project_class="preparation", class_name="准备类", unit=2, unit_name="区交通运输局",
             unit_group="department", year_plan=None, approvals="已办：立项；未办：环评", next_steps="办理环评"),
    ]  # fmt: skip
    found += [line(7 + place, palette, name=name, owner=name) for place, name in enumerate(FORMULAS)]
    return found


def content(lines: list[LineCopy], palette: Palette = DEFAULT_PALETTE) -> Content:
    levels = len(palette.shades)
    units = units_of(lines, SEPTEMBER, levels=levels, policy=DEFAULT_UNIT_POLICY, before={})
    return Content(SEPTEMBER, tuple(lines), levels, tuple(units))


def paper(lines: list[LineCopy] | None = None, palette: Palette = DEFAULT_PALETTE, **more: Any) -> Paper:
    """A published bulletin of `varied` projects, in Chinese; `published=None` for a draft."""
    held = content(varied(palette) if lines is None else lines, palette)
    given: dict[str, Any] = {
        "content": held, "palette": palette, "policy": DEFAULT_POLICY, "policy_name": "默认规则",
        "unit_policy": DEFAULT_UNIT_POLICY, "figures": figures_of(held, palette), "sections": compose(held, palette),
        "district": "枣庄市市中区", "issue": 9, "edition": 1,
        "title": "关于2023年1—9月全区重点项目建设“红黄蓝”三色评定情况的通报（第9期）", "addressees": "各镇街：",
        "reason": "", "differences": [], "digest": "0123 4567 89ab cdef 0123", "published": PUBLISHED_AT,
        "made_at": PUBLISHED_AT,
    }  # fmt: skip
    return assemble(Source(**{**given, **more}))


def draft() -> Paper:
    return paper(published=None, digest="")
