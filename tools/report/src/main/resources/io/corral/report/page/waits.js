// What threads waited for, from the JDK's own events: by container, by what was waited for, and by stack.

const WAITS = DATA.samples.waits;
const WAIT_KINDS = DATA.samples.waitKinds;
const MAX_WAIT_ROWS = 100;

/** A title, and what the rows of the second table are. Kinds without a duration are counted. */
const WAIT_TITLES = {
  MONITOR: {title: "Monitors", subject: "Lock", what: "to enter a synchronized block or method that another thread is in. From JDK 24 on there are no events of virtual threads that leave their carrier then"},
  OBJECT_WAIT: {title: "Object.wait", subject: "Object", what: "in Object.wait"},
  PARK: {title: "Parks", subject: "Parked on", what: "parked: for locks of java.util.concurrent, for futures and for queues"},
  IDLE: {title: "Idle workers", subject: "Parked on", what: "as workers of a pool that had no task"},
  SLEEP: {title: "Sleeps", subject: "", what: "in Thread.sleep"},
  PINNED: {title: "Pinned", subject: "Reason", what: "as virtual threads that kept their carrier. Such a wait may also be one of another kind"},
  SOCKET_READ: {title: "Socket reads", subject: "Host", what: "to read from sockets"},
  SOCKET_WRITE: {title: "Socket writes", subject: "Host", what: "to write to sockets"},
  SOCKET_CONNECT: {title: "Connects", subject: "Host", what: "to connect to hosts"},
  FILE_READ: {title: "File reads", subject: "File", what: "to read from files"},
  FILE_WRITE: {title: "File writes", subject: "File", what: "to write to files"},
  FILE_FORCE: {title: "File syncs", subject: "File", what: "for files to be written to the disk"},
  EXCEPTION: {title: "Exceptions", subject: "Class", what: "", isCounted: true},
  ERROR: {title: "Errors", subject: "Class", what: "", isCounted: true},
};

const waitView = name => WAIT_TITLES[WAIT_KINDS[name].name];

/** Calls action(row) for the rows of the chosen range whose kind is the given one, or any if that is null. */
function eachWait(kind, action) {
  for (let row = 0; row < WAITS.kind.length; row++) {
    if (WAITS.bucket[row] >= chosen.from && WAITS.bucket[row] < chosen.to
        && (kind === null || WAITS.kind[row] === kind)) {
      action(row);
    }
  }
}

/** As eachSample, for the chosen kind. */
function eachChosenWait(action) {
  eachWait(chosen.wait, row => action(WAITS.node[row], waitWeight(row), WAITS.set[row]));
}

/** The amount by which a kind is sorted and drawn: microseconds, or the number of exceptions. */
function waitWeight(row) {
  return waitView(WAITS.kind[row]).isCounted ? WAITS.count[row] : WAITS.weight[row];
}

function waitText(kind, weight) {
  return waitView(kind).isCounted ? count(weight) : seconds(weight);
}

function placeOf(set) {
  return set < 0 ? NOT_PLACED : DATA.samples.sets[set][chosen.hierarchy];
}

function pathOf(place) {
  return place < 0 ? "(not placed)" : containers()[place].path;
}

function drawWaits() {
  const sets = chosenSets();
  const totals = new Map();
  eachWait(null, row => {
    if (sets[WAITS.set[row]]) {
      totals.set(WAITS.kind[row], (totals.get(WAITS.kind[row]) || 0) + waitWeight(row));
    }
  });
  const kinds = [...totals.keys()].sort((one, other) => one - other);
  if (!kinds.includes(chosen.wait)) {
    chosen.wait = tellingKind(kinds, sets);
  }
  const nothing = kinds.length === 0;
  byId("waits-hint").textContent = nothing ? nothingWaited()
    : "How long threads waited, summed over the threads, from the events of the JDK. A container includes those below it."
      + " A wait counts where it has its middle. Choose a kind for the tables below.";
  byId("wait-kinds").replaceChildren(...kinds.map(kind => element("button", {
    type: "button", "aria-pressed": String(kind === chosen.wait), onclick: () => choose({wait: kind}),
  }, waitView(kind).title + " ", element("span", {}, waitText(kind, totals.get(kind))))));
  drawWaitTable(kinds);
  for (const each of [byId("subjects-title").parentElement, byId("waits-flame")]) {
    each.hidden = nothing;
  }
  if (!nothing) {
    drawSubjects();
    flames.waits.draw();
  }
}

/** The kind for which the application waited longest. Idle workers, sleeps, the root and the JVM's own threads tell little. */
function tellingKind(kinds, sets) {
  const jvm = containers().findIndex(each => each.path === "/jvm");
  const ownThreads = jvm < 0 ? new Uint8Array(containers().length) : within(jvm);
  const weights = new Map(kinds.map(kind => [kind, 0]));
  eachWait(null, row => {
    const place = placeOf(WAITS.set[row]);
    if (sets[WAITS.set[row]] && place !== 0 && !(place > 0 && ownThreads[place])) {
      weights.set(WAITS.kind[row], weights.get(WAITS.kind[row]) + waitWeight(row));
    }
  });
  const telling = kinds.filter(kind => !["IDLE", "SLEEP"].includes(WAIT_KINDS[kind].name)
    && !waitView(kind).isCounted && weights.get(kind) > 0);
  return (telling.length > 0 ? telling : kinds)
    .reduce((most, kind) => most === null || weights.get(kind) > weights.get(most) ? kind : most, null);
}

function nothingWaited() {
  return WAITS.kind.length === 0
    ? "The recording has no events of the JDK about waits. The tab Completeness says how to get them."
    : "None of the waits of the recording is in this container and this range of time.";
}

/** For each container below the chosen one, the waits of each kind. */
function drawWaitTable(kinds) {
  const all = containers();
  const sums = kinds.map(() => new Float64Array(all.length));
  const unplaced = kinds.map(() => 0);
  eachWait(null, row => {
    const place = placeOf(WAITS.set[row]);
    const column = kinds.indexOf(WAITS.kind[row]);
    if (column >= 0 && place >= 0) {
      sums[column][place] += waitWeight(row);
    } else if (column >= 0) {
      unplaced[column] += waitWeight(row);
    }
  });
  for (let i = all.length - 1; i > 0; i--) {
    sums.forEach(each => {
      each[all[i].parent] += each[i];
    });
  }
  const marks = within(Math.max(0, chosen.container));
  const main = kinds.indexOf(chosen.wait);
  const shown = chosen.container === NOT_PLACED ? [] : all
    .filter(each => marks[each.number] === 1 && sums.some(column => column[each.number] > 0));
  const rows = shown.sort((one, other) => main < 0 ? 0 : sums[main][other.number] - sums[main][one.number]
    || one.number - other.number).slice(0, MAX_WAIT_ROWS);
  const cells = amounts => amounts.map((amount, i) => element("td",
    {class: "num" + (i === main ? " sorted" : "")}, amount === 0 ? "" : waitText(kinds[i], amount)));
  const body = rows.map(each => element("tr", {"data-path": each.path},
    element("td", {class: "name"}, element("button", {
      type: "button", class: "pick", onclick: () => choose({container: each.number}),
    }, name(each.path))), ...cells(sums.map(column => column[each.number]))));
  if (unplaced.some(amount => amount > 0) && chosen.container <= 0) {
    body.push(element("tr", {class: "aside"}, element("td", {class: "name"}, "(not placed)"), ...cells(unplaced)));
  }
  byId("waits-table").replaceChildren(
    element("thead", {}, element("tr", {}, element("th", {}, "Container"),
      ...kinds.map(kind => element("th", {class: "num"}, waitView(kind).title)))),
    element("tbody", {}, ...body));
}

/** What the threads of the chosen container waited for, and in which containers the holders of monitors were. */
function drawSubjects() {
  const sets = chosenSets();
  const view = waitView(chosen.wait);
  const groups = new Map();
  eachWait(chosen.wait, row => {
    if (!sets[WAITS.set[row]]) {
      return;
    }
    const place = placeOf(WAITS.set[row]);
    const key = WAITS.subject[row] + " " + place;
    const group = groups.get(key) || {subject: WAITS.subjects[WAITS.subject[row]], place, count: 0, weight: 0, bytes: 0, holders: new Map()};
    groups.set(key, group);
    group.count += WAITS.count[row];
    group.weight += waitWeight(row);
    group.bytes += WAITS.bytes[row];
    if (WAITS.holder[row] >= 0) {
      const holder = placeOf(WAITS.holder[row]);
      group.holders.set(holder, (group.holders.get(holder) || 0) + waitWeight(row));
    }
  });
  const rows = [...groups.values()].sort((one, other) => other.weight - one.weight);
  const hasBytes = rows.some(each => each.bytes > 0);
  const hasHolders = rows.some(each => each.holders.size > 0);
  const place = chosen.container === NOT_PLACED ? "events that could not be placed" : chosenContainer().path;
  byId("subjects-title").replaceChildren(view.title + " of ", name(place));
  byId("subjects-hint").textContent = [
    view.isCounted ? "" : "Threads waited " + view.what + ".",
    hasHolders ? "Held by is the container of the thread that held the lock when the wait began." : "",
    recordedFrom(chosen.wait),
  ].filter(text => text !== "").join(" ");
  const heads = [...(view.subject ? [[view.subject]] : []), ["Container"], ...(hasHolders ? [["Held by"]] : []),
    [view.isCounted ? "Number" : "Waits", 1], ...(view.isCounted ? [] : [["Time", 1], ["Mean", 1]]), ...(hasBytes ? [["Bytes", 1]] : [])];
  byId("subjects-table").replaceChildren(
    element("thead", {}, element("tr", {}, ...heads.map(([text, isNumber]) => element("th", {class: isNumber && "num"}, text)))),
    element("tbody", {}, ...rows.slice(0, MAX_WAIT_ROWS).map(each => element("tr", {},
      ...(view.subject ? [element("td", {class: "code"}, name(each.subject || "(unknown)"))] : []),
      element("td", {}, name(pathOf(each.place))),
      ...(hasHolders ? [element("td", {}, ...heldBy(each))] : []),
      element("td", {class: "num"}, count(each.count)),
      ...(view.isCounted ? [] : [element("td", {class: "num"}, seconds(each.weight)),
        element("td", {class: "num"}, seconds(each.weight / each.count))]),
      ...(hasBytes ? [element("td", {class: "num"}, bytes(each.bytes / 1024))] : []))),
    ...(rows.length > MAX_WAIT_ROWS ? [element("tr", {class: "aside"},
      element("td", {colspan: heads.length}, count(rows.length - MAX_WAIT_ROWS) + " more"))] : [])));
}

/** The three containers that held the lock for most of the waited time. */
function heldBy(group) {
  return [...group.holders].sort((one, other) => other[1] - one[1]).slice(0, 3)
    .flatMap(([place, weight], i) => [i > 0 ? ", " : "", name(pathOf(place)), " " + percent(weight, group.weight)]);
}

/** From which length on, and how often, the recording has the events of a kind. */
function recordedFrom(kind) {
  const {threshold, throttle, event} = WAIT_KINDS[kind];
  const parts = [];
  if (isKnown(threshold) && !threshold.startsWith("0 ")) {
    parts.push("Recorded are waits of " + threshold + " and more.");
  }
  if (isKnown(throttle) && throttle !== "off") {
    parts.push("At most " + throttle + " of " + event + " were recorded, so the sums can be too low.");
  }
  return parts.join(" ");
}
