// The page of two recordings: header, tabs, choices, and the table of what grew.

const MAX_TABLE_ROWS = 100;
const TABS = ["containers", "cpu", "allocation"];
const unknown = [];
let allRows = false;

const flames = {cpu: new GrowthFlame("cpu"), allocation: new GrowthFlame("allocation")};

/** A change by a smaller part of the whole has no colour in the table. */
const NOTABLE = 0.01;

const COLUMNS = [
  {field: "cpu", title: "CPU time", text: cpuText},
  {field: "allocation", title: "Allocation", text: allocationText},
  {field: "started", title: "Threads started", text: startedText},
];

const isolatedName = side => isolated(DATA[side].name);

/** Sentences about what makes the comparison less sure. */
function notes() {
  const all = [];
  for (const side of SIDES) {
    const {damage, lostBytes, hasStays} = DATA[side];
    if (damage) {
      all.push(isolatedName(side) + " is damaged or incomplete. What could be read is compared: " + damage);
    }
    if (lostBytes > 0) {
      all.push("The JVM of " + isolatedName(side) + " could not write " + count(lostBytes) + " bytes of events.");
    }
    if (!hasStays) {
      all.push(isolatedName(side) + " has no corral.Residency. Its samples are counted in the home of their thread,"
        + " even if it worked elsewhere.");
    }
  }
  const [before, after] = SIDES.map(side => DATA[side].cpu);
  if (before.samples > 0 && after.samples > 0 && before.event !== after.event) {
    all.push("The samples of CPU time differ: " + before.event + " before, " + after.event
      + " after. jdk.ExecutionSample has no native methods.");
  }
  const javas = SIDES.map(side => DATA[side].facts.Java || "unknown");
  if (javas[0] !== javas[1]) {
    all.push("The Java version differs: " + isolated(javas[0]) + " before, " + isolated(javas[1]) + " after.");
  }
  if (!DATA.haveSameLength && chosen.basis === "total") {
    all.push("The recordings have different lengths. Totals can be compared only if both did the same work.");
  }
  return all;
}

function draw() {
  hideTip();
  showTab();
  byId("basis").value = chosen.basis;
  byId("hierarchy").value = chosen.hierarchy;
  byId("container").replaceChildren(...containers().map(each =>
    element("option", {value: each.number}, isolated(each.path))));
  byId("container").value = chosen.container;
  byId("warnings").replaceChildren(...[...unknown, ...notes()].map(text => element("p", {class: "note"}, text)));
  drawTiles();
  if (chosen.tab === "containers") {
    drawTable();
  } else {
    flames[chosen.tab].draw();
  }
}

function tile(label, value, more) {
  return element("div", {class: "tile"}, element("span", {}, label), element("b", {}, value),
    element("small", {}, more));
}

function drawTiles() {
  const tiles = (label, pair, text) => {
    const shown = amounts(pair);
    return tile(label, growth(shown), text(shown[0]) + " → " + text(shown[1]));
  };
  const root = containers()[0];
  const length = SIDES.map(side => (DATA[side].millis / 1000).toFixed(1) + " s");
  byId("tiles").replaceChildren(
    tile("Length", length[0] + " → " + length[1], DATA.haveSameLength ? "about the same" : "different"),
    tiles("CPU time of the process", DATA.process, cpuText),
    tiles("In containers", root.cpu, cpuText),
    tiles("Allocation", root.allocation, allocationText),
    tiles("Threads started", root.started, startedText));
}

function drawTable() {
  const rows = containers().map(each => {
    const row = {each};
    COLUMNS.forEach(({field}) => {
      row[field] = amounts(each[field]);
    });
    return row;
  }).filter(row => COLUMNS.some(({field}) => row[field][0] > 0 || row[field][1] > 0));
  const marks = within(chosen.container);
  const shown = rows.filter(({each}) => marks[each.number] === 1 || (chosen.container === 0 && each.outside));
  const by = row => row[chosen.order][1] - row[chosen.order][0];
  shown.sort((one, other) => by(other) - by(one));
  const cut = allRows || shown.length <= MAX_TABLE_ROWS ? shown
    : [...shown.slice(0, MAX_TABLE_ROWS / 2), ...shown.slice(-MAX_TABLE_ROWS / 2)];
  byId("table").replaceChildren(tableHead(), element("tbody", {}, ...cut.map(tableRow),
    ...(cut.length < shown.length ? [element("tr", {}, element("td", {colspan: 12, class: "name"},
      element("button", {
        type: "button", onclick: () => {
          allRows = true;
          draw();
        },
      }, "Show " + count(shown.length - cut.length) + " more that changed less")))] : [])));
  byId("table-hint").textContent = "A container includes those below it. What grew most is first; click the"
    + " title of another number to sort by it, and a name to choose a container for the whole page."
    + (chosen.basis === "rate" ? " The numbers are for each second of a recording; 100% is one CPU." : "");
}

function tableHead() {
  return element("thead", {},
    element("tr", {}, element("th"), ...COLUMNS.map(({field, title}) => element("th", {
      class: "group first", colspan: 4, "aria-sort": chosen.order === field && "descending",
    }, element("button", {type: "button", onclick: () => choose({order: field})}, title)))),
    element("tr", {}, element("th", {}, "Container"), ...COLUMNS.flatMap(() =>
      ["Before", "After", "Change", ""].map((text, i) => element("th", {class: i === 0 ? "num first" : "num"}, text)))));
}

function tableRow({each, ...pairs}) {
  const cell = element("td", {class: "name"}, element("button", {
    type: "button", class: "pick", onclick: () => choose({container: each.number}),
  }, name(each.path)));
  if (each.presence) {
    cell.append(element("span", {class: "mark"}, " " + each.presence.toLowerCase()));
  }
  if (each.outside) {
    cell.querySelector("button").disabled = true;
  }
  return element("tr", {"data-path": each.path}, cell, ...COLUMNS.flatMap(({field, text}) => {
    const pair = pairs[field];
    if (each.outside && field !== "cpu") {
      return ["", "", "", ""].map((none, i) => element("td", {class: i === 0 ? "first" : ""}));
    }
    const isNotable = Math.abs(pair[1] - pair[0]) >= NOTABLE * Math.max(...amounts(containers()[0][field]));
    const kind = !isNotable ? "" : pair[1] > pair[0] ? "grew" : pair[1] < pair[0] ? "shrank" : "";
    return [element("td", {class: "num first"}, text(pair[0])), element("td", {class: "num"}, text(pair[1])),
      element("td", {class: "num " + kind}, signed(text, pair)),
      element("td", {class: "num " + kind}, each.presence ? each.presence.toLowerCase() : growth(pair))];
  }));
}

function drawHeader() {
  document.title = "Corral comparison: " + DATA.before.name + ", " + DATA.after.name;
  byId("facts").replaceChildren(...SIDES.map(side => element("div", {},
    element("dt", {}, side === "before" ? "Before" : "After"),
    element("dd", {}, name(DATA[side].name), DATA[side].facts.Java ? ", " + isolated(DATA[side].facts.Java) : ""))));
}

/** Writes the choices to the address, so that a link or a reload shows the same. */
function writeAddress() {
  const text = new URLSearchParams({tab: chosen.tab, by: chosen.basis});
  if (chosen.hierarchy !== 0) {
    text.set("hierarchy", DATA.hierarchies[chosen.hierarchy].name);
  }
  if (chosen.container !== 0) {
    text.set("container", chosenContainer().path);
  }
  history.replaceState(null, "", "#" + text);
}

function readAddress() {
  const text = new URLSearchParams(location.hash.slice(1));
  if (TABS.includes(text.get("tab"))) {
    chosen.tab = text.get("tab");
  }
  if (["rate", "total"].includes(text.get("by"))) {
    chosen.basis = text.get("by");
  }
  if (["before", "after"].includes(text.get("width"))) {
    Object.values(flames).forEach(flame => {
      flame.side = SIDES.indexOf(text.get("width"));
    });
  }
  const named = DATA.hierarchies.findIndex(each => each.name === text.get("hierarchy"));
  chosen.hierarchy = Math.max(0, named);
  if (text.has("hierarchy") && named < 0) {
    unknown.push("These recordings have no hierarchy " + isolated(text.get("hierarchy")) + ". The page shows main.");
  }
  const path = text.get("container");
  const found = containers().findIndex(each => each.path === path);
  chosen.container = Math.max(0, found);
  if (path && found < 0) {
    unknown.push("These recordings have no container " + isolated(path) + ". The page shows all containers.");
  }
}

function start() {
  followTheme();
  byId("hierarchy").append(...DATA.hierarchies.map((each, number) =>
    element("option", {value: number}, isolated(each.name))));
  byId("basis").addEventListener("change", event => choose({basis: event.target.value}));
  byId("hierarchy").addEventListener("change", event => choose({hierarchy: Number(event.target.value), container: 0}));
  byId("container").addEventListener("change", event => choose({container: Number(event.target.value)}));
  document.querySelectorAll("#tabs button").forEach(button =>
    button.addEventListener("click", () => choose({tab: button.dataset.tab})));
  followSize();
  readAddress();
  drawHeader();
  draw();
  document.documentElement.dataset.drawn = chosen.tab;
}

start();
