let blocks = [...document.querySelectorAll("[data-smo-offer]")], s = 0, idle = 0, f = [], p;
const { smoTell, smoPage: o = "" } = blocks[0].dataset;
setInterval(() => {
  if (document.hidden || idle++ > 59 || s > 599) return;
  if (o) s++;
  blocks = blocks.filter((one) => {
    const { y, height } = one.getBoundingClientRect(), at = y + height / 2;
    return at <= 0 || at > innerHeight || !f.push(one.dataset.smoOffer);
  });
}, 1000);
for (const name of ["scroll", "keydown", "pointermove", "click", "auxclick", "visibilitychange"]) addEventListener(name, ({ button, target }) => {
  idle = 0;
  const a = button >= 0 && button < 2 && target.closest("[data-smo-at]");
  if (a) f.push(a.closest("[data-smo-offer]").dataset.smoOffer, a.dataset.smoAt);
  if (!document.hidden || !s && !f[0]) return;
  try {
    p = sessionStorage.smo;
    if (o) sessionStorage.smo = o;
  } catch {}
  navigator.sendBeacon(smoTell, new URLSearchParams({ o, s, p, f }));
  s = 0;
  f = [];
}, true);
