// What both ways of looking at pages have in common.
export const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const WINDOWS = [
  { width: 360, height: 780 },
  { width: 1600, height: 1000 },
];
// Without these chromium looks for its maker's servers, at every start.
export const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
