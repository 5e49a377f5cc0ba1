// The menus of the header stay open no longer than one is in them: focus or a press elsewhere closes them, and Esc does.
// Without this file the name is pressed again.
const OPEN = "details.me[open], .nav:popover-open";

function leave(target) {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (menu.contains(target) || target.closest?.(`[popovertarget="${menu.id}"]`)) continue;
    if (menu.matches("details")) menu.open = false;
    else menu.hidePopover();
  }
}

document.addEventListener("focusin", ({ target }) => leave(target));
document.addEventListener("pointerdown", ({ target }) => leave(target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.me[open]");
  if (!menu) return;
  menu.open = false;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
});
