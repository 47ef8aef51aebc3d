"""Uptime of services, written from the definitions and for nobody's speed: minute by minute."""

import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from flow import next_period, percentile, period_start

MINUTE = timedelta(minutes=1)
NAMELESS = "No service named"


def tidy(value):
    """Without the noise of fractions: to the sixth decimal, halves away from zero."""
    if value is None or abs(value) >= 1e9:
        return value
    scaled = abs(value) * 1e6
    whole = int(scaled)
    whole += 1 if scaled - whole >= 0.5 else 0
    return (whole / 1e6 if value >= 0 else -whole / 1e6) + 0.0


class Incident:
    def __init__(self, number, services, start, end, severity):
        self.key, self.services, self.start, self.end, self.severity = f"INC-{number}", services, start, end, severity


class Span:
    def __init__(self, service, start, end, state):
        self.service, self.start, self.end, self.state = service, start, end, state


class World:
    """Incidents and spans or checks of services in one zone, and the question."""


def stamp(moment):
    return "" if moment is None else moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def made_up(seed):
    chance = random.Random(seed * 104729 + 5)
    world = World()
    world.zone = ZoneInfo(chance.choice(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]))
    # Days about a change of the clock, a leap day and the end of a year.
    first = chance.choice([date(2024, 2, 20), date(2024, 3, 4), date(2024, 3, 24), date(2024, 10, 18), date(2023, 12, 20), date(2024, 6, 1)])
    length = chance.choice([3, 12, 40, 75])
    begin = datetime.combine(first, datetime.min.time(), timezone.utc)

    def moment():
        return begin + timedelta(minutes=chance.randrange(length * 24 * 60))

    services = ["shop", "mail", "search", "döner & co"][: chance.randint(1, 4)]
    world.incidents, world.spans = [], []
    kind = chance.choice(["incidents", "incidents", "spans", "checks", "both"])
    if kind in ("incidents", "both"):
        for number in range(chance.randint(1, 14)):
            start = moment()
            if world.incidents and chance.random() < 0.35:
                # Overlaps or touches another.
                other = chance.choice(world.incidents)
                start = chance.choice([other.start, other.end or other.start, other.start + timedelta(minutes=chance.randrange(90))])
            took = chance.choice([0, 1, 7, 30, 60, 95, 600, 3000])
            end = None if chance.random() < 0.15 else start + timedelta(minutes=took)
            named = chance.sample(services, chance.randint(0 if chance.random() < 0.2 else 1, len(services)))
            world.incidents.append(Incident(number, named, start, end, chance.choice(["", "high", "low"])))
    if kind == "spans":
        watched = services
    else:
        watched = services[: max(1, len(services) // 2)]
    if kind in ("spans", "both"):
        for service in watched:
            at = moment()
            for _ in range(chance.randint(1, 12)):
                end = at + timedelta(minutes=chance.choice([1, 10, 55, 720, 2000]))
                state = chance.choice(["up", "up", "up", "down", "degraded", "unknown"])
                holds = chance.random() < 0.06
                world.spans.append(Span(service, at, None if holds else end, state))
                # The next one follows, leaves a gap or overlaps.
                at = end + timedelta(minutes=chance.choice([0, 0, 0, 30, 400, -5]))
    world.checks = []
    if kind == "checks":
        # Every five minutes, so that a state holds until the next check.
        for service in watched:
            at = begin + timedelta(minutes=chance.randrange(1000))
            for _ in range(chance.randint(20, 120)):
                world.checks.append((service, at, chance.random() < 0.85))
                at += timedelta(minutes=5)
    world.kind = kind
    last = max([*(one.start for one in world.incidents), *(one.end for one in world.incidents if one.end), *(one.start for one in world.spans), *(one.end for one in world.spans if one.end), *(at for _, at, _ in world.checks)])
    world.as_of = None if chance.random() < 0.3 else last.astimezone(world.zone).date() + timedelta(days=chance.choice([0, 0, 1, 9, -2]))
    world.step = chance.choice(["day", "week", "month"])
    world.rule = chance.choice(["nearest", "linear"])
    world.from_day = first + timedelta(days=chance.randrange(-3, length)) if chance.random() < 0.5 else None
    world.to_day = (world.from_day or first) + timedelta(days=chance.randrange(0, length + 9)) if chance.random() < 0.5 else None
    world.service = chance.choice(services) if chance.random() < 0.2 else None
    world.question = [("g", world.step), ("percentile", world.rule)]
    for key, value in [("from", world.from_day), ("to", world.to_day)]:
        if value:
            world.question.append((key, value.isoformat()))
    if world.service:
        world.question.append(("f.service", world.service))
    world.files = {}
    if world.incidents:
        lines = ["started_at,resolved_at,id,service,severity"]
        lines += [f'{stamp(one.start)},{stamp(one.end)},{one.key},{";".join(one.services)},{one.severity}' for one in world.incidents]
        world.files["incidents.csv"] = "\n".join(lines) + "\n"
    if world.spans:
        lines = ["service,from,to,state"] + [f"{one.service},{stamp(one.start)},{stamp(one.end)},{one.state}" for one in world.spans]
        world.files["uptime.csv"] = "\n".join(lines) + "\n"
    if world.checks:
        lines = ["service,at,ok"] + [f"{service},{stamp(at)},{'true' if ok else 'false'}" for service, at, ok in world.checks]
        world.files["uptime.csv"] = "\n".join(lines) + "\n"
        joined(world)
    return world


def joined(world):
    """What a check found holds until the next one; the last holds for one step."""
    by_service = {}
    for service, at, ok in world.checks:
        by_service.setdefault(service, []).append((at, ok))
    for service, checks in by_service.items():
        for at, ok in checks:
            end = at + timedelta(minutes=5)
            before = world.spans[-1] if world.spans else None
            if before and before.service == service and before.end == at and (before.state == "up") == ok:
                before.end = end
            else:
                world.spans.append(Span(service, at, end, "up" if ok else "down"))


def midnight(day, zone):
    return datetime.combine(day, datetime.min.time(), zone).astimezone(timezone.utc)


def now_of(world):
    if world.as_of is not None:
        return midnight(world.as_of + timedelta(days=1), world.zone)
    # Records are dated by what happened: starts and ends.
    moments = [one.start for one in world.incidents] + [one.end for one in world.incidents if one.end]
    moments += [one.start for one in world.spans] + [one.end for one in world.spans if one.end]
    return max(moments)


class Service:
    def __init__(self, name, by_spans):
        self.name, self.by_spans = name, by_spans
        self.first = None
        # Intervals that touch the period: start, end, is open, state, record.
        self.raws = []

    def see(self, moment):
        self.first = moment if self.first is None else min(self.first, moment)


def touches(start, end, begin, stop):
    return start < stop and (begin is None or end > begin or (start == end and start >= begin))


def services_of(world, begin, stop, now):
    """The services, and the account: considered, and left out by reason."""
    services, considered, left_out = {}, 0, {}

    def leave_out(reason, record):
        left_out.setdefault(reason, []).append(record)

    def wanted(name):
        return world.service is None or name == world.service

    spans_used, spans_out = 0, {}
    for span in world.spans:
        if not wanted(span.service):
            continue
        is_open = span.end is None or span.end > now
        end = max(now, span.start) if is_open else span.end
        if span.state == "unknown":
            reason = "the state is not known"
        elif span.start >= now:
            reason = "outside the chosen period"
        else:
            service = services.setdefault(span.service, Service(span.service, True))
            service.see(span.start)
            if touches(span.start, end, begin, stop):
                service.raws.append((span.start, end, is_open, span.state, span))
                spans_used += 1
                continue
            reason = "outside the chosen period"
        spans_out.setdefault(reason, []).append(span)
    told = set(services)
    for incident in world.incidents:
        names = [name for name in (incident.services or [""]) if wanted(name)]
        if not names:
            continue
        names = [name for name in names if name not in told]
        is_open = incident.end is None or incident.end > now
        end = max(now, incident.start) if is_open else incident.end
        if not names:
            leave_out("incident of a service whose uptime is told by samples, which are used instead", incident)
        elif incident.start >= now:
            leave_out("outside the chosen period", incident)
        else:
            inside = touches(incident.start, end, begin, stop)
            for name in names:
                service = services.setdefault(name, Service(name, False))
                service.see(incident.start)
                if inside:
                    service.raws.append((incident.start, end, is_open, "down", incident))
            if inside:
                considered += 1
            else:
                leave_out("outside the chosen period", incident)
    ordered = sorted(services.values(), key=lambda service: (service.name == "", service.name.encode()))
    counts_incidents = any(not service.by_spans for service in ordered) or not ordered
    if not counts_incidents:
        considered, left_out = spans_used, spans_out
    return ordered, considered, {reason: len(records) for reason, records in left_out.items()}


def minutes_between(start, end):
    return (end - start) / MINUTE


def union(intervals):
    """Overlapping or touching intervals joined."""
    joined = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def clipped(intervals, start, stop):
    return [(max(a, start), min(b, stop)) for a, b in intervals if max(a, start) < min(b, stop)]


def size(intervals):
    return sum(minutes_between(a, b) for a, b in intervals)


def minus(first, second):
    """The parts of the first that the second does not cover."""
    rest = first
    for a, b in second:
        cut = []
        for c, d in rest:
            cut += [(c, min(d, a))] if c < min(d, a) else []
            cut += [(max(c, b), d)] if max(c, b) < d else []
        rest = cut
    return rest


class Told:
    """A service within the period, in minutes."""

    def __init__(self, service, begin, is_asked, stop):
        start = service.first if begin is None else (begin if is_asked else max(begin, service.first))
        of = lambda *states: union(clipped([(a, b) for a, b, _, state, _ in service.raws if state in states], start, stop))
        self.service, self.start, self.stop = service, start, stop
        self.name = service.name or NAMELESS
        self.down = of("down")
        self.degraded = minus(of("degraded"), self.down)
        self.known = of("up", "down", "degraded") if service.by_spans else ([(start, stop)] if start < stop else [])
        self.outages = []
        for a, b, is_open, state, record in sorted(service.raws, key=lambda raw: raw[:2]):
            if state != "down":
                continue
            if self.outages and a <= self.outages[-1][1]:
                last = self.outages[-1]
                self.outages[-1] = (last[0], max(last[1], b), last[2] or is_open)
            else:
                self.outages.append((a, b, is_open))

    def availability(self, start=None, end=None):
        known = size(clipped(self.known, start, end) if start else self.known)
        down = size(clipped(self.down, start, end) if start else self.down)
        return share(known - down, known)


def share(part, whole):
    """In percent; in milliseconds, as the record keeps them."""
    return None if whole == 0 else tidy((part * 60000.0) / (whole * 60000.0) * 100.0)


def window(world, now):
    begin = midnight(world.from_day, world.zone) if world.from_day else None
    stop = min(midnight(world.to_day + timedelta(days=1), world.zone), now) if world.to_day else now
    return begin, stop


def told_of(world, begin, is_asked, stop, now):
    services, considered, left_out = services_of(world, begin, stop, now)
    return [Told(service, begin, is_asked, stop) for service in services], considered, left_out


def compare(world, report):
    now = now_of(world)
    begin, stop = window(world, now)
    told, considered, left_out = told_of(world, begin, True, stop, now)
    knows = any(one.known for one in told)
    for name in ["uptime", "uptime-trend", "outages"]:
        metric = report.one(name)
        yield f"{name}: computed", knows, metric["status"] == "ok"
        if told:
            yield f"{name}: considered", considered, metric["considered"]
            yield f"{name}: left out", left_out, {one["reason"]: one["count"] for one in metric["excluded"]}
    if knows:
        yield from availability(told, report)
        yield from trend(world, told, report)
        yield from outages(world, told, report)
        yield from recovery(world, told, begin, report)
    yield from error_budget(world, now, report)


def availability(told, report):
    metric = report.one("uptime")
    yield "uptime: by service", {one.name: one.availability() for one in told}, report.series(metric, "availability")
    yield "uptime: lowest", min(one.availability() for one in told if one.known), report.figure(metric, "availability")
    yield "uptime: downtime", tidy(sum(size(one.down) for one in told)), report.figure(metric, "downtime")
    yield "uptime: outages", float(sum(len(one.outages) for one in told)), report.figure(metric, "outages")
    if any(one.service.by_spans for one in told):
        yield "uptime: degraded", tidy(sum(size(one.degraded) for one in told)), report.figure(metric, "degraded")


def trend(world, told, report):
    metric = report.one("uptime-trend")
    order = sorted((one for one in told if one.known), key=lambda one: one.availability())
    first = min(one.known[0][0] for one in told if one.known)
    last = max(one.known[-1][1] for one in told if one.known)
    day = period_start(first.astimezone(world.zone).date(), world.step)
    periods = []
    while midnight(day, world.zone) < last:
        periods.append(day)
        day = next_period(day, world.step)
    for one, series in zip(order, ["lowest", "second-lowest"]):
        expected = {}
        for day in periods:
            expected[day.isoformat()] = one.availability(midnight(day, world.zone), midnight(next_period(day, world.step), world.zone))
        yield f"uptime-trend: {series}", expected, report.series(metric, series)


def outages(world, told, report):
    metric = report.one("outages")
    first = min(one.known[0][0] for one in told if one.known).astimezone(world.zone).date()
    last = max(one.known[-1][1] for one in told if one.known)
    days = []
    while midnight(first, world.zone) < last:
        days.append(first)
        first += timedelta(days=1)
    found = {series["name"]: {point["x"]: point["y"] for point in series["points"]} for series in metric["series"]}
    for one in told:
        expected = {}
        for day in days:
            start, end = midnight(day, world.zone), midnight(day + timedelta(days=1), world.zone)
            known = size(clipped(one.known, start, end))
            expected[day.isoformat()] = tidy(size(clipped(one.down, start, end))) if known else None
        yield f"outages of {one.name} by day", expected, found.get(one.name)
    every = [outage for one in told for outage in one.outages]
    yield "outages: number", float(len(every)), report.figure(metric, "outages")
    yield "outages: open", float(sum(1 for _, _, is_open in every if is_open)), report.figure(metric, "open")
    longest = max((minutes_between(a, b) for a, b, _ in every), default=None)
    yield "outages: longest", longest, report.figure(metric, "longest")


def recovery(world, told, begin, report):
    metric = report.one("service-recovery")
    begun = {one.name: [outage for outage in one.outages if begin is None or outage[0] >= begin] for one in told}
    number = sum(len(own) for own in begun.values())
    yield "service-recovery: computed", number > 0, metric["status"] == "ok"
    if not number:
        return
    lengths = {name: [minutes_between(a, b) for a, b, is_open in own if not is_open] for name, own in begun.items()}
    every = [length for own in lengths.values() for length in own]
    mean = lambda values: tidy(sum(values) / len(values)) if values else None
    middle = lambda values: tidy(percentile(values, 50, world.rule)) if values else None
    yield "service-recovery: mean", mean(every), report.figure(metric, "mttr-mean")
    yield "service-recovery: median", middle(every), report.figure(metric, "mttr-median")
    up = sum(size(one.known) - size(one.down) for one in told)
    yield "service-recovery: mtbf", tidy(up / 60 / number), report.figure(metric, "mtbf")
    yield "service-recovery: means", {name: mean(own) for name, own in lengths.items()}, report.series(metric, "mean")
    yield "service-recovery: medians", {name: middle(own) for name, own in lengths.items()}, report.series(metric, "median")


def error_budget(world, now, report):
    """Nobody has set a target: 99.9 % is assumed."""
    metric = report.one("error-budget")
    begin = midnight(world.from_day, world.zone) if world.from_day else None
    end = midnight(world.to_day + timedelta(days=1), world.zone) if world.to_day else now
    if world.from_day is None and world.to_day is None:
        month = period_start((now - timedelta(milliseconds=1)).astimezone(world.zone).date(), "month")
        begin, end = midnight(month, world.zone), midnight(next_period(month, "month"), world.zone)
    told, _, _ = told_of(world, begin, world.from_day is not None, min(end, now), now)
    rows = []
    for one in told:
        start = one.service.first if begin is None else begin
        length = max(minutes_between(start, end), 0.0)
        budget = (100.0 - 99.9) / 100.0 * (length * 60000.0)
        used = size(one.down) * 60000.0
        if one.known and budget:
            rows.append((tidy((budget - used) / budget * 100.0), one, budget, used, start, length * 60000.0))
    yield "error-budget: computed", bool(rows), metric["status"] == "ok"
    if not rows:
        return
    left, one, budget, used, start, length = min(rows, key=lambda row: row[0])
    yield "error-budget: left", left, report.figure(metric, "left")
    yield "error-budget: budget", tidy(budget / 60000.0), report.figure(metric, "budget")
    yield "error-budget: used", tidy(used / 60000.0), report.figure(metric, "used")
    gone = max(minutes_between(start, min(now, end)), 0.0) * 60000.0 / length
    yield "error-budget: burn rate", tidy(used / budget / gone) if gone else None, report.figure(metric, "burn-rate")
    # At the end of each day up to now.
    day, expected = start.astimezone(world.zone).date(), {}
    while midnight(day, world.zone) < min(now, end):
        so_far = size(clipped(one.down, start, midnight(day + timedelta(days=1), world.zone))) * 60000.0
        expected[day.isoformat()] = tidy((budget - so_far) / budget * 100.0)
        day += timedelta(days=1)
    yield "error-budget: left by day", expected, report.series(metric, "left")
