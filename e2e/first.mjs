// The pages of the first minutes on a server of its own, which nobody has set up yet: `node first.mjs ADDRESS SET-UP-LINK`.
//
// What a demo never shows: the set-up link, signing in, an account without a calendar, what is said to a form that cannot be
// taken (422), a link that is spent, leaving; each at the width of a phone and of a desk, light and dark, against axe's rules. And
// once as it is printed. Exits 1 on any finding, 2 on wrong use.
import axe from "axe-core";
import { chromium } from "playwright-core";
import { QUIET, WINDOWS, against, setOpen } from "./common.mjs";

const [site, setUp] = process.argv.slice(2);
if (!site?.startsWith("http://") || !setUp?.startsWith(site)) {
  console.error("usage: node first.mjs http://127.0.0.1:7373/ http://127.0.0.1:7373/set-up/…");
  process.exit(2);
}

const PASSWORD = "correct horse battery";
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
const findings = [];
let checks = 0;

const context = await browser.newContext({ reducedMotion: "reduce" });
const page = await context.newPage();
page.on("request", (request) => {
  if (!request.url().startsWith(site)) findings.push(`asks for ${request.url()}`);
});
page.on("pageerror", (error) => findings.push(`script error: ${error.message}`));
page.on("console", (message) => {
  if (message.type() === "error" && message.text().includes("Content Security Policy")) findings.push(message.text());
});

await page.goto(`${site}sign-in`);
await look("nobody has set it up yet");
await page.goto(setUp);
await look("the set-up link");
await fill({ organisation: "Acme", name: "Maya", email: "maya@example.com", password: "short" });
await look("a password that is too short", 422);
await fill({ password: PASSWORD });
await look("an empty account");
for (const [path, name] of [
  ["start", "the first page"],
  ["calendars", "no calendar connected"],
  ["one-on-ones", "no 1:1 yet"],
  ["policies", "no rhythm yet"],
  ["proof", "no answer yet"],
  ["log", "nothing happened yet"],
  ["privacy", "privacy of an empty account"],
  ["privacy/leave", "leaving"],
  ["people", "nobody among the people"],
]) {
  await page.goto(site + path);
  await look(name);
}
await page.goto(`${site}privacy/leave`);
await fill({ password: "not it at all" });
await look("leaving with another password", 422);
await page.goto(`${site}calendars`);
await fill({ address: "https://127.0.0.1:1/nothing.ics" });
await look("a calendar that does not answer", 422);
await page.goto(`${site}invite`);
await fill({ email: "ben@example.com" });
const invitation = (await page.textContent(".command code")).match(/http\S*\/invitations\/[0-9a-f]+/)[0];
await page.goto(`${site}privacy`);
await page.emulateMedia({ media: "print" });
await look("privacy, as it is printed", 200, [WINDOWS[1]]);
await page.emulateMedia({ media: "screen" });
await page.context().clearCookies();
await page.goto(invitation);
await look("an invitation");
await fill({ name: "Ben", password: "short" });
await look("an invitation with a password that is too short", 422);
await page.goto(`${site}sign-in`);
await look("signing in");
await fill({ email: "maya@example.com", password: "something else" });
await look("a password that is not right", 422);
for (const path of ["set-up/0000", "new-password/0000", "mail/off/0000"]) {
  await page.goto(site + path);
  await look(`${path}, spent`, 404);
}

await browser.close();
for (const finding of findings) console.log(finding);
console.log(`${checks} pages looked at, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

// Fills the first form that has all of these, and sends it.
async function fill(values) {
  const form = page.locator("form:visible").filter({ has: page.locator(Object.keys(values).map((name) => `[name=${name}]`)[0]) }).first();
  for (const [name, value] of Object.entries(values)) await form.locator(`[name=${name}]`).fill(value);
  const [answer] = await Promise.all([page.waitForNavigation(), form.locator("button").first().click()]);
  status = answer.status();
}

var status;
async function look(name, expected = 200, windows = WINDOWS) {
  if (expected === 422 && status !== 422) findings.push(`${name}: answered ${status}, not 422`);
  for (const viewport of windows) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const where = `${name}, ${viewport.width}px ${colorScheme}`;
      await setOpen(page, true);
      findings.push(...(await against(page, axe.source, where, { onlyColours: colorScheme === "dark" })));
      checks += 1;
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${where.replace(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true });
    }
  }
}
