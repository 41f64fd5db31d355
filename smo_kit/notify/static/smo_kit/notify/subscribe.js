// Link and form work without it.
document.querySelectorAll(".smo-told").forEach((host) => {
  const [link, lost, box] = host.children;
  const show = async (event, url, body) => {
    event.preventDefault();
    lost.hidden = 1;
    try {
      box.innerHTML = await (await fetch(url, { method: body && "POST", body, headers: { "X-Smo-Part": 1 } })).text();
      box.querySelector("[role],[type=email]").focus();
    } catch {
      lost.hidden = 0;
    }
  };
  link.onclick = (event) => event.ctrlKey || event.metaKey || event.shiftKey || show(event, link);
  box.onsubmit = (event) => show(event, event.target.action, new FormData(event.target, event.submitter));
});
