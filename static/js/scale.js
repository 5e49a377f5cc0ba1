// Keys for the scale: 0–3 choose, - is "cannot judge", j next, k previous, Ctrl+Enter sends. Not while one writes.
// The page marks its links: data-next, data-previous.
const writing = (target) => target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");

function choose(set, value) {
  const input = set.querySelector(`input[value="${value}"]`);
  if (!input || input.checked) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function scaleKeys(root) {
  const set = root.querySelector("[data-scale]");
  if (!set) return;
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      set.closest("form")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (/^[0-3]$/.test(event.key)) choose(set, event.key);
    else if (event.key === "-") choose(set, "none");
    else if (event.key === "j") root.querySelector("[data-next]")?.click();
    else if (event.key === "k") root.querySelector("[data-previous]")?.click();
  });
}
