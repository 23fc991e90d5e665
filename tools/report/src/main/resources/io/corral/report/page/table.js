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
  const collector = NATIVE.find(each => each.path === "/jvm/gc");
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
    const children = container.children.filter(each => !each.outside)
      .sort((one, other) => cpu[other.number] - cpu[one.number] || one.number - other.number);
    const shown = unlimited.has(key(container)) ? children : children.slice(0, MAX_CHILDREN);
    const ownCpu = container.number === 0 && children.length > 0 ? inRange(container.cpuMicros) : null;
    const before = ownCpu === null ? shown.length : shown.filter(each => cpu[each.number] > ownCpu).length;
    shown.slice(0, before).forEach(add);
    if (ownCpu !== null) {
      rows.push(itselfRow(container, children, ownCpu, samples.placed, whole, optional.length));
    }
    shown.slice(before).forEach(add);
    if (shown.length < children.length) {
      rows.push(moreRow(container, children.length - shown.length));
    }
  };
  add(chosenContainer());
  if (chosenContainer().number === 0 || chosenContainer().path === "/jvm") {
    rows.push(...nativeRows(whole));
  }
  if (chosenContainer().number === 0) {
    rows.push(...asideRows(whole));
  }
  byId("table").replaceChildren(tableHead(optional), element("tbody", {}, ...rows));
  byId("table-hint").textContent = "A container includes those below it. The JVM's native"
    + " threads, such as GC and JIT, are in no container. All is of the recording alone; corral ls shows"
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

/** What the root used without the containers below it, so that the rows below it add up. */
function itselfRow(root, children, ownCpu, samples, whole, optionalCells) {
  const own = of => children.reduce((left, each) => left - of(each), of(root));
  return element("tr", {class: "itself", title: "What " + root.path + " used without the containers below it"},
    element("td", {class: "name", style: "padding-left:29px"},
      element("span", {class: "fold", style: "display:inline-block"}), "(itself)"),
    element("td", {class: "num"}, seconds(ownCpu)),
    element("td", {class: "share"}, meter(ownCpu, whole)),
    ...[bytes(inRange(root.allocatedKiB)), count(Math.max(0, own(each => each.threads))),
      count(Math.max(0, own(each => each.virtual))), count(Math.max(0, own(each => each.started))),
      count(own(each => samples[each.number])), ...Array(optionalCells).fill("")]
      .map(text => element("td", {class: "num"}, text)));
}

/** A row of CPU time that is in no container. */
function asideRow(label, micros, whole, attributes) {
  return element("tr", {class: "aside", ...attributes},
    element("td", {class: "name"}, label),
    element("td", {class: "num"}, time(micros)),
    element("td", {class: "share"}, meter(micros, whole)),
    element("td", {colspan: 7}));
}

/** The JVM's native threads: a sum, and its parts. */
function nativeRows(whole) {
  const parts = NATIVE.map(each => ({each, micros: inRange(each.cpuMicros)}))
    .sort((one, other) => other.micros - one.micros);
  return parts.length === 0 ? [] : [
    asideRow("JVM's native threads", parts.reduce((sum, {micros}) => sum + micros, 0), whole),
    ...parts.map(({each, micros}) => asideRow(
      element("span", {class: "part"}, each.name), micros, whole, {"data-path": each.path}))];
}

/** Rows for what is in neither, and for the process. */
function asideRows(whole) {
  const {process, unattributed} = processParts();
  const rows = [];
  if (isKnown(unattributed)) {
    rows.push(asideRow("unattributed", unattributed, whole, {title: UNATTRIBUTED}));
  }
  if (isKnown(process)) {
    rows.push(asideRow("process", process, whole));
  }
  return rows;
}
