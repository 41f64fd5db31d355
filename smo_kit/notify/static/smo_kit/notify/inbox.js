// Whoever follows a notification has read it. Buttons do the same without this.
const form = document.querySelector(".smo-inbox");
const follow = ({ target, button }) => {
  const link = target.closest("[data-smo-read]");
  if (!link || button > 1) return;
  const body = new FormData(form);
  body.set("pk", link.dataset.smoRead);
  fetch(form.action, { method: "POST", body, keepalive: true, headers: { "X-Smo-Part": 1 } });
};
form?.addEventListener("click", follow);
form?.addEventListener("auxclick", follow);

const forget = () => {
  try {
    delete sessionStorage.smoBell; // the bell on the next page asks anew
  } catch {}
};
forget();
addEventListener("pagehide", forget);
