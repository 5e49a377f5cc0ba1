// What the public forms gain from a script. Every page works without it; hooks are data attributes.
import { focusSummary } from "./summary.js";
import { keepDraft } from "./drafting.js";
import { countLetters } from "./counting.js";
import { watchFiles } from "./files.js";
import { watchUploads } from "./progress.js";

function begin() {
  focusSummary(document);
  countLetters(document);
  watchFiles(document);
  watchUploads(document, begin);
  keepDraft(document); // after what looks at the files and their weight
}

begin();
