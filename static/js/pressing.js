// A press that comes while something is being saved waits for the answer, for a while: until then the form says what the page
// was opened with, and one's own typing would come back as somebody else's.
const PATIENCE = 5000;

// Whether the press waits. What saves has its form, and `onItsWay`: the request that has no answer yet.
export function waits(saver, event) {
  if (!saver.onItsWay || event.defaultPrevented) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!saver.handed) pressAgain(saver, event.submitter); // else pressed twice
  return true;
}

async function pressAgain(saver, submitter) {
  saver.handed = true;
  await Promise.race([saver.onItsWay, new Promise((over) => setTimeout(over, PATIENCE))]);
  saver.onItsWay = null;
  saver.handed = false;
  saver.form.requestSubmit(submitter);
}
