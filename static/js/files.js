// A file that is too big, or of a kind that is not taken in, is said to be so before it is sent. <input type="file" data-max-bytes="10485760" data-too-big="…">
const english = document.documentElement.lang === "en";

function sentence(input, file) {
  const said = input.dataset.tooBig;
  if (said) return said.replace("%(name)s", file.name);
  const limit = Math.round(input.dataset.maxBytes / 1048576);
  return english
    ? `The file ${file.name} is larger than ${limit} MB. Choose a smaller one.`
    : `Filen ${file.name} är större än ${limit} MB. Välj en mindre fil.`;
}

function wrongKind(input, file) {
  const kinds = (input.accept || "").split(",").filter((kind) => kind.startsWith("."));
  return kinds.length > 0 && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind));
}

function kindSentence(input, file) {
  const kinds = input.accept.replaceAll(".", "").toUpperCase().split(",").join(", ");
  return english
    ? `The file ${file.name} is of a kind that is not accepted. Save it as one of these: ${kinds}.`
    : `Filen ${file.name} är av en sort som inte går att ta emot. Spara den som någon av dessa: ${kinds}.`;
}

function describe(input, id, really) {
  const told = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  told[really ? "add" : "delete"](id);
  if (told.size) input.setAttribute("aria-describedby", [...told].join(" "));
  else input.removeAttribute("aria-describedby");
}

// What was let go here goes along by name: where the page comes back it is one of the things that are missing.
function remember(input, why, file) {
  const note = document.createElement("input");
  Object.assign(note, { type: "hidden", name: "let_go", value: `${input.dataset.saves} ${why} ${file.name}` });
  note.dataset.letGo = input.name;
  input.after(note);
}

function check(input) {
  const field = input.closest(".field") ?? input.parentElement;
  const id = `${input.id || input.name}-said`;
  field.querySelector("[data-said]")?.remove();
  input.removeAttribute("aria-invalid");
  describe(input, id, false);
  input.form?.querySelector(`[data-let-go="${input.name}"]`)?.remove();
  const big = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
  const odd = [...input.files].find((file) => wrongKind(input, file));
  if (!big && !odd) return;
  const said = document.createElement("p");
  said.className = "error";
  said.id = id;
  said.dataset.said = "";
  said.setAttribute("role", "alert");
  said.textContent = big ? sentence(input, big) : kindSentence(input, odd);
  (input.closest(".control") ?? input).before(said);
  input.value = "";
  input.setAttribute("aria-invalid", "true");
  describe(input, id, true);
  if (input.dataset.saves) remember(input, big ? "too_big" : "wrong_kind", big ?? odd);
}

export function watchFiles(root) {
  for (const input of root.querySelectorAll("input[type=file][data-max-bytes]")) {
    input.addEventListener("change", () => check(input));
  }
}
