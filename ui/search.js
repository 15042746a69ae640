// The page's address holds the search: written after each one, copied by a button.
window.writeAddress = (query, how, names) => {
  document.querySelector('#search-cards')?.removeAttribute('aria-busy');
  const total = document.querySelector('#search-total');
  total?.setAttribute('aria-live', 'polite');
  const url = new URL(location.href);
  const own = url.searchParams;
  if (how === 'given' && !names.some((name) => name !== 'tab' && own.has(name))) return [];
  const tab = how === 'given' && own.get('tab');
  for (const name of names) own.delete(name);
  for (const [name, value] of new URLSearchParams(query)) own.append(name, value);
  if (tab) own.set('tab', tab);
  if (url.href !== location.href) {
    try { history[how === 'push' ? 'pushState' : 'replaceState'](history.state, '', url); } catch { /* too many at once */ }
  }
  if (how === 'push' && total && document.activeElement === document.body) { // the button that had the focus is gone
    total.tabIndex = -1;
    total.focus({preventScroll: true});
  }
  return [];
};
// The tab that the address asks for is opened at once; a search without a tab means the tab of searches.
window.openTab = (tabs, names) => {
  const own = new URL(location.href).searchParams;
  const tab = own.get('tab') || (names.some((name) => own.has(name)) ? 'scholarships' : '');
  window.addressReady = true;
  return {__type__: 'update', ...(tabs.includes(tab) ? {selected: tab} : {})};
};
// A tab that was opened stands in the address too.
window.tabOpened = (name) => {
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
