// Loaded when a reader opens a lock, and where he may have opened it before.
const LONGEST = 900; // seconds that a page waits
const headers = { "X-Smo-Part": "1" };
const rest = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const partOf = (lock) => [...lock.querySelectorAll(".smo-lock-part")].find((one) => one.closest("[data-smo-lock]") == lock);

const whenSeen = () => new Promise((done) => {
  const look = () => document.hidden || done(document.removeEventListener("visibilitychange", look));
  document.addEventListener("visibilitychange", look);
  look();
});

export async function act(lock, event) {
  if (!event) return meet(lock);
  try {
    localStorage[lock.dataset.smoLock] = 1;
  } catch { /* forbidden, or full: only the next page does not know it */ }
  const form = event.target.closest("form");
  const body = new FormData(form, event.submitter);
  if (event.type == "submit") return send(lock, form.action, body);
  body.set("way", "share");
  return watch(lock, form.action, body, 2);
}

// A reader who may have opened it: he finds the hidden part, or how far he has come.
async function meet(lock) {
  if (await put(lock) || !localStorage[lock.dataset.smoLock]) return;
  const body = new FormData();
  body.set("again", 1);
  return send(lock, lock.querySelector(".smo-lock-offers").action, body);
}

async function send(lock, action, body) {
  const { state, sentence, seconds, where, way } = await post(action, body);
  if (state == "open") return opened(lock, sentence);
  say(lock, sentence);
  if (where) return location.assign(where);
  if (state != "waiting") return;
  body.set("way", way);
  return watch(lock, action, body, seconds);
}

async function watch(lock, action, body, due) {
  const mine = lock.smoWatch = {}; // a later press takes its place
  body.set("again", 1);
  for (let pause = 2, waited = 0; waited < LONGEST; pause = Math.min(pause * 1.5, 15)) {
    const step = Math.min(pause, Math.max(due, 1));
    await rest(step);
    waited += step;
    due -= step;
    if (document.hidden) {
      await whenSeen();
      due = 0;
    }
    if (lock.smoWatch != mine) return;
    try {
      if (due > 0 && !await isNews(lock)) continue;
      const { state, sentence, seconds } = await post(action, body);
      if (state == "open") return opened(lock, sentence);
      say(lock, sentence);
      if (state == "refused") return;
      due = seconds || 15;
    } catch {
      due = pause; // the network is away for a moment
    }
  }
}

async function post(action, body) {
  return (await fetch(action, { method: "POST", body, headers })).json();
}

async function isNews(lock) {
  const answer = await fetch(lock.querySelector("[data-smo-news]").dataset.smoNews);
  const word = answer.status == 200 && await answer.text();
  const isNew = word && word != lock.smoWord;
  lock.smoWord = word || lock.smoWord;
  return isNew;
}

function say(lock, sentence) {
  const place = lock.querySelector(".smo-lock-said");
  if (place.textContent != sentence) place.textContent = sentence;
}

async function opened(lock, sentence) {
  lock.smoWatch = 0;
  const said = Object.assign(document.createElement("p"), { className: "smo-lock-said", role: "status" });
  lock.prepend(said);
  const part = await put(lock);
  if (!part) return location.assign(lock.dataset.smoLock);
  part.tabIndex = -1;
  part.focus();
  said.textContent = sentence;
}

// Puts the hidden part into the page and takes the ways out; returns where it stands, or nothing if it is closed.
async function put(lock) {
  const answer = await fetch(lock.dataset.smoLock, { headers });
  if (!answer.ok || answer.redirected) return;
  const part = partOf(lock);
  const { body } = new DOMParser().parseFromString(`<body>${await answer.text()}`, "text/html");
  part.replaceChildren(...body.childNodes);
  for (const old of part.querySelectorAll("script[src]")) {
    const script = document.createElement("script"); // one that was parsed apart does not run
    for (const { name, value } of old.attributes) script.setAttribute(name, value);
    old.replaceWith(script);
  }
  lock.querySelector(".smo-lock-card")?.remove();
  return part;
}
