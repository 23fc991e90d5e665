// Flame graphs of CPU time, of allocation and of waits. A caller is above the methods that it calls.

const ROW = 19;
const LIGHT = ["#f2a65a", "#7fb2e5", "#8fce8b", "#e58f9c", "#c3a1e0", "#e3c65b"];
const DARK = ["#b06a24", "#356a9e", "#3f7f3e", "#a04b5a", "#7c55a3", "#8f7720"];

/** For each kind: its samples, the words about them, and the exact amount if there is one. */
const FLAMES = {
  cpu: {
    title: () => "CPU", unit: "samples", amount: count, exact: () => sums("cpuMicros"),
    each: action => eachSample("cpu", action),
    estimate: weight => ", about " + seconds(weight),
    text: (samples, exact) => count(samples) + " samples"
      + (exact === null ? "" : " stand for " + seconds(exact) + " of CPU time, which is exact."),
  },
  allocation: {
    title: () => "Allocation", unit: "allocated", amount: weight => bytes(weight / 1024),
    exact: () => sums("allocatedKiB"), each: action => eachSample("allocation", action),
    text: (samples, exact) => "Samples stand for " + bytes(samples / 1024)
      + (exact === null ? "" : "; the exact number is " + bytes(exact) + "."),
  },
  waits: {
    title: () => waitView(chosen.wait).title, unit: "", amount: weight => waitText(chosen.wait, weight),
    exact: () => null, each: action => eachChosenWait(action),
    text: samples => waitText(chosen.wait, samples) + " in all.",
  },
};

const RANKED_PACKAGES = rankedPackages();

class Flame {
  constructor(kind, place) {
    this.kind = kind;
    this.view = FLAMES[kind];
    this.place = byId(place);
    this.search = "";
    this.ranked = RANKED_PACKAGES;
  }

  draw() {
    this.sums = flameSums(this.view.each);
    this.zoomed = 0;
    const all = this.sums.total[0];
    this.place.dataset.total = all;
    if (all === 0) {
      this.place.replaceChildren(element("div", {class: "card"}, this.nothing()));
      return;
    }
    this.colours = new Map(this.ranked.map((each, i) => [each, (isDark() ? DARK : LIGHT)[i]]));
    this.colours.set("JDK", colour("--jdk"));
    this.canvas = element("canvas", {
      role: "img", "aria-label": "Flame graph; the tables below have its hottest methods",
      onmousemove: event => this.hover(event), onmouseleave: hideTip,
      onclick: event => this.zoom(this.at(event) ? this.at(event).node : 0),
    });
    const hot = hotMethods(this.sums);
    this.place.replaceChildren(
      element("div", {class: "card"}, this.head(), this.legend(),
        element("div", {class: "flame"}, this.canvas)),
      element("div", {class: "two"},
        this.methods(this.kind === "waits" ? "Methods that waited" : "Hottest methods, by themselves", hot.own),
        this.methods(this.kind === "waits" ? "Methods that led there" : "Hottest methods, with what they call", hot.total,
          "Without the beginnings of threads and pools' tasks, and without methods that all have, unless there are no others.")));
    this.paint();
  }

  nothing() {
    const recorded = DATA.samples[this.kind].samples;
    return this.kind === "waits" ? empty("Nothing here", "The tables above have what there is.")
      : recorded === 0
      ? empty("No samples of " + (this.kind === "cpu" ? "CPU time" : "allocation"),
        "The recording has none. The tab Completeness says how to get them.")
      : empty("No samples here", "None of the " + count(recorded) + " samples of the recording is in"
        + " this container and this range of time.");
  }

  head() {
    const {view} = this;
    const place = chosen.container === NOT_PLACED
      ? "samples that could not be placed" : chosenContainer().path;
    const amounts = view.exact();
    const exact = amounts === null || chosen.container === NOT_PLACED ? null : amounts[chosen.container];
    const samples = this.sums.total[0];
    this.scale = exact === null || samples === 0 ? null : exact / samples;
    return element("div", {class: "flame-head"},
      element("div", {}, element("h2", {}, view.title() + " of ", name(place)),
        element("p", {class: "hint"}, view.text(samples, exact) + " The width of a method is its part. Click one to zoom.")),
      this.tools());
  }

  /** What finds methods and ends the zoom, and more elements before the search. */
  tools(...more) {
    this.found = element("output", {});
    this.back = element("button", {type: "button", onclick: () => this.zoom(0), hidden: true}, "Reset zoom");
    return element("div", {class: "flame-tools"}, this.found, this.back, ...more,
      element("input", {
        type: "search", placeholder: "Find a method or package", "aria-label": "Find",
        oninput: event => {
          this.search = event.target.value.toLowerCase();
          this.paint();
        },
      }));
  }

  legend() {
    const ending = byPackage(this.sums.own);
    const shown = [...byPackage(this.sums.total).keys()];
    const all = this.sums.total[0];
    const entry = (text, background, weight) => element("span", {},
      element("i", {style: "background:" + background}), name(text), element("b", {}, percent(weight, all)));
    const entries = [...this.colours].filter(([each]) => shown.includes(each))
      .map(([each, background]) => entry(each, background, ending.get(each) || 0));
    const others = shown.filter(each => !this.colours.has(each));
    if (others.length > 0) {
      entries.push(entry("others", colour("--other"),
        others.reduce((sum, each) => sum + (ending.get(each) || 0), 0)));
    }
    return element("div", {class: "legend", title: "The part that ends in methods of these packages"}, ...entries);
  }

  methods(title, weights, hint) {
    const all = this.sums.total[0];
    const top = [...weights].sort((one, other) => other[1] - one[1]).slice(0, 15);
    return element("div", {class: "card"}, element("h3", {}, title),
      ...(hint ? [element("p", {class: "hint"}, hint)] : []),
      element("table", {}, element("tbody", {}, ...top.map(([frame, weight]) => element("tr", {},
        element("td", {class: "num"}, percent(weight, all)),
        element("td", {class: "code"}, name(STACKS.frames[frame])))))));
  }

  zoom(node) {
    this.zoomed = node;
    this.back.hidden = node === 0;
    this.paint();
  }

  /** Places the boxes: callers of the zoomed node get the whole width. */
  layout(width) {
    const boxes = [];
    const {total, children} = this.sums;
    const above = [];
    for (let node = this.zoomed; node !== 0; node = STACKS.parent[node]) {
      above.unshift(node);
    }
    above.forEach((node, depth) => boxes.push({node, depth, x: 0, width, isAbove: node !== this.zoomed}));
    const scale = width / total[this.zoomed];
    const add = (parent, depth, from) => {
      let x = from;
      for (const node of children.get(parent) || []) {
        const wide = total[node] * scale;
        if (wide >= 0.4) {
          boxes.push({node, depth, x, width: wide});
          add(node, depth + 1, x);
        }
        x += wide;
      }
    };
    add(this.zoomed, above.length, 0);
    return boxes;
  }

  paint() {
    const width = Math.max(280, this.canvas.parentElement.clientWidth);
    this.boxes = this.layout(width);
    const depth = this.boxes.reduce((most, box) => Math.max(most, box.depth), 0) + 1;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = depth * ROW * ratio;
    this.canvas.style.height = depth * ROW + "px";
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = "12px system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
    pen.textBaseline = "middle";
    this.boxes.forEach(box => this.box(pen, box));
    this.say();
  }

  box(pen, box) {
    const frame = STACKS.frames[STACKS.frame[box.node]];
    const matches = this.search !== "" && frame.toLowerCase().includes(this.search);
    pen.globalAlpha = box.isAbove ? 0.45 : this.search !== "" && !matches ? 0.5 : 1;
    pen.fillStyle = matches ? colour("--match") : this.colours.get(packageOf(frame)) || colour("--other");
    pen.fillRect(box.x, box.depth * ROW, Math.max(0.5, box.width - (box.width > 3 ? 1 : 0)), ROW - 1);
    pen.globalAlpha = 1;
    if (box.width > 34) {
      pen.fillStyle = matches ? "#ffffff" : colour("--frame-ink");
      pen.fillText(this.fit(pen, shortName(frame), box.width - 9), box.x + 4, box.depth * ROW + ROW / 2);
    }
  }

  /** Cuts a text to a width. */
  fit(pen, text, width) {
    if (pen.measureText(text).width <= width) {
      return isolated(text);
    }
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pen.measureText(text.slice(0, middle) + "…").width <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low < 2 ? "" : isolated(text.slice(0, low) + "…");
  }

  /** Shows the share of the samples that the search has found. A match below another match counts once. */
  say() {
    if (this.search === "") {
      this.found.textContent = "";
      return;
    }
    const {total, children} = this.sums;
    const matched = node => STACKS.frames[STACKS.frame[node]].toLowerCase().includes(this.search)
      ? total[node]
      : (children.get(node) || []).reduce((sum, child) => sum + matched(child), 0);
    const sum = (children.get(0) || []).reduce((all, child) => all + matched(child), 0);
    this.found.textContent = "found: " + percent(sum, total[0]);
  }

  at(event) {
    const x = event.offsetX;
    const depth = Math.floor(event.offsetY / ROW);
    return this.boxes.find(box => box.depth === depth && x >= box.x && x < box.x + box.width);
  }

  hover(event) {
    const box = this.at(event);
    if (!box) {
      hideTip();
      return;
    }
    const weight = this.sums.total[box.node];
    const own = this.sums.own[box.node];
    const estimate = this.scale === null || !this.view.estimate ? "" : this.view.estimate(weight * this.scale);
    showTip(event, element("b", {}, name(STACKS.frames[STACKS.frame[box.node]])),
      element("span", {}, percent(weight, this.sums.total[0]) + " of this graph, "
        + this.view.amount(weight) + " " + this.view.unit + estimate
        + (own > 0 ? "; by itself " + percent(own, this.sums.total[0]) : "")));
  }
}
