// Links and forms work without it.
const section = document.querySelector(".smo-comments");
const { smoMine, smoEdit, smoLost } = section.dataset;
const find = (what, where = section) => where.querySelector(what);

const ask = (url, body) => fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Smo-Part": 1 } });
const read = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html").body;

const show = (host, body) => {
  const comment = find("article", body);
  const old = comment && document.getElementById(comment.id);
  if (!comment) host.replaceChildren(...body.childNodes);
  else if (old) old.replaceWith(comment), host.remove();
  else host.replaceWith(comment);
  (comment || find("[role], textarea, input:not([type=hidden])", host))?.focus();
  if (comment) mark();
};

const open = async (link) => {
  const after = link.closest("article") || link;
  let host = after.nextElementSibling;
  if (host?.className == "smo-here") return host.remove();
  const reply = await ask(link.href);
  host = document.createElement("div");
  host.className = "smo-here";
  host.link = link;
  after.after(host);
  show(host, await read(reply));
};

const close = (host) => {
  host.remove();
  host.link.focus();
};

const say = (form, text) => {
  const place = find(".smo-error", form) || document.createElement("p");
  place.className = "smo-error";
  place.role = "alert";
  place.textContent = text;
  form.prepend(place);
};

const send = async (form, button) => {
  const body = new FormData(form, button);
  button.disabled = true;
  try {
    const reply = await ask(form.action, body);
    const page = await read(reply);
    if (reply.ok) localStorage.smoActed = 1;
    else if (!find("form, .smo-message", page)) throw 0; // not ours: what was typed stays
    show(form.closest(".smo-here"), page);
  } catch {
    say(form, smoLost);
  }
  button.disabled = false;
};

const press = (form, own) => form.querySelectorAll("button").forEach((one) => one.ariaPressed = one.value == own);

const vote = async (form, button) => {
  const body = new FormData();
  body.append("value", button.ariaPressed == "true" ? 0 : button.value);
  const { error, likes, dislikes, own } = await (await ask(form.action, body)).json();
  if (error) return say(form, error);
  localStorage.smoActed = 1;
  press(form, own);
  form.querySelectorAll("b").forEach((one, n) => one.textContent = n ? dislikes : likes);
};

const more = async (link) => {
  const other = find(".smo-comments", await read(await fetch(link.href)));
  const rest = other.querySelectorAll(".smo-thread, .smo-next");
  const first = find("article", other);
  link.replaceWith(...rest);
  first.focus();
  mark();
};

const mark = async () => {
  if (!localStorage.smoActed) return;
  const { own, votes } = await (await fetch(smoMine)).json();
  for (const id in votes) {
    const form = find(`#c${id} form`);
    if (form) press(form, votes[id]);
  }
  for (const id of own) {
    const acts = find(`#c${id} .smo-acts`);
    if (!acts || find("[data-smo-own]", acts)) continue;
    const link = acts.appendChild(document.createElement("a"));
    link.href = find(".smo-when", acts.parentNode).href + "edit/";
    link.textContent = smoEdit;
    link.dataset.smoOpen = link.dataset.smoOwn = "";
  }
};

section.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const act = "smoOpen" in link.dataset ? open : "smoClose" in link.dataset ? () => close(link.closest(".smo-here")) : link.rel == "next" && more;
  if (!act) return;
  event.preventDefault();
  Promise.resolve(act(link)).catch(() => location = link.href);
});

section.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  event.preventDefault();
  if ("smoVote" in target.dataset) vote(target, submitter).catch(() => say(target, smoLost));
  else send(target, submitter);
});

const fold = find(":target")?.closest("details");
if (fold) fold.open = true, find(":target").scrollIntoView();
mark();
