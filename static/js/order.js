// An order: rows dragged by pointer (finger, pen or mouse), moved by the buttons or by typed places; saved by itself.
// <form data-order> with rows [data-row] that have an input of places and buttons "<id>:up", "<id>:down".
// Dropped between two rows one stands between them; dropped on a row one shares its place.
import { Keeper } from "./keeping.js";

const EDGE = 70; // pixels from the window's edge where it begins to scroll
const COUNTED = ["ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
const placeOf = (row) => row.querySelector("input");
const nameOf = (row) => row.querySelector("th").firstElementChild?.nextSibling?.textContent.trim() ?? "";

class Order {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("[data-row]").parentElement;
    this.keeper = new Keeper(form, {
      kept: (told, newest) => {
        const { places, version } = told;
        if (newest && this.stands) told.saved = `${this.stands} ${told.saved}`;
        if (version !== undefined && form.elements.version) form.elements.version.value = version;
        if (places && newest) this.typed(places);
      },
      refused: ({ field, version, fault }) => {
        if (version !== undefined && form.elements.version) form.elements.version.value = version; // told of: the next one holds
        const row = field && form.querySelector(`[data-row="${field}"]`);
        if (row) this.wrong(placeOf(row), fault);
      },
    });
    for (const row of this.rows()) row.querySelector("th").prepend(this.grip(row));
    for (const button of form.querySelectorAll("[data-by-hand]")) button.hidden = true;
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("click", (event) => this.pressed(event));
  }

  rows() {
    return [...this.body.querySelectorAll("[data-row]")];
  }

  // Groups of rows, best first; rows without a place are left out.
  groups() {
    const by = new Map();
    for (const row of this.rows()) {
      const place = placeOf(row).value.trim();
      if (/^[1-9]\d{0,2}$/.test(place)) by.set(Number(place), [...(by.get(Number(place)) ?? []), row]);
    }
    return [...by.keys()].sort((a, b) => a - b).map((place) => by.get(place));
  }

  // Places as numbers (1, 2, 2, 4), and the rows in that order.
  lay(groups) {
    const focused = document.activeElement;
    let place = 1;
    for (const group of groups) {
      for (const row of group) placeOf(row).value = place;
      place += group.length;
    }
    const laid = groups.flat();
    const rest = this.rows().filter((row) => !laid.includes(row));
    this.body.append(...laid, ...rest);
    if (this.body.contains(focused)) focused.focus({ preventScroll: true });
    this.keeper.save();
  }

  typed(places) {
    for (const row of this.rows()) this.right(placeOf(row));
    for (const [id, place] of Object.entries(places)) {
      const row = this.body.querySelector(`[data-row="${id}"]`);
      if (row && placeOf(row) !== document.activeElement) placeOf(row).value = place;
    }
  }

  // Why a place could not be saved stands at its field, and is read out with it, as the server writes it.
  wrong(place, fault) {
    this.right(place);
    const line = Object.assign(document.createElement("p"), { className: "error", id: `${place.id}-error` });
    const words = Object.assign(document.createElement("span"), { textContent: fault });
    words.prepend(Object.assign(document.createElement("span"), { className: "vh", textContent: "Fel: " }));
    line.append(words);
    place.before(line);
    place.closest(".field")?.classList.add("has-error");
    place.setAttribute("aria-invalid", "true");
    place.setAttribute("aria-describedby", line.id);
  }

  right(place) {
    document.getElementById(`${place.id}-error`)?.remove();
    place.closest(".field")?.classList.remove("has-error");
    place.removeAttribute("aria-invalid");
    place.removeAttribute("aria-describedby");
  }

  changed(event) {
    this.stands = "";
    if (!event.target.closest("[data-row]")) this.keeper.save();
    else if (/^([1-9]\d{0,2})?$/.test(event.target.value.trim())) this.land(event.target.closest("[data-row]"), event.target.value.trim());
    else this.keeper.save(); // the server says what is wrong with it
  }

  // Who shares a place takes room, so one may stand elsewhere than was typed: say where, and why.
  land(row, typed) {
    this.lay(this.groups());
    const place = placeOf(row).value;
    const before = COUNTED[place - 1] ?? place - 1;
    const elsewhere = `Du skrev ${typed}, men ${nameOf(row)} står på plats ${place}: ${before} står före.`;
    this.stands = typed && place !== typed ? elsewhere : typed && this.standing(row);
  }

  pressed(event) {
    const button = event.target.closest("button[name=move]");
    const way = button?.value.match(/:(up|down)$/)?.[1];
    if (!way) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const was = placeOf(row).value;
    this.lay(this.moved(this.groups(), row, way === "up"));
    this.stands = this.standing(row, placeOf(row).value === was);
  }

  // Where one came to stand, for whoever does not see the row move: "Elvira Ek står nu på plats 3 av 8."
  standing(row, still = false) {
    const groups = this.groups();
    const at = groups.findIndex((group) => group.includes(row));
    if (at < 0) return `${nameOf(row)} har ingen plats: skriv en.`;
    const others = groups[at].filter((other) => other !== row);
    if (others.length) return `${nameOf(row)} delar nu plats ${placeOf(row).value} med ${others.map(nameOf).join(" och ")}.`;
    if (still && at === 0) return `${nameOf(row)} står redan först.`;
    if (still && at === groups.length - 1) return `${nameOf(row)} står redan sist av dem som har en plats.`;
    return `${nameOf(row)} står nu på plats ${placeOf(row).value} av ${groups.flat().length}.`;
  }

  // One step: who shares a place leaves it, who stands alone passes the next group.
  moved(groups, row, up) {
    const at = groups.findIndex((group) => group.includes(row));
    if (at < 0) return groups;
    const rest = groups[at].filter((other) => other !== row);
    if (rest.length) groups.splice(at, 1, ...(up ? [[row], rest] : [rest, [row]]));
    else if (groups[at + (up ? -1 : 1)]) groups.splice(up ? at - 1 : at, 2, ...(up ? [[row], groups[at - 1]] : [groups[at + 1], [row]]));
    return groups;
  }

  grip(row) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true"); // for the keyboard there are buttons and numbers
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      new Drag(this, row, grip);
    });
    return grip;
  }
}

class Drag {
  constructor(order, row, grip) {
    Object.assign(this, { order, row, grip });
    row.dataset.dragged = "";
    this.stop = new AbortController();
    const { signal } = this.stop;
    grip.addEventListener("pointermove", (event) => this.over(event.clientY), { signal });
    grip.addEventListener("pointerup", () => this.end(true), { signal });
    grip.addEventListener("pointercancel", () => this.end(false), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.end(false), { signal });
  }

  over(y) {
    if (y < EDGE) window.scrollBy(0, -12);
    if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
    delete this.target?.dataset.drop;
    this.target = this.order.rows().find((row) => row !== this.row && this.covers(row, y));
    if (!this.target) return;
    const { top, height } = this.target.getBoundingClientRect();
    const part = (y - top) / height;
    this.target.dataset.drop = part < 0.4 ? "before" : part > 0.6 ? "after" : "with";
  }

  covers(row, y) {
    const { top, bottom } = row.getBoundingClientRect();
    return y >= top && y < bottom;
  }

  end(dropped) {
    this.stop.abort();
    const where = this.target?.dataset.drop;
    delete this.row.dataset.dragged;
    delete this.target?.dataset.drop;
    if (!dropped || !where) return;
    this.order.lay(this.placed(where));
    this.order.stands = this.order.standing(this.row);
  }

  placed(where) {
    const groups = this.order.groups().map((group) => group.filter((row) => row !== this.row)).filter((group) => group.length);
    const at = groups.findIndex((group) => group.includes(this.target));
    if (at < 0) return [...groups, [this.row]]; // among those without a place: last of those who have one
    if (where === "with") groups[at].push(this.row);
    else groups.splice(where === "before" ? at : at + 1, 0, [this.row]);
    return groups;
  }
}

export function dragOrders(root) {
  for (const form of root.querySelectorAll("form[data-order]")) if (form.querySelector("[data-row]")) new Order(form);
}
