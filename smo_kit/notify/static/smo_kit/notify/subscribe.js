// Link and form work without it. The link closes the form, too: what was typed stays.
document.querySelectorAll(".smo-told").forEach((host) => {
  const [link, lost, box] = host.children;
  const show = async (event, url, body) => {
    event.preventDefault();
    if (!body && box.querySelector("form")) return box.toggleAttribute("hidden");
    lost.hidden = 1;
    try {
      const reply = await fetch(url, { method: body && "POST", body, headers: { "X-Smo-Part": 1 } });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html").body;
      const first = page.querySelector("[role],[type=email]");
      if (first) box.replaceChildren(...page.childNodes);
      first.focus();
    } catch {
      lost.hidden = 0;
    }
  };
  link.onclick = (event) => event.ctrlKey || event.metaKey || event.shiftKey || show(event, link);
  box.onsubmit = (event) => show(event, event.target.action, new FormData(event.target, event.submitter));
});
