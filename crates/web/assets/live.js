
// Tells when what this page shows has changed. Without it nothing is missing but the telling.
(() => {
  const main = document.querySelector("main[data-live]");
  if (!main || !window.EventSource) return;
  const shows = main.dataset.live.split(" ");
  const told = document.createElement("div");
  told.className = "changed";
  told.setAttribute("role", "status");
  main.prepend(told);
  let source = null;
  let last = "";
  const close = () => {
    source?.close();
    source = null;
  };
  const tell = () => {
    close();
    const again = document.createElement("a");
    again.href = location.pathname + location.search;
    again.textContent = "Show it as it is now";
    const words = document.createElement("p");
    words.append("What this page shows has changed. ", again, ".");
    told.replaceChildren(words);
  };
  const open = () => {
    if (source || document.hidden || told.firstChild) return;
    source = new EventSource(last ? `/live?last=${encodeURIComponent(last)}` : "/live");
    source.onmessage = (event) => {
      last = event.lastEventId;
      if (JSON.parse(event.data).changed.some((part) => shows.includes(part))) tell();
    };
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
