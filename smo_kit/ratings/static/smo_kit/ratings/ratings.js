for (const form of document.querySelectorAll("[data-smo-rate]")) {
  form.onsubmit = (event) => !import(form.dataset.smoAct).then(({ act }) => act(form, event)).catch(() => form.requestSubmit(event.submitter, form.onsubmit = 0));
  try { (/smo_in/.test(document.cookie) || localStorage[form.dataset.smoRate]) && form.onsubmit(); } catch {}
}
