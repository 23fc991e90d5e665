// What the pages have in common. A page has its choices in "chosen", and functions draw() and writeAddress().

/** Sets the theme: "dark" or "light". The default is that of the system. */
function theme(named) {
  document.documentElement.dataset.theme = named;
  byId("theme").textContent = named === "dark" ? "Light" : "Dark";
}

function followTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  theme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => {
    theme(dark.matches ? "dark" : "light");
    draw();
  });
  byId("theme").addEventListener("click", () => {
    theme(isDark() ? "light" : "dark");
    draw();
  });
}

function followSize() {
  let waiting = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  });
}

/** Changes the choices of the user, and draws the page again. */
function choose(changes) {
  Object.assign(chosen, changes);
  writeAddress();
  draw();
}

/** Shows the chosen tab, and hides the others. */
function showTab() {
  document.querySelectorAll("#tabs button").forEach(button =>
    button.setAttribute("aria-selected", String(button.dataset.tab === chosen.tab)));
  document.querySelectorAll(".tab").forEach(tab => {
    tab.hidden = tab.id !== chosen.tab;
  });
}
