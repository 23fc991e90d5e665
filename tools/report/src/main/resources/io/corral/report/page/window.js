// What a page follows of its window. The page has a function draw().

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
