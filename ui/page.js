// What all tabs of the page share: pages over the page, and who is signed in, in every window of this browser.
// Behind # may stand what came of a sign-in with Hugging Face, or a mail's word that sets a new password.
window.account = (() => {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('scholarship-account') : null;
  let token = '', changedElsewhere = () => {};

  // Every request says the page's language. Inside another site a browser may keep no cookie for us: then the token lives
  // in this page's memory only, goes along with its own requests, and the page says so.
  const [usual, language] = [window.fetch.bind(window), document.documentElement.lang];
  window.fetch = (place, options = {}) => {
    if (new URL(place.url || place, location.href).origin !== location.origin) return usual(place, options);
    const headers = new Headers(options.headers || place.headers);
    headers.set('accept-language', language);
    if (token) headers.set('authorization', `Bearer ${token}`);
    return usual(place, {...options, headers});
  };
  const hold = (mine) => {
    token = mine;
    document.documentElement.classList.toggle('page-only', Boolean(token));
  };
  document.addEventListener('click', async (event) => {
    const link = token && event.target.closest?.('a[download][href*="/api/"]');
    if (!link) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const copy = Object.assign(document.createElement('a'), {href: URL.createObjectURL(await answer.blob()), download: link.download});
    copy.click();
    setTimeout(() => URL.revokeObjectURL(copy.href), 60000);
  });

  if (channel) channel.onmessage = () => changedElsewhere();
  const renewed = async (headers = {}) => {
    const answer = await fetch('./api/auth/renew', {method: 'POST', credentials: 'same-origin', headers});
    return answer.ok ? (await answer.json()).data : null;
  };
  // Hugging Face refuses to be framed: a window is opened for it. Back here it hands the sign-in to the page that opened it,
  // which inside another site has cookies of its own.
  document.addEventListener('click', (event) => {
    const link = window.top !== window && event.target.closest?.('a[data-apart]');
    if (link && window.open(link.href, 'huggingface', 'popup,width=560,height=720')) event.preventDefault();
  });
  window.addEventListener('message', async (event) => {
    if (event.origin !== location.origin || typeof event.data?.signedIn !== 'string') return;
    hold('');
    const given = await renewed({authorization: `Bearer ${event.data.signedIn}`});
    if (!given) return;
    await window.account.changed(given);
    changedElsewhere();
  });
  const opener = () => {
    try { return window.opener?.location.origin === location.origin ? window.opener : null; } catch { return null; }
  };
  const back = /^#(huggingface|new-password)(?:=([\w-]+))?$/.exec(location.hash);
  if (back) history.replaceState(history.state, '', location.pathname + location.search);
  const [, from, word = ''] = back || [];
  if (from === 'huggingface' && !word) (async () => {
    channel?.postMessage('changed');
    const page = opener(), given = page && await renewed();
    if (!given) return;
    page.postMessage({signedIn: given.token}, location.origin);
    window.close();
  })();
  if (from === 'huggingface') document.documentElement.dataset.hub = word; // the styles show what it stands for
  document.documentElement.classList.toggle('by-link', from === 'new-password' && Boolean(word));
  window.addEventListener('pageshow', (event) => { if (event.persisted) changedElsewhere(); }); // Back to a page that slept
  return {
    // After a sign-in (`given` holds a token), a sign-out or a deletion here: the other windows are told.
    async changed(given) {
      hold('');
      if (given?.token && (await fetch('./api/auth/me', {credentials: 'same-origin'})).status === 401) hold(given.token);
      this.tell();
    },
    linkToken: from === 'new-password' ? word : '',
    linkUsed() { this.linkToken = ''; document.documentElement.classList.remove('by-link'); },
    // The other windows look anew whose page they are.
    tell() { channel?.postMessage('changed'); },
    // What to do when another window signed in or out.
    onChangeElsewhere(act) { changedElsewhere = act; },
  };
})();
// What an error of the REST door says to people: without the name of the field, which only programs know.
window.problemOf = (answer, otherwise) => {
  const text = (answer?.error?.message || otherwise).replace(/^[A-Za-z][\w.]*: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
if ('serviceWorker' in navigator) addEventListener('load', () => navigator.serviceWorker.register('./worker.js').catch(() => {})); // none inside some sites
// The switch of the language: the same place in the other one. Where the browser keeps no cookie the address says it.
document.addEventListener('click', (event) => {
  const wanted = event.target.closest?.('a[data-language]')?.dataset.language;
  if (!wanted) return;
  event.preventDefault();
  const kept = location.protocol === 'https:' ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  document.cookie = `lang=${wanted}; Path=/; Max-Age=31536000; ${kept}`;
  const url = new URL(location.href);
  url.searchParams.delete('lang');
  if (!document.cookie.split('; ').includes(`lang=${wanted}`)) url.searchParams.set('lang', wanted);
  if (url.href === location.href) location.reload(); else location.href = url;
});
// A page over the page is opened by a button with its name, and by the address.
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('button[data-over], button[data-goto]');
  if (button?.dataset.over) document.getElementById(button.dataset.over).showModal();
  if (button?.dataset.goto) {
    const over = button.closest('dialog');
    if (over?.id === 'over') window.over.close();
    else over?.close();
    const url = new URL(location.href);
    url.searchParams.set('tab', button.dataset.goto);
    url.hash = '';
    history.pushState(history.state, '', url);
    window.dispatchEvent(new PopStateEvent('popstate')); // as Back and Forward do
  }
});
