// How much is done, beside the queue: of this criterion or candidate (the group), and of everything.
// <nav data-queue data-done data-total> with [data-tally] and a bar, and [data-tally-all] with its own figures.

function counted(of, place) {
  of.dataset.done = Number(of.dataset.done) + 1;
  place.textContent = `${of.dataset.done} av ${of.dataset.total}`;
}

// One more score has been set for the first time.
export function oneMore(queue, { inGroup = true } = {}) {
  const all = queue?.querySelector("[data-tally-all]");
  if (!all) return;
  counted(all, all);
  if (!inGroup) return;
  counted(queue, queue.querySelector("[data-tally]"));
  const parts = [...queue.querySelectorAll(".steps li")];
  const filled = Math.floor((queue.dataset.done * parts.length) / queue.dataset.total);
  parts.forEach((part, n) => (part.className = n < filled ? "done" : n === filled ? "now" : ""));
}
