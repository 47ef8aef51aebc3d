"""Deployments, incidents and changes of made-up services, and the DORA metrics from their definitions.

A world is three plain tables: deployments, mostly incidents, mostly changes. Moments often coincide to the minute, because what
happens at the same instant is where readings differ.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from flow import day_of, end_of, milliseconds, next_period, percentile, period_start, tidy
from histories import BEGINNINGS, ZONES

# Whether the name of an environment says production.
ENVIRONMENTS = {"production": True, "prod-eu": True, "Live": True, "pre-prod": False, "staging": False, "qa": False, "": False}
FINISHED = {"success", "failure", "rollback"}
PARTS = {"coding": "Coding", "review": "Review", "merge-wait": "Merge wait", "deploy": "Deploy"}
NEGATIVE = ["opened before its first commit", "reviewed before an earlier step", "merged before an earlier step", "deployed before an earlier step"]


@dataclass(eq=False)
class Deployment:
    id: str
    at: datetime
    status: str
    service: str
    environment: str
    commit: str = ""
    url: str = ""
    caused: str = ""
    unplanned: str = ""


@dataclass(eq=False)
class Incident:
    id: str
    started: datetime
    resolved: datetime | None
    services: list
    deployment: str = ""


@dataclass(eq=False)
class Change:
    id: str
    steps: list  # first commit, opened, first review, merged
    service: str
    deployment: str = ""


@dataclass
class World:
    zone: ZoneInfo
    deployments: list
    incidents: list | None
    changes: list | None
    as_of: object = None
    question: list = field(default_factory=list)
    files: dict = field(default_factory=dict)


def made_up(seed):
    """The world of a number."""
    chance = random.Random(seed * 31 + 5)
    zone = ZoneInfo(chance.choice(ZONES))
    first = chance.choice(BEGINNINGS).replace(tzinfo=zone).astimezone(timezone.utc) - timedelta(days=chance.randrange(0, 5))
    minutes = chance.choice([20, 40, 90]) * 24 * 60
    # A grid of a few moments makes many of them equal.
    grid = [first + timedelta(minutes=chance.randrange(0, minutes)) for _ in range(chance.choice([12, 40, 400]))]
    services = chance.choice([[""], ["shop"], ["shop", "cart"], ["shop", "cart", "search", "pay"], ["shop", ""]])
    world = World(zone, made_up_deployments(chance, grid, services), None, None)
    if chance.random() < 0.85:
        world.incidents = made_up_incidents(chance, world, grid, services, first)
    if chance.random() < 0.85:
        world.changes = made_up_changes(chance, world, grid, services)
    link(chance, world)
    ask(chance, world, services, first)
    write(world)
    return world


def made_up_deployments(chance, grid, services):
    environments = chance.choice([[""], ["production"], ["production", "staging"], ["prod-eu", "Live", "pre-prod", ""], ["staging", "qa"]])
    told = {"caused": chance.random() < 0.4, "unplanned": chance.random() < 0.6, "commit": chance.random() < 0.6}
    deployments = []
    for number in range(chance.randrange(1, 60)):
        status = chance.choices(["success", "failure", "rollback", "in-progress", "cancelled", ""], [70, 10, 7, 5, 4, 4])[0]
        one = Deployment(f"d{number}", chance.choice(grid), status, chance.choice(services), chance.choice(environments))
        if told["commit"]:
            one.commit, one.url = f"c{chance.randrange(0, 30)}", chance.choice(["", f"https://ci.example/{chance.randrange(0, 20)}"])
        if told["unplanned"]:
            one.unplanned = chance.choices(["no", "yes", ""], [70, 20, 10])[0]
        if told["caused"]:
            one.caused = chance.choices(["no", "", "yes", "unknown-1"], [50, 30, 15, 5])[0]
        deployments.append(one)
        if told["commit"] and chance.random() < 0.15:
            # The same run deploys twice, a few minutes apart or at once.
            twin = Deployment(f"d{number}b", one.at + timedelta(minutes=chance.choice([0, 3])), chance.choice(["success", status]), one.service, one.environment, one.commit, one.url)
            deployments.append(twin)
    return deployments


def made_up_incidents(chance, world, grid, services, first):
    incidents = []
    for number in range(chance.randrange(1, 25)):
        started = chance.choice(grid)
        if chance.random() < 0.1:
            started = first - timedelta(days=1)
        if chance.random() < 0.3:
            # At the very instant a deployment finished.
            started = chance.choice(world.deployments).at
        resolved = started + timedelta(minutes=chance.choice([0, 30, 90, 1500, 9000])) if chance.random() < 0.85 else None
        names = chance.sample([*services, "unheard-of"], k=chance.choice([0, 1, 1, 1, min(2, len(services))]))
        incidents.append(Incident(f"i{number}", started, resolved, [name for name in names if name]))
    return incidents


def made_up_changes(chance, world, grid, services):
    changes = []
    for number in range(chance.randrange(1, 40)):
        begin = chance.choice(grid)
        steps = [begin]
        for _ in range(3):
            steps.append(steps[-1] + timedelta(minutes=chance.choice([0, 7, 200, 3000])))
        if chance.random() < 0.3:
            steps[3] = chance.choice(world.deployments).at
        if chance.random() < 0.1:
            chance.shuffle(steps)
        kept = [step if chance.random() < likely else None for step, likely in zip(steps, [0.85, 0.85, 0.7, 0.85])]
        changes.append(Change(f"k{number}", kept, chance.choice([*services, *services, "", "unheard-of"])))
    return changes


def link(chance, world):
    """Some records name each other, some name what is in no file."""
    ids = [one.id for one in world.deployments]
    for incident in world.incidents or []:
        if chance.random() < 0.15:
            incident.deployment = chance.choice([*ids, "nowhere"])
    for change in world.changes or []:
        if chance.random() < 0.15:
            change.deployment = chance.choice([*ids, "nowhere"])
    if any(one.caused for one in world.deployments):
        for incident in world.incidents or []:
            for _ in range(chance.choice([0, 0, 0, 1, 2])):
                chance.choice(world.deployments).caused = incident.id


def ask(chance, world, services, first):
    zone = world.zone
    last = max(one.at for one in world.deployments).astimezone(zone).date()
    world.as_of = chance.choice([None, last + timedelta(days=1), last + timedelta(days=12), first.astimezone(zone).date() + (last - first.astimezone(zone).date()) / 2])
    world.question = [("g", chance.choice(["day", "week", "month"])), ("percentile", chance.choice(["nearest", "linear"]))]
    if chance.random() < 0.3:
        world.question.append(("f.service", chance.choice(services)))
    for key, away in [("from", 6), ("to", 14)]:
        if chance.random() < 0.15:
            world.question.append((key, (first.astimezone(zone).date() + timedelta(days=away)).isoformat()))


def stamp(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write(world):
    deployments = [[stamp(one.at), one.status, one.id, one.service, one.environment, one.commit, one.caused, one.unplanned, one.url] for one in world.deployments]
    world.files["deployments.csv"] = table("deployed_at status id service environment commit caused_incident unplanned url".split(), deployments)
    if world.incidents is not None:
        incidents = [[stamp(one.started), stamp(one.resolved), one.id, ";".join(one.services), one.deployment] for one in world.incidents]
        world.files["incidents.csv"] = table("started_at resolved_at id service deployment_id".split(), incidents)
    if world.changes is not None:
        changes = [[one.id, *map(stamp, [one.steps[0], one.steps[3], one.steps[1], one.steps[2]]), one.deployment, one.service] for one in world.changes]
        world.files["changes.csv"] = table("id first_commit_at merged_at opened_at first_review_at deployment_id service".split(), changes)


class Delivery:
    """What is worked out of a world before any number."""

    def __init__(self, world):
        self.world, self.zone = world, world.zone
        question = dict(world.question)
        self.step, self.rule = question["g"], question["percentile"]
        self.service = question.get("f.service")
        self.since, self.until = (datetime.fromisoformat(question[key]).date() if key in question else None for key in ["from", "to"])
        deployments = world.deployments
        self.by_id = {one.id: one for one in deployments}
        named = [one for one in deployments if one.environment]
        self.is_decided = not named or any(ENVIRONMENTS[one.environment] for one in named)
        self.is_production = {one: ENVIRONMENTS[one.environment] if named else True for one in deployments}
        self.stands_for = self.pipeline_runs()
        over = [one for one in deployments if self.is_production[one] and one.status in FINISHED and self.stands_for[one] is one]
        self.over = sorted(over, key=lambda one: (one.at, one.id))
        self.services = {one.service for one in self.over}
        self.causes = {incident: self.cause(incident) for incident in world.incidents or []}

    def pipeline_runs(self):
        """Deployments of one commit in one run count once: the last of them."""
        stands_for = {one: one for one in self.world.deployments}
        runs = {}
        for one in self.world.deployments:
            if one.commit and one.url and one.status in FINISHED:
                runs.setdefault((one.service, one.environment, one.commit, one.url), []).append(one)
        for run in runs.values():
            last = max(run, key=lambda one: (one.at, one.id))
            stands_for.update({one: last for one in run})
        return stands_for

    def of_services(self, names, deployments):
        """Those of the services; of all where none is named and there is one. None where that cannot be told."""
        if self.services <= {""}:
            return deployments
        if not names:
            return deployments if len(self.services) == 1 else None
        return [one for one in deployments if one.service in names and one.service]

    def cause(self, incident):
        if incident.deployment:
            named = self.by_id.get(incident.deployment)
            return named and self.stands_for[named]
        naming = [one for one in self.world.deployments if one.caused == incident.id]
        if naming:
            return self.stands_for[max(naming, key=lambda one: (one.at < incident.started, one.at, one.id))]
        before = [one for one in self.of_services(incident.services, self.over) or [] if one.at < incident.started]
        return before[-1] if before else None

    def before(self, deployment):
        earlier = [one for one in self.over if one.service == deployment.service and one.at < deployment.at]
        return earlier[-1] if earlier else None

    def now(self, *tables):
        """The end of the day asked for, else the last thing that happened in these tables."""
        if self.world.as_of is not None:
            return end_of(self.world.as_of, self.zone) - timedelta(milliseconds=1)
        moments = [one.at for one in self.world.deployments]
        if "incidents" in tables:
            moments += [moment for one in self.world.incidents or [] for moment in [one.started, one.resolved] if moment]
        if "changes" in tables:
            moments += [moment for one in self.world.changes or [] for moment in [one.steps[1], one.steps[3]] if moment]
        return max(moments)

    def passes(self, deployment):
        return self.service is None or deployment.service == self.service

    def day(self, moment):
        return day_of(moment, self.zone)

    def is_asked(self, day):
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def asked(self, now):
        """Production deployments that are over, of the question whatever its days."""
        return [one for one in self.over if self.passes(one) and one.at <= now]

    def left_out(self, now):
        reasons = {}
        for one in self.world.deployments:
            if not self.passes(one) or one.at > now:
                continue
            if not self.is_production[one]:
                reason = "not a production environment"
            elif one.status == "in-progress":
                reason = "in progress: not over yet"
            elif one.status == "cancelled":
                reason = "cancelled before it was over"
            elif one.status not in FINISHED:
                reason = "no result told"
            elif self.stands_for[one] is not one:
                reason = "part of a pipeline run that is counted once"
            else:
                continue
            reasons.setdefault(reason, set()).add(one.id)
        return reasons

    def percentile(self, values, p):
        return tidy(percentile(values, p, self.rule)) if values else None


def share(part, whole):
    return tidy(part / whole * 100) if whole else None


def add(reasons, reason, ids):
    if ids:
        reasons.setdefault(reason, set()).update(ids)


def told_reasons(metric):
    return {exclusion["reason"]: set(exclusion["items"]) for exclusion in metric["excluded"]}


def points(metric, name):
    """x -> (y, ids) of a series."""
    for series in metric["series"]:
        if series["id"] == name:
            return {point["x"]: (point["y"], set(point["items"])) for point in series["points"]}
    return None


def band(metric):
    texts = [note["text"] for note in metric["notes"] if note["id"] == "band"]
    return texts[0].split()[1] if texts else None


def band_of(value, limits, holds):
    return next((name for name, limit in zip(["elite", "high", "medium"], limits) if holds(value, limit)), "low")


def names_of(service):
    return service or "(no service)"


def by_service(deployments):
    groups = {}
    for one in deployments:
        groups.setdefault(names_of(one.service), []).append(one)
    return groups


def periods(delivery, now, step):
    """First day of each whole period; where the data begins, and where the present period begins."""
    first = delivery.day(delivery.over[0].at)
    seen = min(delivery.day(one.at) for one in delivery.world.deployments)
    start = period_start(first, step)
    if min(first, seen) > start:
        start = next_period(start, step)
    data_start = start
    present = period_start(delivery.day(now), step)
    if end_of(next_period(present, step) - timedelta(days=1), delivery.zone) <= now + timedelta(milliseconds=1):
        present = next_period(present, step)
    end = present
    if delivery.since:
        asked = period_start(delivery.since, step)
        start = max(start, asked if asked == delivery.since else next_period(asked, step))
    if delivery.until:
        end = min(end, period_start(delivery.until + timedelta(days=1), step))
    starts = []
    while start < end:
        starts.append(start)
        start = next_period(start, step)
    return starts, data_start, present


def frequency(delivery, metric):
    now = delivery.now()
    asked = delivery.asked(now)
    successful = [one for one in asked if one.status == "success"]
    starts, data_start, present = periods(delivery, now, delivery.step)
    reasons = delivery.left_out(now)
    add(reasons, "failed", {one.id for one in asked if one.status == "failure"})
    add(reasons, "rolled back", {one.id for one in asked if one.status == "rollback"})
    members = {start: set() for start in starts}
    for one in successful:
        day = delivery.day(one.at)
        if period_start(day, delivery.step) in members:
            members[period_start(day, delivery.step)].add(one.id)
        elif day < data_start:
            add(reasons, f"finished in the first {delivery.step}, which the data covers only in part", {one.id})
        elif day >= present:
            add(reasons, f"finished in the present {delivery.step}, which is not over", {one.id})
        else:
            add(reasons, "finished outside the chosen period", {one.id})
    yield "frequency: left out", reasons, told_reasons(metric)
    yield "frequency: computed", bool(starts), metric["status"] == "ok"
    if not starts or metric["status"] != "ok":
        return
    expected = {start.isoformat(): (float(len(ids)), ids) for start, ids in members.items()}
    yield "frequency: by period", expected, points(metric, "deployments")
    inside = [one for one in successful if period_start(delivery.day(one.at), delivery.step) in members]
    expected = {name: (float(len(group)), {one.id for one in group}) for name, group in by_service(inside).items()}
    yield "frequency: by service", expected, points(metric, "by-service")
    weeks = periods(delivery, now, "week")[0]
    of_week = {week: [one for one in successful if period_start(delivery.day(one.at), "week") == week] for week in weeks}
    counts = [float(len(group)) for group in of_week.values()]
    days = [float(len({delivery.day(one.at) for one in group})) for group in of_week.values()]
    mean = lambda values: tidy(sum(values) / len(values)) if values else None
    found = {figure["id"]: figure["value"] for figure in metric["figures"]}
    expected = {"per-week": delivery.percentile(counts, 50), "days-per-week": delivery.percentile(days, 50), "mean-per-week": mean(counts), "mean-days-per-week": mean(days), "total": float(len(inside))}
    yield "frequency: figures", expected, found
    if days:
        median, a_month = expected["days-per-week"], expected["mean-days-per-week"] * 365.25 / 12 / 7
        name = "elite" if median >= 5 else "high" if median >= 1 else "medium" if a_month >= 1 else "low"
        yield "frequency: band", name, band(metric)


def rate(delivery, metric, name, now, counts):
    """A share of the deployments of the days asked for, by period and by service."""
    asked = delivery.asked(now)
    rows = [one for one in asked if delivery.is_asked(delivery.day(one.at))]
    reasons = delivery.left_out(now)
    add(reasons, "finished outside the chosen period", {one.id for one in asked if one not in rows})
    yield f"{name}: left out", reasons, told_reasons(metric)
    if metric["status"] != "ok":
        return
    of = lambda group: (share(sum(map(counts, group)), len(group)), {one.id for one in group})
    found = {figure["id"]: figure["value"] for figure in metric["figures"]}
    yield f"{name}: rate", of(rows)[0], found["rate"]
    expected, period = {}, period_start(delivery.day(rows[0].at), delivery.step)
    while period <= delivery.day(rows[-1].at):
        expected[period.isoformat()] = of([one for one in rows if period_start(delivery.day(one.at), delivery.step) == period])
        period = next_period(period, delivery.step)
    yield f"{name}: by period", expected, points(metric, "rate")
    yield f"{name}: by service", {service: of(group) for service, group in by_service(rows).items()}, points(metric, "by-service")


def has_rows(delivery, now):
    return any(delivery.is_asked(delivery.day(one.at)) for one in delivery.asked(now))


def success(delivery, metric):
    now = delivery.now()
    yield "success: computed", has_rows(delivery, now), metric["status"] == "ok"
    yield from rate(delivery, metric, "success", now, lambda one: one.status == "success")


def failure_rate(delivery, metric):
    world, now = delivery.world, delivery.now("incidents")
    tells = world.incidents is not None or any(one.caused or one.unplanned or one.status == "rollback" for one in world.deployments)
    yield "failure rate: computed", tells and has_rows(delivery, now), metric["status"] == "ok"
    failed = {delivery.causes[incident] for incident in world.incidents or [] if incident.started <= now}
    failed |= {delivery.stands_for[one] for one in world.deployments if one.caused not in ["", "no"]}
    failed |= {delivery.before(one) for one in delivery.over if one.unplanned == "yes" and one.at <= now}
    is_failed = lambda one: one in failed or one.status == "rollback"
    yield from rate(delivery, metric, "failure rate", now, is_failed)
    if metric["status"] == "ok":
        rows = [one for one in delivery.asked(now) if delivery.is_asked(delivery.day(one.at))]
        value = share(sum(map(is_failed, rows)), len(rows))
        yield "failure rate: band", band_of(value, [5, 10, 15], lambda value, limit: value <= limit), band(metric)


def rework_rate(delivery, metric):
    world, now = delivery.world, delivery.now("incidents")
    tells = any(one.unplanned for one in world.deployments)
    yield "rework rate: computed", tells and has_rows(delivery, now), metric["status"] == "ok"

    def is_rework(one):
        if one.unplanned != "yes" or world.incidents is None:
            return one.unplanned == "yes"
        before = delivery.before(one)
        for incident in world.incidents:
            meant = delivery.of_services(incident.services, [one])
            is_over = incident.resolved is not None and before is not None and incident.resolved <= before.at
            # One that began at the same moment as it was resolved is over then.
            if meant and incident.started <= one.at and not is_over:
                return True
        return False

    yield from rate(delivery, metric, "rework rate", now, is_rework)


def lead_time(delivery, metric):
    world, now = delivery.world, delivery.now("changes")
    found, reasons = {}, {}
    for change in world.changes or []:
        merged = change.steps[3]
        if merged is None or merged > now:
            continue
        deployment, reason = reached(delivery, change, now)
        if deployment is not None and not delivery.passes(deployment):
            continue
        if deployment is None:
            if delivery.service is None or change.service == delivery.service:
                add(reasons, reason, {change.id})
            continue
        if not delivery.is_asked(delivery.day(deployment.at)):
            add(reasons, "deployed outside the chosen period", {change.id})
            continue
        steps = [*change.steps, deployment.at]
        known = [(number, step) for number, step in enumerate(steps) if step]
        wrong = next((number for (_, earlier), (number, step) in zip(known, known[1:]) if step < earlier), None)
        if steps[0] is None and steps[1] is None:
            add(reasons, "neither a first commit nor an opening is dated", {change.id})
        elif wrong is not None:
            add(reasons, f"negative time: {NEGATIVE[wrong - 1]}", {change.id})
        else:
            found[change] = (deployment, steps)
    computed = bool(found) and bool(delivery.asked(now))
    yield "lead time: computed", computed, metric["status"] == "ok"
    if world.changes is not None and delivery.asked(now):
        yield "lead time: left out", reasons, told_reasons(metric)
    if not computed or metric["status"] != "ok":
        return
    in_days = lambda span: tidy(milliseconds(span) / 86_400_000)
    days = {change: in_days(deployment.at - (steps[0] or steps[1])) for change, (deployment, steps) in found.items()}
    dots = {key: point["y"] for series in metric["series"] if series["id"] == "changes" for point in series["points"] for key in point["items"]}
    yield "lead time: by change", {change.id: value for change, value in days.items()}, dots
    figures = {figure["id"]: figure["value"] for figure in metric["figures"]}
    yield "lead time: median", delivery.percentile(days.values(), 50), figures["median"]
    yield "lead time: p85", delivery.percentile(days.values(), 85) if len(days) >= 10 else None, figures["p85"]
    bars = points(metric, "parts")
    for number, (part, title) in enumerate(PARTS.items()):
        known = {change.id: in_days(steps[number + 1] - steps[number]) for change, (_, steps) in found.items() if steps[number] and steps[number + 1]}
        median = delivery.percentile(known.values(), 50)
        yield f"lead time: {part}", (median, set(known)), bars[title]
        yield f"lead time: {part} as a figure", median, figures[part]
    services = {}
    for change, (deployment, _) in found.items():
        services.setdefault(names_of(deployment.service), {})[change.id] = days[change]
    yield "lead time: by service", {name: (delivery.percentile(own.values(), 50), set(own)) for name, own in services.items()}, points(metric, "by-service")
    yield "lead time: band", band_of(figures["median"], [1, 7, 30], lambda value, limit: value < limit), band(metric)


def reached(delivery, change, now):
    """The production deployment that brought a merged change to users, or why none is known."""
    not_yet = (None, "no successful production deployment since its merge")
    if change.deployment:
        named = delivery.by_id.get(change.deployment)
        if named is None:
            return None, "it names a deployment that is in no file"
        named = delivery.stands_for[named]
        if delivery.is_production[named] and named.status == "success":
            return (named, "") if named.at <= now else not_yet
    own = delivery.of_services([change.service] if change.service else [], delivery.over)
    if own is None:
        return None, "it names no service, and several are deployed"
    if not own:
        return None, "no production deployment is of its service"
    since = [one for one in own if one.status == "success" and one.at >= change.steps[3]]
    return (since[0], "") if since and since[0].at <= now else not_yet


def recovery(delivery, metric):
    world, now = delivery.world, delivery.now("incidents")
    found, reasons = {}, {}
    for incident in world.incidents or []:
        if incident.started > now:
            continue
        cause = delivery.causes[incident]
        if cause is None:
            add(reasons, no_cause(delivery, incident), {incident.id})
        elif not delivery.passes(cause):
            continue
        elif not delivery.is_production[cause]:
            add(reasons, "its deployment did not go to production", {incident.id})
        elif cause.status not in FINISHED:
            add(reasons, "its deployment tells no result or no date", {incident.id})
        elif incident.resolved is None or incident.resolved > now:
            add(reasons, "not resolved yet", {incident.id})
        elif incident.resolved < cause.at:
            add(reasons, "resolved before its deployment finished", {incident.id})
        elif not delivery.is_asked(delivery.day(incident.resolved)):
            add(reasons, "resolved outside the chosen period", {incident.id})
        else:
            found[incident] = tidy(milliseconds(incident.resolved - cause.at) / 3_600_000)
    computed = bool(found) and bool(delivery.asked(now))
    yield "recovery: computed", computed, metric["status"] == "ok"
    if world.incidents is not None and delivery.asked(now):
        yield "recovery: left out", reasons, told_reasons(metric)
    if not computed or metric["status"] != "ok":
        return
    dots = {key: point["y"] for series in metric["series"] if series["id"] == "incidents" for point in series["points"] for key in point["items"]}
    yield "recovery: by incident", {incident.id: hours for incident, hours in found.items()}, dots
    figures = {figure["id"]: figure["value"] for figure in metric["figures"]}
    yield "recovery: median", delivery.percentile(found.values(), 50), figures["median"]
    yield "recovery: p85", delivery.percentile(found.values(), 85) if len(found) >= 10 else None, figures["p85"]
    services = {}
    for incident, hours in found.items():
        services.setdefault(names_of(delivery.causes[incident].service), {})[incident.id] = hours
    yield "recovery: by service", {name: (delivery.percentile(own.values(), 50), set(own)) for name, own in services.items()}, points(metric, "by-service")
    yield "recovery: band", band_of(figures["median"], [1, 24, 168], lambda value, limit: value < limit), band(metric)


def no_cause(delivery, incident):
    if incident.deployment:
        return "the incident names a deployment that is in no file"
    own = delivery.of_services(incident.services, delivery.over)
    if own is None:
        return "it names no service, and several are deployed"
    if own or not delivery.over:
        return "no production deployment of its service finished before it began"
    return "no production deployment is of its service"


def calendar(delivery, metric):
    now = delivery.now()
    asked = delivery.asked(now)
    days = {}
    for one in asked:
        if one.status == "success" and delivery.is_asked(delivery.day(one.at)):
            days.setdefault(delivery.day(one.at), set()).add(one.id)
    yield "calendar: computed", bool(days), metric["status"] == "ok"
    if not days or metric["status"] != "ok":
        return
    begin, seen = min(days), min(delivery.day(one.at) for one in delivery.world.deployments)
    if delivery.since:
        begin = max(min(begin, delivery.since), seen)
    last = min(delivery.day(now), delivery.until or delivery.day(now))
    expected = {}
    while begin <= last:
        ids = days.get(begin, set())
        expected[begin.isoformat()] = (float(len(ids)), ids)
        begin += timedelta(days=1)
    yield "calendar: by day", expected, points(metric, "deployments")


METRICS = {
    "deployment-frequency": frequency,
    "deployment-success": success,
    "change-lead-time": lead_time,
    "change-failure-rate": failure_rate,
    "failed-deployment-recovery-time": recovery,
    "deployment-rework-rate": rework_rate,
    "deployment-calendar": calendar,
}


def compare(world, report):
    """Yields what was expected and found, metric by metric."""
    delivery = Delivery(world)
    for name, check in METRICS.items():
        metric = report.one(name)
        if not delivery.is_decided or not delivery.asked(delivery.now("incidents", "changes")):
            yield f"{name}: nothing to tell", "not-computable", metric["status"]
        else:
            yield from check(delivery, metric)
