// Links and forms work without it.
const section = document.querySelector(".smo-comments");
const { smoMine, smoEdit, smoLost } = section.dataset;
const find = (what, where = section) => where.querySelector(what);
const make = (name, facts) => Object.assign(document.createElement(name), facts);

const acted = (now) => {
  try {
    return now ? localStorage.smoActed = now : localStorage.smoActed;
  } catch {}
};

const ask = (url, body) => fetch(url, { method: body && "POST", body, headers: { "X-Smo-Part": 1 } });
const read = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html").body;

const show = (host, body) => {
  const comment = find("article", body);
  const old = comment && find("#" + comment.id);
  if (!comment) host.replaceChildren(...body.childNodes);
  else (old || host).replaceWith(...body.childNodes);
  if (old) host.remove();
  (comment || find("[role], textarea, input:not([type=hidden])", host)).focus();
  if (comment) mark();
};

const open = async (link) => {
  const above = link.closest("article") || link;
  const near = above.nextSibling;
  if (near?.link) near.remove();
  if (near?.link == link) return;
  const body = await read(await ask(link.href));
  const host = make("div", { className: "smo-here", link });
  above.after(host);
  show(host, body);
};

const close = (link) => {
  const host = link.closest(".smo-here");
  host.remove();
  host.link.focus();
};

const more = async (link) => {
  const other = find(".smo-comments", await read(await fetch(link.href)));
  const first = find("article", other);
  link.replaceWith(...other.querySelectorAll(".smo-thread, .smo-next"));
  first.focus();
  mark();
};

const send = async (form, button) => {
  const reply = await ask(form.action, new FormData(form, button));
  const body = await read(reply);
  if (!reply.ok && !find("form", body)) return say(form, find(".smo-message p", body)?.textContent || smoLost);
  acted(1);
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

section.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const act = link.dataset.smoClose ? close : link.dataset.smoOpen ? open : link.rel == "next" && more;
  if (!act) return;
  event.preventDefault();
  act(link)?.catch(() => location = link.href);
});

section.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  event.preventDefault();
  const done = (target.dataset.smoVote ? vote : send)(target, submitter);
  submitter.disabled = true;
  done.catch(() => say(target, smoLost)).finally(() => submitter.disabled = false);
});

const target = find(":target");
target?.closest("details")?.setAttribute("open", "");
target?.scrollIntoView();
mark();
