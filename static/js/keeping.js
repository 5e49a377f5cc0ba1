// A form that saves by itself: <form data-keeps> with a place [data-saved]. The whole form is posted to its own address.
// Answers are JSON: {"saved": "Sparat 14:03", …}, or a refusal {"fault": "…", …}. Without an answer the place says
// "Ej sparat" with one button, and it is tried again by itself; what was typed stays where it is.
import { waits } from "./pressing.js";

const WAITS = [2000, 5000, 15000];
const LIGHT = 60_000; // bytes in a form that may outlive its page: browsers let 64 kB do so
let texts = []; // the keepers of the texts on the page that is shown

export class Keeper {
  constructor(form, { kept = () => {}, refused = () => {} } = {}) {
    Object.assign(this, { form, kept, refused, turn: 0, running: Promise.resolve(), shown: new AbortController() });
    this.place = (form.dataset.place && document.querySelector(form.dataset.place)) || form.querySelector("[data-saved]");
    const { signal } = this.shown;
    window.addEventListener("online", () => this.unsaved && this.save(), { signal });
    window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.timer && this.save(), { signal });
    form.addEventListener("submit", (event) => this.pressed(event));
  }

  // The form goes by its button.
  pressed(event) {
    this.turn += 1;
    this.wait(null);
    if (!waits(this, event)) this.unsaved = event.defaultPrevented && this.unsaved;
  }

  // After a pause in the typing; at once with 0.
  soon(milliseconds) {
    this.unsaved = true;
    this.wait(setTimeout(() => this.save(), milliseconds));
  }

  wait(timer) {
    clearTimeout(this.timer);
    this.timer = timer;
  }

  // One request at a time, in the order of what was done: the last state is the one that stays.
  save() {
    this.wait(null);
    const turn = ++this.turn;
    this.unsaved = true;
    this.failed = false;
    this.running = this.running.then(() => this.send(turn, 0));
    return this.running;
  }

  // One request, known of while it is on its way.
  async send(turn, tried) {
    if (turn !== this.turn) return;
    const sent = this.ask(turn, tried);
    this.onItsWay = sent;
    await sent;
    if (this.onItsWay === sent) this.onItsWay = null;
  }

  // Whether all that was typed is safe with the server; what waits for a pause in the typing is sent first.
  async settled() {
    if (this.timer || this.failed) this.save();
    await this.running;
    if (this.unsaved) this.place?.scrollIntoView({ block: "center" });
    return !this.unsaved;
  }

  async ask(turn, tried) {
    let answer, told;
    try {
      const body = new FormData(this.form);
      answer = await fetch(this.form.action, {
        method: "POST",
        body,
        keepalive: weight(body) < LIGHT,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      if ([400, 401].includes(answer.status) && !answer.headers.get("Content-Type")?.includes("json")) {
        if (turn === this.turn) this.mustLogIn();
        return;
      }
      told = await answer.json();
      if (!answer.ok && !told.fault) throw new Error(String(answer.status));
    } catch {
      if (turn !== this.turn) return;
      this.failed = true;
      this.say("Ej sparat.", "unsaved", "Försök igen");
      setTimeout(() => this.send(turn, tried + 1), WAITS[tried] ?? WAITS.at(-1));
      return;
    }
    if (answer.ok) this.kept(told, turn === this.turn);
    if (turn !== this.turn) return;
    this.unsaved = !answer.ok;
    this.say(answer.ok ? `✓ ${told.saved}` : told.fault, answer.ok ? "saved" : "unsaved", told.anyway, () => told.anyway ? this.anyway() : this.save());
    if (!answer.ok) this.refused(told);
  }

  // Saved as it stands, though the server had something to say of it.
  anyway() {
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: "anyway", value: "1" });
    this.form.append(said);
    this.save().finally(() => said.remove());
  }

  // The form as a form: the server keeps it until one has logged in, and then does what it asks.
  mustLogIn() {
    this.failed = true;
    this.say("Ej sparat: du behöver logga in igen. Det du skrev följer med.", "unsaved", "Logga in", () => this.form.requestSubmit());
  }

  say(text, state, again, what = () => this.save()) {
    if (!this.place) return;
    this.place.dataset.state = state;
    const words = document.createElement("span");
    words.textContent = text;
    this.place.replaceChildren(words);
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = again;
    button.addEventListener("click", what);
    this.place.append(button);
  }
}

// At the most: each sign as two bytes, and what is written around each field.
const weight = (body) => [...body].reduce((sum, [name, value]) => sum + 2 * (name.length + value.length) + 150, 0);

// Texts: saved a second after the last key, and when the field is left. A form with a version carries the newest along.
export function keepTexts(root) {
  for (const keeper of texts) keeper.shown.abort();
  texts = [];
  intoForms(root);
  for (const form of root.querySelectorAll("form[data-keeps]")) {
    const keeper = new Keeper(form, {
      kept: ({ version }) => { if (version && form.elements.version) form.elements.version.value = version; },
      refused: ({ beside }) => beside && showBeside(form, beside),
    });
    for (const control of form.elements) { // also those that stand elsewhere and name the form
      if (control.tagName === "FIELDSET") continue; // would hear its own choices once more
      control.addEventListener("input", () => keeper.soon(1000));
      control.addEventListener("change", () => keeper.save());
      if ("byHand" in control.dataset) control.hidden = true;
    }
    texts.push(keeper);
  }
}

// One form of several parts, each of which saves by itself: <form data-parts> with [data-part="address"] becomes one form of
// each. Without this file a press sends them all.
function intoForms(root) {
  for (const whole of root.querySelectorAll("form[data-parts]")) {
    for (const part of whole.querySelectorAll("[data-part]")) {
      const form = Object.assign(document.createElement("form"), { method: "post", action: part.dataset.part, noValidate: true });
      form.className = part.className;
      if (!("alone" in part.dataset)) form.dataset.keeps = "";
      form.append(whole.elements.csrf_token.cloneNode(), ...part.childNodes);
      part.replaceWith(form);
      const version = form.querySelector("[data-version]");
      if (version) version.name = "version";
    }
    whole.replaceWith(...whole.childNodes);
  }
}

// Before the page is left: whether all its texts are saved. Where one is not, it says so.
export async function settleTexts() {
  return (await Promise.all(texts.map((keeper) => keeper.settled()))).every(Boolean);
}

// A link that is followed while one types waits for what is typed.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]:not([target], [download])");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!texts.some((keeper) => keeper.unsaved)) return;
  event.preventDefault();
  if (await settleTexts()) location.assign(link.href);
});

// So does another form of the page: handing in comes after what is handed in.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || texts.every((keeper) => keeper.form === form || !keeper.unsaved)) return;
  event.preventDefault();
  if (await settleTexts()) form.requestSubmit(submitter);
});

// Somebody else has saved meanwhile: their text stands beside, nothing of one's own is lost.
function showBeside(form, { text, version, by }) {
  const place = form.dataset.besideAt ? document.querySelector(form.dataset.besideAt) : form.querySelector("[data-beside]");
  if (!place) return;
  place.hidden = false;
  place.querySelector("[data-beside-by]").textContent = by;
  place.querySelector("[data-beside-text]").textContent = text;
  form.elements.version.value = version;
  for (const control of form.elements) if ("byHand" in control.dataset) control.hidden = false;
}
