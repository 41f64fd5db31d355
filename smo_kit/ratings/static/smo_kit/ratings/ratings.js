for (const form of document.forms) if (form.rate) {
  const ask = async (body) => {
    (await (await fetch(form.action, body && { method: "POST", body })).json()).map((one, at) => Object.assign(form[at], one));
    localStorage[form.action] = 1;
  };
  form.onsubmit = ({ submitter }) => !ask(new FormData(form, submitter)).catch(() => {
    form.requestSubmit(submitter, form.onsubmit = 0);
  });
  localStorage[form.action] && ask();
}
