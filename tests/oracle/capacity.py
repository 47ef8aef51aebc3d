"""Capacity, load, logged time, balance and the plan of the next sprint, written from their definitions and for nobody's speed.

A world is a handful of plain tables (capacity, time off, holidays, work log, work items, iterations) and decisions of a user. People
have lines in several teams and periods, some without hours; absences overlap holidays and each other; days are half off; months end
with a leap day, and clocks change inside the windows.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from flow import day_of, end_of, next_period, percentile, period_start, tidy

PEOPLE = ["Ada", "Bob", "Cid", "Dee", "Eli"]
TEAMS = ["A", "B", "C", ""]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
# Before a leap day, before clocks go forward and back in both hemispheres, and a plain spring.
BEGINNINGS = [date(2024, 1, 15), date(2024, 2, 26), date(2024, 9, 23), date(2023, 10, 9), date(2025, 4, 7)]
ONE = timedelta(days=1)
LOOK = {"day": 28, "week": 12, "month": 6}


@dataclass
class Line:
    person: str
    team: str
    first: date | None
    last: date | None
    hours: float | None
    points: float | None
    allocation: float


@dataclass
class Item:
    key: str
    assignee: str
    team: str
    sprints: list
    points: float | None
    estimate: float | None
    logged: float | None
    done: bool
    finished: datetime | None


@dataclass
class Sprint:
    name: str
    first: date
    last: date


@dataclass
class World:
    zone: ZoneInfo
    as_of: date
    question: list
    decisions: dict
    lines: list
    absences: list
    holidays: list
    logs: list
    items: list
    sprints: list
    files: dict = field(default_factory=dict)

    def asked(self, key, default=None):
        return dict(self.question).get(key, default)


# --- made-up worlds ---------------------------------------------------------------------------------------------------------------


def made_up(seed):
    chance = random.Random(seed)
    zone = ZoneInfo(chance.choice(ZONES))
    begin = chance.choice(BEGINNINGS)
    day = lambda: begin + timedelta(days=chance.randrange(-10, 75))
    lines = made_up_lines(chance, begin)
    absences = []
    for _ in range(chance.randrange(0, 12)):
        first = day()
        absences.append((chance.choice(PEOPLE), first, first + timedelta(days=chance.choice([0, 0, 1, 4, 13])), chance.random() < 0.4))
    regions = chance.choice([[""], ["", "BY"], ["BY"], ["", "BY", "HH"]])
    holidays = [(day(), chance.choice(regions)) for _ in range(chance.randrange(0, 7))]
    sprints = []
    start = begin + timedelta(days=chance.randrange(0, 4))
    for number in range(1, chance.choice([1, 1, 4, 7, 8])):
        last = start + timedelta(days=chance.choice([4, 6, 11, 13]))
        sprints.append(Sprint(f"S {number}", start, last))
        start = last + timedelta(days=chance.choice([1, 1, 3, -2]))
    items = [made_up_item(chance, number, zone, begin, sprints) for number in range(chance.randrange(0, 40))]
    # A sprint that nobody names is none.
    named = {name for item in items for name in item.sprints}
    sprints = [sprint for sprint in sprints if sprint.name in named]
    logs = [(chance.choice([*PEOPLE, "Zoe"]), begin + timedelta(days=chance.randrange(0, 60)), chance.choice([1, 2.5, 7.5, 8, 12])) for _ in range(chance.choice([0, 20, 120]))]
    question = [("g", chance.choice(["day", "week", "week", "month"])), ("people", chance.choice(["teams", "names", "pseudonyms"])), ("unit", chance.choice(["items", "points"])), ("percentile", chance.choice(["nearest", "linear"]))]
    if chance.random() < 0.3:
        question.append(("from", (begin + timedelta(days=chance.randrange(0, 30))).isoformat()))
    if chance.random() < 0.3:
        question.append(("to", (begin + timedelta(days=chance.randrange(25, 80))).isoformat()))
    if sprints and chance.random() < 0.3:
        question.append(("iteration", chance.choice(sprints).name))
    if chance.random() < 0.2:
        question.append(("f.team", chance.choice(["A", "B"])))
    if chance.random() < 0.15:
        question.append(("f.assignee", chance.choice(PEOPLE)))
    as_of = begin + timedelta(days=chance.randrange(5, 65))
    if sprints and chance.random() < 0.4:
        # Towards the end of many sprints, when a range can be told.
        as_of = sprints[-1].last - timedelta(days=chance.randrange(0, 16))
    world = World(zone, as_of, question, made_up_decisions(chance, day), lines, absences, holidays, logs, items, sprints)
    write(world)
    return world


def made_up_lines(chance, begin):
    lines = []
    for person in PEOPLE[: chance.randrange(1, 6)] + ([""] if chance.random() < 0.2 else []):
        for _ in range(chance.choice([1, 1, 2, 3])):
            first = None if chance.random() < 0.2 else begin + timedelta(days=chance.randrange(-150, 40))
            last = None if chance.random() < 0.5 else (first or begin) + timedelta(days=chance.randrange(0, 200))
            hours = None if chance.random() < 0.1 else chance.choice([4, 6, 7.5, 8, 8])
            points = chance.choice([1, 1.5, 2]) if hours is None or chance.random() < 0.3 else None
            # A line of nobody is one of a team.
            team = chance.choice(TEAMS[:3] if person == "" else TEAMS)
            lines.append(Line(person, team, first, last, hours, points, chance.choice([1, 1, 0.5, 0.8, 0.25])))
    return list({repr(line): line for line in lines}.values())


def made_up_item(chance, number, zone, begin, sprints):
    finished = None
    done = chance.random() < 0.5
    if done and chance.random() < 0.93:
        moment = datetime.combine(begin, datetime.min.time(), zone) + timedelta(days=chance.randrange(-60, 75), minutes=chance.randrange(0, 1440))
        finished = moment.astimezone(timezone.utc).replace(second=0)
    names = [sprint.name for sprint in sprints]
    own = sorted(chance.sample(names, min(len(names), chance.choice([0, 1, 1, 1, 2]))))
    some = lambda share, values: chance.choice(values) if chance.random() < share else None
    assignee = "" if chance.random() < 0.1 else chance.choice([*PEOPLE, "Zoe"])
    return Item(f"OAK-{number}", assignee, chance.choice(["", "", "A", "B", "D"]), own, some(0.7, [0, 1, 2, 3, 5, 8]), some(0.4, [2, 4, 7.5, 16]), some(0.3, [1, 3.5, 20]), done, finished)


def made_up_decisions(chance, day):
    decisions = {}
    if chance.random() < 0.2:
        decisions["work_week"] = chance.choice([[True, True, True, True, False, False, True], [True] * 7, [False, True, True, True, False, False, False]])
    if chance.random() < 0.3:
        decisions["people"] = {chance.choice([*PEOPLE, "Zoe"]): {"team": chance.choice(TEAMS), "hours_per_day": chance.choice([0, 5, 8]), "allocation": chance.choice([0.3, 1])} for _ in range(2)}
    if chance.random() < 0.4:
        decisions["days_off"] = {person: {day().isoformat(): chance.choice([0, 0.5, 0.25, 1]) for _ in range(4)} for person in chance.sample(["", "", *PEOPLE], 2)}
    return decisions


def table(head, rows):
    text = lambda cell: "" if cell is None else str(cell)
    return "\n".join([head, *(",".join(text(cell) for cell in row) for row in rows)]) + "\n"


def write(world):
    files = world.files
    files["capacity.csv"] = table("person,team,from,to,hours_per_day,points_per_day,allocation", [(one.person, one.team, one.first, one.last, one.hours, one.points, f"{one.allocation * 100:g} %") for one in world.lines])
    if world.absences:
        files["time-off.csv"] = table("person,from,to,half_day", [(person, first, last, "yes" if half else "") for person, first, last, half in world.absences])
    if world.holidays:
        files["holidays.csv"] = table("date,region,name", [(day, region, "Feast") for day, region in world.holidays])
    if world.logs:
        files["work-log.csv"] = table("person,date,hours,key", [(person, day, hours, "OAK-1") for person, day, hours in world.logs])
    if world.items:
        stamp = lambda moment: moment and moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        files["items.csv"] = table(
            "key,title,type,status,created,finished,assignee,team,sprint,estimate,original_estimate_hours,logged_hours",
            [(one.key, "A plank", "Story", "Done" if one.done else "To do", "2023-01-02", stamp(one.finished), one.assignee, one.team, ";".join(one.sprints), one.points, one.estimate, one.logged) for one in world.items],
        )
    if world.sprints:
        files["iterations.csv"] = table("name,start,end", [(one.name, one.first, one.last) for one in world.sprints])


# --- the calendar -----------------------------------------------------------------------------------------------------------------


def days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def lines_of(world):
    """The lines in force: a decision about somebody stands instead of the files."""
    decided = world.decisions.get("people", {})
    lines = [line for line in world.lines if line.person not in decided]
    return lines + [Line(person, plan["team"], None, None, plan["hours_per_day"], None, plan["allocation"]) for person, plan in decided.items()]


def worked(world, person, day):
    """The share of a day that somebody works."""
    week = world.decisions.get("work_week", [True] * 5 + [False] * 2)
    if not week[day.weekday()]:
        return 0.0
    decided = world.decisions.get("days_off", {})
    regions = {region for _, region in world.holidays if region}
    share = 1.0
    if day.isoformat() in decided.get("", {}):
        share = 1.0 - decided[""][day.isoformat()]
    elif any(holiday == day and (not region or len(regions) == 1) for holiday, region in world.holidays):
        share = 0.0
    if person and day.isoformat() in decided.get(person, {}):
        return 1.0 - decided[person][day.isoformat()]
    for who, first, last, half in world.absences:
        if who == person and first <= day <= last:
            share = min(share, 0.5 if half else 0.0)
    return share


def hours_of(world, line, first, last):
    """Hours of a line from a first to a last day; None where it holds on no day."""
    first, last = max(first, line.first or first), min(last, line.last or last)
    if first > last or line.hours is None:
        return None
    return sum(worked(world, line.person, day) for day in days(first, last)) * line.hours * line.allocation


def chosen(world):
    """The lines that pass the filters and tell hours."""
    team, person = world.asked("f.team"), world.asked("f.assignee")
    return [line for line in lines_of(world) if line.hours is not None and team in (None, line.team) and person in (None, line.person)]


def part_of(world, line, people=None):
    return line.team if (people or world.asked("people")) == "teams" else line.person


def names_of(world, people=None):
    """What each part is called."""
    people = people or world.asked("people")
    if people == "teams":
        return {team: team or "No team" for team in TEAMS}
    everybody = sorted({line.person for line in lines_of(world)} - {""})
    names = {name: name if people == "names" else f"Person {number}" for number, name in enumerate(everybody, 1)}
    return {**names, "": "Team as a whole"}


def total(world, lines, first, last):
    known = [hours for hours in (hours_of(world, line, first, last) for line in lines) if hours is not None]
    return sum(known) if known else None


def open_day(world):
    """Questions are asked at the end of a day: the next one is the first that is not over."""
    return world.as_of + ONE


def selected(world):
    team, person = world.asked("f.team"), world.asked("f.assignee")
    return [item for item in world.items if team in (None, item.team) and person in (None, item.assignee)]


def is_member(world, sprint):
    return any(sprint.name in item.sprints for item in selected(world))


def by_end(sprints):
    return sorted(sprints, key=lambda sprint: (sprint.last, sprint.first, sprint.name))


def present_or_coming(world):
    ahead = [sprint for sprint in by_end(world.sprints) if sprint.last > world.as_of and is_member(world, sprint)]
    running = [sprint for sprint in ahead if sprint.first <= world.as_of]
    if running:
        return running[-1]
    return min(ahead, key=lambda sprint: sprint.first) if ahead else None


def named_sprint(world):
    return next((sprint for sprint in world.sprints if sprint.name == world.asked("iteration")), None)


def coming_period(world, day):
    step = world.asked("g")
    start = period_start(day, step)
    start = start if start == day else next_period(start, step)
    return start, next_period(start, step) - ONE


# --- capacity ---------------------------------------------------------------------------------------------------------------------


def periods(world):
    step = world.asked("g")
    back = lambda day: period_start(day - ONE, step)
    begin, end = world.asked("from"), world.asked("to")
    present = period_start(open_day(world), step)
    if begin:
        first = period_start(date.fromisoformat(begin), step)
        first = first if first == date.fromisoformat(begin) else next_period(first, step)
    else:
        first = min(present, period_start(date.fromisoformat(end), step)) if end else present
        for _ in range(LOOK[step]):
            first = back(first)
    if end:
        stop = date.fromisoformat(end) + ONE
    else:
        stop = max(present, first)
        for _ in range(LOOK[step] + 1):
            stop = next_period(stop, step)
    spans = []
    while next_period(first, step) <= stop:
        spans.append((first, next_period(first, step) - ONE))
        first = next_period(first, step)
    return spans


def bands(world):
    lines = chosen(world)
    spans = periods(world)
    while spans and total(world, lines, *spans[0]) is None:
        spans = spans[1:]
    while spans and total(world, lines, *spans[-1]) is None:
        spans = spans[:-1]
    found = {}
    for part, name in names_of(world).items():
        own = [line for line in lines if part_of(world, line) == part]
        sums = {first.isoformat(): total(world, own, first, last) for first, last in spans}
        if any(hours is not None for hours in sums.values()):
            found[name] = {day: hours if hours is None else tidy(hours) for day, hours in sums.items()}
    return found


def days_asked(world):
    sprint = named_sprint(world) or present_or_coming(world)
    if sprint:
        return sprint.first, sprint.last
    start = period_start(open_day(world), world.asked("g"))
    return start, next_period(start, world.asked("g")) - ONE


# --- load -------------------------------------------------------------------------------------------------------------------------


def is_open(world, item):
    return not item.done or (item.finished is not None and item.finished >= end_of(world.as_of, world.zone))


def days_ahead(world):
    """First and last day, and the sprint; None where it is over."""
    sprint = named_sprint(world) if world.asked("iteration") else present_or_coming(world)
    if sprint is None:
        return (*coming_period(world, open_day(world)), None)
    if sprint.last < open_day(world):
        return None
    return max(sprint.first, open_day(world)), sprint.last, sprint


def shares_of(world, person, first, last, people):
    """The parts that what somebody does is for, with the share of each."""
    lines = [line for line in lines_of(world) if line.person == person and line.hours is not None]
    kept = {part_of(world, line, people) for line in chosen(world)}
    if people != "teams":
        return {person: 1.0} if person in kept else {}
    hours = [(line.team, hours_of(world, line, first, last) or 0.0) for line in lines]
    whole = sum(of for _, of in hours)
    shares = {}
    if whole > 0:
        for team, of in hours:
            if of > 0:
                shares[team] = shares.get(team, 0.0) + of / whole
    elif lines:
        shares[min(line.team for line in lines)] = 1.0
    return {team: share for team, share in shares.items() if team in kept}


def pace(world, person, first, last):
    """Hours that a point takes somebody."""
    until = world.as_of
    since = until - timedelta(days=89)
    done = sum(item.points or 0.0 for item in world.items if item.assignee == person and item.done and item.finished and not is_open(world, item) and since <= day_of(item.finished, world.zone) <= until)
    own = [line for line in lines_of(world) if line.person == person]
    hours = total(world, [line for line in own if line.hours is not None], since, until) or 0.0
    if done > 0 and hours > 0:
        return hours / done
    early = date.min
    told = [line for line in own if line.points and line.hours and (line.first or early) <= last and first <= (line.last or date.max)]
    told.sort(key=lambda line: (line.team, line.first or early, line.last or date.max, world.lines.index(line) if line in world.lines else -1))
    return told[0].hours / told[0].points if told else None


def loads(world, first, last, sprint, people):
    """Hours by part; the number of items counted; the keys left out."""
    load, counted, left = {}, 0, {"nobody": [], "without": [], "size": [], "pace": []}
    people_known = {line.person for line in lines_of(world)}
    teams_known = {line.team for line in lines_of(world)} - {""}
    kept = {part_of(world, line, people) for line in chosen(world)}
    for item in selected(world):
        if not is_open(world, item) or (sprint and item.sprints[-1:] != [sprint.name]):
            continue
        if not item.assignee:
            left["nobody"].append(item.key)
            continue
        person = item.assignee if item.assignee in people_known else None
        if people == "teams" and item.team in teams_known:
            shares = {item.team: 1.0} if item.team in kept else {}
        else:
            shares = shares_of(world, person, first, last, people) if person else {}
        if not shares:
            left["without"].append(item.key)
            continue
        if item.estimate is not None:
            hours = max(item.estimate - (item.logged or 0.0), 0.0)
        elif item.points is None:
            left["size"].append(item.key)
            continue
        else:
            each = pace(world, person, first, last) if person else None
            if each is None:
                left["pace"].append(item.key)
                continue
            hours = item.points * each
        counted += 1
        for part, share in shares.items():
            load[part] = load.get(part, 0.0) + hours * share
    return load, counted, left


def utilisation(world, people):
    """By part: load and hours, tidied; None where nothing can be told."""
    ahead = days_ahead(world)
    lines = chosen(world)
    if not lines or ahead is None:
        return None
    first, last, sprint = ahead
    load, counted, left = loads(world, first, last, sprint, people)
    rows = {}
    for part in names_of(world, people):
        hours = total(world, [line for line in lines if part_of(world, line, people) == part], first, last)
        own = tidy(load.get(part, 0.0))
        if hours is not None or own > 0:
            rows[part] = (own, None if hours is None else tidy(hours))
    if all(hours is None for _, hours in rows.values()):
        rows = None
    return rows, counted, left


def share(part, whole):
    return tidy(part / whole * 100) if whole else None


# --- logged time ------------------------------------------------------------------------------------------------------------------


def logged(world, people):
    """Spans, logged hours by part and span, hours by part and span; None where no period is whole."""
    step = world.asked("g")
    if not world.logs:
        return None
    first = min(day for _, day, _ in world.logs)
    if first > world.as_of:
        return None
    start = period_start(first, step)
    start = start if start == first else next_period(start, step)
    present = period_start(world.as_of, step)
    present = next_period(present, step) if next_period(present, step) == world.as_of + ONE else present
    if world.asked("from"):
        asked = date.fromisoformat(world.asked("from"))
        begin = period_start(asked, step)
        start = max(start, begin if begin == asked else next_period(begin, step))
    if world.asked("to"):
        present = min(present, period_start(date.fromisoformat(world.asked("to")) + ONE, step))
    spans = []
    while start < present:
        spans.append((start, next_period(start, step) - ONE))
        start = next_period(start, step)
    if not spans:
        return None
    lines = chosen(world)
    kept = {line.person for line in lines}
    if people == "teams":
        teams = {line.team for line in lines}
        kept = {line.person for line in lines_of(world) if line.hours is not None and line.team in teams and line in lines}
    sums, counted = {}, 0
    for begin, last in spans:
        of_person = {}
        for person, day, hours in world.logs:
            if begin <= day <= last and person in kept and person:
                counted += 1
                of_person[person] = of_person.get(person, 0.0) + hours
        for person, hours in of_person.items():
            for part, own in shares_of(world, person, begin, last, people).items():
                sums[part, begin] = sums.get((part, begin), 0.0) + hours * own
    return spans, sums, counted


def overloaded(world):
    """People above what they had in three periods in a row; None where no log tells."""
    told = logged(world, "names")
    if told is None:
        return None
    spans, sums, _ = told
    lines = chosen(world)
    number = 0
    for person in {line.person for line in lines}:
        run, longest = 0, 0
        for first, last in spans:
            hours = total(world, [line for line in lines if line.person == person], first, last)
            over = hours is not None and tidy(sums.get((person, first), 0.0)) > tidy(hours)
            run = run + 1 if over else 0
            longest = max(longest, run)
        number += longest >= 3
    return float(number)


# --- plan -------------------------------------------------------------------------------------------------------------------------


def completed(world):
    """What each closed sprint completed, oldest first; None where the velocity is told by periods."""
    items = selected(world)
    if not any(item.sprints for item in items):
        return None
    order = by_end(world.sprints)
    sums = {sprint.name: 0.0 for sprint in order if is_member(world, sprint)}
    dates = {sprint.name: sprint for sprint in order}
    size = lambda item: 1.0 if world.asked("unit") == "items" else (item.points or 0.0)
    for item in items:
        if not item.done or item.finished is None or is_open(world, item):
            continue
        inside = [sprint for sprint in order if sprint.name in item.sprints and sprint.first <= day_of(item.finished, world.zone) <= sprint.last]
        if inside:
            sums[inside[-1].name] += size(item)
    begin, end = world.asked("from"), world.asked("to")
    closed = {}
    for name, amount in sums.items():
        last = dates[name].last
        if last <= world.as_of and not (begin and last < date.fromisoformat(begin)) and not (end and last > date.fromisoformat(end)):
            closed[name] = tidy(amount)
    return closed


def plan(world):
    """Suggestion, low, high and hours; None where there is none."""
    done = completed(world)
    if not done:
        return None
    lines = chosen(world)
    dates = {sprint.name: sprint for sprint in world.sprints}
    factors = []
    for name, amount in done.items():
        hours = total(world, lines, dates[name].first, dates[name].last)
        if hours is not None and tidy(hours) > 0:
            factors.append(amount / tidy(hours))
    factors = factors[-8:]
    members = [sprint for sprint in by_end(world.sprints) if is_member(world, sprint)]
    ahead = [sprint for sprint in members if sprint.first > world.as_of]
    if ahead:
        first, last = min((sprint.first, sprint.last) for sprint in ahead if sprint.first == min(one.first for one in ahead))
    else:
        newest = members[-1]
        first = max(newest.last + ONE, open_day(world))
        last = first + (newest.last - newest.first)
    hours = total(world, lines, first, last)
    if not factors or hours is None:
        return None
    at = lambda p: tidy(percentile(factors, p, world.asked("percentile")) * tidy(hours))
    if world.asked("percentile") == "linear":
        at = lambda p: tidy(tidy(percentile(factors, p, "linear")) * tidy(hours))
    has_range = len(factors) >= 5
    return {"suggestion": at(50), "low": at(15) if has_range else None, "high": at(85) if has_range else None, "capacity": tidy(hours)}


# --- comparing --------------------------------------------------------------------------------------------------------------------


def series(metric, name):
    return next(({point["x"]: point["y"] for point in one["points"]} for one in metric["series"] if one["id"] == name), None)


def figure(metric, name):
    return next((one["value"] for one in metric["figures"] if one["id"] == name), None)


def compare(world, report):
    people = world.asked("people")
    yield from compare_capacity(world, report.one("capacity"))
    yield from compare_utilisation(world, report.one("utilisation"), people)
    yield from compare_logged(world, report.one("logged-time"), people)
    yield from compare_balance(world, report.one("workload-balance"))
    yield from compare_plan(world, report.one("capacity-plan"))


def compare_capacity(world, metric):
    lines = chosen(world)
    yield "capacity: computed", bool(lines), metric["status"] == "ok"
    if not lines:
        return
    yield "capacity", bands(world), {one["name"]: {point["x"]: point["y"] for point in one["points"]} for one in metric["series"] if any(point["y"] is not None for point in one["points"])}
    first, last = days_asked(world)
    hours = total(world, lines, first, last)
    yield "capacity: hours", hours if hours is None else tidy(hours), figure(metric, "hours")
    if hours is not None:
        week = world.decisions.get("work_week", [True] * 5 + [False] * 2)
        whole = 0.0
        for line in lines:
            begin, end = max(first, line.first or first), min(last, line.last or last)
            if begin <= end:
                whole += sum(week[day.weekday()] for day in days(begin, end)) * line.hours * line.allocation
        yield "capacity: days off", tidy(whole - tidy(hours)), figure(metric, "days-off")


REASONS = {"nobody": "assigned to nobody", "without": "assigned to somebody without capacity", "size": "no remaining time, estimate or points", "pace": "points, but nothing tells how long its assignee takes for one"}


def compare_utilisation(world, metric, people):
    told = utilisation(world, people)
    yield "utilisation: computed", told is not None and told[0] is not None, metric["status"] == "ok"
    if told is None:
        return
    rows, counted, left = told
    yield "utilisation: items", 0 if rows is None else counted, metric["considered"]
    yield "utilisation: left out", {REASONS[reason]: sorted(keys) for reason, keys in left.items() if keys}, {one["reason"]: sorted(one["items"]) for one in metric["excluded"]}
    if rows is None:
        return
    names = names_of(world, people)
    yield "utilisation", {names[part]: share(load, hours) for part, (load, hours) in rows.items()}, series(metric, "utilisation")
    load, hours = tidy(sum(load for load, _ in rows.values())), tidy(sum(hours or 0.0 for _, hours in rows.values()))
    yield "utilisation: load", load, figure(metric, "load")
    yield "utilisation: total", share(load, hours), figure(metric, "utilisation")


def compare_logged(world, metric, people):
    lines = chosen(world)
    told = logged(world, people) if lines else None
    known = told is not None and any(total(world, lines, *span) is not None for span in told[0])
    yield "logged time: computed", known, metric["status"] == "ok"
    if not known:
        return
    spans, sums, counted = told
    found = {first.isoformat(): tidy(sum(hours for (_, begin), hours in sums.items() if begin == first)) for first, _ in spans}
    there = {first.isoformat(): total(world, lines, first, last) for first, last in spans}
    there = {day: hours if hours is None else tidy(hours) for day, hours in there.items()}
    yield "logged time", found, series(metric, "logged")
    yield "logged time: capacity", there, series(metric, "capacity")
    yield "logged time: logs", counted, metric["considered"]
    both = [(found[day], there[day]) for day in found if there[day] is not None]
    yield "logged time: share", share(tidy(sum(one for one, _ in both)), tidy(sum(two for _, two in both))), figure(metric, "logged-share")


def compare_balance(world, metric):
    told = utilisation(world, "names")
    shares = [] if told is None or told[0] is None else [share(load, hours) for load, hours in told[0].values() if hours]
    expected = len(shares) >= 2 and sum(shares) > 0
    yield "balance: computed", expected, metric["status"] == "ok"
    if not expected:
        return
    rising = sorted(shares)
    number = len(rising)
    gini = sum((2 * rank - number - 1) * value for rank, value in enumerate(rising, 1)) / (number * sum(rising))
    yield "balance: gini", tidy(gini), figure(metric, "gini")
    yield "balance: over-allocated", float(sum(value > 100 for value in shares)), figure(metric, "over-allocated")
    yield "balance: sustained", overloaded(world), figure(metric, "sustained")


def compare_plan(world, metric):
    if completed(world) is None:
        return
    expected = plan(world) if chosen(world) else None
    yield "plan: computed", expected is not None, metric["status"] == "ok"
    if expected:
        for name, value in expected.items():
            yield f"plan: {name}", value, figure(metric, name)
