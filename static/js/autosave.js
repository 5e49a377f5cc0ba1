// A choice on the scale is saved at the click. <fieldset data-autosave="/address"> inside a form; the whole form is posted.
// The answer is JSON {saved, known, note}; or {fault, reason}. Without an answer the place says "Ej sparat" and has one
// button; it is tried again by itself too, and at once when the connection is back.
import { oneMore } from "./tally.js";

const WAITS = [2000, 5000, 15000];
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("score") : null;
let present = null;

function say(place, text, state, retry, word = "Försök igen") {
  if (!place) return;
  place.dataset.state = state;
  const words = document.createElement("span");
  words.textContent = state !== "unsaved" ? `✓ ${text}` : text;
  place.replaceChildren(words);
  if (!retry) return;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = word;
  again.addEventListener("click", retry);
  place.append(" ", again);
}

class Saver {
  constructor(set) {
    this.set = set;
    this.form = set.closest("form");
    this.place = this.form.querySelector("[data-saved]");
    this.path = new URL(set.dataset.autosave, location.href).pathname;
    this.turn = 0;
    this.unsaved = false;
    this.running = Promise.resolve();
  }

  get chosen() {
    return this.set.querySelector("input:checked");
  }

  // One request at a time, in the order of the clicks: the last choice is the one that stays.
  choose() {
    const turn = ++this.turn;
    this.unsaved = true;
    this.running = this.running.then(() => this.send(turn, 0));
    return this.running;
  }

  // Whether what is chosen is safe with the server. A choice that the page did not come with is sent first.
  async settled() {
    if (this.turn === 0 && this.chosen && !this.chosen.defaultChecked) this.choose();
    await this.running;
    return !this.unsaved;
  }

  // The form as a form: the server answers with a page (log in and send it again, or say why).
  post() {
    this.unsaved = false;
    this.form.submit();
  }

  async send(turn, tried) {
    if (turn !== this.turn) return;
    const value = this.chosen?.value;
    try {
      const answer = await fetch(this.set.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      if (turn !== this.turn) return;
      if (answer.ok) return this.saved(await answer.json(), value);
      if ([400, 401, 404].includes(answer.status)) return this.refused(answer.status);
      if ([409, 422].includes(answer.status)) return this.told(await answer.json());
      throw new Error(String(answer.status));
    } catch {
      if (turn !== this.turn) return;
      say(this.place, "Ej sparat.", "unsaved", () => this.choose());
      setTimeout(() => this.unsaved && this.send(turn, tried + 1), WAITS[tried] ?? WAITS.at(-1));
    }
  }

  saved({ saved, known, note }, value) {
    this.unsaved = false;
    const shown = this.form.querySelector("[data-known]");
    if (!shown.value) oneMore(this.form.querySelector("[data-queue]"));
    shown.value = known;
    say(this.place, note ? `${saved}. ${note}` : saved, note ? "told" : "saved");
    tabs?.postMessage({ path: this.path, value, known, saved });
  }

  refused(status) {
    if (status === 404) {
      this.unsaved = false;
      say(this.place, "Ej sparat: ansökan finns inte längre bland dem du bedömer.", "unsaved");
      const on = document.createElement("a");
      on.href = this.form.dataset.goOn;
      on.textContent = "Gå vidare";
      this.place.append(" ", on);
      return;
    }
    say(this.place, "Ej sparat: du behöver logga in igen. Ditt val följer med.", "unsaved", () => this.post(), "Logga in");
  }

  told({ fault, reason }) {
    if (reason) return this.post(); // the page comes back with a field for it
    say(this.place, `Ej sparat. ${fault}`, "unsaved");
  }

  // Another tab has set this very score: the page shows what holds.
  elsewhere({ path, value, known, saved }) {
    if (path !== this.path || this.unsaved) return;
    const input = this.set.querySelector(`input[value="${CSS.escape(value)}"]`);
    if (input) input.checked = input.defaultChecked = true;
    this.form.querySelector("[data-known]").value = known;
    say(this.place, `${saved} i en annan flik`, "told");
  }
}

// The saver of the page that is shown; null where a change needs a reason and goes by the form.
export const saver = () => present;

export function saveOnChoice(root) {
  const set = root.querySelector("[data-autosave]");
  present = set?.closest("form") ? new Saver(set) : null;
  const own = present;
  own?.set.addEventListener("change", () => own.choose());
  // A change that waits for its reason is not saved by the click, and the page says so.
  const waits = root.querySelector("[data-asks-why]");
  waits?.addEventListener("change", ({ target }) => {
    if (target.closest("[data-scale]")) say(waits.querySelector("[data-saved]"), "Inte sparat än: skriv en rad om varför och spara.", "unsaved");
  });
  // What is said beside the choice goes with it: alone it is nothing to save.
  root.querySelector("[data-also-saves]")?.addEventListener("change", () => own?.chosen && own.choose());
}

addEventListener("online", () => present?.unsaved && present.choose());
addEventListener("beforeunload", (event) => present?.unsaved && event.preventDefault());
tabs?.addEventListener("message", ({ data }) => present?.elsewhere(data));
