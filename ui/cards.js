// Cards of scholarships and their buttons, wherever they are: save, compare, share, report, look at everything.
window.cards = (() => {
  const MOST = 4, KEY = 'compare';
  const tray = () => document.getElementById('tray');
  const about = (node) => node.closest('[data-id]')?.dataset || {};

  // What is to be compared: for as long as the tab of the browser is open.
  let picked = [];
  try { picked = JSON.parse(sessionStorage.getItem(KEY) || '[]').filter((x) => x?.id && x?.name).slice(0, MOST); } catch { /* nothing kept */ }
  const paintTray = () => {
    const bar = tray();
    if (!bar) return;
    bar.hidden = !picked.length;
    bar.querySelector('.tray-names').replaceChildren(...picked.map(({id, name}) => {
      const item = document.createElement('li'), button = document.createElement('button');
      button.type = 'button';
      button.dataset.out = id;
      button.setAttribute('aria-label', `${bar.dataset.remove}: ${name}`);
      button.append(Object.assign(document.createElement('span'), {textContent: name}), ' ×');
      item.append(button);
      return item;
    }));
    bar.querySelector('.tray-count').textContent = `(${picked.length})`;
    bar.querySelector('[data-tray=compare]').disabled = picked.length < 2;
    // The page's end stays in sight above the bar.
    const whole = document.querySelector('.gradio-container');
    if (bar.hidden) whole.style.removeProperty('padding-bottom');
    else whole.style.setProperty('padding-bottom', `${bar.offsetHeight + 90}px`, 'important');
  };
  const say = (text) => { const place = tray()?.querySelector('[role=status]'); if (place) place.textContent = text; };
  const pick = (id, name) => {
    const before = picked.length;
    if (picked.some((x) => x.id === id)) picked = picked.filter((x) => x.id !== id);
    else if (picked.length < MOST) picked = [...picked, {id, name}];
    else { say(tray().dataset.full); window.cards.toast(tray().dataset.full); return; }
    try { sessionStorage.setItem(KEY, JSON.stringify(picked)); } catch { /* not kept */ }
    paintTray();
    document.querySelectorAll('[data-act=compare]').forEach(paintCompare);
    say(picked.length === 1 && before === 0 ? `${name}. ${tray().dataset.one}` : '');
  };
  const paintCompare = (button) => button.setAttribute('aria-pressed', String(picked.some((x) => x.id === about(button).id)));

  const linkTo = (id) => { const url = new URL('./', location.href); url.search = new URLSearchParams({scholarship: id}); return url.href; };
  // The facts in six lines for a messenger; without them the address is shared alone.
  const lines = async (id) => {
    const language = document.documentElement.lang.startsWith('hi') ? 'hi' : 'en';
    try {
      const answer = await fetch(`./api/scholarships/${encodeURIComponent(id)}/card?language=${language}`, {signal: AbortSignal.timeout(2000)});
      return answer.ok ? (await answer.json()).data.text : '';
    } catch { return ''; }
  };
  const share = async (id, name, button) => {
    const url = linkTo(id);
    if (navigator.share) {
      try { await navigator.share({title: name, text: await lines(id), url}); return; } catch (error) { if (error.name === 'AbortError') return; }
    }
    const {copied, byhand} = tray().dataset;
    if (await navigator.clipboard?.writeText(url).then(() => true, () => false)) window.cards.toast(copied, button);
    else window.prompt(byhand, url);
  };

  const report = (id, name, send) => {
    const dialog = document.getElementById('report'), box = dialog.querySelector('textarea');
    dialog.querySelector('.report-name').textContent = name;
    box.value = '';
    dialog.returnValue = '';
    dialog.addEventListener('close', () => { if (dialog.returnValue === 'send' && box.value.trim()) send(box.value); }, {once: true});
    dialog.showModal();
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('#tray button');
    if (!button) return;
    if (button.dataset.out) pick(button.dataset.out, '');
    else if (button.dataset.tray === 'clear') { for (const {id} of [...picked]) pick(id, ''); }
    else window.over.open({kind: 'compare', value: picked.map((x) => x.id).join(',')}, button.firstChild.textContent.trim());
    if (!button.isConnected && !tray().hidden) tray().querySelector('button').focus();
  });

  return {
    // `trigger` sends the events of this part of the page; `watch` tells when its content was drawn anew.
    mount(element, trigger, watch) {
      element.addEventListener('click', (event) => {
        const button = event.target.closest('[data-act]');
        if (!button || button.getAttribute('aria-disabled') === 'true') return;
        const {id, name} = about(button), act = button.dataset.act;
        if (act === 'look') {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          window.over.open({kind: 'scholarship', value: id}, name);
        } else if (act === 'save') {
          button.setAttribute('aria-disabled', 'true'); // until the answer is there
          window.tracker.toggle(id, button.getAttribute('aria-pressed') === 'true').finally(() => button.removeAttribute('aria-disabled'));
        } else if (act === 'compare') pick(id, name);
        else if (act === 'share') share(id, name, button);
        else if (act === 'report') report(id, name, (text) => trigger('report', {id, text}));
        else if (act === 'only') element.querySelector('.compared').classList.toggle('only-differences', button.checked);
        else if (act === 'ask') { window.over.close(); trigger('ask', {id}); }
        else if (act === 'pick') trigger('pick', {text: button.dataset.text});
      });
      const paint = () => { element.querySelectorAll('[data-act=compare]').forEach(paintCompare); paintTray(); window.tracker.mark(); };
      watch('value', paint);
      paint();
    },
    // A word at the button that was tapped (the page's own notices lie under an open dialog).
    toast(text, button) {
      const host = button?.closest('dialog[open]') || document.querySelector('.gradio-container .contain') || document.body;
      host.querySelector(':scope > .said')?.remove();
      const said = Object.assign(document.createElement('div'), {className: 'said', textContent: text});
      said.setAttribute('role', 'status');
      host.append(said);
      setTimeout(() => said.remove(), 4000);
    },
  };
})();
