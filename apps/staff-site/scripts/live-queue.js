// Keeps the queue as it is by now, while somebody looks at it; of a page with `data-live-says` it says only that it changed. What is ticked stays ticked, unless it changed meanwhile. Without it, the page is loaded again.
(() => {
  const news = document.querySelector('[data-live]');
  if (!news || typeof window.fetch !== 'function') return;
  const everyMs = 20_000;
  const part = (page, name) => page.querySelector(`[data-live-part="${name}"]`);
  const ticks = (page) => [...page.querySelectorAll('input[name="concern"]')];
  const inWords = (number) => (number === 1 ? 'One that you had ticked has changed and is not ticked any more.' : `${number} that you had ticked have changed and are not ticked any more.`);

  const keepTicks = (before) => {
    const wanted = new Set(before.filter(({ checked }) => checked).map(({ value }) => value));
    for (const tick of ticks(document)) if (wanted.delete(tick.value)) tick.checked = true;
    return wanted.size;
  };
  // The same place in what came instead: by its id, or as the same way to the same page.
  const keepFocus = (focused) => {
    const { id } = focused;
    const href = focused.getAttribute('href');
    const again = id ? document.getElementById(id) : href && [...document.querySelectorAll('a')].find((link) => link.getAttribute('href') === href);
    if (again) again.focus({ preventScroll: true });
  };

  const show = (page) => {
    const before = ticks(document);
    const { value } = document.getElementById('to') ?? {};
    const focused = ['views', 'rows'].some((name) => part(document, name).contains(document.activeElement)) ? document.activeElement : null;
    for (const name of ['summary', 'views', 'rows']) part(document, name).replaceWith(document.importNode(part(page, name), true));
    const to = document.getElementById('to');
    if (to && value) to.value = value;
    const lost = keepTicks(before);
    if (focused) keepFocus(focused);
    news.dataset.state = page.querySelector('[data-live]').dataset.state;
    news.textContent = `Changed just now. ${part(document, 'summary').textContent}${lost > 0 ? ` ${inWords(lost)}` : ''}`;
  };

  // Nothing on the page is replaced: what somebody reads, or types, stays. What is said already is not said again.
  const say = (line) => {
    if (news.textContent.startsWith(line)) return;
    const again = document.createElement('a');
    again.href = window.location.pathname;
    again.className = 'govuk-link';
    again.textContent = 'Load it again';
    news.replaceChildren(`${line} `, again);
  };

  let timer;
  const stop = () => {
    window.clearInterval(timer);
    news.textContent = 'This list is not kept up to date any more. Load the page again to go on.';
  };

  // A busy system, as while much is imported, may not answer for a while: what is shown then may be old.
  const away = 'What is new cannot be had just now. It is tried again by itself.';
  const missed = () => {
    if (news.textContent !== away) news.textContent = away;
  };
  const still = () => {
    if (news.textContent === away) news.textContent = '';
  };

  let isLooking = false;
  const look = async () => {
    if (document.hidden || isLooking) return;
    isLooking = true;
    try {
      const address = new URL(news.dataset.live, window.location.href);
      address.searchParams.set('state', news.dataset.state);
      const answer = await fetch(address, { redirect: 'manual' });
      // Sent elsewhere, to sign in: the session is over. What fails otherwise is said, and tried again.
      if (answer.type === 'opaqueredirect') stop();
      else if (answer.status === 200 && 'liveSays' in news.dataset) say(await answer.text());
      else if (answer.status === 200) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      else if (answer.status === 204) still();
      else missed();
    } catch {
      missed();
    } finally {
      isLooking = false;
    }
  };
  timer = window.setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
})();
