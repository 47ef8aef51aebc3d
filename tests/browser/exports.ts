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

const SHARED = new URL("../../../shared/data/", import.meta.url);

/** A file beside the repository; `null` where it is absent, and the test must then skip with these words. */
export function sharedExport(path: string): Export | null {
  const url = new URL(path, SHARED);
  return existsSync(url) ? { name: path.split("/").at(-1)!, bytes: readFileSync(url) } : null;
}

export const ABSENT = "the collection of real exports is not beside the repository";
