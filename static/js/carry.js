// What one writes while a form is on its way is noted, and put where it stood in the page that comes back.
const NO_TEXT = new Set(["file", "hidden", "submit", "button", "fieldset"]);
const ticked = (control) => ["radio", "checkbox"].includes(control.type);
const key = (control) => `${control.name}\n${ticked(control) ? control.value : ""}`;
const said = (control) => (ticked(control) ? control.checked : control.value);
const controls = (form) => [...form.elements].filter((control) => control.name && !NO_TEXT.has(control.type));

// What the form says now, by control.
export const noted = (form) => new Map(controls(form).map((control) => [key(control), said(control)]));

// What has been written since, and where the caret stands.
export function writtenSince(form, before) {
  const changed = controls(form).filter((control) => before.get(key(control)) !== said(control));
  const here = changed.find((control) => control === document.activeElement);
  const caret = here && { at: key(here), from: here.selectionStart, to: here.selectionEnd };
  return { texts: new Map(changed.map((control) => [key(control), said(control)])), caret };
}

// The same in another page's form. Whether the caret is back where it was.
export function putBack(form, { texts, caret }) {
  let found = false;
  for (const control of controls(form)) {
    if (!texts.has(key(control))) continue;
    if (ticked(control)) control.checked = texts.get(key(control));
    else control.value = texts.get(key(control));
    control.dispatchEvent(new Event("input", { bubbles: true }));
    if (caret?.at !== key(control)) continue;
    control.focus();
    if (caret.from !== null && caret.from !== undefined) control.setSelectionRange(caret.from, caret.to);
    found = true;
  }
  return found;
}

// Nothing more is written in a form that leads on to another page.
export function lock(form, locked) {
  for (const control of controls(form)) if ("readOnly" in control) control.readOnly = locked;
}
