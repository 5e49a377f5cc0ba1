// Boxes on a page's picture: drag with a mouse to add one, click one to take it away; the typed sides show as one types,
// and arrow keys move them by a percent (with Shift by five). Everything goes through the page's own forms.
const SIDES = ["left", "top", "right", "bottom"];
const percent = (fraction) => String(Math.round(fraction * 1000) / 10).replace(".", ",");
const fraction = (text) => Number.parseFloat(text.replace(",", ".")) / 100;
const within = (value) => Math.min(1, Math.max(0, value));

function show(rect, sides) {
  const whole = SIDES.every((side) => Number.isFinite(sides[side])) && sides.left < sides.right && sides.top < sides.bottom;
  rect.setAttribute("visibility", whole ? "visible" : "hidden");
  if (!whole) return;
  rect.setAttribute("x", sides.left);
  rect.setAttribute("y", sides.top);
  rect.setAttribute("width", sides.right - sides.left);
  rect.setAttribute("height", sides.bottom - sides.top);
}

function drawing(svg) {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.classList.add("drawing");
  rect.setAttribute("visibility", "hidden");
  svg.append(rect);
  return rect;
}

function typing(form, rect) {
  const typed = () => Object.fromEntries(SIDES.map((side) => [side, fraction(form.elements[side].value)]));
  show(rect, typed()); // one that was refused stands where it was drawn
  form.addEventListener("input", () => show(rect, typed()));
  form.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 0.01, ArrowDown: -0.01 }[event.key];
    if (!step || !SIDES.includes(event.target.name)) return;
    event.preventDefault();
    const now = fraction(event.target.value);
    event.target.value = percent(within((Number.isFinite(now) ? now : 0) + step * (event.shiftKey ? 5 : 1)));
    show(rect, typed());
  });
}

function dragging(page, form, rect) {
  let from = null;
  let sides = null;
  const at = (event) => {
    const place = page.getBoundingClientRect();
    return [within((event.clientX - place.left) / place.width), within((event.clientY - place.top) / place.height)];
  };
  page.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return; // a finger scrolls
    event.preventDefault();
    from = at(event);
    sides = null;
    page.setPointerCapture(event.pointerId);
  });
  page.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = at(event);
    sides = { left: Math.min(x, from[0]), right: Math.max(x, from[0]), top: Math.min(y, from[1]), bottom: Math.max(y, from[1]) };
    show(rect, sides);
  });
  page.addEventListener("pointerup", (event) => {
    const started = from;
    from = null;
    if (!started) return;
    if (sides && sides.right - sides.left > 0.004 && sides.bottom - sides.top > 0.003) {
      for (const side of SIDES) form.elements[side].value = percent(sides[side]);
      form.requestSubmit(form.querySelector("button[value=add]"));
    } else pressed(page, at(event));
  });
  page.addEventListener("pointercancel", () => { from = null; });
}

// The topmost box under the place: its own button takes it away.
function pressed(page, [x, y]) {
  const boxes = [...page.querySelectorAll("rect:not(.drawing)")];
  const inside = (box) => {
    const [left, top, wide, high] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
    return left <= x && x <= left + wide && top <= y && y <= top + high;
  };
  const found = boxes.findLastIndex(inside);
  if (found >= 0) document.querySelector(`[data-mask-remove="${found + 1}"]`)?.click();
}

export function drawMasks(root) {
  const page = root.querySelector("[data-masks]");
  const form = root.querySelector("[data-mask-add]");
  if (!page || !form) return;
  page.classList.add("draws");
  const rect = drawing(page.querySelector("svg"));
  typing(form, rect);
  dragging(page, form, rect);
}
