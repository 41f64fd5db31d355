// The page of a rating: the site's pages ask what it is from now on, however it was given.
try {
  localStorage[document.querySelector("[data-smo-rated]").dataset.smoRated] = 1;
} catch { /* storage is forbidden, or nothing was given */ }
