// After a sign-in: the chats and saved scholarships that this browser kept for a guest are offered to the account together,
// and moved there on a click.
window.takeover = (() => {
  const LEFT = 'scholarship-chats-left', SHOWN = 3;
  let root = null, words = {}, taken = () => {}, owner = '';

  const tag = (name, values = {}, ...children) => {
    const node = Object.assign(document.createElement(name), values);
    node.append(...children);
    return node;
  };
  const left = (value) => { // who chose to leave them; forgotten at sign-out
    try {
      if (value === undefined) return localStorage.getItem(LEFT);
      if (value) localStorage.setItem(LEFT, value); else localStorage.removeItem(LEFT);
    } catch { /* no store: asked again */ }
    return value;
  };
  const said = (chat) => chat.turns.filter((turn) => turn.question?.trim() && turn.answer?.trim());
  const profileOf = (chats) => chats.flatMap((chat) => chat.turns.slice(-1)).map((turn) => turn.profile || {})[0] || {};
  const imported = async (chat) => {
    const turns = said(chat).map((turn) => ({question: turn.question, answer: turn.answer, profile: turn.profile || {}, scholarshipIds: turn.shown || []}));
    const answer = await fetch('./api/chat/sessions/import', {method: 'POST', credentials: 'same-origin',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({id: chat.id, title: chat.named ? chat.title : null, createdAt: chat.createdAt || null, turns})});
    const data = await answer.json();
    if (!answer.ok) throw new Error(window.problemOf(data, words.failed));
    return data.data.id;
  };

  const offer = () => {
    if (!root) return;
    const wanted = owner && left() !== owner;
    const chats = wanted ? window.chats.guest().filter((chat) => said(chat).length) : [];
    const saved = wanted ? window.tracker.guest().filter((one) => !one.deletedAt) : [];
    root.hidden = !chats.length && !saved.length;
    if (root.hidden) { root.replaceChildren(); return; }
    const names = Object.keys(profileOf(chats)).map((name) => words.fields[name]?.toLowerCase()).filter(Boolean);
    const also = tag('input', {type: 'checkbox'});
    const yes = tag('button', {type: 'button', className: 'btn main'}, words.yes);
    const no = tag('button', {type: 'button', className: 'btn'}, words.no);
    const problem = tag('p', {className: 'hint', role: 'status'});
    const first = (all) => [...all.slice(0, SHOWN), ...(all.length > SHOWN ? [words.more.replace('{n}', all.length - SHOWN)] : [])];
    const titles = [...first(chats.map((chat) => chat.title)),
      ...first(saved.map((one) => words.application.replace('{name}', one.savedFacts?.name || one.scholarshipId)))];
    const kind = chats.length && saved.length ? 'both' : `${saved.length ? 'saved_' : ''}${chats.length + saved.length > 1 ? 'many' : 'one'}`;
    no.onclick = () => { left(owner); offer(); };
    yes.onclick = async () => {
      [yes.disabled, no.disabled] = [true, true];
      const ids = {}, profile = also.checked ? profileOf(chats) : null;
      try {
        for (const chat of [...chats].reverse()) ids[chat.id] = await imported(chat); // the one used last comes last
        await window.tracker.take();
      } catch (error) {
        problem.textContent = error instanceof TypeError ? words.failed : error.message;
        [yes.disabled, no.disabled] = [false, false];
        window.chats.moved(Object.keys(ids));
        return;
      }
      window.chats.moved(Object.keys(ids));
      offer();
      taken({ids, profile});
    };
    root.replaceChildren(
      tag('h2', {}, words[kind].replace('{n}', chats.length || saved.length)),
      tag('ul', {}, ...titles.map((title) => tag('li', {}, title))),
      ...(names.length ? [tag('label', {className: 'tick'}, also, ' ', words.profile.replace('{what}', names.join(', ')))] : []),
      tag('p', {className: 'hint'}, words.hint), problem, tag('div', {className: 'card-actions'}, yes, no));
  };
  window.addEventListener('storage', (event) => { if (['scholarship-chats', window.tracker.KEY, LEFT].includes(event.key)) offer(); });
  return {
    // Builds the offer inside an element; `act` is told what was taken over.
    mount(element, act, texts) {
      [taken, words, root] = [act, texts, element.querySelector('.takeover')];
      offer();
    },
    // Whose page this is: an account's id, or '' for a guest.
    belongTo(id) {
      owner = id;
      if (!id) left('');
      offer();
    },
  };
})();
