// The next page of the desk is fetched ahead, and shown at once when it is asked for. Its picture is loaded already, since
// the page waits as elements of this very document. The server logs it as opened when it sends it.
import { saver } from "./autosave.js";
import { settleTexts } from "./keeping.js";
import { oneMore } from "./tally.js";

const DOUBLE = 500; // milliseconds within which a second click was meant for the page before
let waiting = null; // {url, main, title} of what comes next
let shownAt = -DOUBLE;
const LED_ON = "desk-led-on"; // in this tab: the page that opens now is the next one, and was not here yet

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  return main?.querySelector("[data-assess]") ? { url, title: page.title, main: document.importNode(main, true) } : null;
}

function fetchAhead(form) {
  const url = form.dataset.next;
  if (waiting?.url === url || url === form.dataset.goOn || navigator.connection?.saveData) return;
  waiting = null;
  fetched(url).then((page) => (waiting = page ?? waiting), () => {});
}

// What was set on the page before this one was not known when this one was fetched: its mark and the tally are put right.
function bringUpToDate(before, after) {
  const [old, now] = [before.querySelector("[data-queue]"), after.querySelector("[data-queue]")];
  const said = before.querySelector("[data-scale] input:checked");
  const path = location.pathname;
  const form = after.querySelector("[data-assess]");
  // It took this one for the only one left: nothing is, and the server says where that leads.
  if (said && new URL(form.dataset.next, location.href).pathname === path) form.dataset.next = form.dataset.goOn;
  const line = [...now.querySelectorAll("li > a")].find((link) => link.pathname === path)?.querySelector(":scope > small");
  if (!said || !old) return;
  const word = before.querySelector(`label[for="${said.id}"] .word`)?.textContent ?? said.closest("label")?.textContent ?? "";
  if (line) line.textContent = said.value === "none" ? "–" : /^\d$/.test(said.value) ? `${word} ${said.value}` : word.trim();
  const sameGroup = [...old.querySelectorAll("li > a")].some((link) => link.pathname === new URL(waiting.url, location.href).pathname);
  if (!said.defaultChecked) oneMore(now, { inGroup: sameGroup });
}

function go(url, start) {
  if (waiting?.url !== url) {
    sessionStorage.setItem(LED_ON, "1");
    return void location.assign(url);
  }
  const main = document.querySelector("main");
  bringUpToDate(main, waiting.main);
  main.replaceWith(waiting.main);
  document.title = waiting.title;
  history.pushState({}, "", url);
  scrollTo(0, 0);
  const shown = waiting.main;
  waiting = null;
  shownAt = performance.now();
  start(shown);
  beginAtName(shown);
}

function beginAtName(shown) {
  const whose = shown.querySelector(".viewer-head h2") ?? shown.querySelector("h1");
  whose.tabIndex = -1;
  whose.focus({ preventScroll: true });
}

const isDouble = () => performance.now() - shownAt < DOUBLE && !saver()?.turn; // who has chosen has read

export function deskAhead(root, start) {
  const form = root.querySelector("[data-assess]");
  if (!form) return;
  if (sessionStorage.getItem(LED_ON)) beginAtName(root); // here too, whichever way it came
  sessionStorage.removeItem(LED_ON);
  let going = false;
  const onward = async () => {
    if (going) return;
    going = true;
    const safe = (await saver()?.settled()) !== false && (await settleTexts());
    if (safe) go(form.dataset.next, start);
    else going = false;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isDouble()) return;
    if (saver()?.chosen) return onward();
    if (await settleTexts()) form.submit(); // a reason to write, or nothing chosen: the server says what is missing
  });
  form.querySelector("[data-skip]")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!isDouble()) onward();
  });
  fetchAhead(form);
}

addEventListener("popstate", () => location.reload());
