const section = document.querySelector(".smo-comments");
const { smoMine, smoEdit, smoLost } = section.dataset;
const find = (what, where = section) => where.querySelector(what);
const make = (name, facts) => Object.assign(document.createElement(name), facts);

const acted = (now) => {
  try {
    if (now) localStorage.smoActed = now;
    return localStorage.smoActed;
  } catch {}
};

let turn;
const ask = (url, body) => {
  const go = () => fetch(url, { method: body && "POST", body, headers: { "X-Smo-Part": 1 } });
  return turn = turn?.then(go, go) ?? go();
};
const read = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html").body;

const field = (host) => find("[required],[name=reason]", host);

const show = (host, body) => {
  const comment = find("article", body);
  const old = find("#" + comment?.id);
  if (comment) {
    (old || host).replaceWith(...body.childNodes);
    host.remove();
    mark();
  } else host.replaceChildren(...body.childNodes);
  (comment || find("[role]", host) || field(host)).focus();
};

const open = async (link, draft = "") => {
  const id = link.href;
  const old = document.getElementById(id);
  if (old && field(old)) return field(old).focus();
  old?.remove();
  const host = make("div", { className: "smo-here", id, link });
  (link.closest(".smo-comments article") || link).after(host);
  const body = await read(await ask(id + draft));
  if (host.parentNode) find("#c" + find("[name=reply_to]", body)?.value)?.after(host);
  host.closest("details")?.setAttribute("open", "");
  show(host, body);
};

const close = (link) => {
  const host = link.closest(".smo-here");
  host.remove();
  host.link.focus();
};

const more = async (link) => {
  const other = find(".smo-comments", await read(await fetch(link)));
  const first = find("article", other);
  link.replaceWith(...other.querySelectorAll(".smo-thread,.smo-next"));
  first.focus();
  mark();
};

const send = async (form, button) => {
  const reply = await ask(form.action, new FormData(form, button));
  const body = await read(reply);
  if (!reply.ok && !field(body)) return say(form, find(".smo-message p,p[role]", body)?.textContent || smoLost);
  acted(1);
  if (word) history.replaceState(null, "");
  show(form.closest(".smo-here"), body);
};

const press = (form, own) => form.querySelectorAll("button").forEach((one) => one.ariaPressed = one.value == own);

const vote = async (form, { ariaPressed, value }) => {
  const body = new URLSearchParams({ value: ariaPressed == "true" ? 0 : value });
  const { error, likes, dislikes, own } = await (await ask(form.action, body)).json();
  if (error) return say(form, error);
  acted(1);
  press(form, own);
  form.querySelectorAll("b").forEach((one, n) => one.textContent = n ? dislikes : likes);
};

const say = (form, textContent) => {
  find(".smo-error", form)?.remove();
  form.prepend(make("p", { className: "smo-error", role: "alert", textContent }));
};

const mark = async () => {
  if (!acted()) return;
  const { own, votes } = await (await fetch(smoMine)).json();
  for (const id in votes) {
    const form = find(`#c${id} form`);
    if (form) press(form, votes[id]);
  }
  for (const id of own) {
    const acts = find(`#c${id} footer`);
    if (!acts || acts.smoOwn) continue;
    const link = make("a", { href: find(`#c${id} .smo-when`).href + "edit/", textContent: smoEdit });
    acts.smoOwn = acts.appendChild(link).dataset.smoOpen = true;
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const act = link.dataset.smoClose ? close : link.dataset.smoOpen ? open : link.className == "smo-next" && more;
  if (!act) return;
  event.preventDefault();
  act(link)?.catch(() => location = link);
});

addEventListener("submit", (event) => {
  const { target, submitter } = event;
  const act = target.dataset.smoVote ? vote : target.closest(".smo-here") && send;
  if (!act || submitter.name == "join") return;
  event.preventDefault();
  const done = act(target, submitter);
  submitter.disabled = true;
  done.catch(() => say(target, smoLost)).finally(() => submitter.disabled = false);
});

find("details:has(:target)")?.setAttribute("open", "");
find(":target")?.scrollIntoView();
mark();

const write = find(".smo-write");
const [page, hash] = location.href.split("#smo-kept=");
const word = hash || history.state?.smoKept;
if (word && write) {
  history.replaceState({ smoKept: word }, "", page);
  open(write, "&kept=" + word);
}
