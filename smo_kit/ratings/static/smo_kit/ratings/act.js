// Loaded when a reader rates, and where he may have rated before: puts into all forms of one thing what the server says.
const asked = new Set();

export async function act(form, event) {
  const thing = form.dataset.smoRate;
  if (event) return rate(form, thing, event.submitter);
  if (asked.has(thing)) return;
  asked.add(thing);
  try {
    show(thing, await figures(form));
  } catch { /* the page stays as it is */ }
}

async function rate(form, thing, button) {
  const { value } = button;
  const body = new FormData(form, button);
  try {
    show(thing, await figures(form, { method: "POST", body }));
  } catch (error) {
    button.value = value; // another answer may have changed it meanwhile; the form is sent as it was meant
    throw error;
  }
  try {
    localStorage[thing] = 1;
  } catch { /* forbidden, or full: only the next page does not know it */ }
}

async function figures(form, options) {
  const answer = await fetch(form.action, options);
  if (!answer.ok) throw answer;
  return answer.json();
}

function show(thing, said) {
  for (const form of document.querySelectorAll("[data-smo-rate]")) {
    if (form.dataset.smoRate == thing) said.forEach((now, at) => Object.assign(form[at], now));
  }
}
