"""Throughput, cycle time, cumulative flow and burnup, written from their definitions and for nobody's speed."""

from datetime import date, datetime, timedelta
from math import floor

from histories import DONE, IN_PROGRESS, REVIEW, TO_DO

PROGRESS = {IN_PROGRESS, REVIEW}


def end_of(day, zone):
    """The first moment after a day."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)


def day_of(moment, zone):
    return moment.astimezone(zone).date()


def is_dropped(item):
    return item.status == DONE and item.resolution == "Won't Do"


def finished_at(item):
    """The last entry into done, where the item is done and delivered."""
    if item.status != DONE or is_dropped(item):
        return None
    entered = None
    for at, before, after in item.statuses:
        if after == DONE and (before != DONE or entered is None):
            entered = at
    return entered


def started_at(item):
    """The first entry into work after which the item never went back to the beginning."""
    started = None
    for at, _, after in item.statuses:
        if after == TO_DO:
            started = None
        elif after in PROGRESS and started is None:
            started = at
    return started


def size(item, unit):
    return 1.0 if unit == "items" else (item.points or 0.0)


def percentile(values, p, rule):
    rising = sorted(values)
    if rule == "nearest":
        # In whole numbers: 0.85 * 20 is a little more than 17 in floating point.
        return rising[max(1, -(-p * len(rising) // 100)) - 1]
    place = p * (len(rising) - 1)
    low, share = place // 100, (place % 100) / 100
    return rising[low] + (rising[min(low + 1, len(rising) - 1)] - rising[low]) * share


def asked_percentiles(text, usual):
    return [int(p) for p in text.split(",")] if text else usual


def least_values(p):
    """From how many values on percentile p is told: 1 for the median, then 5, then 10 in the outer 15 %; and one value must lie beyond it."""
    beyond = min(p, 100 - p)
    if beyond == 50:
        return 1
    return max(10 if beyond <= 15 else 5, -(-100 // beyond))


def period_start(day, step):
    if step == "day":
        return day
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def next_period(day, step):
    if step == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(days=1 if step == "day" else 7)


def throughput(team, unit, step):
    """The sum of what was finished in each whole period; None without a whole period."""
    days = [day_of(finished_at(item), team.zone) for item in team.items if finished_at(item)]
    if not days:
        return None
    start = period_start(min(days), step)
    if min([*days, *(day_of(item.created, team.zone) for item in team.items)]) > start:
        start = next_period(start, step)
    # "Now" is the end of a day, so a period that ends with it is over.
    end = period_start(team.as_of(), step)
    if next_period(end, step) == team.as_of() + timedelta(days=1):
        end = next_period(end, step)
    sums = {}
    while start < end:
        sums[start] = 0.0
        start = next_period(start, step)
    for item in team.items:
        at = finished_at(item)
        period = at and period_start(day_of(at, team.zone), step)
        if period in sums:
            sums[period] += size(item, unit)
    return sums or None


MILLISECONDS_A_DAY = 86_400_000


def milliseconds(span):
    return span // timedelta(milliseconds=1)


def tidy(value):
    """To six places, as the program shows durations; halves go up."""
    return floor(value * 1e6 + 0.5) / 1e6


def cycle_times(team, rule="calendar"):
    """The days of each item that was started and finished, by a rule of days."""
    times = {}
    for item in team.items:
        started, finished = started_at(item), finished_at(item)
        if rule == "in-status":
            spent = in_progress(item, finished) if finished else 0
            if spent:
                times[item.key] = tidy(spent / MILLISECONDS_A_DAY)
            continue
        if not (started and finished):
            continue
        first, last = day_of(started, team.zone), day_of(finished, team.zone)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        if rule == "calendar":
            times[item.key] = len(days)
        elif rule == "working":
            times[item.key] = max(1, sum(day.weekday() < 5 for day in days))
        else:
            times[item.key] = tidy(milliseconds(finished - started) / MILLISECONDS_A_DAY)
    return times


def in_progress(item, until):
    """Milliseconds in statuses of work, all visits added up."""
    spent, since = 0, None
    for at, _, after in item.statuses:
        if at > until:
            break
        if since is not None:
            spent += milliseconds(at - since)
        since = at if after in PROGRESS else None
    return spent


def cumulative_flow(team, way):
    """By state, by day: how many items had come that far and no further by the day's end.

    `way` names the states in the order of work. An item counts at the furthest of them that it was ever in by then: a move back
    changes nothing. Closed without being delivered is the state `None`; where the way does not name it, nothing may be in it.
    """
    first = min(day_of(item.created, team.zone) for item in team.items)
    days = [first + timedelta(days=number) for number in range((team.as_of() - first).days + 1)]
    rows = {state: {} for state in way}
    for day in days:
        over = end_of(day, team.zone)
        for state in way:
            rows[state][day.isoformat()] = 0.0
        for item in team.items:
            if item.created < over:
                states = [TO_DO] + [state_after(item, number) for number, (at, _, _) in enumerate(item.statuses) if at < over]
                rows[max(states, key=way.index)][day.isoformat()] += 1.0
    return rows


def state_after(item, number):
    """The state that a move led to."""
    is_last = number == len(item.statuses) - 1
    return None if is_last and is_dropped(item) else item.statuses[number][2]


def burnup(team, unit, step):
    """At the last day of each period, up to now: the size of all work there was, and of what was done of it."""
    day, scope, done = min(day_of(item.created, team.zone) for item in team.items), {}, {}
    while day <= team.as_of():
        following = next_period(period_start(day, step), step)
        last = min(following - timedelta(days=1), team.as_of())
        scope[last.isoformat()] = done[last.isoformat()] = 0.0
        for item in team.items:
            if item.created >= end_of(last, team.zone):
                continue
            states = [TO_DO] + [state_after(item, number) for number, (at, _, _) in enumerate(item.statuses) if at < end_of(last, team.zone)]
            if states[-1] is not None:
                scope[last.isoformat()] += size(item, unit)
            if states[-1] == DONE:
                done[last.isoformat()] += size(item, unit)
        day = following
    return scope, done
