"""What a rule says of a project, and nodes to say it of."""

import dataclasses
from datetime import date

from projects.rating.facts import NodeFacts, ProjectFacts
from projects.rating.palettes import PALETTES
from projects.rating.policy import DEFAULT_POLICY, Policy, Rule
from projects.rating.wording import sentence
from tests.rating.example import SEPTEMBER, bare, finding

END = SEPTEMBER.last_day
TOPPING_OUT = NodeFacts("主体封顶", date(2023, 9, 15))
MET = NodeFacts("基础", date(2023, 5, 1), date(2023, 5, 1))


def told(facts: ProjectFacts, rule: Rule, policy: Policy = DEFAULT_POLICY, palette: str = "zaozhuang") -> str:
    hit = finding(facts, rule, policy)
    assert hit is not None
    return sentence(hit, PALETTES[palette])


def node(days: int, *others: NodeFacts) -> ProjectFacts:
    due = date.fromordinal(END.toordinal() - days)
    return bare(nodes=(dataclasses.replace(TOPPING_OUT, due=due), *others))
