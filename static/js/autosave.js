// A choice on the scale is saved at the click. <fieldset data-autosave="/address"> inside a form; the whole form is posted.
// The answer is JSON {"saved": "Sparat 14:03"}; without an answer the place says "Ej sparat" and tries again.
const WAITS = [2000, 5000, 15000];

function say(place, text, state, retry) {
  if (!place) return;
  place.dataset.state = state;
  const words = document.createElement("span");
  words.textContent = state === "saved" ? `✓ ${text}` : text;
  place.replaceChildren(words);
  if (!retry) return;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Försök igen";
  again.addEventListener("click", retry);
  place.append(again);
}

class Saver {
  constructor(set) {
    this.set = set;
    this.form = set.closest("form");
    this.place = this.form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.turn = 0;
    this.running = Promise.resolve();
  }

  // One request at a time, in the order of the clicks: the last choice is the one that stays.
  choose() {
    const turn = ++this.turn;
    this.unsaved = true;
    this.running = this.running.then(() => this.send(turn, 0));
  }

  async send(turn, tried) {
    if (turn !== this.turn) return;
    try {
      const answer = await fetch(this.set.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved } = await answer.json();
      if (turn !== this.turn) return;
      this.unsaved = false;
      say(this.place, saved, "saved");
    } catch {
      if (turn !== this.turn) return;
      say(this.place, "Ej sparat.", "unsaved", () => this.choose());
      if (tried < WAITS.length) setTimeout(() => this.send(turn, tried + 1), WAITS[tried]);
    }
  }
}

export function saveOnChoice(root) {
  for (const set of root.querySelectorAll("[data-autosave]")) {
    if (!set.closest("form")) continue;
    const saver = new Saver(set);
    set.addEventListener("change", () => saver.choose());
  }
}
