// Holds finished pages against axe's accessibility rules: `node axe.mjs FILE.html… [--large FILE.html…]`.
//
// Each page is opened as a file in Debian's chromium at the width of a phone and of a desk, light and dark, with every
// <details> closed and then open; and once as it is printed: on paper, in light, everything open. Besides axe's findings it is a finding when a page asks for anything but itself, when
// it is wider than the window, when its script throws, or when a story cannot be reached without a script.
// What axe costs grows faster than a page, its look at contrasts most of all: a large page, which repeats what others hold,
// is looked at on a phone and on paper only, and its colours are those of the others.
// Exits 1 on any finding, 2 on wrong use.
import axe from "axe-core";
import { chromium } from "playwright-core";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { QUIET, WINDOWS, against, setOpen } from "./common.mjs";

const words = process.argv.slice(2);
const from = words.includes("--large") ? words.indexOf("--large") : words.length;
const files = words.slice(0, from);
const large = words.slice(from + 1);
if (files.length === 0) {
  console.error("usage: node axe.mjs FILE.html… [--large FILE.html…]");
  process.exit(2);
}

// A sheet of A4 at 96 dots an inch, less the margins that browsers leave.
const PAPER = { width: 718, height: 1046 };
const LOOKS = [
  ...WINDOWS.flatMap((viewport) => ["light", "dark"].map((colorScheme) => ({ viewport, colorScheme, media: "screen" }))),
  { viewport: PAPER, colorScheme: "light", media: "print" },
];
const FEW_LOOKS = LOOKS.filter(({ viewport, colorScheme }) => viewport !== WINDOWS[1] && colorScheme === "light");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });
const findings = [];
let checks = 0;

for (const file of [...files, ...large]) {
  const isLarge = large.includes(file);
  const address = pathToFileURL(resolve(file)).href;
  for (const { viewport, colorScheme, media } of isLarge ? FEW_LOOKS : LOOKS) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.emulateMedia({ media });
    const where = `${file} ${viewport.width}px ${media === "print" ? "printed" : colorScheme}`;
    page.on("request", (request) => {
      if (request.url() !== address) findings.push(`${where}: asks for ${request.url()}`);
    });
    page.on("pageerror", (error) => findings.push(`${where}: script error: ${error.message}`));
    await page.goto(address);
    // On paper nothing can be opened any more.
    for (const open of media === "print" || isLarge ? [true] : [false, true]) {
      const details = await setOpen(page, open);
      if (open && details === 0 && !isLarge && media !== "print") continue;
      // Nobody taps on paper.
      const without = [...(isLarge ? ["color-contrast"] : []), ...(media === "print" ? ["target-size"] : [])];
      const how = { onlyColours: colorScheme === "dark", without };
      findings.push(...(await against(page, axe.source, `${where}${open ? ", opened" : ""}`, how)));
      checks += 1;
    }
    await context.close();
  }
  await withoutScript(address, file);
}

await browser.close();
for (const finding of findings) console.log(finding);
const failed = Math.min(findings.length, checks);
console.log(`${checks - failed} passed, ${failed} failed`);
process.exit(findings.length === 0 ? 0 : 1);

// Tabbing to a mark, or following its link, has to show its story without any script.
async function withoutScript(address, file) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: WINDOWS[1] });
  const page = await context.newPage();
  await page.goto(address);
  const mark = page.locator("a.mark").first();
  if ((await mark.count()) === 0) return context.close();
  const shown = async () => (await page.locator("a.mark .story").first().evaluate((story) => getComputedStyle(story).clipPath)) === "none";
  if (await shown()) findings.push(`${file}: a story is shown before it is asked for`);
  await mark.focus();
  if (!(await shown())) findings.push(`${file}: no story on focus without a script`);
  await page.goto(`${address}#${await mark.getAttribute("id")}`);
  if (!(await shown())) findings.push(`${file}: no story at its own address without a script`);
  checks += 1;
  await context.close();
}
