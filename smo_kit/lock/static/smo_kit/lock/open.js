// Loaded when a reader opens a lock, or may have opened it before.
const WHOLE = "X-Smo-Whole";
const headers = { "X-Smo-Part": "1" };
const rest = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const made = (tag, about) => Object.assign(document.createElement(tag), about);
const within = (lock, name) => lock.querySelector(`.smo-lock-${name}`);
const again = () => new URLSearchParams({ again: 1 });

// Who comes back is told at once.
addEventListener("visibilitychange", () => {
  for (const lock of document.querySelectorAll(".smo-lock")) document.hidden || (lock.smoWatch ? watch(lock, 0) : meet(lock));
});

export async function act(lock, event) {
  if (!event) return meet(lock);
  remember(lock);
  return event.type == "submit" ? press(lock, new FormData(event.target, event.submitter)) : watch(lock, 2);
}

function remember(lock) {
  try {
    localStorage[lock.id] = Date.now(); // other pages hear of it
  } catch {}
}

// He may have opened it, or begun.
async function meet(lock) {
  if (!within(lock, "card")) return;
  try {
    const part = await put(lock);
    if (part == WHOLE) {
      const about = { className: "smo-lock-offer", href: lock.dataset.smoLock, textContent: lock.dataset.smoWhole };
      within(lock, "offers").replaceChildren(made("a", about));
    } else if (part) location.hash == `#${lock.id}` && greet(lock, part);
    else if (localStorage[lock.id] && !lock.smoWatch) await press(lock, again());
  } catch {}
}

async function press(lock, body) {
  try {
    const answer = await post(lock, body);
    if (await isSaid(lock, answer)) return;
    if (answer.where) return location.assign(answer.where);
    if (answer.state == "waiting") watch(lock, answer.seconds);
  } catch (error) {
    if (navigator.onLine && !(error instanceof TypeError)) throw error;
    say(lock, lock.dataset.smoAway);
  }
}

async function watch(lock, due) {
  const mine = lock.smoWatch = {}; // a later press takes its place
  for (let pause = 2, waited = 0; waited < 900; pause = Math.min(pause * 1.5, 15)) {
    const step = due && Math.min(pause, Math.max(due, 1));
    await rest(step);
    waited += step;
    due -= step;
    if (document.hidden || lock.smoWatch != mine) return;
    try {
      if (due > 0 && !await isNews(lock)) continue;
      const answer = await post(lock, again());
      if (lock.smoWatch != mine || await isSaid(lock, answer)) return;
      due = answer.seconds || 15;
    } catch {
      due = pause; // no network
    }
  }
}

async function post(lock, body) {
  return (await fetch(within(lock, "offers").action, { method: "POST", body, headers })).json();
}

async function isNews(lock) {
  const answer = await fetch(lock.dataset.smoNews);
  const was = lock.smoWord;
  if (answer.status == 200) lock.smoWord = await answer.text();
  return lock.smoWord != was;
}

// Whether nothing more is to come.
async function isSaid(lock, { state, sentence, left }) {
  if (state != "open") {
    say(lock, sentence, left);
    return state == "refused";
  }
  remember(lock);
  const part = await put(lock);
  if (!part || part == WHOLE) location.assign(lock.dataset.smoLock);
  else greet(lock, part);
  return true;
}

function say(lock, sentence, left) {
  const place = within(lock, "said");
  if (place.textContent != sentence) place.textContent = sentence;
  clearInterval(lock.smoClock);
  within(lock, "left")?.remove();
  if (!left) return;
  const end = Date.now() + left * 1000;
  const clock = made("p", { className: "smo-lock-left", ariaHidden: "true" });
  const tick = () => clock.textContent = new Date(Math.max(end - Date.now(), 0)).toISOString().slice(14, 19);
  tick();
  place.after(clock);
  lock.smoClock = setInterval(tick, 1000);
}

// Who reads or writes elsewhere is not moved: he gets a link.
async function greet(lock, part) {
  const { top, bottom } = lock.getBoundingClientRect();
  const isSeen = bottom > 0 && top < innerHeight;
  const isHere = lock.smoHeld || isSeen && document.activeElement == document.body;
  const said = made("p", { className: "smo-lock-said", role: "status" });
  lock.prepend(said);
  if (isHere) part.focus({ preventScroll: !isSeen });
  await rest(.1);
  said.textContent = lock.dataset.smoOpened;
  part.id = `${lock.id}-part`;
  if (!isHere || !isSeen) said.append(" ", made("a", { href: `#${part.id}`, textContent: lock.dataset.smoOn }));
}

// Returns where the hidden part stands now; nothing if it is closed.
async function put(lock) {
  const answer = await fetch(lock.dataset.smoLock, { headers });
  if (answer.status != 200 || answer.redirected) return;
  if (answer.headers.has(WHOLE)) return WHOLE;
  const { body } = new DOMParser().parseFromString(`<body>${await answer.text()}`, "text/html");
  const part = lock.lastElementChild, card = within(lock, "card");
  if (!card) return part;
  lock.smoWatch = clearInterval(lock.smoClock);
  lock.smoHeld = card.contains(document.activeElement);
  part.replaceChildren(...body.childNodes);
  for (const old of part.querySelectorAll("script[src]")) {
    const script = made("script"); // one that was parsed apart does not run
    for (const { name, value } of old.attributes) script.setAttribute(name, value);
    old.replaceWith(script);
  }
  card.remove();
  return part;
}
