// Shows what the site tells this device, and opens the comment when it is pressed. It fetches nothing.
addEventListener("push", (event) => {
  const { title, ...more } = event.data.json();
  event.waitUntil(registration.showNotification(title, more));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data));
});
