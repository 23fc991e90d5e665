// Texts and elements. Names from a recording are set as text only, and never as HTML.

/** Makes an element; a child that is a string becomes text. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

/** An element with a name, isolated from the direction of the text around it. */
function name(text) {
  return element("bdi", {title: text}, text);
}

/** A name isolated by control characters, for canvases and attributes, where bdi does not work. */
function isolated(text) {
  return "\u2068" + text + "\u2069";
}

function byId(id) {
  return document.getElementById(id);
}

/** Unknown numbers are null or absent in the data. */
function isKnown(number) {
  return number !== null && number !== undefined;
}

function seconds(micros) {
  const value = micros / 1e6;
  if (value === 0) {
    return "0 s";
  }
  return value < 0.9995 ? fixed(1000 * value, 1) + " ms"
    : value < 100 ? value.toFixed(2) + " s"
    : value < 3600 ? Math.round(value).toLocaleString("en") + " s"
    : (value / 3600).toFixed(2) + " h";
}

function bytes(kib) {
  return kib === 0 ? "0"
    : kib < 1 ? Math.round(kib * 1024) + " B"
    : kib < 1024 ? fixed(kib, 0) + " KiB"
    : kib < 1024 * 1024 ? fixed(kib / 1024, 1) + " MiB"
    : (kib / 1024 / 1024).toFixed(2) + " GiB";
}

function fixed(value, digits) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(digits);
}

function percent(part, whole) {
  // What is rounded to 0 has no sign.
  return whole > 0 ? (Math.round(1000 * part / whole) / 10 || 0).toFixed(1) + "%" : "n/a";
}

/** Without a wait that has ended, one that has not may have lasted all the time. */
function meanWait(micros, milliWaits) {
  return milliWaits > 0 ? seconds(1000 * micros / milliWaits) : micros > 0 ? "not ended" : "n/a";
}

/** What the tile and the row say when the mouse points at them. */
const UNATTRIBUTED = "CPU time in no other part. Most of it is what ending threads use, 30 to 200 us each.";

function count(number) {
  return number.toLocaleString("en");
}

/** A time since the beginning of the recording, as minutes and seconds. */
function clock(millis) {
  const all = Math.round(millis / 1000);
  const pad = number => String(number).padStart(2, "0");
  return all < 3600 ? Math.floor(all / 60) + ":" + pad(all % 60)
    : Math.floor(all / 3600) + ":" + pad(Math.floor(all / 60) % 60) + ":" + pad(all % 60);
}

/** The value of a colour of the style sheet. */
function colour(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function showTip(event, ...children) {
  const tip = byId("tip");
  tip.replaceChildren(...children);
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - box.width - 8);
  const below = event.clientY + 18;
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = (below + box.height > innerHeight ? event.clientY - box.height - 12 : below) + "px";
}

function hideTip() {
  byId("tip").hidden = true;
}

function empty(title, text) {
  return element("div", {class: "empty"}, element("b", {}, title), text);
}
