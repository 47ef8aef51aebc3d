"""Burndown, velocity, scope change and sprint report, replayed second by second of what happened, from the rules as they are written down:

- committed is what was in the sprint before its start and not done then; what enters exactly at the start is added;
- an estimate counts as it was at the moment; what changes after the completion counts when the item is opened again;
- what was done when it entered and is opened again there is added; what is taken out after its completion stays completed;
- what is closed without being delivered is removed at that moment.
"""

from collections import defaultdict
from datetime import timedelta

from flow import day_of, end_of, finished_at, is_dropped
from histories import DONE, TO_DO

AWAY, OPEN, COMPLETED = "away", "open", "completed"


class Replay:
    """One item in one sprint."""

    def __init__(self, team, item, sprint, unit):
        self.unit, self.sprint = unit, sprint
        self.inside = sprint.number in item.first_sprints
        self.exists = False
        self.status, self.dropped = TO_DO, False
        self.points = item.first_points
        self.part = AWAY
        self.committed = None
        self.size = 0.0
        self.events = []
        last = min(sprint.end, end_of(team.as_of(), team.zone))
        for at, _, change in sorted(self.changes(item), key=lambda change: change[:2]):
            if self.committed is None and at >= sprint.start:
                self.begin()
            if at >= last:
                break
            change()
            if at >= sprint.start:
                self.settle(at)
        if self.committed is None:
            self.begin()

    def changes(self, item):
        """(moment, order at one moment, what to do)."""

        def exist():
            self.exists = True

        def estimate(points):
            self.points = points

        def move(numbers):
            self.inside = self.sprint.number in numbers

        def enter(status, dropped):
            self.status, self.dropped = status, dropped

        yield item.created, 0, exist
        for at, _, after in item.points_changes:
            yield at, 1, lambda after=after: estimate(after)
        for at, before, after in item.sprint_changes:
            entering = self.sprint.number in after and self.sprint.number not in before
            yield at, 2 if entering else 4, lambda after=after: move(after)
        for number, (at, _, after) in enumerate(item.statuses):
            gone = is_dropped(item) and number == len(item.statuses) - 1
            yield at, 3, lambda after=after, gone=gone: enter(after, gone)

    def now(self):
        return 1.0 if self.unit == "items" else (self.points or 0.0)

    def is_over(self):
        return self.dropped or self.status == DONE

    def begin(self):
        """The moment before the start."""
        self.committed = 0.0
        self.was_committed = self.exists and self.inside and not self.is_over()
        if self.was_committed:
            self.part, self.size = OPEN, self.now()
            self.committed = self.size

    def tell(self, at, kind, size):
        self.events.append((at, kind, size))

    def settle(self, at):
        """Brings the part that the item has in the sprint in line with what is so now."""
        if not (self.exists and self.inside):
            if self.part == OPEN:
                self.tell(at, "removed", self.size)
                self.part = AWAY
            return
        if self.part == COMPLETED and (self.dropped or self.status != DONE):
            self.tell(at, "reopened", self.size)
            self.part = OPEN
        if self.part == OPEN and self.dropped:
            self.tell(at, "removed", self.size)
            self.part = AWAY
        if self.part == AWAY and not self.is_over():
            self.part, self.size = OPEN, self.now()
            self.tell(at, "added", self.size)
        if self.part == OPEN and self.now() != self.size:
            self.tell(at, "re-estimated", self.now() - self.size)
            self.size = self.now()
        if self.part == OPEN and self.status == DONE:
            self.tell(at, "completed", self.size)
            self.part = COMPLETED


def replays(team, sprint, unit):
    """The items that ever were in the sprint, as far as they can be told."""
    for item in team.items:
        ever = sprint.number in item.first_sprints or any(sprint.number in after for _, _, after in item.sprint_changes)
        if ever:
            yield item, Replay(team, item, sprint, unit)


def burndown(team, sprint, unit):
    """The sums of each kind, and what was left at the end of each day."""
    first, last = day_of(sprint.start, team.zone), day_of(sprint.end - timedelta(milliseconds=1), team.zone)
    sums, by_day = defaultdict(float), defaultdict(float)
    signs = {"added": 1, "removed": -1, "re-estimated": 1, "completed": -1, "reopened": 1}
    for _, replay in replays(team, sprint, unit):
        sums["committed"] += replay.committed
        for at, kind, size in replay.events:
            sums[kind] += size
            by_day[day_of(at, team.zone)] += signs[kind] * size
    left = sums["committed"]
    remaining = {(first - timedelta(days=1)).isoformat(): left}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        left += by_day[day]
        remaining[day.isoformat()] = left if day <= team.as_of() else None
    return sums, remaining


def velocity(team, unit):
    """Committed and completed of each sprint that is over."""
    rows = {}
    named = {number for item in team.items for number in item.sprints}
    for sprint in team.sprints:
        if sprint.number not in named:
            # Everything was taken out again: the file holds no dates of it.
            continue
        parts = list(replays(team, sprint, unit))
        if not parts or sprint.end > end_of(team.as_of(), team.zone):
            continue
        completed = sum(replay.size for _, replay in parts if replay.part == COMPLETED)
        rows[sprint.name] = (sum(replay.committed for _, replay in parts), completed)
    return rows


def scope_change(team, sprint, unit):
    """Each step from what was committed to the final scope, and the items of each."""
    steps = defaultdict(lambda: (0.0, set()))

    def add(step, size, item):
        steps[step] = (steps[step][0] + size, steps[step][1] | {item.key})

    for item, replay in replays(team, sprint, unit):
        if replay.was_committed:
            add("committed", replay.committed, item)
        for _, kind, size in replay.events:
            if kind in ("added", "removed"):
                add(kind, size, item)
            elif kind == "re-estimated":
                add("estimate-raised" if size > 0 else "estimate-lowered", abs(size), item)
        if replay.part != AWAY:
            add("final", replay.size, item)
    return steps


def report(team, sprint, unit):
    """What became of everything that was in the sprint: size and items of each group."""
    groups = defaultdict(lambda: (0.0, set()))

    def add(group, size, item):
        groups[group] = (groups[group][0] + size, groups[group][1] | {item.key})

    for item, replay in replays(team, sprint, unit):
        if replay.part == COMPLETED:
            add("completed", replay.size, item)
        elif replay.part == OPEN:
            add("not-completed", replay.size, item)
            add(f"carried to {carried_to(team, item, sprint)}", replay.size, item)
        for _, kind, size in replay.events:
            if kind in ("added", "removed"):
                add(kind, size, item)
    return groups


def carried_to(team, item, sprint):
    """The name of the next sprint that an item was in after one was over; None when it was in none."""
    named = {number for one in team.items for number in one.sprints}
    present, later = item.first_sprints, set()
    for at, _, after in item.sprint_changes:
        if at > sprint.end:
            later |= set(present) | set(after)
        present = after
    later |= set(present)
    numbers = [number for number in later if number > sprint.number and number in named]
    return next((one.name for one in team.sprints if numbers and one.number == min(numbers)), None)
