// Flame graphs of two recordings. The colour of a method says how much it grew or shrank.

/** A change by a smaller part of the graph has no colour: so few samples may differ by chance. */
const SMALL_CHANGE = 0.003;

/** The growth that gets the strongest colour. */
const STRONGEST = 0.5;

const GROWTHS = {
  cpu: {title: "CPU time", text: cpuText},
  allocation: {title: "Allocation", text: allocationText},
};

/** A colour between two, which are written as in #rrggbb. */
function mixed(one, other, part) {
  const digits = [1, 3, 5].map(at => Math.round(parseInt(one.slice(at, at + 2), 16) * (1 - part)
    + parseInt(other.slice(at, at + 2), 16) * part));
  return "rgb(" + digits.join(",") + ")";
}

class GrowthFlame extends Flame {
  constructor(kind) {
    super(kind, kind);
    this.growth = GROWTHS[kind];
    this.side = 1;
  }

  draw() {
    this.both = growthSums(this.kind);
    this.zoomed = 0;
    this.place.dataset.total = this.both.total[1][0];
    if (!DATA.samples.rows[this.kind][chosen.hierarchy]) {
      this.place.replaceChildren(element("div", {class: "card"}, empty("No samples of " + this.growth.title,
        "One of the recordings has none. The settings that java -jar corral-agent.jar --profile prints record them.")));
      return;
    }
    if (this.both.total[0][0] === 0 && this.both.total[1][0] === 0) {
      this.place.replaceChildren(element("div", {class: "card"},
        empty("Nothing here", "This container used none in both recordings.")));
      return;
    }
    this.palette = {grew: colour("--grew"), shrank: colour("--shrank"), same: colour("--same")};
    this.canvas = element("canvas", {
      role: "img", "aria-label": "Flame graph; the tables below have the methods that changed most",
      onmousemove: event => this.hover(event), onmouseleave: hideTip,
      onclick: event => this.zoom(this.at(event) ? this.at(event).node : 0),
    });
    this.sides = element("span", {class: "switch", role: "group", "aria-label": "Width"},
      ...["Before", "After"].map((text, side) => element("button", {
        type: "button", onclick: () => this.show(side),
      }, text)));
    const changes = this.methodChanges();
    const grown = (all, sign) => [...all].map(([frame, pair]) => ({frame, pair, by: sign * (pair[1] - pair[0])}))
      .filter(each => each.by > 0).sort((one, other) => other.by - one.by).slice(0, 12);
    this.place.replaceChildren(
      element("div", {class: "card"}, this.head(), this.scale(), element("div", {class: "flame"}, this.canvas)),
      element("div", {class: "two"},
        this.changed("Grew most, by themselves", grown(changes.own, 1)),
        this.changed("Grew most, with what they call", grown(changes.total, 1)),
        this.changed("Shrank most, by themselves", grown(changes.own, -1)),
        this.changed("Shrank most, with what they call", grown(changes.total, -1))));
    this.show(this.both.total[1][0] === 0 ? 0 : this.side);
  }

  /** Shows the graph whose widths are those of one of the recordings. */
  show(side) {
    this.side = side;
    const total = this.both.total[side];
    const children = new Map();
    this.both.children.forEach((all, parent) => children.set(parent,
      all.filter(node => total[node] > 0).sort((one, other) => total[other] - total[one])));
    this.sums = {own: this.both.own[side], total, children};
    if (total[this.zoomed] === 0) {
      this.zoomed = 0;
    }
    [...this.sides.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === side)));
    this.zoom(this.zoomed);
  }

  pair(node) {
    return this.both.total.map(total => total[node]);
  }

  head() {
    const all = this.pair(0);
    return element("div", {class: "flame-head"},
      element("div", {}, element("h2", {}, this.growth.title + " of ", name(chosenContainer().path)),
        element("p", {class: "hint"}, this.growth.text(all[0]) + " before, " + this.growth.text(all[1]) + " after ("
          + growth(all) + "). The width of a method is its part after, or before. What exists in one recording"
          + " only is in that graph only. Click a method to zoom.")),
      this.tools(this.sides));
  }

  scale() {
    return element("div", {class: "scale"}, element("span", {}, "shrank by " + 100 * STRONGEST + "% or more"),
      element("i", {}), element("span", {}, "grew by " + 100 * STRONGEST + "% or more"));
  }

  /** Changes by method. A method that calls itself is counted once. */
  methodChanges() {
    const own = new Map();
    const total = new Map();
    const {own: ownSums, total: totals, children} = this.both;
    const add = (map, frame, sums, node) => {
      const pair = map.get(frame) || [0, 0];
      map.set(frame, pair.map((amount, side) => amount + sums[side][node]));
    };
    eachCall(children, (frame, node, isCounted) => {
      if (isCounted) {
        add(total, frame, totals, node);
      }
      add(own, frame, ownSums, node);
    });
    const telling = new Map([...total].filter(([, pair]) =>
      pair.some((amount, side) => amount < EVERYTHING * totals[side][0])));
    return {own, total: telling.size > 0 ? telling : total};
  }

  changed(title, rows) {
    const {text} = this.growth;
    return element("div", {class: "card"}, element("h3", {}, title),
      rows.length === 0 ? element("p", {class: "hint"}, "None.")
        : element("table", {}, element("tbody", {}, ...rows.map(({frame, pair}) => element("tr", {},
          element("td", {class: "num " + (pair[1] > pair[0] ? "grew" : "shrank")}, signed(text, pair)),
          element("td", {class: "num"}, growth(pair)),
          element("td", {class: "code"}, name(STACKS.frames[frame])))))));
  }

  box(pen, box) {
    this.colours = {get: () => this.growthColour(box.node)};
    super.box(pen, box);
  }

  growthColour(node) {
    const {grew, shrank, same} = this.palette;
    const [before, after] = this.pair(node);
    const whole = Math.max(...this.pair(0));
    if (Math.abs(after - before) < SMALL_CHANGE * whole) {
      return same;
    }
    const part = Math.abs(after - before) / (before || after);
    return mixed(same, after > before ? grew : shrank, Math.min(1, 0.15 + 0.85 * part / STRONGEST));
  }

  hover(event) {
    const box = this.at(event);
    if (!box) {
      hideTip();
      return;
    }
    const {text} = this.growth;
    const line = (word, pair) => word + text(pair[0]) + " before, " + text(pair[1]) + " after, "
      + signed(text, pair) + " (" + growth(pair) + ")";
    const own = this.both.own.map(sums => sums[box.node]);
    showTip(event, element("b", {}, name(STACKS.frames[STACKS.frame[box.node]])),
      element("span", {}, line("", this.pair(box.node))),
      ...(own[0] > 0 || own[1] > 0 ? [element("br"), element("span", {}, line("by itself ", own))] : []));
  }
}
