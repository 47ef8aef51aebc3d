"""Compares `throughline report --json` with an independent reading of the definitions, over made-up teams.

    python3 tests/oracle/agree.py PATH/TO/throughline [--teams 500] [--first 0] [--only delivery]

Every number must be the same to the last digit. Prints the first disagreements and ends with 1 when there is any.

Teams are compared by the functions below. What rests on other records is a family: a module with `made_up(seed)`, which answers a
world (its `files` by name, its `zone`, its `as_of` day or None, its `question` as --set pairs, and its `decisions` as the workspace
stores them, if any), and `compare(world, report)`, which yields (what, expected, found).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import capacity
import debt_share
import delivery
import flow
import histories
import quality
import sprints
import uptime

# To add one: write the module, add its line.
FAMILIES = {
    "uptime": uptime,
    "capacity": capacity,
    "quality": quality,
    "debt-share": debt_share,
    "delivery": delivery,
}

CHECKS = []


def check(function):
    """Adds a comparison: it yields (what, expected, found) for one team."""
    CHECKS.append(function)
    return function


class Report:
    """The answers of the program for one team and one question."""

    def __init__(self, text):
        self.metrics = {}
        for metric in json.loads(text)["metrics"]:
            self.metrics.setdefault(metric["id"], []).append(metric)

    def one(self, name):
        (metric,) = self.metrics[name]
        return metric

    @staticmethod
    def series(metric, name):
        """The points of a series by x; None where the metric has no such series."""
        for series in metric["series"]:
            if series["id"] == name:
                return {point["x"]: point["y"] for point in series["points"]}
        return None

    @staticmethod
    def figure(metric, name):
        return next((figure["value"] for figure in metric["figures"] if figure["id"] == name), None)


@check
def throughput(team, question, report):
    metric = report.one("throughput")
    expected = flow.throughput(team, question["unit"], question["g"])
    found = report.series(metric, "finished")
    yield "throughput", expected and {day.isoformat(): value for day, value in expected.items()}, found


@check
def cycle_time(team, question, report):
    metric = report.one("cycle-time")
    times = flow.cycle_times(team, question["days"])
    yield "cycle time: items", len(times) or None, metric["considered"] or None
    asked = flow.asked_percentiles(question.get("p"), [50, 85, 95])
    yield "cycle time: percentiles", [f"p{p}" for p in asked] if times else [], [figure["id"] for figure in metric["figures"] if figure["id"][1:].isdigit()]
    for p in asked:
        enough = len(times) >= flow.least_values(p)
        expected = flow.tidy(flow.percentile(list(times.values()), p, question["percentile"])) if enough else None
        found = report.figure(metric, f"p{p}")
        yield f"cycle time: p{p}", expected, found
    found = {}
    for series in metric["series"]:
        if series["id"] == "cycle-time":
            found = {key: point["y"] for point in series["points"] for key in point["items"]}
    yield "cycle time: by item", {key: float(days) for key, days in times.items()}, found


@check
def cumulative_flow(team, question, report):
    metric = report.one("cumulative-flow")
    bands = [series for series in metric["series"] if series["id"] != "arrivals"]
    # The order of the states is part of the data; the program lists them from the far end.
    states = [None if series["id"] == "dropped" else series["name"] for series in reversed(bands)]
    met = {histories.TO_DO, *(flow.state_after(item, number) for item in team.items for number in range(len(item.statuses)))}
    yield "cumulative flow: states", met, set(states)
    if met <= set(states):
        expected = flow.cumulative_flow(team, states)
        found = {state: {point["x"]: point["y"] for point in series["points"]} for state, series in zip(reversed(states), bands)}
        yield "cumulative flow", expected, found
        arrived = {day: sum(band[day] for band in expected.values()) for day in expected[histories.TO_DO]}
        yield "cumulative flow: arrivals", arrived, report.series(metric, "arrivals")


@check
def burnup(team, question, report):
    scope, done = flow.burnup(team, question["unit"], question["g"])
    metric = report.one("burnup")
    yield "burnup: scope", scope, report.series(metric, "scope")
    yield "burnup: done", done, report.series(metric, "done")


@check
def burndown(team, question, report):
    if not any(item.sprint_changes for item in team.items):
        # Nothing was ever planned anew: the file cannot tell a history of sprints from none, and the answer must say so.
        notes = {note["id"] for metric in report.metrics["burndown"] for note in metric["notes"] if metric["status"] == "ok"}
        yield "burndown: labelled as from final content", "history" in notes, False
        return
    told = {metric["iteration"]: metric for metric in report.metrics["burndown"] if metric.get("iteration")}
    for sprint in team.sprints:
        metric = told.get(sprint.name)
        if metric is None or metric["status"] != "ok":
            continue
        sums, remaining = sprints.burndown(team, sprint, question["unit"])
        yield f"burndown of {sprint.name}: remaining", remaining, report.series(metric, "remaining")
        for name in ["committed", "added", "removed", "re-estimated"]:
            yield f"burndown of {sprint.name}: {name}", sums[name], report.figure(metric, name)
        yield f"burndown of {sprint.name}: completed", sums["completed"] - sums["reopened"], report.figure(metric, "completed")


def told_sprints(team, report, name):
    """Each sprint with the answer about it, where the file tells a history of sprints."""
    if any(item.sprint_changes for item in team.items):
        told = {metric["iteration"]: metric for metric in report.metrics[name] if metric.get("iteration")}
        for sprint in team.sprints:
            metric = told.get(sprint.name)
            if metric is not None and metric["status"] == "ok":
                yield sprint, metric


def bars(metric, name):
    """The bars of a series: name, and size with the items behind it."""
    for series in metric["series"]:
        if series["id"] == name:
            return {point["x"]: (point["y"], set(point["items"])) for point in series["points"]}
    return {}


SCOPE = {"Committed": ("committed", 1), "Added": ("added", 1), "Removed": ("removed", -1), "Estimates raised": ("estimate-raised", 1), "Estimates lowered": ("estimate-lowered", -1), "Final scope": ("final", 1)}
GROUPS = {"Completed": "completed", "Not completed": "not-completed", "Removed": "removed", "Added after the start": "added"}


@check
def scope_change(team, question, report):
    for sprint, metric in told_sprints(team, report, "scope-change"):
        steps = sprints.scope_change(team, sprint, question["unit"])
        found = bars(metric, "scope")
        for name, (step, sign) in SCOPE.items():
            size, items = steps[step]
            yield f"scope change of {sprint.name}: {name}", (sign * size + 0.0, items), found.get(name)
        signed = sum(sign * steps[step][0] for name, (step, sign) in SCOPE.items() if step != "final")
        yield f"scope change of {sprint.name}: the steps add up", signed, steps["final"][0]
        creep = steps["added"][0] + steps["estimate-raised"][0] - steps["removed"][0]
        yield f"scope change of {sprint.name}: creep", creep, report.figure(metric, "scope-creep")


@check
def sprint_report(team, question, report):
    for sprint, metric in told_sprints(team, report, "sprint-report"):
        groups = sprints.report(team, sprint, question["unit"])
        found = bars(metric, "groups")
        for name, group in GROUPS.items():
            yield f"sprint report of {sprint.name}: {name}", groups[group], found.get(name)
        # The sprint is over before "now" in nearly every team; while it runs nothing is carried over yet.
        if sprint.end <= flow.end_of(team.as_of(), team.zone):
            expected = {group.removeprefix("carried to "): value for group, value in groups.items() if group.startswith("carried to ") and group != "carried to None"}
            carried = {name.removeprefix("Carried over to "): value for name, value in bars(metric, "carried-over").items() if name.startswith("Carried over to ")}
            yield f"sprint report of {sprint.name}: carried over", expected, carried


@check
def velocity(team, question, report):
    metric = report.one("velocity")
    if metric["status"] != "ok" or not any(item.sprint_changes for item in team.items):
        return
    expected = sprints.velocity(team, question["unit"])
    committed, completed = report.series(metric, "committed"), report.series(metric, "completed")
    yield "velocity: committed", {name: row[0] for name, row in expected.items()}, committed
    yield "velocity: completed", {name: row[1] for name, row in expected.items()}, completed


def question_of(seed):
    chance = random.Random(seed * 7919)
    question = {"unit": chance.choice(["items", "points"]), "g": chance.choice(["day", "week", "month"]), "days": chance.choice(["calendar", "calendar", "working", "elapsed", "in-status"]), "percentile": chance.choice(["nearest", "linear"])}
    p = chance.choice(["", "", "60,90", "1,15,50,84,99", "70"])
    return question | ({"p": p} if p else {})


def ask(program, folder, seed, team, question):
    path = Path(folder, f"team-{seed}.json")
    path.write_text(json.dumps(histories.jira(team)))
    command = [program, "report", str(path), "--json", "--tz", str(team.zone), "--as-of", team.as_of().isoformat(), "--set", "iteration=all"]
    for key, value in question.items():
        command += ["--set", f"{key}={value}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    path.unlink()
    if answer.returncode != 0:
        raise RuntimeError(f"team {seed}: {' '.join(command)} ended with {answer.returncode}: {answer.stderr}")
    return Report(answer.stdout)


def disagreements(program, folder, seed):
    """What is not the same for one team, and how many numbers or lists were compared."""
    team, question = histories.made_up(seed), question_of(seed)
    report = ask(program, folder, seed, team, question)
    compared, wrong = 0, []
    for one in CHECKS:
        for what, expected, found in one(team, question, report):
            compared += 1
            if expected != found:
                wrong.append(f"team {seed} ({question}, {team.zone}), {what}:\n  expected {expected}\n  found    {found}")
    return compared, wrong


def family_disagreements(program, folder, name, seed):
    """The same for one world of a family."""
    family = FAMILIES[name]
    world = family.made_up(seed)
    place = Path(folder, f"{name}-{seed}")
    place.mkdir()
    for file, text in world.files.items():
        (place / file).write_text(text)
    command = [program, "report", *(str(place / file) for file in world.files), "--json", "--tz", str(world.zone)]
    if world.as_of is not None:
        command += ["--as-of", world.as_of.isoformat()]
    for key, value in world.question:
        command += ["--set", f"{key}={value}"]
    if getattr(world, "decisions", None):
        (place / "decisions.json").write_text(json.dumps(world.decisions))
        command += ["--decide", str(place / "decisions.json")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    shutil.rmtree(place)
    if answer.returncode != 0:
        raise RuntimeError(f"{name} {seed}: {' '.join(command)} ended with {answer.returncode}: {answer.stderr}")
    compared, wrong = 0, []
    for what, expected, found in family.compare(world, Report(answer.stdout)):
        compared += 1
        if expected != found:
            wrong.append(f"{name} {seed} ({world.question}, {world.zone}), {what}:\n  expected {expected}\n  found    {found}")
    return compared, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the command line to check")
    parser.add_argument("--teams", type=int, default=500, help="teams, and worlds of each family")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", choices=["teams", *FAMILIES], help="compare these only")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.teams)
    all_wrong = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in [options.only] if options.only else ["teams", *FAMILIES]:
            if name == "teams":
                one = lambda seed: disagreements(options.program, folder, seed)
            else:
                one = lambda seed, name=name: family_disagreements(options.program, folder, name, seed)
            results = list(pool.map(one, seeds))
            compared = sum(count for count, _ in results)
            wrong = [words for _, words in results for words in words]
            for words in wrong[:10]:
                print(words, file=sys.stderr)
            print(f"{name}: {len(seeds)} made up, {compared} comparisons, {len(wrong)} disagreements")
            # A family of which nothing was compared proves nothing.
            all_wrong += len(wrong) + (0 if compared else 1)
    sys.exit(1 if all_wrong else 0)


if __name__ == "__main__":
    main()
