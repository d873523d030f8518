// Says in time that what somebody writes is about to close, so that they can go on. Without it, the page says so in a sentence.
(() => {
  const dialog = document.querySelector('dialog[data-seconds]');
  if (!dialog || typeof dialog.showModal !== 'function') return;
  const { seconds, warnSeconds, leadsTo } = dialog.dataset;
  const endsAt = Date.now() + Number(seconds) * 1000;
  const warnsAt = endsAt - Number(warnSeconds) * 1000;
  let wasShown = false;
  // By the clock and not by what was counted: a machine that slept goes on later.
  const look = () => {
    const now = Date.now();
    if (now >= endsAt && leadsTo) window.location.replace(leadsTo);
    else if (now >= warnsAt && now < endsAt && !wasShown) {
      wasShown = true;
      dialog.showModal();
    }
  };
  window.setInterval(look, 5000);
  document.addEventListener('visibilitychange', look);
  dialog.querySelector('[data-closes]').addEventListener('click', () => dialog.close());
})();
