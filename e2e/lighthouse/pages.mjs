// Holds the pages of a running demo against Lighthouse, as on a phone: `node pages.mjs ADDRESS`.
//
// As the manager of the demo. Each page has to reach 95 of 100 in performance, accessibility and best practices; of three
// runs the median counts, for a machine that does other work is slow now and then. Exits 1 when one does not, 2 on wrong use.
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";
import { QUIET } from "../common.mjs";

const site = process.argv[2];
if (!site?.startsWith("http://")) {
  console.error("usage: node pages.mjs http://127.0.0.1:7373/");
  process.exit(2);
}
const LEAST = 95;
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

// The demo signs whoever comes in at its first page.
const first = await fetch(site, { redirect: "manual" });
const cookie = first.headers.get("set-cookie")?.split(";")[0];
const signedIn = { headers: { Cookie: cookie }, redirect: "manual" };
const list = await (await fetch(new URL("/one-on-ones", site), signedIn)).text();
const pair = list.match(/href="(\/one-on-ones\/[0-9a-f]{16})"/)?.[1];
const one = await (await fetch(new URL(pair, site), signedIn)).text();
const occurrence = one.match(new RegExp(`href="(${pair}/\\d{4}-\\d{2}-\\d{2})"`))?.[1];
const pages = ["/one-on-ones", pair, occurrence, "/start", "/calendars", "/people", "/people/me", "/policies", "/privacy", "/log", "/more", "/proof", "/cost", "/programs", "/passkeys"].filter(Boolean);

const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: ["--headless=new", ...QUIET] });
const missed = [];
console.log(["performance", "accessible", "practices", "page"].join("  "));
for (const page of pages) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const options = { port: chrome.port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, extraHeaders: { Cookie: cookie } };
    const { lhr } = await lighthouse(new URL(page, site).href, options);
    runs.push(lhr);
  }
  const scores = CATEGORIES.map((category) => {
    const each = runs.map((lhr) => Math.round((lhr.categories[category].score ?? 0) * 100)).sort((a, b) => a - b);
    return each[Math.floor(each.length / 2)];
  });
  // Of pages of one pair or day, which one it is says nothing.
  const shown = page.replace(pair, "/one-on-ones/{pair}").replace(/\d{4}-\d{2}-\d{2}$/, "{day}");
  console.log(`${scores.map((score) => String(score).padStart(11)).join("  ")}  ${shown}`);
  CATEGORIES.forEach((category, index) => {
    if (scores[index] >= LEAST) return;
    const audits = runs[0].categories[category].auditRefs.map(({ id }) => runs[0].audits[id]);
    const low = audits.filter(({ score }) => score !== null && score < 0.9).map(({ id, displayValue }) => `${id} ${displayValue ?? ""}`.trim());
    missed.push(`${shown}: ${category} ${scores[index]}: ${low.join(", ")}`);
  });
}
await chrome.kill();
for (const miss of missed) console.log(miss);
process.exit(missed.length === 0 ? 0 : 1);
