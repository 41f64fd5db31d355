// Loaded when a reader opens a lock, and where he may have opened it before.
const LONGEST = 900; // seconds that a page waits
const headers = { "X-Smo-Part": "1" };
const rest = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const find = (lock, what) => [...lock.querySelectorAll(what)].find((one) => one.closest("[data-smo-lock]") == lock);

const say = (lock, sentence) => {
  const place = find(lock, ".smo-lock-said");
  if (place && place.textContent != sentence) place.textContent = sentence;
};

const whenSeen = () => new Promise((done) => {
  const look = () => document.hidden || done(document.removeEventListener("visibilitychange", look));
  document.addEventListener("visibilitychange", look);
  look();
});

export async function act(lock, event) {
  if (!event) return ask(lock);
  try {
    localStorage[lock.dataset.smoLock] = 1;
  } catch { /* forbidden, or full: only the next page does not know it */ }
  if (event.type == "submit") return send(lock, event.target.action, new FormData(event.target, event.submitter));
  const { action } = event.target.closest("form");
  const body = new FormData();
  body.set("way", "share");
  return watch(lock, action, body, 2);
}

// What this reader finds: the hidden part, or how far he has come.
async function ask(lock) {
  await put(lock);
  const ways = find(lock, ".smo-lock-ways[data-smo-state]");
  const form = ways && find(lock, ".smo-lock-again");
  if (form) return watch(lock, form.action, new FormData(form, form.querySelector("button")), +ways.dataset.smoSeconds);
}

async function send(lock, action, body) {
  const said = await post(action, body);
  if (said.state == "open") return opened(lock, said.sentence);
  say(lock, said.sentence);
  if (said.where) location.assign(said.where);
  else if (said.state == "waiting") return watch(lock, action, body, said.seconds);
}

async function watch(lock, action, body, seconds) {
  const mine = lock.smoWatch = {}; // a later press takes its place
  body.set("again", 1);
  let due = seconds;
  for (let pause = 2, waited = 0; waited < LONGEST; pause = Math.min(pause * 1.5, 15)) {
    const step = Math.max(0, Math.min(pause, due));
    await rest(step);
    waited += step || 1;
    due -= step;
    if (document.hidden) {
      await whenSeen();
      due = 0;
    }
    if (lock.smoWatch != mine) return;
    try {
      if (due > 0 && !await isNews(lock)) continue;
      const said = await post(action, body);
      if (said.state == "open") return opened(lock, said.sentence);
      say(lock, said.sentence);
      if (said.state != "waiting" && waited > 60 || said.state == "refused") return;
      due = said.seconds || pause;
    } catch {
      due = pause; // the network is away for a moment
    }
  }
}

async function post(action, body) {
  return (await fetch(action, { method: "POST", body, headers })).json();
}

async function isNews(lock) {
  const answer = await fetch(lock.dataset.smoNews);
  const word = answer.status == 200 ? await answer.text() : "";
  const isNew = word && word != lock.smoWord;
  lock.smoWord = word || lock.smoWord;
  return isNew;
}

async function opened(lock, sentence) {
  lock.smoWatch = 0;
  const said = document.createElement("p");
  said.className = "smo-lock-said";
  said.role = "status";
  lock.prepend(said);
  const part = await put(lock);
  part.tabIndex = -1;
  part.focus();
  said.textContent = sentence;
}

async function put(lock) {
  const answer = await fetch(lock.dataset.smoLock, { headers });
  if (answer.redirected) return location.assign(answer.url);
  if (!answer.ok) throw answer;
  const part = find(lock, ".smo-lock-part");
  part.innerHTML = await answer.text();
  for (const old of part.querySelectorAll("script[src]")) {
    const script = document.createElement("script"); // one that innerHTML has made does not run
    for (const { name, value } of old.attributes) script.setAttribute(name, value);
    old.replaceWith(script);
  }
  return part;
}
