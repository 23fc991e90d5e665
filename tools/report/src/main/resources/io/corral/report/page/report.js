// The whole page: header, tabs, choices, and notes about what is missing.

const MAX_OPTIONS = 1000;
const PROFILE = "java -jar corral-agent.jar --profile > corral-profile.jfc\n"
  + "java -javaagent:corral-agent.jar \\\n"
  + "     -XX:StartFlightRecording:filename=app.jfr,settings=default,settings=$PWD/corral-profile.jfc \\\n"
  + "     -jar app.jar";

/** Sentences about what the recording lacks. With the settings above, the kinds that begin with "no" do not occur. */
const NOTES = {
  damaged: why => "The file is damaged or incomplete. This page shows what could be read: " + why,
  lostBytes: lost => "The JVM could not write " + count(lost) + " bytes of events, so numbers of samples are too low.",
  lostSamples: lost => "The JVM was too busy to take " + count(lost) + " samples of CPU time.",
  noCpuSamples: () => "There is no flame graph of CPU time, because neither jdk.ExecutionSample nor jdk.CPUTimeSample was recorded.",
  noAllocationSamples: () => "There is no flame graph of allocation, because jdk.ObjectAllocationSample was not recorded.",
  noStays: () => "corral.Residency was not recorded. So samples are counted in the home of their thread, even if it"
    + " worked elsewhere, and samples of virtual threads are not placed.",
  noProcess: () => "The CPU time of the process is not known, because corral.Reconciliation was not recorded.",
};

const REASONS = {
  TOO_EARLY: "are older than the first event of Corral.",
  SHORT_STAY: "are in a stay that was not recorded: it was too short, or began before the recording.",
  NO_STAYS: "are of virtual threads, and the recording has no stays.",
  NO_HOME: "are of threads without a home in any event.",
};

/** What the address names and the recording lacks, a sentence each. */
const unknown = [];

const flames = {
  cpu: new Flame("cpu", "cpu"),
  allocation: new Flame("allocation", "allocation"),
  waits: new Flame("waits", "waits-flame"),
};

function draw() {
  hideTip();
  showTab();
  drawChoices();
  drawTiles();
  if (chosen.tab === "overview") {
    drawChart();
    drawTable();
    drawLimits();
    drawMeanwhile();
  } else if (chosen.tab === "waits") {
    drawWaits();
  } else if (chosen.tab === "completeness") {
    drawPlaced();
  } else {
    flames[chosen.tab].draw();
  }
}

function drawChoices() {
  const cpu = sums("cpuMicros");
  let options = containers();
  if (options.length > MAX_OPTIONS) {
    options = [...options].sort((one, other) => cpu[other.number] - cpu[one.number])
      .slice(0, MAX_OPTIONS).sort((one, other) => one.number - other.number);
  }
  const select = byId("container");
  select.replaceChildren(
    ...options.map(each => element("option", {value: each.number}, isolated(each.path))),
    element("option", {value: NOT_PLACED}, "(not placed)"));
  select.value = chosen.container;
  byId("hierarchy").value = chosen.hierarchy;
  const {bucketMillis} = DATA.axis;
  const range = byId("range");
  range.hidden = isWhole();
  range.textContent = clock(chosen.from * bucketMillis) + " to " + clock(chosen.to * bucketMillis) + "  ✕";
  range.title = "Show the whole recording again";
}

function drawHeader() {
  document.title = "Corral report: " + DATA.title;
  byId("file").textContent = DATA.title;
  const facts = Object.entries(DATA.facts);
  const start = new Date(DATA.axis.startMillis);
  facts.unshift(["Recorded", start.toISOString().slice(0, 19).replace("T", " ") + " UTC"]);
  byId("facts").replaceChildren(...facts.map(([fact, text]) => element("div", {},
    element("dt", {}, fact), element("dd", {}, name(text)))));
  byId("warnings").replaceChildren(...unknown.map(text => element("p", {class: "note"}, text)), ...DATA.notes.filter(note => note.kind !== "lostSamples").map(note => element("p", {class: "note"}, NOTES[note.kind](note.detail) + " ",
    ...(note.kind.startsWith("no") ? [element("a", {href: "#tab=completeness", onclick: event => {
      event.preventDefault();
      choose({tab: "completeness"});
    }}, "How to get it")] : []))));
}

/** Where the CPU time of the chosen range went. */
function drawTiles() {
  const {process, containers: inContainers, unattributed} = processParts();
  const part = micros => isKnown(micros) && isKnown(process) ? percent(micros, process) : "";
  const native = path => {
    const found = NATIVE.find(each => each.path === path);
    return found ? inRange(found.cpuMicros) : null;
  };
  const {bucketMillis} = DATA.axis;
  const millis = Math.min(chosen.to * bucketMillis, DATA.durationMillis) - chosen.from * bucketMillis;
  const counts = sampleCounts();
  const samples = counts.placed[0] + counts.unplaced;
  byId("tiles").replaceChildren(
    tile("Duration", clock(millis), isWhole() ? "" : "of " + clock(DATA.durationMillis)),
    tile("Process CPU", time(process), isKnown(process) ? (process / 1e3 / millis).toFixed(2) + " CPUs" : ""),
    tile("In containers", time(inContainers), part(inContainers)),
    tile("Garbage collector", time(native("/jvm/gc")), part(native("/jvm/gc"))),
    tile("Compilers", time(native("/jvm/jit")), part(native("/jvm/jit"))),
    tile("Other JVM threads", time(native("/jvm/other")), part(native("/jvm/other"))),
    tile("Unattributed", time(unattributed), part(unattributed), UNATTRIBUTED),
    tile("Samples placed", samples === 0 ? "none" : percent(counts.placed[0], samples),
      samples === 0 ? "" : "of " + count(samples)));
}

function tile(label, value, more, title) {
  return element("div", {class: "tile", title}, element("span", {}, label), element("b", {}, value),
    element("small", {}, more));
}

function time(micros) {
  return !isKnown(micros) ? "n/a" : micros < 0 ? "-" + seconds(-micros) : seconds(micros);
}

function placedSamples(kind) {
  const samples = DATA.samples[kind];
  return {all: samples.samples, unplaced: samples.unplaced.reduce((sum, each) => sum + each.samples, 0)};
}

function drawPlaced() {
  byId("completeness").replaceChildren(
    element("div", {class: "two"}, placedCard("cpu", "Samples of CPU time"),
      placedCard("allocation", "Samples of allocation")),
    comparedCard(), profileCard());
}

function placedCard(kind, title) {
  const {all, unplaced} = placedSamples(kind);
  const samples = DATA.samples[kind];
  const card = element("div", {class: "card"}, element("h2", {}, title));
  if (all === 0) {
    card.append(empty("None", "The recording has no " + samples.event + "."));
    return card;
  }
  card.append(element("p", {class: "hint"}, count(all - unplaced) + " of " + count(all) + " samples ("
    + samples.event + ") are in a container; " + count(unplaced) + " could not be placed."),
  meter(all - unplaced, all),
  element("ul", {class: "list"}, ...samples.unplaced.map(each => element("li", {},
    element("b", {}, count(each.samples)), " ", REASONS[DATA.samples.reasons[each.reason]], " Threads: ",
    ...each.threads.flatMap(([thread, number], i) => [i > 0 ? ", " : "", name(thread), " (" + count(number) + ")"])))));
  if (DATA.threshold) {
    card.append(element("p", {class: "hint"}, "Stays are recorded from " + DATA.threshold + " on (threshold of corral.Residency)."));
  }
  const lost = DATA.notes.find(note => note.kind === "lostSamples");
  if (lost && samples.event === "jdk.CPUTimeSample") {
    card.append(element("p", {class: "hint"}, NOTES.lostSamples(lost.detail)));
  }
  if (DATA.samples.minSamples > 1) {
    card.append(element("p", {class: "hint"}, "Calls with fewer than " + DATA.samples.minSamples
      + " samples in the whole recording are counted at their callers."));
  }
  return card;
}

/**
 * Compares shares of samples with shares of exact CPU time, for containers that have samples, or so much
 * CPU time that they should.
 */
function comparedCard() {
  const inAll = sums("cpuMicros")[0];
  const {placed} = sampleCounts();
  const cpu = containers().map(each => inRange(each.cpuMicros));
  const samples = containers().map(each =>
    each.children.reduce((left, child) => left - placed[child.number], placed[each.number]));
  const rows = containers().filter(each => !each.outside
      && (samples[each.number] > 0 || cpu[each.number] > inAll / 100))
    .sort((one, other) => cpu[other.number] - cpu[one.number]).slice(0, 12);
  const card = element("div", {class: "card"}, element("h2", {}, "Samples compared with exact CPU time"),
    element("p", {class: "hint"}, "Samples show which code uses the time. The clocks of the threads show"
      + " how much time it is. A row is a container without those below it. The shares are of all containers."));
  if (rows.length > 0) {
    card.append(element("div", {class: "scroll"}, element("table", {},
      element("thead", {}, element("tr", {}, element("th", {}, "Container"), element("th", {class: "num"}, "CPU time"),
        element("th", {class: "num"}, "Share, exact"), element("th", {class: "num"}, "Samples"), element("th", {class: "num"}, "Share, by samples"))),
      element("tbody", {}, ...rows.map(each => element("tr", {}, element("td", {}, name(each.path)),
        element("td", {class: "num"}, seconds(cpu[each.number])), element("td", {class: "num"}, percent(cpu[each.number], inAll)),
        element("td", {class: "num"}, count(samples[each.number])), element("td", {class: "num"}, percent(samples[each.number], placed[0]))))))));
  } else {
    card.append(empty("Nothing to compare", "No container has samples or CPU time in this range of time."));
  }
  return card;
}

function profileCard() {
  return element("div", {class: "card"}, element("h2", {}, "Record for a report"),
    element("p", {class: "hint"}, "These settings record everything that this page can show. In a running JVM, use them with"
      + " jcmd PID JFR.start settings=default settings=/path/to/corral-profile.jfc."),
    element("pre", {}, PROFILE));
}

/** Writes the choices to the address, so that a link or a reload shows the same. */
function writeAddress() {
  const text = new URLSearchParams({tab: chosen.tab});
  if (hierarchy().name !== "main") {
    text.set("hierarchy", hierarchy().name);
  }
  if (chosen.container !== 0) {
    text.set("container", chosen.container === NOT_PLACED ? "" : chosenContainer().path);
  }
  if (!isWhole()) {
    text.set("from", chosen.from);
    text.set("to", chosen.to);
  }
  if (chosen.tab === "waits" && chosen.wait !== null) {
    text.set("wait", WAIT_KINDS[chosen.wait].name);
  }
  history.replaceState(null, "", "#" + text);
}

function readAddress() {
  const text = new URLSearchParams(location.hash.slice(1));
  const main = DATA.hierarchies.findIndex(each => each.name === "main");
  const named = DATA.hierarchies.findIndex(each => each.name === text.get("hierarchy"));
  chosen.hierarchy = named >= 0 ? named : main;
  if (named < 0 && text.has("hierarchy")) {
    unknown.push("This recording has no hierarchy " + isolated(text.get("hierarchy")) + ". The page shows main.");
  }
  if (["overview", "cpu", "allocation", "waits", "completeness"].includes(text.get("tab"))) {
    chosen.tab = text.get("tab");
  }
  const wait = WAIT_KINDS.findIndex(each => each.name === text.get("wait"));
  chosen.wait = wait < 0 ? null : wait;
  if (wait < 0 && text.has("wait")) {
    unknown.push("There is no kind of waits " + isolated(text.get("wait")) + ". Expected one of "
      + WAIT_KINDS.map(each => each.name).join(", ") + ".");
  }
  const path = text.get("container");
  const found = containers().findIndex(each => each.path === path);
  chosen.container = path === "" ? NOT_PLACED : Math.max(0, found);
  if (path && found < 0) {
    unknown.push("This recording has no container " + isolated(path) + " in the hierarchy "
      + isolated(hierarchy().name) + ". The page shows all containers.");
  }
  const from = Number(text.get("from") || 0);
  const to = Number(text.get("to") || DATA.axis.count);
  if (from >= 0 && from < to && to <= DATA.axis.count) {
    Object.assign(chosen, {from, to});
  }
}

function start() {
  followTheme();
  readAddress();
  byId("hierarchy").append(...DATA.hierarchies.map((each, number) =>
    element("option", {value: number}, isolated(each.name))));
  byId("hierarchy").addEventListener("change", event => choose({hierarchy: Number(event.target.value), container: 0}));
  byId("container").addEventListener("change", event => choose({container: Number(event.target.value)}));
  byId("range").addEventListener("click", () => choose({from: 0, to: DATA.axis.count}));
  document.querySelectorAll("#tabs button").forEach(button =>
    button.addEventListener("click", () => choose({tab: button.dataset.tab})));
  followSize();
  drawHeader();
  draw();
  document.documentElement.dataset.drawn = chosen.tab;
}

start();
