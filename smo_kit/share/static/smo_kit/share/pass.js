// The links work without this, and where it fails.
const all = (what, act) => document.querySelectorAll(what).forEach(act);

const say = (place, text) => {
  place.textContent = text;
  if (text) setTimeout(say, 4000, place, "");
};

const acts = {
  copy: ({ url }, done) => navigator.clipboard.writeText(url).then(done),
  save(page, done, list) {
    const saved = JSON.parse(localStorage.smoSaved || "[]");
    if (saved.some(({ url }) => url == page.url)) return location = list;
    localStorage.smoSaved = JSON.stringify([page, ...saved]);
    done();
  },
  print: () => print(),
  device: (page) => navigator.share(page).catch(() => {}),
};

const press = (event) => {
  const button = event.target.closest(".smo-pass .smo-button");
  all(".smo-more", (more) => more.open &&= more.contains(event.target));
  if (!button || event.button > 1) return;
  const part = button.closest(".smo-pass");
  const { smoN: n, smoDo, smoSaid, smoTo } = button.dataset;
  const { smoKey: o, smoTell, smoPopup, smoUrl: url, smoTitle: title } = part.dataset;
  if (n && o) navigator.sendBeacon(smoTell, new URLSearchParams({ o, k: "shared", n }));
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const server = smoTo && localStorage["smo-" + n];
  if (server) button.href = smoTo.replace("instance.invalid", server);
  if (smoDo) acts[smoDo]({ url, title }, () => say(part.lastElementChild, smoSaid), button.href);
  else if (smoPopup && button.target) open(button.href, "", smoPopup);
  else return;
  event.preventDefault();
};
addEventListener("click", press);
addEventListener("auxclick", press);

all(".smo-pass [hidden]", (item) => item.hidden = !navigator.share && item.querySelector("[data-smo-do=device]"));

// The bar goes while other buttons are in sight.
all(".smo-inline", (part) => {
  new IntersectionObserver((seen) => part.classList.toggle("smo-near", seen.at(-1).isIntersecting)).observe(part);
});
