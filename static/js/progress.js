// A large file shows how far it has come. Without this module the browser sends the form by itself, and all works as well.
import { lock, noted, putBack, writtenSince } from "./carry.js";

const WORTH = 1_000_000; // bytes: below it is over before one has read the words
const english = document.documentElement.lang === "en";
const SAID = english
  ? { sending: "Sending the file", reading: "The file has arrived and is being read", failed: "The file did not get through. What you wrote is still here: press the button again." }
  : { sending: "Filen skickas", reading: "Filen är framme och läses", failed: "Filen kom inte fram. Det du skrev står kvar: tryck på knappen igen." };

const weight = (form) => [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);

function bar(button) {
  const place = document.createElement("div");
  place.className = "progress";
  place.setAttribute("role", "status");
  const words = document.createElement("span");
  const meter = document.createElement("progress");
  meter.max = 100;
  meter.setAttribute("aria-label", SAID.sending);
  place.append(words, meter);
  (button?.closest(".actions") ?? button).after(place);
  return { place, words, meter };
}

// The answer is shown as the browser would have shown it: same page with its sentences, or the next one.
function show(request, shown, button, form, before) {
  const since = writtenSince(form, before);
  const next = new DOMParser().parseFromString(request.responseText, "text/html");
  if (!next.querySelector("main")) return location.reload();
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  if (request.responseURL && request.responseURL !== location.href) history.pushState(null, "", request.responseURL);
  shown();
  const same = [...document.forms].find((one) => one.action === form.action && one.method === "post");
  if (same && putBack(same, since)) return;
  const section = button?.name === "save" && request.status === 200 ? document.getElementById(`del-${button.value}`) : null;
  const said = document.getElementById("sparat");
  if (said) said.focus();
  else if (section) section.scrollIntoView();
  else window.scrollTo(0, 0);
}

function send(form, button, shown) {
  const body = new FormData(form, button);
  const { place, words, meter } = bar(button ?? form.lastElementChild);
  const request = new XMLHttpRequest();
  const off = [...form.querySelectorAll("button")];
  const before = noted(form);
  const leadsOn = button?.name !== "save";
  const stay = (event) => event.preventDefault();
  for (const one of off) one.disabled = true;
  lock(form, leadsOn);
  form.dataset.sending = "";
  window.addEventListener("beforeunload", stay);
  const over = () => {
    window.removeEventListener("beforeunload", stay);
    delete form.dataset.sending;
  };
  words.textContent = SAID.sending;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    meter.value = Math.round((100 * loaded) / total);
    words.textContent = `${SAID.sending}: ${meter.value} %`;
  });
  request.upload.addEventListener("load", () => { words.textContent = SAID.reading; meter.removeAttribute("value"); });
  request.addEventListener("load", () => {
    over();
    show(request, shown, button, form, before);
  });
  request.addEventListener("error", () => {
    over();
    lock(form, false);
    if (writtenSince(form, before).texts.size) form.dispatchEvent(new Event("input"));
    words.textContent = SAID.failed;
    meter.remove();
    for (const one of off) one.disabled = false;
    setTimeout(() => place.remove(), 20_000);
  });
  request.open("POST", form.action);
  request.send(body);
}

// `shown`: what the new page needs of the other modules.
export function watchUploads(root, shown) {
  for (const form of root.querySelectorAll("form[enctype='multipart/form-data']")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || weight(form) < WORTH) return;
      event.preventDefault();
      send(form, event.submitter, shown);
    });
  }
}

window.addEventListener("popstate", () => location.reload());
