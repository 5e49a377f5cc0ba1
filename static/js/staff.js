// What the staff pages gain from a script. Every page works without it; hooks are data attributes.
import { focusSummary } from "./summary.js";
import { watchFiles } from "./files.js";
import { saveOnChoice } from "./autosave.js";
import { deskAhead } from "./ahead.js";
import { keyHelp, scaleKeys } from "./scale.js";
import { filterNames } from "./names.js";
import { keepTexts } from "./keeping.js";
import { fillMatrix } from "./fill.js";
import { drawMasks } from "./masks.js";
import { dragOrders } from "./order.js";
import "./menus.js";

// For the page as it came, and again for what takes its place.
function start(root) {
  focusSummary(root);
  watchFiles(root);
  saveOnChoice(root);
  scaleKeys(root);
  keyHelp(root);
  filterNames(root);
  keepTexts(root);
  dragOrders(root);
  drawMasks(root);
  fillMatrix(root);
  deskAhead(root, start);
}

start(document);
