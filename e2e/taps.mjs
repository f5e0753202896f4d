// The taps of the guard in a real browser: `node taps.mjs ADDRESS` of a running demo.
//
// At the width of a phone and of a desk, by keyboard: a meeting over a 1:1 is declined, and what was done is taken back; times
// are offered, the best is held while the report has the pick, they pick one, and it stands on both calendars; a reason is given and
// read; both say that they agreed; with a report with whom there is none, one begins for good; and one whose time does not hold is
// moved for good, taken back, and moved to what the report picks; and a meeting of her own over one is moved, and taken back.
// axe looks at every page on the way. Exits 1 when something does not go as it should, 2 on wrong use.
import axe from "axe-core";
import { chromium } from "playwright-core";
import { QUIET, WINDOWS, against } from "./common.mjs";

const site = process.argv[2];
if (!site?.startsWith("http://")) {
  console.error("usage: node taps.mjs http://127.0.0.1:7373/");
  process.exit(2);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
const findings = [];
let checks = 0;

// On each of these days one 1:1 with Ben is off the calendar for leave of Maya, and something lies over a later one. A tap changes the day
// for all who look at it: each window has its own.
const DAYS = ["2026-09-06", "2026-09-13"];
// The one is before its time, the other after.
const OFF = ["it is off the calendar", "it was off the calendar"];
// And on each of these one that is to come was moved.
const MOVED = ["2026-10-04", "2026-04-19"];
// And on these a new report has none yet.
const BEGINS = ["2026-08-23", "2026-08-30"];
// And on these the time of one does not hold.
const ONWARD = ["2026-08-02", "2026-08-09"];
// And on these a meeting of Maya's own lies over one with Ben.
const OWN = ["2026-03-08", "2026-03-15"];
const REASON = "I was away, and should have said so earlier.";

for (const [number, viewport] of WINDOWS.entries()) {
  const colorScheme = number === 0 ? "light" : "dark";
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", bypassCSP: false });
  const page = await context.newPage();
  page.on("pageerror", (error) => findings.push(`${viewport.width}px: script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && message.text().includes("Content Security Policy")) findings.push(message.text());
  });
  await walk(page, [DAYS[number], OFF[number], MOVED[number], BEGINS[number], ONWARD[number], OWN[number]], `${viewport.width}px`);
  await context.close();
}
await browser.close();
for (const finding of findings) console.log(finding);
console.log(`the taps at ${WINDOWS.length} widths, ${checks} pages looked at, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

async function walk(page, [day, off, moved, begins, onward, own], where) {
  await page.goto(`${site}one-on-ones`);
  await page.selectOption("#demo-day", day);
  await press(page, '.cast button:text-is("go there")');
  await be(page, "Maya");
  await look(page, `what threatens, ${where}`);

  // Keep it: the invitation over it is declined, and that is taken back.
  const over = '.threat:has-text("lies over it")';
  const before = await page.locator(over).count();
  await press(page, `${over} button:text-is("Decline")`);
  const after = await page.locator(over).textContent().catch(() => "");
  await page.goto(`${site}log`);
  await expect(page, "We declined an invitation", `the log tells that it was declined, ${where}`);
  await look(page, `the log, ${where}`);
  await press(page, 'button[name="intent"]');
  await page.goto(`${site}one-on-ones`);
  const back = await page.locator(over).count();
  if (before !== 1 || back !== 1) findings.push(`${where}: over it were ${before}, after taking back ${back}; between them: ${after}`);

  // Why it was changed, and that both agreed.
  const lost = `.threat:has-text("Ben Okafor"):has-text("${off}")`;
  await page.locator(`${lost} summary`).press("Enter");
  await page.fill(`${lost} input[name="reason"]`, REASON);
  await press(page, `${lost} details button`);
  await expect(page, REASON, `the reason stands on Maya's page, ${where}`);
  await look(page, `between Maya and Ben, ${where}`);

  // Make it good: Ben is offered times, and picks the second.
  await page.goto(`${site}one-on-ones`);
  await press(page, `${lost} button:has-text("Let")`);
  await be(page, "Ben");
  await expect(page, "offers you other times", `Ben is told of the offer, ${where}`);
  await look(page, `Ben is offered times, ${where}`);
  await press(page, 'a:text-is("pick one")');
  await expect(page, REASON, `Ben reads the reason, ${where}`);
  await look(page, `Ben picks, ${where}`);
  const times = page.locator('.slots button[name="pick"]');
  const time = times.nth((await times.count()) > 2 ? 1 : 0);
  const picked = (await time.textContent()).trim().split("–")[0];
  await press(page, time);
  await expect(page, `You picked ${picked}`, `Ben's pick stands, ${where}`);
  if (!(await page.textContent("main")).includes(`Next: ${picked}`) && !(await stands(page, picked))) {
    findings.push(`${where}: ${picked} stands nowhere on Ben's page`);
  }
  await look(page, `what Ben picked, ${where}`);
  await be(page, "Maya");
  if ((await page.locator(lost).count()) !== 0) findings.push(`${where}: what was made good still threatens`);
  await page.goto(`${site}log`);
  await expect(page, "Ben Okafor picked", `Maya's log tells what Ben picked, ${where}`);
  await expect(page, "We kept a time free", `the best was held meanwhile, ${where}`);
  await expect(page, "We took an entry of ours away", `the hold went with the answer, ${where}`);

  // Of one that was moved both may say that they agreed.
  await page.selectOption("#demo-day", moved);
  await press(page, '.cast button:text-is("go there")');
  await be(page, "Maya");
  await press(page, '.threat:has-text("It was moved") button[value="agreed.shared"]');
  await expect(page, "You said: “We agreed on it”", `what was said, ${where}`);
  await look(page, `both agreed, ${where}`);
  await page.goto(`${site}one-on-ones`);
  if ((await page.locator('.threat:has-text("It was moved")').count()) !== 0) findings.push(`${where}: what both agreed on still threatens`);

  // With Noor there is none yet: one begins for good.
  await page.selectOption("#demo-day", begins);
  await press(page, '.cast button:text-is("go there")');
  await be(page, "Maya");
  await expect(page, "Noor Khan has no 1:1 with you", `who has none, ${where}`);
  await press(page, '.without button[name="time"]');
  await page.goto(`${site}one-on-ones`);
  if ((await page.locator(".without").count()) !== 0) findings.push(`${where}: what was begun is told as missing`);
  await look(page, `one has begun, ${where}`);
  await page.goto(`${site}log`);
  await expect(page, "We began a series of 1:1s", `the log tells what began, ${where}`);

  // Ben's time does not hold: it is moved for good, and that is taken back.
  await page.selectOption("#demo-day", onward);
  await press(page, '.cast button:text-is("go there")');
  await be(page, "Maya");
  const held = 'section[aria-labelledby="onward"]';
  await look(page, `a time that does not hold, ${where}`);
  await press(page, page.locator(`${held} button.first`));
  await page.goto(`${site}one-on-ones`);
  await expect(page, "Moved for good by you, from", `Maya's page says at whose word, ${where}`);
  if ((await page.locator(held).count()) !== 0) findings.push(`${where}: what was moved for good is told as fought over`);
  await be(page, "Ben");
  await expect(page, "Moved for good by Maya", `Ben's page says at whose word, ${where}`);
  await be(page, "Maya");
  await page.goto(`${site}log`);
  await expect(page, "We moved a series of 1:1s for good", `the log tells it as one thing, ${where}`);
  await press(page, page.locator('button[name="intent"]').first());
  await page.goto(`${site}one-on-ones`);

  // And Ben picks one for good.
  await press(page, `${held} button:has-text("Let")`);
  await be(page, "Ben");
  await expect(page, "offers you other times for your 1:1 from here on", `Ben is told of the offer for good, ${where}`);
  await press(page, 'a:text-is("pick one")');
  await look(page, `Ben picks for good, ${where}`);
  await press(page, page.locator('.slots button[name="pick"]').first());
  await expect(page, "You picked", `Ben's pick for good stands, ${where}`);
  await be(page, "Maya");
  await expect(page, "Moved for good by a plan both accepted", `it was agreed, ${where}`);

  // A meeting of Maya's own lies over one: the other moves, the 1:1 stays, and that is taken back.
  await page.selectOption("#demo-day", own);
  await press(page, '.cast button:text-is("go there")');
  await be(page, "Maya");
  const hers = '.threat:has-text("Status of the release")';
  await expect(page, "Keep it, and move", `what can be moved, ${where}`);
  await look(page, `her own meeting lies over it, ${where}`);
  const ahead = await page.locator(hers).count();
  const pair = await page.locator(`${hers} a[href^="/one-on-ones/"]`).first().getAttribute("href");
  const stood = await next(page, pair);
  await page.goto(`${site}one-on-ones`);
  await press(page, `${hers} button:text-is("Move the other")`);
  await expect(page, "The meeting over it moves", `what was tapped is told, ${where}`);
  await look(page, `the other moves, ${where}`);
  await page.goto(`${site}one-on-ones`);
  const gone = await page.locator(hers).count();
  const stays = await next(page, pair);
  if (stood === "" || stays !== stood) findings.push(`${where}: the 1:1 did not stay: ${stood}, then ${stays}`);
  await page.goto(`${site}log`);
  await expect(page, "We moved a meeting", `the log tells that it moved, ${where}`);
  await press(page, page.locator('button[name="intent"]').first());
  await look(page, `taken back, ${where}`);
  await page.goto(`${site}one-on-ones`);
  const again = await page.locator(hers).count();
  if (ahead !== 1 || gone !== 0 || again !== 1) {
    findings.push(`${where}: over it were ${ahead}, once it moved ${gone}, after taking back ${again}`);
  }
}

// When the two of that page meet next, as it says.
async function next(page, pair) {
  await page.goto(new URL(pair, site).href);
  return (await page.locator(".next").first().textContent().catch(() => "")).trim();
}

// Through the eyes of somebody, at their 1:1s.
async function be(page, name) {
  await page.goto(site);
  const button = page.locator(`.cast button:text-is("${name}")`);
  if ((await button.count()) === 1) await press(page, button);
  await page.goto(`${site}one-on-ones`);
}

// Whether a moment stands anywhere in what is told of the 1:1, the table opened.
async function stands(page, moment) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  return (await page.textContent("main")).includes(moment);
}

async function expect(page, text, what, or = text) {
  const said = await page.textContent("main");
  if (!said.includes(text) && !said.includes(or)) findings.push(`${what}: not on ${page.url()}`);
}

async function look(page, where) {
  findings.push(...(await against(page, axe.source, where)));
  checks += 1;
}

// By keyboard, and on to the next page.
async function press(page, what) {
  const one = typeof what === "string" ? page.locator(what).first() : what;
  await one.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
