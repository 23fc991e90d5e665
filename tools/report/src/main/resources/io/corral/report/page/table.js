// The table of containers.

/** The number of children that are shown before "Show more" is clicked. */
const MAX_CHILDREN = 100;

/** The folded containers, as the hierarchy and the path. */
const folded = new Set();
const unlimited = new Set();

function key(container) {
  return hierarchy().name + ":" + container.path;
}

/** The columns that only some recordings have: a title, and a function from a container to its text. */
function optionalColumns(cpu, allocated) {
  const columns = [];
  if (hierarchy().hasQueued) {
    const queued = sums("queuedMicros");
    columns.push(["Queued", ({number}) => percent(queued[number], queued[number] + cpu[number])]);
    if (hierarchy().hasWaits) {
      const milliWaits = sums("milliWaits");
      columns.push(["Mean wait", ({number}) => meanWait(queued[number], milliWaits[number])]);
    }
  }
  const collector = DATA.hierarchies.find(each => each.name === "main").containers
    .find(each => each.path === "/jvm/gc");
  if (collector !== undefined && allocated[0] > 0) {
    const micros = inRange(collector.cpuMicros);
    columns.push(["GC, estimated", ({number}) => seconds(micros * allocated[number] / allocated[0])]);
  }
  return columns;
}

function drawTable() {
  const cpu = sums("cpuMicros");
  const allocated = sums("allocatedKiB");
  const samples = sampleCounts();
  const whole = processMicros();
  const optional = optionalColumns(cpu, allocated);
  const rows = [];
  const add = container => {
    rows.push(tableRow(container, cpu, allocated, samples.placed, whole, optional));
    if (folded.has(key(container))) {
      return;
    }
    const children = [...container.children]
      .sort((one, other) => cpu[other.number] - cpu[one.number] || one.number - other.number);
    const shown = unlimited.has(key(container)) ? children : children.slice(0, MAX_CHILDREN);
    shown.forEach(add);
    if (shown.length < children.length) {
      rows.push(moreRow(container, children.length - shown.length));
    }
  };
  add(chosenContainer());
  if (chosenContainer().number === 0) {
    rows.push(...asideRows(whole, cpu));
  }
  byId("table").replaceChildren(tableHead(optional), element("tbody", {}, ...rows));
  byId("table-hint").textContent = "A container includes those below it, but no container"
    + " includes /jvm/gc, /jvm/jit and /jvm/other. All is of the recording alone; corral ls shows"
    + " totals since the start of the JVM. Threads are those at the recording's end. Click a name to"
    + " choose a container for the whole page."
    + (hierarchy().hasQueued ? " Queued is the share of the time in which work was ready that it"
      + " waited." : "")
    + (hierarchy().hasWaits ? " Mean wait is the queued time for each wait." : "")
    + " The CPU time of the garbage collector is divided by what each container has allocated.";
}

function tableHead(optional) {
  const heads = [["Container"], ["CPU time", 1], ["Share of the process"], ["Allocated", 1],
    ["Threads", 1], ["Virtual", 1], ["Started", 1], ["Samples", 1],
    ...optional.map(([text]) => [text, 1])];
  return element("thead", {}, element("tr", {},
    ...heads.map(([text, isNumber]) => element("th", {class: isNumber && "num"}, text))));
}

function tableRow(container, cpu, allocated, samples, whole, optional) {
  const number = container.number;
  const depth = container.depth - chosenContainer().depth;
  const fold = container.children.length === 0 ? element("span", {class: "fold", style: "display:inline-block"})
    : element("button", {
      type: "button", class: "fold", "aria-expanded": String(!folded.has(key(container))),
      "aria-label": "children of " + isolated(container.path),
      onclick: () => {
        if (!folded.delete(key(container))) {
          folded.add(key(container));
        }
        drawTable();
      },
    }, folded.has(key(container)) ? "▸" : "▾");
  const label = element("button", {
    type: "button", class: "pick", onclick: () => choose({container: number}),
  }, name(depth === 0 ? container.path : container.name));
  label.firstChild.title = container.path;
  const cell = element("td", {class: "name", style: "padding-left:" + (8 + 18 * depth) + "px"},
    fold, label);
  if (container.removed) {
    cell.append(element("span", {class: "gone"}, " removed"));
  }
  return element("tr", {"data-path": container.path},
    cell,
    element("td", {class: "num"}, seconds(cpu[number])),
    element("td", {class: "share"}, meter(cpu[number], whole)),
    element("td", {class: "num"}, container.outside ? "" : bytes(allocated[number])),
    ...(container.outside ? ["", "", "", "", ...optional.map(() => "")]
      : [count(container.threads), count(container.virtual), count(container.started),
        count(samples[number]), ...optional.map(([, text]) => text(container))])
      .map(text => element("td", {class: "num"}, text)));
}

function meter(part, whole) {
  const width = whole > 0 ? Math.max(0, Math.min(100, 100 * part / whole)) : 0;
  return element("div", {class: "meter"},
    element("span", {}, element("i", {style: "width:" + width.toFixed(2) + "%"})),
    element("b", {}, percent(part, whole)));
}

function moreRow(container, more) {
  const show = () => {
    unlimited.add(key(container));
    drawTable();
  };
  return element("tr", {}, element("td", {colspan: 10, class: "name"},
    element("button", {type: "button", onclick: show}, "Show " + count(more) + " more")));
}

/** Rows for CPU time that is in no container, for the whole recording. */
function asideRows(whole, cpu) {
  const row = (text, micros, title) => element("tr", {class: "aside", title},
    element("td", {class: "name"}, text),
    element("td", {class: "num"}, time(1000 * micros)),
    element("td", {class: "share"}, meter(micros, whole)),
    element("td", {colspan: 7}));
  const isWhole = chosen.from === 0 && chosen.to === DATA.axis.count;
  if (!isWhole || DATA.process.cpuMicros.length === 0) {
    return [];
  }
  const rows = [];
  if (hierarchy().name !== "main" && isKnown(DATA.process.jvmNanos)) {
    rows.push(row("threads of the JVM's own", DATA.process.jvmNanos / 1000));
  }
  if (isKnown(DATA.process.unattributedNanos)) {
    rows.push(row("unattributed", DATA.process.unattributedNanos / 1000, UNATTRIBUTED));
  }
  rows.push(row("process", whole));
  return rows;
}
