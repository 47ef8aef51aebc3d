"""Made-up teams whose whole history is known, written as the JSON that Jira's search returns with its changelog.

Nothing here is random twice: a number gives the same team on every machine.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/St_Johns"]
# First days of the made-up data. Most spans hold a change of clocks in one of the zones, one holds a leap day.
BEGINNINGS = [datetime(2024, 3, 4), datetime(2024, 10, 14), datetime(2023, 9, 25), datetime(2024, 2, 19), datetime(2024, 7, 1)]
TO_DO, IN_PROGRESS, REVIEW, DONE = "To Do", "In Progress", "Review", "Done"
CATEGORY = {TO_DO: "new", IN_PROGRESS: "indeterminate", REVIEW: "indeterminate", DONE: "done"}
POINTS = [0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0]


@dataclass
class Sprint:
    number: int
    name: str
    start: datetime
    end: datetime


@dataclass
class Item:
    key: str
    kind: str
    team: str
    created: datetime
    # (moment, before, after), oldest first.
    statuses: list = field(default_factory=list)
    points_changes: list = field(default_factory=list)
    # (moment, numbers before, numbers after).
    sprint_changes: list = field(default_factory=list)
    first_points: float | None = None
    first_sprints: tuple = ()
    resolution: str | None = None

    @property
    def status(self):
        return self.statuses[-1][2] if self.statuses else TO_DO

    @property
    def points(self):
        return self.points_changes[-1][2] if self.points_changes else self.first_points

    @property
    def sprints(self):
        return self.sprint_changes[-1][2] if self.sprint_changes else self.first_sprints


@dataclass
class Team:
    zone: ZoneInfo
    sprints: list
    items: list
    last: datetime

    def as_of(self):
        """The day after the last event, in the zone of the team."""
        return (self.last.astimezone(self.zone) + timedelta(days=1)).date()


def made_up(seed):
    """The team of a number."""
    chance = random.Random(seed)
    zone = ZoneInfo(chance.choice(ZONES))
    first = chance.choice(BEGINNINGS).replace(tzinfo=zone)
    length = chance.choice([7, 14])
    sprints = []
    begin = first + timedelta(days=chance.randrange(0, 3), hours=chance.choice([0, 9, 10]))
    for number in range(1, chance.randrange(2, 6)):
        end = begin + timedelta(days=length, hours=chance.choice([0, 0, -2, 5]))
        sprints.append(Sprint(number, f"Team sprint {number}", utc(begin), utc(end)))
        begin = end + timedelta(hours=chance.choice([0, 0, 16, 72]))
    span = (sprints[-1].end - utc(first)).total_seconds() / 3600
    items = [made_up_item(chance, number, utc(first), span, sprints) for number in range(1, chance.randrange(3, 45))]
    moments = [item.created for item in items] + [at for item in items for at, *_ in item.statuses + item.points_changes + item.sprint_changes]
    return Team(zone, sprints, items, max(moments))


def utc(moment):
    return moment.astimezone(timezone.utc)


def later(chance, moment, hours):
    """A moment up to so many hours later; now and then the very same one."""
    return moment + timedelta(minutes=chance.randrange(0, int(hours * 60) + 1))


def made_up_item(chance, number, first, span, sprints):
    created = later(chance, first - timedelta(days=4), span + 96)
    if chance.random() < 0.05:
        # Exactly when a sprint begins.
        created = chance.choice(sprints).start
    item = Item(f"OAK-{number}", chance.choice(["Story", "Story", "Bug", "Task"]), chance.choice(["North", "South"]), created)
    if chance.random() < 0.85:
        item.first_points = chance.choice(POINTS)
    live(chance, item, span)
    plan(chance, item, sprints)
    estimate(chance, item)
    return item


def live(chance, item, span):
    """Moves of status: forwards for the most part, backwards and out of done now and then."""
    moment, status = item.created, TO_DO
    steps = {TO_DO: [IN_PROGRESS] * 8 + [REVIEW, DONE], IN_PROGRESS: [REVIEW] * 5 + [DONE] * 4 + [TO_DO], REVIEW: [DONE] * 6 + [IN_PROGRESS] * 2 + [TO_DO], DONE: [IN_PROGRESS, TO_DO]}
    for _ in range(chance.randrange(0, 9)):
        if status == DONE and chance.random() < 0.8:
            break
        moment = later(chance, moment, span / 5) + timedelta(minutes=1)
        after = chance.choice(steps[status])
        item.statuses.append((moment, status, after))
        status = after
    if status == DONE:
        item.resolution = "Won't Do" if chance.random() < 0.08 else "Done"


def plan(chance, item, sprints):
    """Sprints that the item is taken into and out of. A sprint that is over stays on the item, as Jira keeps it."""
    present = ()
    wanted = chance.sample(sprints, k=min(len(sprints), chance.choice([0, 1, 1, 1, 2, 3])))
    for position, sprint in enumerate(sorted(wanted, key=lambda sprint: sprint.number)):
        if position == 0 and chance.random() < 0.3:
            item.first_sprints = present = (sprint.number,)
            continue
        earliest = max(item.created, sprint.start - timedelta(days=3))
        if item.sprint_changes:
            earliest = max(earliest, item.sprint_changes[-1][0] + timedelta(minutes=1))
        at = sprint.start if chance.random() < 0.1 and sprint.start > earliest else later(chance, earliest, 150) + timedelta(minutes=1)
        after = tuple(sorted({*present, sprint.number}))
        item.sprint_changes.append((at, present, after))
        present = after
        if chance.random() < 0.15:
            out = later(chance, at, 120) + timedelta(minutes=1)
            rest = tuple(number for number in present if number != sprint.number)
            item.sprint_changes.append((out, present, rest))
            present = rest


def estimate(chance, item):
    moment, points = item.created, item.first_points
    for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
        moment = later(chance, moment, 400) + timedelta(minutes=1)
        after = chance.choice([value for value in POINTS if value != points] + ([None] if points is not None else []))
        item.points_changes.append((moment, points, after))
        points = after


# --- As Jira writes it ---------------------------------------------------------------------------------------------------


def jira(team):
    """The search result that holds the whole team."""
    by_number = {sprint.number: sprint for sprint in team.sprints}
    return {"startAt": 0, "maxResults": len(team.items), "total": len(team.items), "issues": [issue(position, item, by_number) for position, item in enumerate(team.items)]}


def stamp(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def issue(position, item, by_number):
    sprints = [sprint_field(by_number[number]) for number in item.sprints]
    changes = [(at, {"field": "status", "fieldtype": "jira", "fromString": before, "toString": after}) for at, before, after in item.statuses]
    changes += [(at, {"field": "Story Points", "fieldtype": "custom", "fieldId": "customfield_10016", "fromString": amount(before), "toString": amount(after)}) for at, before, after in item.points_changes]
    for at, before, after in item.sprint_changes:
        words = {"from": ", ".join(map(str, before)), "to": ", ".join(map(str, after))}
        words |= {"fromString": ", ".join(by_number[n].name for n in before), "toString": ", ".join(by_number[n].name for n in after)}
        changes.append((at, {"field": "Sprint", "fieldtype": "custom", "fieldId": "customfield_10020", **words}))
    if item.resolution:
        changes.append((item.statuses[-1][0], {"field": "resolution", "fieldtype": "jira", "fromString": None, "toString": item.resolution}))
    histories = [{"id": str(number), "created": stamp(at), "items": [change]} for number, (at, change) in enumerate(sorted(changes, key=lambda change: change[0], reverse=True))]
    last = max([item.created] + [at for at, _ in changes])
    fields = {
        "summary": f"Made-up work {item.key}",
        "status": {"name": item.status, "statusCategory": {"key": CATEGORY[item.status]}},
        "issuetype": {"name": item.kind},
        "project": {"key": "OAK", "name": "Oak"},
        "resolution": {"name": item.resolution} if item.resolution else None,
        "labels": [item.team],
        "created": stamp(item.created),
        "updated": stamp(last),
        "resolutiondate": stamp(item.statuses[-1][0]) if item.resolution else None,
        "customfield_10016": item.points,
        "customfield_10020": sprints or None,
    }
    return {"id": str(10_000 + position), "key": item.key, "fields": fields, "changelog": {"startAt": 0, "maxResults": len(histories), "total": len(histories), "histories": histories}}


def sprint_field(sprint):
    return {"id": sprint.number, "name": sprint.name, "state": "closed", "boardId": 1, "startDate": stamp(sprint.start), "endDate": stamp(sprint.end), "completeDate": stamp(sprint.end)}


def amount(points):
    return None if points is None else f"{points:g}"
