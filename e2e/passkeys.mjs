// A passkey in a real browser, with a device that the browser makes up: `node passkeys.mjs ADDRESS` of a running demo.
//
// Added, signed in with, refused once it is taken away. Browsers give passkeys to pages under a name only, so the demo is
// asked for as localhost. Exits 1 when something does not go as it should, 2 on wrong use.
import { chromium } from "playwright-core";
import { QUIET } from "./common.mjs";

const port = process.argv[2]?.match(/^http:\/\/127\.0\.0\.1:(\d+)\/$/)?.[1];
if (!port) {
  console.error("usage: node passkeys.mjs http://127.0.0.1:7373/");
  process.exit(2);
}
const site = `http://localhost:${port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
const findings = [];

const context = await browser.newContext();
const page = await context.newPage();
page.on("console", (message) => {
  if (message.type() === "error" && message.text().includes("Content Security Policy")) findings.push(message.text());
});
const devtools = await context.newCDPSession(page);
await devtools.send("WebAuthn.enable");
await devtools.send("WebAuthn.addVirtualAuthenticator", {
  options: {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  },
});

await page.goto(site);
await page.goto(`${site}passkeys`);
await press(page, 'button:text-is("Add a passkey")');
await page.waitForSelector("text=Added on");
// The same device is asked for no second one.
await page.click('button:text-is("Add a passkey")');
await page.waitForSelector("text=Nothing was added");

await signIn();
if (!page.url().endsWith("/one-on-ones")) findings.push(`after signing in with it: ${page.url()}`);
await page.goto(`${site}passkeys`);
if (!(await page.textContent("main")).includes("last used on")) findings.push("the page does not tell that it was used");

await press(page, 'button:has-text("Take away")');
if ((await page.locator("text=Added on").count()) !== 0) findings.push("it is still there after it was taken away");
await signIn();
const said = await page.textContent("main");
if (!said.includes("It is not known here") && !said.includes("not known here, or was taken away")) findings.push(`with one that was taken away: ${said}`);

await browser.close();
for (const finding of findings) console.log(finding);
console.log(`a passkey was added, used and taken away, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

// Signed out, without the demo's own way in.
async function signIn() {
  await context.clearCookies();
  await page.goto(`${site}sign-in`);
  await press(page, 'button:text-is("Sign in with a passkey")');
}

// By keyboard, and on to the next page.
async function press(page, selector) {
  await page.locator(selector).first().focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}
