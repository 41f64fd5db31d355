// All works without it.
const act = (lock, event) => import(lock.dataset.smoAct).then((own) => own.act(lock, event));
const near = ({ target }, what) => target.closest(`.smo-lock-ways ${what}`);

addEventListener("submit", (event) => {
  const form = near(event, "form");
  if (!form || form.smoPlain) return;
  const lock = form.closest("[data-smo-lock]");
  event.preventDefault();
  act(lock, event).catch(() => {
    if (navigator.onLine) form.requestSubmit(event.submitter, form.smoPlain = 1);
    else lock.querySelector("[role]").textContent = lock.dataset.smoAway;
  });
});
addEventListener("click", (event) => {
  const link = near(event, "a[target]");
  if (!link) return;
  act(link.closest("[data-smo-lock]"), event);
  const { smoWindow } = link.dataset;
  if (smoWindow && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault(open(link.href, "", smoWindow));
});
for (const lock of document.querySelectorAll("[data-smo-lock]")) {
  const { smoShown, smoWhich } = lock.dataset;
  smoShown && new IntersectionObserver(([{ isIntersecting }], look) => {
    if (isIntersecting) look.disconnect(navigator.sendBeacon(smoShown, new URLSearchParams(smoWhich)));
  }).observe(lock);
  addEventListener("storage", (event) => event.key == lock.id && act(lock));
  try {
    (/smo_in/.test(document.cookie) || localStorage[lock.id]) && act(lock);
  } catch {}
}
