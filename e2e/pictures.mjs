// Takes the pictures of docs/pages.md and the README: `node pictures.mjs ADDRESS REPORT.html FOLDER`.
//
// ADDRESS is a running demo's, REPORT.html what `steadfast audit examples/maya.zip --format html` wrote. Each picture is a
// screen of a page that somebody in the demo sees; taken anew when a page looks different, and looked at before it is kept.
import { chromium } from "playwright-core";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { QUIET } from "./common.mjs";

const [site, report, folder] = process.argv.slice(2);
if (!site?.startsWith("http://") || !folder) {
  console.error("usage: node pictures.mjs http://127.0.0.1:7373/ report.html ../docs/pictures");
  process.exit(2);
}
const DESK = { width: 1200, height: 1180 };
const PHONE = { width: 390, height: 844 };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });

await take("report", { width: 1200, height: 1700 }, "light", (page) => page.goto(pathToFileURL(resolve(report)).href));
await take("demo", { width: 1200, height: 1950 }, "light", (page) => page.goto(site));
await take("phone", PHONE, "dark", (page) => page.goto(site));
await take("as-the-report", DESK, "light", (page) => one(page, "Ben"));
await take("one-of-them", { width: 1200, height: 900 }, "light", async (page) => {
  await one(page, "Ben");
  await page.click("[aria-labelledby=reply] a");
});
await take("guard", { width: 1200, height: 1000 }, "light", async (page) => {
  await at(page, "policies");
  await page.locator(".guard article").first().evaluate((one) => one.scrollIntoView());
});
await take("log", { width: 1200, height: 900 }, "dark", (page) => at(page, "log"));
await take("convince-yourself", { width: 1200, height: 1000 }, "light", (page) => at(page, "proof"));
await browser.close();

async function take(name, viewport, colorScheme, go) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await go(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

// The demo lets in whoever comes to its first page.
async function at(page, path) {
  await page.goto(site);
  await page.goto(site + path);
}

async function one(page, name) {
  await page.goto(site);
  await Promise.all([page.waitForNavigation(), page.click(`.cast button:text-is("${name}")`)]);
  await page.click("article h3 a");
}
