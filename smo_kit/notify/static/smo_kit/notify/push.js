// Registers this browser for notifications of the site, when its owner asks for it, and takes it off again.
const form = document.querySelector(".smo-devices");
const { smoWorker, smoKey, smoRefused, smoLost } = form.dataset;
const [start, end] = form.querySelectorAll("button");

const current = async () => {
  const worker = await navigator.serviceWorker.getRegistration(smoWorker);
  return worker?.pushManager.getSubscription();
};

const show = (isOn) => {
  start.hidden = isOn;
  end.hidden = !isOn;
  form.hidden = false;
};

const send = async (fields) => {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const reply = await fetch(form.action, { method: "POST", body });
  if (reply.status != 204) throw reply;
};

const begin = async () => {
  if (await Notification.requestPermission() != "granted") return smoRefused;
  await navigator.serviceWorker.register(smoWorker);
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // it may be bound to older keys
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: smoKey });
  const { endpoint, keys } = made.toJSON();
  await send({ endpoint, ...keys });
};

const stop = async () => {
  const made = await current();
  if (!made) return;
  await send({ endpoint: made.endpoint, end: 1 });
  await made.unsubscribe();
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const isEnd = event.submitter == end;
  const status = form.querySelector("[role=status]");
  try {
    status.textContent = await (isEnd ? stop : begin)() || "";
  } catch {
    status.textContent = smoLost;
  }
  const isOn = !!await current();
  show(isOn);
  (isOn ? end : start).focus();
});

if (navigator.serviceWorker && window.PushManager && window.Notification) show(!!await current());
