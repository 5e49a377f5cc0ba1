// A draft that saves itself: <form data-draft> with a place [data-saved]. The texts are posted to the form's own address,
// as by its button, a few seconds after the last key and when the page is hidden; the answer is JSON {saved, version, marks},
// or {fault}, with {at, over} where the draft is one no more. A chosen file presses its own button at once. Without this module the buttons do it all.
import { waits } from "./pressing.js";

const PAUSE = 3000;
const WAITS = [2000, 5000, 15000];
const PARTED = "draft-parted";
const LIGHT = 60_000; // bytes in a form that may outlive its page: browsers let 64 kB do so
const english = document.documentElement.lang === "en";
const SAID = english
  ? {
      failed: "Not saved.",
      again: "Try again",
      look: "Save and look",
      file: "No connection. The file is sent when there is one.",
      press: "No connection. What you wrote is still here, and it goes on when there is one.",
    }
  : {
      failed: "Ej sparat.",
      again: "Försök igen",
      look: "Spara och titta",
      file: "Ingen täckning. Filen skickas när du har täckning igen.",
      press: "Ingen täckning. Det du skrev står kvar, och det går vidare när du har täckning igen.",
    };

class Draft {
  constructor(form) {
    Object.assign(this, { form, place: form.querySelector("[data-saved]"), turn: 0, running: Promise.resolve() });
    form.addEventListener("input", (event) => event.target.type !== "file" && this.soon(event.target));
    form.addEventListener("submit", (event) => this.pressed(event), { capture: true }); // before a large file goes by its bar
    document.addEventListener("visibilitychange", () => document.hidden && this.timer && this.part());
    window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    window.addEventListener("online", () => (this.unsaved || this.held) && this.save());
  }

  // It is said at the field one writes in: the place is there, and empty, well before it says anything.
  soon(input) {
    if ("sending" in this.form.dataset || this.handed) return; // carried along, see carry.js
    this.unsaved = true;
    if (this.over) return;
    if (!ofFile(this.held)) this.held = null; // who writes on has not gone on
    this.speakAt(input.closest(".field"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  speakAt(part) {
    if (!part || this.place.parentElement === part) return;
    this.place.replaceChildren();
    part.append(this.place);
  }

  // A chosen file goes at once, after the texts: whether the server can be reached is known by then.
  bring(button) {
    this.held = button;
    this.speakAt(button.closest(".field, section"));
    this.save();
  }

  // The whole form goes by a button: nothing is left to save.
  pressed(event) {
    clearTimeout(this.timer);
    this.timer = null;
    this.turn += 1;
    if (waits(this, event)) return;
    if ((this.failed || !navigator.onLine) && !this.through && !this.over) this.hold(event);
    else this.unsaved = false;
  }

  // Where the server was not reached a press does not leave the page: the browser would put its own in its place, and what
  // was written since the last saving would be gone with it. The texts go first; once they are through, so is the press.
  hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = event.submitter;
    this.speakAt(this.held?.closest(".field, .actions, section"));
    this.save();
  }

  release() {
    const button = this.held;
    this.held = null;
    this.through = true;
    this.form.requestSubmit(button);
    this.through = false;
  }

  // What was just typed is sent while the page goes. Read anew at once, it may come back as it was before that.
  part() {
    this.save();
    try {
      sessionStorage.setItem(PARTED, this.form.action);
    } catch {
      // without a store there is nothing to remember, and what was sent is saved all the same
    }
  }

  // One request at a time: the next carries the version that the one before it has made.
  save() {
    clearTimeout(this.timer);
    this.timer = null;
    const turn = ++this.turn;
    this.running = this.running.then(() => this.send(turn, 0));
    return this.running;
  }

  texts() {
    const body = new FormData(this.form);
    for (const input of this.form.querySelectorAll("input[type=file]")) body.delete(input.name);
    return body;
  }

  // One request, known of while it is on its way.
  async send(turn, tried) {
    if (turn !== this.turn || this.over) return;
    const sent = this.ask(turn, tried);
    this.onItsWay = sent;
    await sent;
    if (this.onItsWay === sent) this.onItsWay = null;
    if (this.held && !this.failed && !this.over && turn === this.turn) this.release();
  }

  async ask(turn, tried) {
    const body = this.texts();
    let answer, told;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        body,
        keepalive: weight(body) < LIGHT,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (!answer.ok && answer.status >= 500) throw new Error(String(answer.status));
    } catch {
      this.failed = true;
      if (turn !== this.turn) return;
      this.say(this.held ? SAID[ofFile(this.held) ? "file" : "press"] : SAID.failed, SAID.again, () => this.save());
      setTimeout(() => this.send(turn, tried + 1), WAITS[tried] ?? WAITS.at(-1));
      return;
    }
    this.failed = false;
    for (const name of ["version", "marks"]) if (name in told) this.form.elements[name].value = told[name];
    if (turn !== this.turn) return;
    if (told.at) return this.end(told);
    this.unsaved = !answer.ok;
    if (answer.ok) this.say(told.saved);
    else this.say(told.fault ?? SAID.failed, SAID.look, () => this.form.querySelector("button[name=save]").click());
  }

  // Sent, from another tab or device: nothing more can be saved here. What is only on this page stays on it.
  end(told) {
    this.over = true;
    const link = Object.assign(document.createElement("a"), { href: told.at, textContent: told.over });
    this.say(told.fault);
    this.place.dataset.state = "unsaved";
    this.place.append(" ", link);
  }

  say(text, button, press) {
    const words = Object.assign(document.createElement("span"), { textContent: text });
    this.place.dataset.state = button ? "unsaved" : "saved";
    this.place.replaceChildren(words);
    if (!button) return;
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: button, className: "btn btn-edge" });
    again.addEventListener("click", press);
    this.place.append(" ", again);
  }
}

const ofFile = (button) => button !== null && button !== undefined && "ofFile" in button.dataset;

// At the most: each sign as two bytes, and what is written around each field.
const weight = (body) => [...body].reduce((sum, [name, value]) => sum + 2 * (name.length + value.length) + 150, 0);

function hasJustParted(form) {
  try {
    const parted = sessionStorage.getItem(PARTED) === form.action;
    sessionStorage.removeItem(PARTED);
    return parted;
  } catch {
    return false;
  }
}

export function keepDraft(root) {
  const form = root.querySelector("form[data-draft]");
  if (!form) return;
  const draft = new Draft(form);
  if (hasJustParted(form)) setTimeout(() => draft.unsaved || location.reload(), 1500);
  for (const one of form.querySelectorAll("[data-by-hand]")) one.hidden = true;
  for (const one of form.querySelectorAll("[data-by-script]")) one.hidden = false;
  for (const input of form.querySelectorAll("input[data-saves]")) {
    input.addEventListener("change", () => {
      const button = form.querySelector(`button[name=save][value=${input.dataset.saves}][data-of-file]`);
      if (input.files.length > 0 && button) draft.bring(button); // one that cannot be taken in was let go by then
    });
  }
}
