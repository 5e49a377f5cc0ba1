// A long list of bare names: what one types leaves only the names that have it. A ticked name always stays in sight.
const plain = (text) => text.toLocaleLowerCase("sv").normalize("NFC").trim();

export function filterNames(root) {
  const box = root.querySelector("[data-filter-names]");
  const list = root.querySelector("[data-names]");
  if (!box || !list) return;
  const rows = [...list.children].map((row) => ({ row, text: plain(row.textContent), tick: row.querySelector("[type=checkbox]") }));
  const found = box.querySelector("[data-found]");
  box.hidden = false;
  box.addEventListener("input", (event) => {
    const words = plain(event.target.value).split(/\s+/);
    const shown = rows.filter(({ row, text, tick }) => {
      row.hidden = !tick.checked && !words.every((word) => text.includes(word));
      return !row.hidden;
    });
    found.textContent = event.target.value ? `${shown.length} av ${rows.length} namn visas` : "";
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
