// Links and forms work without it.
const act = (lock, event) => import(lock.querySelector("[data-smo-act]").dataset.smoAct).then((own) => own.act(lock, event));
const near = ({ target }, what) => target.closest(`.smo-lock-ways ${what}`);

addEventListener("submit", (event) => {
  const form = near(event, "form");
  if (!form || form.smoPlain) return;
  event.preventDefault();
  act(form.closest("[data-smo-lock]"), event).catch(() => form.requestSubmit(event.submitter, form.smoPlain = 1));
});
addEventListener("click", (event) => {
  const link = near(event, "a[target]");
  if (!link) return;
  act(link.closest("[data-smo-lock]"), event);
  const { smoWindow } = link.dataset;
  if (!smoWindow || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href, "", smoWindow);
});
for (const lock of document.querySelectorAll("[data-smo-lock]")) {
  const { smoLock, smoShown, smoV } = lock.dataset;
  smoShown && new IntersectionObserver(([{ isIntersecting }], look) => {
    if (!isIntersecting) return;
    look.disconnect();
    navigator.sendBeacon(smoShown, new URLSearchParams({ l: smoLock.split("/").at(-2), v: smoV }));
  }).observe(lock);
  try {
    (/smo_in/.test(document.cookie) || localStorage[smoLock]) && act(lock);
  } catch { /* storage is forbidden */ }
}
