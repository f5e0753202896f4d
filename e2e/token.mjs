// Makes a token for a program on a running demo, as Maya, on the page where people make theirs: `node token.mjs ADDRESS`.
// Prints it, and the id of one of her 1:1s with a day on which one was promised. Exits 1 when there is none, 2 on wrong use.
const site = process.argv[2];
if (!site?.startsWith("http://")) {
  console.error("usage: node token.mjs http://127.0.0.1:7373/");
  process.exit(2);
}

const entered = await fetch(site, { redirect: "manual" });
const cookie = entered.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
const asMaya = async (path, form) => {
  const sent = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const answer = await fetch(site + path, { ...sent, headers: { cookie, origin: new URL(site).origin } });
  return answer.text();
};
const made = await asMaya("programs", { name: "schemathesis", scope: "read+write", days: "30" });
const token = made.match(/steadfast_[0-9a-f]{64}/)?.[0];
const pair = (await asMaya("one-on-ones")).match(/\/one-on-ones\/([0-9a-f]+)\/(\d{4}-\d\d-\d\d)/);
if (!token || !pair) {
  console.error("the demo gave no token, or shows no 1:1");
  process.exit(1);
}
console.log([token, pair[1], pair[2]].join(" "));
