// Before Gradio is there: light or dark as chosen, and the shell, whose question is carried into the chat.
(() => {
  const KEY = 'scholarship-theme', page = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const asked = new URL(location.href).searchParams.get('__theme');
  let chosen = null;
  try { chosen = localStorage.getItem(KEY); } catch { /* no store: as the system says */ }
  if (!asked && chosen) document.querySelector('gradio-app').setAttribute('theme_mode', chosen);
  const look = (name) => {
    document.body.classList.toggle('dark', name === 'dark');
    page.style.colorScheme = name;
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', name === 'dark' ? '#14181a' : '#f7f5f0');
  };
  const settle = () => look(['dark', 'light'].includes(asked) ? asked : chosen || (dark.matches ? 'dark' : 'light'));
  settle();
  dark.addEventListener('change', settle);
  document.addEventListener('click', (event) => {
    if (!event.target.closest?.('button[data-act=theme]')) return;
    chosen = document.body.classList.contains('dark') ? 'light' : 'dark';
    try { localStorage.setItem(KEY, chosen); } catch { /* until the page is closed */ }
    look(chosen);
  });

  const shell = document.getElementById('shell'), box = document.getElementById('shell-box');
  const note = shell.querySelector('[data-waiting]'), frame = document.querySelector('gradio-app');
  const names = ['chat', 'scholarships', 'applications', 'account'];
  const tab = () => {
    const own = new URL(location.href).searchParams;
    return names.includes(own.get('tab')) ? own.get('tab') : [...own.keys()].some((name) => !['tab', 'lang'].includes(name) && !name.startsWith('__')) ? 'scholarships' : 'chat';
  };
  const show = () => {
    page.dataset.tab = tab();
    for (const link of shell.querySelectorAll('[data-tab]')) {
      if (link.dataset.tab === tab()) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
    }
  };
  let wanted = '', writing = false;
  const ask = (text) => {
    if (!text.trim()) { box.focus(); return; }
    wanted = text;
    box.value = '';
    const said = document.createElement('p');
    said.className = 'shell-question';
    said.textContent = text;
    shell.querySelector('.shell-window').replaceChildren(said);
    shell.classList.add('asked');
    note.textContent = note.dataset.waiting;
  };
  shell.addEventListener('click', (event) => {
    const chip = event.target.closest('.chip'), link = event.target.closest('.shell-tabs a');
    if (chip) ask(chip.textContent);
    if (!link) return;
    event.preventDefault();
    const url = new URL(location.href);
    url.searchParams.set('tab', link.dataset.tab);
    history.replaceState(history.state, '', url);
    show();
  });
  shell.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); ask(box.value); });
  box.addEventListener('compositionstart', () => { writing = true; });
  box.addEventListener('compositionend', () => { writing = false; });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(box.value);
  });
  const slow = setTimeout(() => { note.textContent = note.dataset.slow; }, 30000);

  const put = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', {bubbles: true}));
  };
  const over = () => {
    const real = document.querySelector('#chat-box textarea'), send = document.querySelector('#chat-send');
    if (document.getElementById('gradio-look').media !== 'all') return false;
    if (writing || !window.addressReady || !document.querySelector('#tabs [role=tab]') || (tab() === 'chat' && !(real && send && document.querySelector('#chats .chats-head')))) return false;
    if (tab() === 'chat' && window.chats.opening) return false; // what was typed here goes on in the chat that was open
    clearTimeout(slow);
    const focused = document.activeElement === box, [from, to] = [box.selectionStart, box.selectionEnd];
    if (wanted && real && send) {
      const later = box.value;
      put(real, wanted);
      setTimeout(() => { send.click(); if (later) setTimeout(() => put(real, later), 100); }, 50);
    } else if (box.value && real) {
      put(real, box.value);
    }
    page.classList.remove('early');
    shell.remove();
    if (focused && real) { real.focus({preventScroll: true}); real.setSelectionRange(from, to); }
    return true;
  };
  const watch = () => { if (!over()) setTimeout(watch, 30); };
  show();
  frame.addEventListener('domchange', () => { document.body.style.padding = '0'; });
  watch();
})();
