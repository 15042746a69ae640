// A page over the page: a scholarship, a comparison, how good the list is. The address says which one is open.
window.over = (() => {
  const KINDS = ['scholarship', 'compare'], QUALITY = '#quality';
  let send, asked = 0, shown = '', title = document.title;
  const dialog = () => document.getElementById('over');
  const wanted = () => {
    const own = new URLSearchParams(location.search), kind = KINDS.find((name) => own.get(name));
    if (kind) return {kind, value: own.get(kind)};
    return location.hash === QUALITY ? {kind: 'quality', value: ''} : null;
  };
  const address = (want) => {
    const url = new URL(location.href);
    for (const name of KINDS) url.searchParams.delete(name);
    if (url.hash === QUALITY) url.hash = '';
    if (want?.kind === 'quality') url.hash = QUALITY;
    else if (want) url.searchParams.set(want.kind, want.value);
    return url;
  };
  const show = (want, name) => {
    const place = dialog(), key = `${want.kind} ${want.value}`;
    if (place.open && key === shown) return;
    shown = key;
    asked += 1;
    const head = document.getElementById('over-title');
    head.textContent = name || head.dataset.usual || (head.dataset.usual = head.textContent);
    place.setAttribute('aria-busy', 'true');
    if (!place.open) { title = document.title; place.showModal(); }
    place.scrollTop = 0;
    head.focus({preventScroll: true});
    send({...want, n: asked});
  };
  const sync = () => {
    const want = wanted();
    if (want) show(want);
    else if (dialog()?.open) dialog().close();
  };
  const closed = () => {
    document.title = title;
    shown = '';
    if (!wanted()) return;
    if (history.state?.over) history.back();
    else history.replaceState(history.state, '', address(null));
  };
  window.addEventListener('popstate', () => { if (send) sync(); });
  return {
    mount(element, look, watch) {
      const place = dialog();
      send = look;
      place.querySelector('.over-body').append(element); // what the server draws is shown inside the dialog
      place.addEventListener('close', closed);
      watch('value', () => {
        const drawn = element.querySelector('[data-n]');
        if (Number(drawn?.dataset.n) !== asked) return; // an answer to an earlier question
        place.removeAttribute('aria-busy');
        document.getElementById('over-title').textContent = drawn.dataset.title;
        if (place.open) document.title = `${drawn.dataset.title} · ${title}`;
      });
      sync();
    },
    // Open one with an entry of its own in the history, so that Back closes it.
    open(want, name) {
      history.pushState({...history.state, over: true}, '', address(want));
      show(want, name);
    },
    // Close without going back: something else on the page is shown now.
    close() {
      if (!dialog()?.open) return;
      if (wanted()) history.replaceState({...history.state, over: false}, '', address(null));
      dialog().close();
    },
  };
})();
