// Everything works without this. It adds arrow keys within a ribbon, a copy button, and open tables on paper.
(() => {
  for (const cells of document.querySelectorAll(".cells")) {
    const marks = [...cells.querySelectorAll(".mark")];
    const current = (mark) => marks.forEach((other) => (other.tabIndex = other === mark ? 0 : -1));
    if (marks.length) current(marks[marks.length - 1]);
    cells.addEventListener("focusin", (event) => current(event.target.closest(".mark")));
    cells.addEventListener("click", (event) => {
      const mark = event.target.closest(".mark");
      if (!mark) return;
      event.preventDefault();
      mark.focus({ preventScroll: true });
    });
    cells.addEventListener("keydown", (event) => {
      const at = marks.indexOf(document.activeElement);
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: marks.length - 1 }[event.key];
      if (at < 0 || to === undefined || !marks[to]) return;
      event.preventDefault();
      marks[to].focus();
    });
  }
  for (const command of document.querySelectorAll(".command")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    const state = document.createElement("span");
    state.className = "quiet small";
    state.setAttribute("role", "status");
    button.addEventListener("click", () =>
      navigator.clipboard.writeText(command.querySelector("code").textContent).then(
        () => (state.textContent = "Copied"),
        () => (state.textContent = "Select the text and copy it"),
      ),
    );
    command.append(button, state);
  }
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.twin:not([open])")];
    opened.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
})();
