// What the staff pages gain from a script. Every page works without it; hooks are data attributes.
import { focusSummary } from "./summary.js";
import { watchFiles } from "./files.js";
import { saveOnChoice } from "./autosave.js";
import { scaleKeys } from "./scale.js";

focusSummary(document);
watchFiles(document);
saveOnChoice(document);
scaleKeys(document);
