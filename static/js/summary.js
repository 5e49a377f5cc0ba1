// The error summary takes the focus, also where autofocus is not heeded; its links put the focus in the field.
export function focusSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("fieldset") ? field.querySelector("input") ?? field : field).focus();
    field.scrollIntoView({ block: "center" });
  });
}
