// The search: the form asks, the page's address holds what was asked, Back brings it again.
window.search = (() => {
  const FORM = 'search-form';
  let element, send, names = [], n = 0, how = '', place = '', shown = null, late;
  const form = () => document.getElementById(FORM);
  const usual = (field) => field.dataset.usual || '';
  const inputs = () => [...form().elements].filter((field) => field.name);
  const own = (query) => {
    const all = new URLSearchParams(query);
    return JSON.stringify(names.filter((name) => name !== 'tab' && all.has(name)).map((name) => [name, all.get(name)]));
  };
  const asked = () => {
    const before = new URLSearchParams(shown ?? location.search), next = new URLSearchParams(before);
    for (const field of inputs()) {
      const value = field.type === 'checkbox' ? (field.checked ? field.value : '') : field.value.trim();
      if (value && value !== usual(field)) next.set(field.name, value);
      else next.delete(field.name);
    }
    if ((before.get('q') || '') !== (next.get('q') || '')) next.delete('ignore'); // new words are read anew
    next.delete('p');
    return next.toString();
  };
  const go = (query, next, then = '') => {
    if (next === 'push') history.replaceState({...history.state, y: window.scrollY}, '');
    [how, place, n] = [next, then, n + 1];
    document.getElementById('search-results').setAttribute('aria-busy', 'true');
    clearTimeout(late);
    late = setTimeout(ready, 20000);
    send({query, n, first: n === 1});
  };
  const ready = () => {
    clearTimeout(late);
    document.getElementById('search-results').removeAttribute('aria-busy');
  };
  const write = (query) => {
    const url = new URL(location.href), mine = url.searchParams;
    if (how === 'given' && !names.some((name) => name !== 'tab' && mine.has(name))) return;
    const tab = how === 'given' && mine.get('tab');
    for (const name of names) mine.delete(name);
    for (const [name, value] of new URLSearchParams(query)) mine.append(name, value);
    if (tab) mine.set('tab', tab);
    if (own(url.search) === own(location.search) && url.searchParams.get('tab') === new URLSearchParams(location.search).get('tab')) return;
    try {
      if (how === 'push') history.pushState({...history.state, over: false}, '', url);
      else history.replaceState(history.state, '', url);
    } catch { /* too many at once */ }
  };
  const fill = (query) => {
    const now = new URLSearchParams(query);
    for (const field of inputs()) {
      const value = now.get(field.name) ?? usual(field);
      if (field.type === 'checkbox') field.checked = Boolean(value);
      else if (field.name !== 'q' || (document.activeElement !== field && !(n === 1 && field.value))) field.value = value; // nobody is typing
    }
    const set = inputs().filter((field) => !['q', 'sort'].includes(field.name) && now.has(field.name)).length;
    document.querySelector('#filters-open .filters-count').textContent = set ? `(${set})` : '';
  };
  // How many there would be with each value; where one is chosen another one would take its place, so nothing is counted.
  const count = (facets) => {
    for (const select of inputs().filter((field) => field.dataset.facet)) {
      const counts = facets[select.dataset.facet] || {};
      for (const option of select.options) {
        const label = option.dataset.label || (option.dataset.label = option.textContent), free = !select.value && option.value;
        option.textContent = free ? `${label} (${counts[option.value] || 0})` : label;
        option.hidden = option.disabled = Boolean(free) && !counts[option.value];
      }
    }
  };
  const landed = () => {
    const found = element.querySelector('.found');
    if (Number(found?.dataset.n) !== n) return; // an answer to an earlier question
    ready();
    const said = document.getElementById('search-said');
    if (found.dataset.failed) { said.textContent = found.dataset.failed; return; }
    shown = found.dataset.query;
    write(shown);
    fill(shown);
    count(JSON.parse(found.dataset.facets));
    const total = document.getElementById('search-total');
    said.textContent = [total, element.querySelector('.where')].filter(Boolean).map((each) => each.textContent).join(', ');
    document.querySelector('[data-sheet=show]').textContent = total.textContent;
    if (place === 'top') {
      total.scrollIntoView({block: 'start'});
      total.focus({preventScroll: true});
    } else if (place === 'back') window.scrollTo(0, history.state?.y || 0);
    else if (how === 'push' && document.activeElement === document.body) total.focus({preventScroll: true}); // the tapped chip is gone
  };
  const sheet = () => document.getElementById('filter-sheet');
  window.addEventListener('popstate', () => {
    if (element && shown !== null && own(location.search) !== own(shown)) go(location.search, 'given', 'back');
  });
  return {
    mount(results, search, watch, parameters) {
      [element, send, names] = [results, search, parameters];
      const fields = document.getElementById('search-fields'), home = fields.parentElement;
      const words = form().elements.q;
      words.value ||= new URLSearchParams(location.search).get('q') || '';
      form().addEventListener('submit', (event) => {
        event.preventDefault();
        if (document.activeElement === words) words.blur(); // the phone's keyboard would cover what is found
        go(asked(), 'push');
      });
      fields.addEventListener('change', (event) => {
        if (event.target.checkValidity()) go(asked(), 'push');
        else event.target.reportValidity();
      });
      element.addEventListener('click', (event) => {
        const button = event.target.closest('button[data-query]');
        if (button) go(button.dataset.query, 'push', 'top' in button.dataset ? 'top' : '');
      });
      document.getElementById('filters-open').addEventListener('click', () => {
        sheet().querySelector('.sheet-place').append(fields);
        sheet().showModal();
      });
      sheet().addEventListener('close', () => home.prepend(fields));
      sheet().addEventListener('click', (event) => {
        const act = event.target.closest('[data-sheet]')?.dataset.sheet;
        if (act === 'show') sheet().close();
        else if (act === 'clear') go('tab=scholarships', 'push');
      });
      watch('value', () => requestAnimationFrame(landed)); // the fields come in the same answer
      go(location.search, 'given');
    },
    // The same search anew: somebody signed in or out.
    again() { if (element && shown !== null) go(shown, 'given'); return []; },
  };
})();
// The tab that the address asks for is opened at once; a search without a tab means the tab of searches.
window.openTab = (tabs, names) => {
  const own = new URL(location.href).searchParams;
  const tab = own.get('tab') || (names.some((name) => own.has(name)) ? 'scholarships' : '');
  window.addressReady = true;
  return {__type__: 'update', ...(tabs.includes(tab) ? {selected: tab} : {})};
};
// A tab that was opened stands in the address too.
window.tabOpened = (name) => {
  document.getElementById('tray')?.setAttribute('data-tab', name);
  document.documentElement.dataset.tab = name;
  const url = new URL(location.href);
  if (!window.addressReady || (url.searchParams.get('tab') || 'chat') === name) return [];
  url.searchParams.set('tab', name);
  history.replaceState(history.state, '', url);
  return [];
};
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button[data-act=copy]');
  if (!button || button.textContent === button.dataset.done) return;
  const url = new URL(location.href);
  url.searchParams.set('tab', 'scholarships');
  const label = button.parentElement.querySelector('label');
  const field = label.querySelector('input');
  field.value = url.href;
  label.hidden = false;
  field.select();
  const copied = await navigator.clipboard?.writeText(url.href).then(() => true, () => false) || document.execCommand('copy');
  if (!copied) return; // the address stays there, selected, to be copied by hand
  label.hidden = true;
  const [said, usual] = [button.parentElement.querySelector('[role=status]'), button.textContent];
  said.textContent = button.textContent = button.dataset.done;
  button.focus();
  setTimeout(() => { button.textContent = usual; said.textContent = ''; }, 3000);
});
