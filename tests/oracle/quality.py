"""Bugs and technical debt, from their definitions: what comes, goes and stays open, how long it takes, targets, shares.

A world is a table of work items and the history of some of them. Items without a history have dates alone.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from flow import MILLISECONDS_A_DAY, asked_percentiles, day_of, end_of, least_values, milliseconds, next_period, percentile, period_start, tidy
from histories import BEGINNINGS, ZONES, later

OPEN = {"To Do", "In Progress", "Review"}
STATUSES = ["To Do", "In Progress", "Review", "Done"]
PRIORITIES = ["Critical", "High", "Medium", "Low", ""]
# The order of the bars: the gravest first, none at the end.
RANK = {name: place for place, name in enumerate(PRIORITIES)}
BINS = [("0-30 days", 30), ("31-60 days", 60), ("61-90 days", 90), ("over 90 days", 10**9)]


@dataclass
class Item:
    key: str
    kind: str
    title: str
    priority: str
    labels: list
    created: datetime | None
    finished: datetime | None
    status: str
    points: float | None
    # (moment, before, after); None = the table alone tells.
    moves: list | None = None


@dataclass
class World:
    zone: ZoneInfo
    items: list
    question: list
    as_of: date | None
    decisions: dict
    files: dict = field(default_factory=dict)

    def asked(self, key, default):
        return dict(self.question).get(key, default)


def stamp(moment):
    return "" if moment is None else moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def made_up(seed):
    chance = random.Random(seed * 31 + 7)
    zone = ZoneInfo(chance.choice(ZONES))
    first = chance.choice(BEGINNINGS).replace(tzinfo=zone).astimezone(timezone.utc)
    hours = chance.choice([24 * 20, 24 * 60, 24 * 150])
    items = [made_up_item(chance, number, first, hours) for number in range(1, chance.randrange(2, 60))]
    if all(item.moves is None for item in items):
        # A history file that tells of nobody would be none.
        items.append(Item("OAK-0", "Task", "A task", "", [], first, None, "In Progress", 1.0, [(first, "To Do", "In Progress")]))
    moments = [at for item in items for at in [item.created, item.finished, *(move[0] for move in item.moves or [])] if at]
    last = day_of(max(moments), zone)
    as_of = last + timedelta(days=chance.choice([0, 1, 1, 9, -5]))
    question = {"unit": chance.choice(["items", "points"]), "g": chance.choice(["day", "week", "month"]), "days": chance.choice(["calendar", "working", "elapsed"]), "percentile": chance.choice(["nearest", "linear"])}
    if chance.random() < 0.25:
        start = day_of(first, zone) + timedelta(days=chance.randrange(0, 20))
        question["from"] = start.isoformat()
        if chance.random() < 0.5:
            question["to"] = (start + timedelta(days=chance.randrange(5, 60))).isoformat()
    world = World(zone, items, list(question.items()), as_of, decided(chance))
    world.files = {"items.csv": table(items), "history.csv": history(items)}
    p = chance.choice(["", "", "60,90", "25,50,99"])
    if p:
        world.question.append(("p", p))
    return world


def decided(chance):
    decisions = {}
    if chance.random() < 0.7:
        decisions["resolution_targets"] = {name: chance.choice([0.5, 1, 2, 5, 14, 40]) for name in PRIORITIES[:4] if chance.random() < 0.8}
    if chance.random() < 0.3:
        decisions["bug_rule"] = {"types": ["bug"], "labels": ["HOT"]}
    if chance.random() < 0.3:
        decisions["escaped_rule"] = {"labels": ["hot"], "title_words": ["leaks"]}
    if chance.random() < 0.3:
        decisions["debt_rule"] = {"labels": ["tidy"], "title_words": ["old code"]}
    if chance.random() < 0.3:
        decisions["debt_target"] = chance.choice([0, 12.5, 20, 100])
    return decisions


def made_up_item(chance, number, first, hours):
    created = later(chance, first, hours)
    kind = chance.choice(["Bug", "Bug", "Story", "Task"])
    title = chance.choice(["Roof leaks", "Leaksome roof", "Refactoring the shed", "Refactored shed", "Replace old code", "Old  code", "Paint"])
    labels = [label for label, share in [("hot", 0.15), ("tech-debt", 0.25), ("tidy", 0.1), ("found-in-production", 0.15)] if chance.random() < share]
    points = chance.choice([0.5, 1.0, 2.0, 3.0, 8.0, None])
    item = Item(f"OAK-{number}", kind, title, chance.choice(PRIORITIES), labels, created, None, "To Do", points)
    if chance.random() < 0.6:
        live(chance, item, hours)
    elif chance.random() < 0.6:
        item.status = "Done"
        if chance.random() < 0.9:
            item.finished = later(chance, created, hours / 3)
    if item.moves is None and chance.random() < 0.06:
        item.created = None
    elif item.moves is None and item.finished and chance.random() < 0.06:
        # Finished before it was created: the dates are wrong, and it has no duration.
        item.created = item.finished + timedelta(days=2)
    return item


def live(chance, item, hours):
    """Moves of status: forwards for the most part, and out of done now and then."""
    item.moves, moment, status = [], item.created, "To Do"
    steps = {"To Do": ["In Progress"] * 6 + ["Review", "Done"], "In Progress": ["Review"] * 3 + ["Done"] * 5 + ["To Do"], "Review": ["Done"] * 6 + ["In Progress"] * 2, "Done": ["In Progress", "To Do"]}
    for _ in range(chance.randrange(1, 9)):
        if status == "Done" and chance.random() < 0.6:
            break
        moment = later(chance, moment, hours / 8) + timedelta(minutes=1)
        after = chance.choice(steps[status])
        item.moves.append((moment, status, after))
        status = after
    item.status = status
    if status == "Done":
        item.finished = done_since(item.moves)


def done_since(moves):
    since = None
    for at, before, after in moves:
        if after == "Done" and before != "Done":
            since = at
    return since


def table(items):
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(["key", "title", "type", "status", "created", "finished", "estimate", "priority", "labels"])
    for item in items:
        points = "" if item.points is None else f"{item.points:g}"
        write([item.key, item.title, item.kind, item.status, stamp(item.created), stamp(item.finished), points, item.priority, ";".join(item.labels)])
    return text.getvalue()


def history(items):
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(["key", "at", "from", "to"])
    for item in items:
        for at, before, after in item.moves or []:
            write([item.key, stamp(at), before, after])
    return text.getvalue()


# --- The definitions ------------------------------------------------------------------------------------------------------


def has_words(title, words):
    title = title.lower()
    for word in words:
        at = title.find(word)
        while at >= 0:
            before, after = title[at - 1 : at], title[at + len(word) : at + len(word) + 1]
            if not before.isalnum() and not after.isalnum():
                return True
            at = title.find(word, at + 1)
    return False


def holds(rule, item):
    small = lambda values: {value.lower() for value in values}
    return item.kind.lower() in small(rule.get("types", [])) or bool(small(item.labels) & small(rule.get("labels", []))) or has_words(item.title, rule.get("title_words", []))


def is_bug(world, item):
    return holds(world.decisions.get("bug_rule", {"types": ["Bug"]}), item)


def is_escaped(world, item):
    return is_bug(world, item) and holds(world.decisions.get("escaped_rule", {"labels": ["found-in-production"]}), item)


def is_debt(world, item):
    words = ["tech debt", "tech-debt", "technical debt", "technical-debt", "refactoring", "refactor"]
    return holds(world.decisions.get("debt_rule", {"labels": ["tech-debt"], "title_words": words}), item)


def size(item, unit):
    return 1.0 if unit == "items" else (item.points or 0.0)


def turns(item):
    """When an item was created, resolved and opened again: (moment, what); a moment of None was always."""
    if item.moves:
        found, is_open = [(item.created, "created")], True
        for at, _, after in item.moves:
            if is_open != (after != "Done"):
                is_open = not is_open
                found.append((at, "reopened" if is_open else "resolved"))
        return found
    # What was done before it was created is there since it was done.
    begin = item.created if item.created is None or item.finished is None else min(item.created, item.finished)
    return [(begin, "created")] + ([(item.finished, "resolved")] if item.finished else [])


def is_undated(item):
    return item.status == "Done" and item.finished is None


class Periods:
    """The whole periods of the question, from that of the first event of the data."""

    def __init__(self, world, first, seen):
        step = world.asked("g", "week")
        start = period_start(first, step)
        if min(first, seen) > start:
            start = next_period(start, step)
        end = period_start(world.as_of, step)
        if next_period(end, step) == world.as_of + timedelta(days=1):
            end = next_period(end, step)
        if world.asked("from", None):
            wanted = date.fromisoformat(world.asked("from", None))
            inside = period_start(wanted, step)
            start = max(start, inside if inside == wanted else next_period(inside, step))
        if world.asked("to", None):
            after = date.fromisoformat(world.asked("to", None)) + timedelta(days=1)
            end = min(end, period_start(after, step))
        self.starts, self.step, day = [], step, start
        while day < end:
            self.starts.append(day)
            day = next_period(day, step)
        self.end = day

    def of(self, day):
        return period_start(day, self.step) if self.starts and self.starts[0] <= day < self.end else None


def last_day(world):
    to = world.asked("to", None)
    return min(world.as_of, date.fromisoformat(to)) if to else world.as_of


def selected(world):
    """The items that there are at the moment taken as now."""
    over = end_of(world.as_of, world.zone)
    return [item for item in world.items if item.created is None or item.created < over]


def by_creation(world):
    days = [day_of(item.created, world.zone) for item in world.items if item.created]
    days = [day for day in days if day <= world.as_of]
    return Periods(world, min(days), min(days)) if days else None


def flow_of(world, items, unit):
    """Per period what was created, resolved, opened again, and is open at its end; and what is open at the last day."""
    periods = by_creation(world)
    rows = {start: {"created": 0.0, "resolved": 0.0, "reopened": 0.0, "open": 0.0} for start in periods.starts}
    told = [set(), set()]
    sums = {"now": 0.0, "before": 0.0, "created": set()}
    for item in items:
        if is_undated(item):
            continue
        was_resolved = False
        for at, what in turns(item):
            day = date.min if at is None else day_of(at, world.zone)
            if day > last_day(world):
                break
            sign = -size(item, unit) if what == "resolved" else size(item, unit)
            sums["now"] += sign
            if periods.starts and day < periods.starts[0]:
                sums["before"] += sign
            for start in periods.starts:
                if next_period(start, periods.step) > day:
                    rows[start]["open"] += sign
            place = periods.of(day)
            if place:
                rows[place][what] += size(item, unit)
                if what == "created":
                    sums["created"].add(item.key)
                if what == "resolved" and item.moves is not None:
                    was_resolved = True
                    told[0].add(item.key)
            if what == "reopened" and was_resolved:
                told[1].add(item.key)
    return rows, sums, told


def state(world, item):
    """"open", (moment done) or None where it is not there or nobody can say."""
    if is_undated(item):
        return None
    over, found = end_of(world.as_of, world.zone), None
    for at, what in turns(item):
        if at is None or at < over:
            found = at if what == "resolved" else "open"
    return found


def duration(world, begin, end, end_day, rule):
    """None when it ends before it begins."""
    first = day_of(begin, world.zone)
    if end_day < first or (rule == "elapsed" and end < begin):
        return None
    if rule == "elapsed":
        return tidy(milliseconds(end - begin) / MILLISECONDS_A_DAY)
    days = [first + timedelta(days=number) for number in range((end_day - first).days + 1)]
    return float(len(days)) if rule == "calendar" else float(max(1, sum(day.weekday() < 5 for day in days)))


def is_asked(world, day):
    start, end = world.asked("from", None), world.asked("to", None)
    return (not start or day >= date.fromisoformat(start)) and (not end or day <= date.fromisoformat(end))


def resolution_times(world, bugs):
    times = {}
    for item in bugs:
        done = state(world, item)
        if isinstance(done, datetime) and item.created and is_asked(world, day_of(done, world.zone)):
            days = duration(world, item.created, done, day_of(done, world.zone), world.asked("days", "calendar"))
            if days is not None:
                times[item.key] = days
    return times


def ages(world, items):
    return {item.key: max(1, (world.as_of - day_of(item.created, world.zone)).days + 1) for item in items if state(world, item) == "open" and item.created}


def share(part, whole):
    return None if whole == 0 else tidy(part / whole * 100)


# --- The comparisons ------------------------------------------------------------------------------------------------------


def compare(world, report):
    items = selected(world)
    bugs = [item for item in items if is_bug(world, item)]
    debt = [item for item in items if is_debt(world, item)]
    yield from compare_flow(world, report, bugs)
    yield from compare_times(world, report, bugs)
    yield from compare_ages(world, report, bugs)
    yield from compare_levels(world, report, bugs)
    yield from compare_shares(world, report, items, bugs, "bug-share", any(is_bug(world, item) for item in world.items) or "bug_rule" in world.decisions)
    yield from compare_debt(world, report, debt)
    yield from compare_shares(world, report, items, debt, "technical-debt-share", any(is_debt(world, item) for item in world.items) or "debt_rule" in world.decisions)


def series_of(metric, name):
    """The points of a series; none where the metric has no such series, which disagrees with any."""
    return next((series["points"] for series in metric["series"] if series["id"] == name), [])


def compare_flow(world, report, bugs):
    metric = report.one("bugs")
    periods = by_creation(world)
    known = [item for item in bugs if not is_undated(item) and any(at is None or day_of(at, world.zone) <= last_day(world) for at, _ in turns(item))]
    is_computable = bool(known and periods and periods.starts)
    yield "bugs: computed", is_computable, metric["status"] == "ok"
    if not is_computable or metric["status"] != "ok":
        return
    rows, sums, told = flow_of(world, bugs, "items")
    for name in ["created", "resolved", "open"]:
        yield f"bugs: {name}", {start.isoformat(): row[name] for start, row in rows.items()}, report.series(metric, name)
    reopened = {start.isoformat(): row["reopened"] for start, row in rows.items() if row["reopened"]}
    yield "bugs: reopened", reopened or None, report.series(metric, "reopened")
    yield "bugs: open", sums["now"], report.figure(metric, "open")
    yield "bugs: open before", sums["before"], report.figure(metric, "open-before")
    yield "bugs: re-open rate", share(len(told[1]), len(told[0])), report.figure(metric, "reopen-rate")
    tells = "escaped_rule" in world.decisions or any(is_escaped(world, item) for item in world.items)
    escaped = {item.key for item in bugs if is_escaped(world, item)} & sums["created"]
    yield "bugs: escaped share", share(len(escaped), len(sums["created"])) if tells else None, report.figure(metric, "escaped-share")
    yield "bugs: considered", len(known), metric["considered"]


def compare_times(world, report, bugs):
    metric = report.one("bug-resolution-time")
    times = resolution_times(world, bugs)
    yield "resolution time: considered", len(times), metric["considered"]
    rule = world.asked("percentile", "nearest")
    if not times:
        return
    called = lambda p: "median" if p == 50 else f"p{p}"
    for p in asked_percentiles(world.asked("p", ""), [50, 85, 95]):
        name = called(p)
        expected = tidy(percentile(list(times.values()), p, rule)) if len(times) >= least_values(p) else None
        yield f"resolution time: {name}", expected, report.figure(metric, name)
    by_priority = {}
    for item in bugs:
        if item.key in times:
            by_priority.setdefault(item.priority, []).append(times[item.key])
    for p in asked_percentiles(world.asked("p", ""), [50, 85]):
        name, least = called(p), least_values(p)
        expected = [(priority or "(no priority)", tidy(percentile(by_priority[priority], p, rule)) if len(by_priority[priority]) >= least else None) for priority in sorted(by_priority, key=RANK.get)]
        yield f"resolution time: {name} by priority", expected, [(point["x"], point["y"]) for point in series_of(metric, name)]


def binned(ages_of, weigh=lambda key: 1.0):
    rows = {name: 0.0 for name, _ in BINS}
    for key, age in ages_of.items():
        rows[next(name for name, highest in BINS if age <= highest)] += weigh(key)
    return rows


def compare_ages(world, report, bugs):
    metric = report.one("bug-backlog-age")
    found = ages(world, bugs)
    yield "age of bugs: considered", len(found), metric["considered"]
    if not found:
        return
    told = {series["name"]: {point["x"]: point["y"] for point in series["points"]} for series in metric["series"]}
    for priority in {item.priority for item in bugs if item.key in found}:
        own = {item.key: found[item.key] for item in bugs if item.priority == priority and item.key in found}
        yield f"age of bugs: {priority}", binned(own), told.get(priority or "(no priority)")
    yield "age of bugs: open", float(len(found)), report.figure(metric, "open")
    yield "age of bugs: oldest", float(max(found.values())), report.figure(metric, "oldest")
    yield "age of bugs: median", tidy(percentile([float(age) for age in found.values()], 50, world.asked("percentile", "nearest"))), report.figure(metric, "median-age")


def compare_levels(world, report, bugs):
    metric = report.one("bug-service-levels")
    targets = world.decisions.get("resolution_targets", {})
    within, late, open_late, in_time = set(), set(), set(), set()
    times, rule = resolution_times(world, bugs), world.asked("days", "calendar")
    for item in bugs:
        target = targets.get(item.priority)
        if target is None:
            continue
        if item.key in times:
            (within if times[item.key] <= target else late).add(item.key)
        elif state(world, item) == "open" and item.created:
            now = end_of(world.as_of, world.zone) - timedelta(milliseconds=1)
            age = duration(world, item.created, now, world.as_of, rule)
            if age is not None:
                (in_time if age <= target else open_late).add(item.key)
    judged = within | late | open_late | in_time
    yield "service levels: considered", len(judged), metric["considered"]
    if not judged:
        return
    figures = {"resolved-within": within, "resolved-late": late, "open-late": open_late, "in-time": in_time, "breaches": late | open_late}
    for name, expected in figures.items():
        yield f"service levels: {name}", float(len(expected)), report.figure(metric, name)
    for name, expected in [("within", within), ("breached", late | open_late), ("in-time", in_time)]:
        found = [key for point in series_of(metric, name) for key in point["items"]]
        yield f"service levels: who {name}", sorted(expected), sorted(found)
    yield "service levels: share", share(len(within), len(within | late | open_late)), report.figure(metric, "share")


def compare_shares(world, report, items, marked, name, tells):
    metric = report.one(name)
    over = end_of(world.as_of, world.zone)
    # The periods of the throughput begin with the first finish of all the data.
    finishes = [day_of(item.finished, world.zone) for item in world.items if item.finished]
    finishes = [day for day in finishes if day <= world.as_of]
    periods = Periods(world, min(finishes), min([day_of(item.created, world.zone) for item in world.items if item.created], default=min(finishes))) if finishes else None
    is_computable = bool(tells and periods and periods.starts)
    yield f"{name}: computed", is_computable, metric["status"] == "ok"
    if not is_computable or metric["status"] != "ok":
        return
    unit, keys = world.asked("unit", "items"), {item.key for item in marked}
    rows = {start: [0.0, 0.0] for start in periods.starts}
    for item in items:
        place = periods.of(day_of(item.finished, world.zone)) if item.finished and item.finished < over else None
        if place:
            rows[place][0] += size(item, unit) if item.key in keys else 0.0
            rows[place][1] += size(item, unit)
    yield name, {start.isoformat(): share(*row) for start, row in rows.items()}, report.series(metric, "share")
    yield f"{name}: in all", share(sum(row[0] for row in rows.values()), sum(row[1] for row in rows.values())), report.figure(metric, "share")
    if name == "technical-debt-share":
        yield f"{name}: target", world.decisions.get("debt_target"), report.figure(metric, "target")


def compare_debt(world, report, debt):
    metric, unit = report.one("technical-debt"), world.asked("unit", "items")
    found, by_key = ages(world, debt), {item.key: item for item in debt}
    yield "debt: considered", len(found), metric["considered"]
    if found:
        points = [by_key[key].points for key in found if by_key[key].points is not None]
        yield "debt: by age", binned(found, lambda key: size(by_key[key], unit)), report.series(metric, "open")
        yield "debt: open", float(len(found)), report.figure(metric, "open")
        yield "debt: points", sum(points) if points else None, report.figure(metric, "points")
    metric = report.one("technical-debt-flow")
    if metric["status"] == "ok":
        rows, sums, _ = flow_of(world, debt, unit)
        yield "debt: came in", {start.isoformat(): row["created"] + row["reopened"] for start, row in rows.items()}, report.series(metric, "inflow")
        yield "debt: went out", {start.isoformat(): row["resolved"] for start, row in rows.items()}, report.series(metric, "outflow")
        yield "debt: open at the ends", {start.isoformat(): row["open"] for start, row in rows.items()}, report.series(metric, "open")
        yield "debt: open now", sums["now"], report.figure(metric, "open")
