// A played half year, week by week. Without a script all of it is shown at once.
(() => {
  const clock = document.querySelector("form[data-watch]");
  if (!clock) return;
  const weeks = Number(clock.dataset.watch);
  const [play] = clock.getElementsByTagName("button");
  const range = clock.querySelector("input");
  const said = clock.querySelector("output");
  const counts = { kept: "kept", "made good": "good", lost: "lost", excused: "excused" };
  let ticking = 0;
  const show = (week) => {
    range.value = week;
    said.textContent = week;
    for (const one of document.querySelectorAll(".watch")) {
      for (const column of one.querySelectorAll("[data-week]")) {
        column.classList.toggle("to-come", Number(column.dataset.week) > week);
      }
      const now = one.querySelector(`[data-week="${week}"]`);
      for (const count of one.querySelectorAll("[data-count]")) count.textContent = now.dataset[counts[count.dataset.count]];
    }
  };
  const stop = () => {
    clearInterval(ticking);
    ticking = 0;
    play.textContent = Number(range.value) < weeks ? "Go on" : "Play it";
  };
  play.addEventListener("click", () => {
    if (ticking) return stop();
    if (Number(range.value) >= weeks) show(1);
    play.textContent = "Stop";
    ticking = setInterval(() => {
      show(Number(range.value) + 1);
      if (Number(range.value) >= weeks) stop();
    }, 450);
  });
  range.addEventListener("input", () => {
    if (ticking) stop();
    show(Number(range.value));
  });
  clock.addEventListener("submit", (event) => event.preventDefault());
  clock.hidden = false;
})();
