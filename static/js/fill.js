// The own matrix: a box is saved when it is changed, at the address of its own score. <select data-save="/address"> in a form
// [data-fill]. Answers are JSON {saved} or {fault}. What is not saved stays chosen, and the form's own button saves it too.
function say(place, text, state, retry) {
  place.dataset.state = state;
  const words = document.createElement("span");
  words.textContent = text;
  place.replaceChildren(words);
  if (!retry) return;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Försök igen";
  again.addEventListener("click", retry);
  place.append(" ", again);
}

export function fillMatrix(root) {
  const form = root.querySelector("form[data-fill]");
  if (!form) return;
  const place = form.querySelector("[data-saved]");
  const left = new Set();
  let running = Promise.resolve();

  const send = async (box) => {
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    body.set("step", box.value);
    const about = { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" };
    try {
      const answer = await fetch(box.dataset.save, about);
      const told = await answer.json();
      if (answer.ok) left.delete(box);
      say(place, answer.ok ? `✓ ${told.saved}` : `Ej sparat. ${told.fault}`, answer.ok ? "saved" : "unsaved");
    } catch {
      say(place, `Ej sparat: ${left.size} ${left.size === 1 ? "ruta" : "rutor"}.`, "unsaved", retry);
    }
  };
  const retry = () => { for (const box of left) running = running.then(() => send(box)); };

  form.addEventListener("change", ({ target: box }) => {
    if (!box.dataset.save || box.value === "") return;
    left.add(box);
    running = running.then(() => send(box));
  });
  form.addEventListener("submit", () => left.clear());
  window.addEventListener("online", () => left.size && retry());
  window.addEventListener("beforeunload", (event) => left.size && event.preventDefault());
}
