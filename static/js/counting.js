// How much of a text's limit is used: <textarea data-longest="20000">. Nothing is cut off; the server refuses what is too long.
// The counter comes when four fifths are used, and is read aloud once it is too much.
const english = document.documentElement.lang === "en";
const written = new Intl.NumberFormat(english ? "en" : "sv");

// As the server counts: letters with their marks as one, no blanks at the ends.
const lengthOf = (text) => [...text.normalize("NFC").replaceAll("\r\n", "\n").trim()].length;

function words(used, longest) {
  const over = used - longest;
  if (over > 0) return english ? `Remove ${written.format(over)} characters.` : `Ta bort ${written.format(over)} tecken.`;
  const [now, most] = [written.format(used), written.format(longest)];
  return english ? `${now} of ${most} characters` : `${now} av ${most} tecken`;
}

function count(area, place) {
  const longest = Number(area.dataset.longest);
  const used = lengthOf(area.value);
  place.hidden = used < 0.8 * longest;
  place.setAttribute("aria-live", used > longest ? "polite" : "off");
  place.classList.toggle("error", used > longest);
  place.textContent = words(used, longest);
}

export function countLetters(root) {
  for (const area of root.querySelectorAll("textarea[data-longest]")) {
    const place = document.createElement("p");
    place.className = "hint";
    (area.closest(".control") ?? area).after(place);
    area.addEventListener("input", () => count(area, place));
    count(area, place);
  }
}
