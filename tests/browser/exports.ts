// Exports written by the tests themselves, and real ones where they are at hand.
import { existsSync, readFileSync } from "node:fs";

export type Export = { name: string; bytes: Buffer };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;
const HEADER = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Priority", "Resolution", "Assignee", "Created", "Updated", "Resolved", "Labels", "Sprint", "Sprint", "Custom field (Start date)", "Custom field (Story Points)", "Status Category"];

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csv = (rows: string[][]) => Buffer.from(rows.map((row) => row.map(quoted).join(",") + "\r\n").join(""));

function date(day: number, hour: number) {
  const at = new Date(Date.UTC(2024, 0, 1) + day * DAY_MS);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/24 ${hour % 12 || 12}:00 ${hour < 12 ? "AM" : "PM"}`;
}

/** Two-week sprints of ten items from 1 January 2024; every tenth item is carried over, every fifteenth dropped. */
export function teamExport(items = 64, title = (item: number) => `Work on part ${item}, "phase ${item % 3}"`): Export {
  const rows = [HEADER];
  for (let item = 0; item < items; item++) {
    const sprint = Math.floor(item / 10) + 1;
    const begins = (sprint - 1) * 14;
    const isCarried = item % 10 === 9;
    const isDropped = item % 15 === 14;
    // The last sprint is still running: half of it is open.
    const isOpen = item >= items - 5;
    const finished = begins + (isCarried ? 15 : 1 + (item % 10));
    const created = Math.max(0, begins - 3 + (item % 5));
    rows.push([
      title(item),
      `TEAM-${item + 1}`,
      String(1000 + item),
      item % 4 === 0 ? "Bug" : "Story",
      isOpen ? "In Progress" : "Done",
      "TEAM",
      item % 3 === 0 ? "High" : "Medium",
      isOpen ? "" : isDropped ? "Won't Do" : "Done",
      item % 2 === 0 ? "Ana Ruiz" : "Bo Lind",
      date(created, 9),
      date(isOpen ? created : finished, 15),
      isOpen ? "" : date(finished, 15),
      item % 7 === 0 ? "tech-debt" : "",
      `Sprint ${sprint}`,
      isCarried ? `Sprint ${sprint + 1}` : "",
      date(Math.max(created, begins), 0),
      item % 6 === 5 ? "" : String([1, 2, 3, 5, 8][item % 5]),
      isOpen ? "In Progress" : "Done",
    ]);
  }
  return { name: "team.csv", bytes: csv(rows) };
}

/** So many items without sprints; the title of each tells its number. */
export function longExport(items: number): Export {
  const rows = [HEADER];
  for (let item = 1; item <= items; item++) {
    const created = item % 300;
    rows.push([`Item number ${item}`, `LONG-${item}`, String(item), "Task", "Done", "LONG", "Medium", "Done", "Ana Ruiz", date(created, 9), date(created + 2, 9), date(created + 2, 9), "", "", "", "", "", "Done"]);
  }
  return { name: "long.csv", bytes: csv(rows) };
}

/**
 * Jira's JSON with the changelog of each of so many issues: taken up, sent to review, some sent back, most finished. Every
 * fifth names the one sprint, which it was in from the beginning or was taken into on its third day.
 */
export function historyExport(issues = 60): Export {
  const at = (day: number, hour = 9) => new Date(Date.UTC(2024, 0, 1) + day * DAY_MS + hour * 3_600_000).toISOString().replace("Z", "+0000");
  const category = { "To Do": "new", "In Progress": "indeterminate", Review: "indeterminate", Done: "done" } as const;
  const sprint = { id: 7, name: "Harbour 1", state: "closed", startDate: at(14), endDate: at(28), completeDate: at(28) };
  const list = Array.from({ length: issues }, (_, issue) => {
    const created = issue;
    const moves: [number, keyof typeof category][] = [[created + 1, "In Progress"], [created + 2 + (issue % 4), "Review"]];
    if (issue % 6 === 0) moves.push([created + 6, "In Progress"], [created + 7, "Review"]);
    if (issue % 7 !== 3) moves.push([created + 8 + (issue % 3), "Done"]);
    let before: keyof typeof category = "To Do";
    const histories = moves.map(([day, to], place) => {
      const items = [{ field: "status", fieldId: "status", fieldtype: "jira", fromString: before, toString: to }];
      before = to;
      return { id: String(issue * 10 + place), created: at(day, 10), items };
    });
    const status = moves.at(-1)![1];
    const isPlanned = issue % 5 === 0 && issue < 40;
    if (isPlanned) {
      const items = [{ field: "Sprint", fieldId: "customfield_10020", fieldtype: "custom", from: "", fromString: "", to: "7", toString: sprint.name }];
      histories.push({ id: String(issue * 10 + 9), created: at(issue < 15 ? Math.max(created, 12) : 17, 11), items: items as never });
    }
    return {
      id: String(10_000 + issue),
      key: `HIST-${issue + 1}`,
      fields: {
        summary: `Berth ${issue + 1}`,
        issuetype: { name: issue % 4 === 0 ? "Bug" : "Story" },
        project: { key: "HIST", name: "History" },
        status: { name: status, statusCategory: { key: category[status], name: status } },
        created: at(created),
        updated: at(moves.at(-1)![0], 10),
        resolutiondate: status === "Done" ? at(moves.at(-1)![0], 10) : null,
        resolution: status === "Done" ? { name: "Done" } : null,
        assignee: { displayName: issue % 2 === 0 ? "Ana Ruiz" : "Bo Lind" },
        customfield_10016: (issue % 5) + 1,
        customfield_10020: isPlanned ? [sprint] : null,
      },
      changelog: { startAt: 0, maxResults: 100, total: histories.length, histories },
    };
  });
  const names = { customfield_10016: "Story Points", customfield_10020: "Sprint" };
  return { name: "history.json", bytes: Buffer.from(JSON.stringify({ startAt: 0, maxResults: 100, total: issues, names, issues: list })) };
}

const SHARED = new URL("../../../shared/data/", import.meta.url);

/** A file beside the repository; `null` where it is absent, and the test must then skip with these words. */
export function sharedExport(path: string): Export | null {
  const url = new URL(path, SHARED);
  return existsSync(url) ? { name: path.split("/").at(-1)!, bytes: readFileSync(url) } : null;
}

export const ABSENT = "the collection of real exports is not beside the repository";
