// Keys for the desk: each choice names its own (data-keys), j next, k previous, Ctrl+Enter saves and goes on. Not while one
// writes. Single keys can be turned off (WCAG 2.1.4), which this browser remembers.
const writing = (target) => target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
const OFF = "keys-off";

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function choose(set, key) {
  const input = [...set.querySelectorAll("input[data-keys]")].find((one) => one.dataset.keys.split(" ").includes(key));
  if (!input || input.checked) return;
  input.checked = true;
  input.focus({ preventScroll: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function onward(set) {
  const form = set.closest("form");
  const button = set.querySelector("input:checked") ? form.querySelector("[data-send]") : form.querySelector("[data-skip]");
  button?.click();
}

function pressed(event) {
  const set = document.querySelector("[data-assess] [data-scale]"); // the desk alone: elsewhere several stand on a page
  if (!set || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    set.closest("form")?.querySelector("[data-send]")?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || off()) return;
  const key = event.key.toLowerCase();
  if (key === "j") onward(set);
  else if (key === "k") document.querySelector("[data-previous]")?.click();
  else if (key.length === 1) choose(set, key);
}

export function keyHelp(root) {
  const help = root.querySelector("[data-keys-help]");
  const button = help?.querySelector("[data-keys-switch]");
  if (!button) return;
  const show = () => {
    help.querySelector("[data-keys-list]").hidden = off();
    button.textContent = off() ? button.dataset.off : button.dataset.on;
  };
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(OFF, off() ? "0" : "1");
    } catch {
      return; // a browser that keeps nothing keeps the keys on
    }
    show();
  });
  help.hidden = false;
  show();
}

export function scaleKeys(root) {
  if (root.querySelector("[data-scale]")) document.addEventListener("keydown", pressed);
}
