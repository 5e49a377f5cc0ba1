// An order changed by dragging, or by its buttons without leaving the page. The hidden fields in the rows carry the order.
function tell(list, row) {
  const status = list.parentElement.querySelector("[data-order-status]");
  const at = [...list.children].indexOf(row) + 1;
  if (status) status.textContent = `${row.querySelector("span").firstChild.textContent}: plats ${at} av ${list.children.length}`;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function step(list, row, up) {
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (up) other.before(row);
  else other.after(row);
  tell(list, row);
}

function drag(list) {
  let held = null;
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest("li");
    held?.classList.add("dragging");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!held || !over || over.parentElement !== list) return;
    event.preventDefault();
    if (over === held) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(held);
    else over.after(held);
  });
  list.addEventListener("dragend", () => {
    if (!held) return;
    held.classList.remove("dragging");
    tell(list, held);
    held = null;
  });
}

export function dragOrder(root) {
  for (const list of root.querySelectorAll("[data-order]")) {
    for (const row of list.children) row.draggable = true;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=move]");
      if (!button) return;
      event.preventDefault();
      step(list, button.closest("li"), button.value.endsWith(":up"));
      button.focus();
    });
    drag(list);
  }
}
