// Walks through a running demo and holds every kind of page against axe's rules: `node site.mjs ADDRESS`.
//
// As a manager, as her report, as her boss and as the auditor, and on another day of the demo, at the width of a phone and of a desk, light and dark. Besides axe's
// findings it is a finding when a page asks for anything outside the server, when it is wider than the window, when its
// script throws, when the policy of its headers refuses something of its own, or when what matters cannot be done with a
// keyboard and without a script. Exits 1 on any finding, 2 on wrong use.
import axe from "axe-core";
import { chromium } from "playwright-core";
import { QUIET, WINDOWS, against, setOpen } from "./common.mjs";

const site = process.argv[2];
if (!site?.startsWith("http://")) {
  console.error("usage: node site.mjs http://127.0.0.1:7373/");
  process.exit(2);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
// A new manager, somebody new, and a row that cannot be read.
const ORGANISATION = "email,name,manager,from\nben@example.com,,petra@example.com,2026-12-01\nzoe@example.com,Zoe,,\nana@example.com,,,soon\n";
const findings = [];
let checks = 0;

for (const viewport of WINDOWS) {
  for (const colorScheme of ["light", "dark"]) {
    await walk({ viewport, colorScheme, reducedMotion: "reduce" }, `${viewport.width}px ${colorScheme}`);
  }
}
await withoutScript();
await told();
await browser.close();
for (const finding of findings) console.log(finding);
console.log(`${checks} pages looked at, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

async function walk(options, where) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  watch(page, where);
  await page.goto(site);
  await look(page, `Maya's 1:1s, ${where}`);
  for (const path of ["start", "privacy", "invite?to=dana%40example.com&name=Dana", "more", "people", "people?find=nobody", "people/me", "people/file", "passkeys", "proof", "proof/goals", "policies", "log", "log/jobs", "programs", "calendars", "mail", "held", "demo/watch", "cost", "cost?pay=60000&finding.from=5&finding.to=20&learning.from=8", "cost?pay=much", "nothing"]) {
    await page.goto(site + path);
    await look(page, `${path}, ${where}`);
  }
  await guarded(page, where);
  await page.goto(`${site}people`);
  await page.click('.people a:has-text("Ben Okafor")');
  await look(page, `Ben among the people, ${where}`);
  await page.goto(`${site}people/file`);
  await page.setInputFiles("#people", { name: "org.csv", mimeType: "text/csv", buffer: Buffer.from(ORGANISATION) });
  await page.click("button.first");
  await look(page, `what a file would change, ${where}`);
  await page.goto(`${site}invite?to=dana%40example.com&name=Dana`);
  await page.click("button.first");
  const link = (await page.textContent(".command code")).trim().split("\n").pop();
  await look(page, `invitation made, ${where}`);
  for (const name of ["Ben", "Petra"]) {
    await page.goto(site);
    await Promise.all([page.waitForNavigation(), page.click(`.cast button:text-is("${name}")`)]);
    await look(page, `${name}'s 1:1s, ${where}`);
    await page.click("article h3 a");
    await look(page, `${name}'s 1:1 with Maya, ${where}`);
    await page.click("[aria-labelledby=reply] a");
    await look(page, `one of ${name}'s, ${where}`);
  }
  await asAuditor(page, where);
  await onAnotherDay(page, where);
  await context.close();
  // Pages of people who are not signed in.
  const stranger = await browser.newContext(options);
  const outside = await stranger.newPage();
  watch(outside, where);
  for (const address of [link, `${site}sign-in`]) {
    await outside.goto(address);
    await look(outside, `${address === link ? "an invitation" : "sign-in"}, ${where}`);
  }
  await stranger.close();
}

// How far the guard goes: one click defends one 1:1, its bounds, the switch and what it says, and back to how it was.
async function guarded(page, where) {
  await page.goto(`${site}policies`);
  const one = page.locator(".guard article").first();
  await Promise.all([page.waitForNavigation(), one.locator('button[value="defend"]').click()]);
  if (!(await one.textContent()).includes("Now: defend, as you chose")) findings.push(`${where}: one click does not defend`);
  await look(page, `a 1:1 that is defended, ${where}`);
  await go(page, ".guard article a");
  await look(page, `bounds of one 1:1, ${where}`);
  await page.fill("#one-actions", "1");
  await go(page, "button.first");
  if (!(await page.textContent("main")).includes("at most one action a day")) findings.push(`${where}: bounds of one 1:1 are not kept`);
  await go(page, 'button[name="open"]');
  await page.goto(`${site}policies`);
  await go(page, '.switch > form button[value="stop"]');
  if (!(await page.textContent(".switch")).includes("Stopped for you, since")) findings.push(`${where}: the switch does not say since when`);
  await look(page, `everything stopped, ${where}`);
  await page.goto(`${site}log`);
  await look(page, `the log of what was chosen, ${where}`);
  await page.goto(`${site}policies`);
  await go(page, '.switch button[value="go-on"]');
  await go(page, '.guard article button[value="open"]');
}

async function asAuditor(page, where) {
  await page.goto(site);
  await go(page, '.cast button:text-is("Olga")');
  await page.goto(`${site}looks`);
  await look(page, `who looked, ${where}`);
  if ((await page.locator(".all-looks tbody tr").count()) === 0) findings.push(`${where}: the auditor is shown no look`);
}

// The same page as it was then, to the same person; and a week later.
async function onAnotherDay(page, where) {
  await page.goto(`${site}policies`);
  await page.selectOption("#demo-day", "2026-03-01");
  await go(page, '.cast button:text-is("go there")');
  const then = await page.textContent(".demo");
  if (!page.url().endsWith("/policies") || !then.includes("You are Olga") || !then.includes("1 March 2026")) {
    findings.push(`${where}: another day shows ${page.url()}: ${then}`);
  }
  await go(page, '.cast button:text-is("Maya")');
  await look(page, `Maya's 1:1s in March, ${where}`);
  await go(page, '.cast button:text-is("a week later")');
  await look(page, `Maya's 1:1s a week later, ${where}`);
  if (!(await page.textContent(".demo")).includes("8 March 2026")) findings.push(`${where}: a week later is another day`);
}

function go(page, selector) {
  return Promise.all([page.waitForNavigation(), page.click(selector)]);
}

function watch(page, where) {
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site) && !url.startsWith("data:")) findings.push(`${where}: asks for ${url}`);
  });
  page.on("pageerror", (error) => findings.push(`${where}: script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && message.text().includes("Content Security Policy")) findings.push(`${where}: ${message.text()}`);
  });
}

async function look(page, where) {
  const onlyColours = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  for (const open of [false, true]) {
    if ((await setOpen(page, open)) === 0 && open) continue;
    findings.push(...(await against(page, axe.source, `${where}${open ? ", opened" : ""}`, { onlyColours })));
  }
  checks += 1;
}

// A report answers and has a 1:1 defended, with the keyboard alone, where scripts are off.
async function withoutScript() {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: WINDOWS[0] });
  const page = await context.newPage();
  await page.goto(site);
  await press(page, '.cast button:text-is("Ben")');
  await press(page, "article h3 a");
  await press(page, "[aria-labelledby=reply] a");
  await press(page, 'button[value="agreed.private"]');
  const said = (await page.locator(".said").allTextContents()).join(" ");
  if (!said.includes("We agreed on it")) findings.push(`without a script: the answer is not on the page: ${said}`);
  await press(page, 'button[value="nothing"]');
  if ((await page.locator(".said").count()) !== 0) findings.push("without a script: what was said cannot be taken back");
  await page.goto(`${site}policies`);
  await press(page, '.guard article button[value="defend"]');
  const defended = await page.locator(".guard article").first().textContent();
  if (!defended.includes("Now: defend, as you chose")) findings.push(`without a script: a 1:1 cannot be defended: ${defended}`);
  await press(page, '.guard article button[value="open"]');
  checks += 1;
  await context.close();
}

// A page that is open is told when the other one shares a word.
async function told() {
  const [maya, ben] = [await browser.newContext(), await browser.newContext()];
  const [hers, his] = [await maya.newPage(), await ben.newPage()];
  watch(hers, "told");
  await his.goto(site);
  await Promise.all([his.waitForNavigation(), his.click('.cast button:text-is("Ben")')]);
  await his.click("article h3 a");
  await his.click("[aria-labelledby=reply] a");
  await hers.goto(site);
  const listens = hers.waitForResponse((answer) => answer.url().endsWith("/live"));
  await hers.goto(his.url());
  await listens;
  const say = (value) => Promise.all([his.waitForNavigation(), his.click(`button[value="${value}"]`)]);
  const notice = hers.locator(".changed a");
  await say("agreed.shared");
  try {
    await notice.waitFor({ timeout: 15000 });
    await look(hers, "told of a change");
    await Promise.all([hers.waitForNavigation(), notice.click()]);
    const said = (await hers.locator(".said").allTextContents()).join(" ");
    if (!said.includes("shared with you")) findings.push(`told: the word is not on the page: ${said}`);
  } catch (error) {
    findings.push(`told: a shared word was not told within 15 s: ${error.message}`);
  }
  await say("nothing");
  checks += 1;
  await maya.close();
  await ben.close();
}

async function press(page, selector) {
  await page.locator(selector).first().focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
