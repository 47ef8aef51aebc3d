"""The share of technical debt in what each sprint completed, over made-up teams with their whole history."""

import json
import random
from dataclasses import dataclass, replace

import histories
import sprints
from quality import share

# Every item has its team as a label: what one team does counts as technical debt here.
DEBT = "North"


@dataclass
class World:
    team: histories.Team
    question: list
    decisions: dict
    files: dict

    @property
    def zone(self):
        return self.team.zone

    @property
    def as_of(self):
        return self.team.as_of()


def made_up(seed):
    chance = random.Random(seed * 101 + 3)
    team = histories.made_up(seed)
    decisions = {"debt_rule": {"labels": [DEBT.lower()]}, "debt_target": chance.choice([0, 20, 62.5])}
    return World(team, [("unit", chance.choice(["items", "points"]))], decisions, {"team.json": json.dumps(histories.jira(team))})


def compare(world, report):
    team, unit = world.team, dict(world.question)["unit"]
    metric = report.one("technical-debt-share")
    if metric["status"] != "ok" or not any(item.sprint_changes for item in team.items):
        return
    everything = sprints.velocity(team, unit)
    debt = sprints.velocity(replace(team, items=[item for item in team.items if item.team == DEBT]), unit)
    completed = {name: (debt.get(name, (0, 0))[1], row[1]) for name, row in everything.items()}
    yield "share of debt by sprint", {name: share(*pair) for name, pair in completed.items()}, report.series(metric, "share")
    paid, done = (sum(pair[place] for pair in completed.values()) for place in (0, 1))
    yield "share of debt in all", share(paid, done), report.figure(metric, "share")
    target = world.decisions["debt_target"]
    reached = sum(part is not None and part >= target for part in (share(*pair) for pair in completed.values()))
    yield "sprints that reached the target", float(reached), report.figure(metric, "target-met")
