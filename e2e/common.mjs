// What all ways of looking at pages have in common.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const WINDOWS = [
  { width: 360, height: 780 },
  { width: 1600, height: 1000 },
];
// Without these chromium looks for its maker's servers, at every start.
export const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// What depends on colour. In the dark a page is the same one in other colours, so nothing else has to be asked of it twice.
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

// What axe and the window's width say against a page as it stands. `source` is axe's own; `onlyColours` where all else was
// asked of the same page in light; `without` these rules.
export async function against(page, source, where, { onlyColours = false, without = [] } = {}) {
  await page.evaluate(source);
  const runOnly = onlyColours ? { type: "rule", values: OF_COLOUR } : { type: "tag", values: RULES };
  const options = { runOnly, resultTypes: ["violations"], rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) };
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
  const findings = violations.map((found) => {
    const nodes = found.nodes.slice(0, 3).map((node) => `    ${node.target.flat().join(" ")}\n      ${node.failureSummary?.replaceAll("\n", " ")}`);
    return `${where}: ${found.id} (${found.impact}), ${found.nodes.length} places\n${nodes.join("\n")}`;
  });
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (tooWide > 0) findings.push(`${where}: ${tooWide} px wider than the window`);
  for (const cut of await cutOff(page)) findings.push(`${where}: cut off: ${cut}`);
  return findings;
}

// Text of which the end is not to be seen, though its place is.
export function cutOff(page) {
  return page.evaluate(() => {
    const isCut = (one) => {
      const { overflowY, clipPath } = getComputedStyle(one);
      return overflowY === "hidden" && clipPath === "none" && one.clientHeight > 1 && one.scrollHeight > one.clientHeight + 1;
    };
    return [...document.querySelectorAll("body *")].filter(isCut).map((one) => one.textContent.trim().slice(0, 200));
  });
}

// Opens every <details>, or closes it; how many there are.
export function setOpen(page, open) {
  return page.evaluate((open) => {
    const all = document.querySelectorAll("details");
    for (const one of all) one.open = open;
    return all.length;
  }, open);
}
