// Links work without it.
const all = (what, act) => document.querySelectorAll(what).forEach(act);

const say = (place, text) => {
  place.textContent = text;
  if (text) setTimeout(say, 4000, place);
};

const acts = {
  async copy({ url }, done, button) {
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      const input = button.appendChild(document.createElement("input"));
      input.value = url;
      input.select();
      const copied = document.execCommand("copy");
      button.focus();
      input.remove();
      if (!copied) return;
    }
    done();
  },
  save(page, done, { href }) {
    const saved = JSON.parse(localStorage.smoSaved || "[]");
    if (saved.some(({ url }) => url == page.url)) return location = href;
    localStorage.smoSaved = JSON.stringify([page, ...saved]);
    done();
  },
  print: () => print(),
  device: (page) => navigator.share(page).catch(() => {}),
};

const close = ({ target, key }) => all(".smo-more[open]", (more) => {
  if (key == "Escape") more.firstElementChild.focus();
  else if (more.contains(target)) return;
  more.open = false;
});

const press = (event) => {
  close(event);
  const button = event.target.closest(".smo-pass .smo-button");
  if (!button || event.button > 1) return;
  const part = button.closest(".smo-pass");
  const { smoN: n, smoDo, smoSaid, smoTo, smoTold } = button.dataset;
  const { smoKey: o, smoTell, smoPopup, smoUrl: url, smoTitle: title } = part.dataset;
  const tell = () => n && o && !smoTold && navigator.sendBeacon(smoTell, new URLSearchParams({ o, k: "shared", n }));
  if (smoDo != "copy") tell();
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const server = smoTo && localStorage["smo-" + n];
  if (smoDo) acts[smoDo]({ url, title }, () => say(part.lastElementChild, smoSaid, tell()), button);
  else if (server) open(smoTo.replace("instance.invalid", server), "", smoPopup || "noreferrer");
  else if (smoPopup && button.target) open(button.href, "", smoPopup);
  else return;
  event.preventDefault();
};
addEventListener("click", press);
addEventListener("auxclick", press);
addEventListener("keyup", close);

all(".smo-pass [hidden]", (item) => item.hidden = !navigator.share && item.querySelector("[data-smo-do=device]"));

all(".smo-inline", (part) => {
  new IntersectionObserver((seen) => part.classList.toggle("smo-near", seen.at(-1).isIntersecting)).observe(part);
});
