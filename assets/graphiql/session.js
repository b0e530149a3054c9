// Who asks: an own account that signs in here, or a token that was pasted. A session outlives a reload within its tab
// (sessionStorage, which closing the tab empties); a pasted token does not. Both go to /graphql only.
'use strict';

const session = (() => {
  const element = (id) => document.getElementById(id);
  const EARLY_MS = 60_000;
  const SESSION = 'session { accessToken expiresAt refreshToken } userErrors { code message }';
  const SIGN_IN = `mutation SignIn($input: SignInInput!) { result: signIn(input: $input) { ${SESSION} } }`;
  const REFRESH = `mutation Refresh($input: RefreshSessionInput!) { result: refreshSession(input: $input) { ${SESSION} } }`;
  const SIGN_OUT = 'mutation SignOut { signOut { ended } }';
  const WHO = 'query Who { viewer { signedIn name roles { label } organization { name } } }';
  const SENTENCES = {
    REFUSED: 'メールアドレスかパスワードが違います / Wrong mail address or password',
    TOO_MANY_ATTEMPTS: 'しばらく待ってからお試しください / Too many attempts: wait a while',
  };

  const KEPT = 'yui-session';

  let tokens = null;
  let timer = null;
  let refreshing = null;

  async function ask(query, variables, token) {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' };
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return answer.json();
  }

  function keep(next) {
    tokens = next;
    clearTimeout(timer);
    if (tokens) {
      sessionStorage.setItem(KEPT, JSON.stringify(tokens));
      timer = setTimeout(refresh, Math.max(Date.parse(tokens.expiresAt) - Date.now() - EARLY_MS, 1_000));
    } else {
      sessionStorage.removeItem(KEPT);
    }
  }

  // What the tab kept before a reload.
  function resume() {
    try {
      keep(JSON.parse(sessionStorage.getItem(KEPT)));
    } catch {
      keep(null);
    }
  }

  // One at a time: a refresh token that is used twice ends the session.
  function refresh() {
    const once = async () => {
      const answer = await ask(REFRESH, { input: { refreshToken: tokens.refreshToken } });
      keep(answer.data?.result?.session ?? null);
      if (!tokens) {
        await show();
      }
    };
    refreshing ??= once().catch(() => {}).finally(() => { refreshing = null; });
    return refreshing;
  }

  // The token of a request: that of the session, fresh enough, else the pasted one.
  async function token() {
    if (tokens && Date.parse(tokens.expiresAt) - Date.now() < EARLY_MS / 2) {
      await refresh();
    }
    return tokens?.accessToken ?? element('token').value.trim();
  }

  function describe(viewer) {
    const roles = viewer.roles.map((role) => role.label).join('・');
    return [viewer.name, viewer.organization?.name, roles].filter(Boolean).join(' ');
  }

  async function show() {
    const current = await token();
    const answer = current ? await ask(WHO, {}, current).catch(() => null) : null;
    const viewer = answer?.data?.viewer;
    const invalid = 'このトークンは使えません / This token is not valid';
    element('who').textContent = viewer?.signedIn ? describe(viewer) : current ? invalid : '公開情報のみ / Public';
    element('sign-in').hidden = tokens !== null;
    element('paste').hidden = tokens !== null;
    element('sign-out').hidden = tokens === null;
  }

  async function signIn(event) {
    event.preventDefault();
    const form = event.target;
    const input = { email: form.email.value, password: form.password.value };
    form.password.value = '';
    const answer = await ask(SIGN_IN, { input }).catch(() => null);
    const result = answer?.data?.result;
    keep(result?.session ?? null);
    if (tokens) {
      element('token').value = '';
      await show();
    } else {
      const error = result?.userErrors[0];
      element('who').textContent = SENTENCES[error?.code] ?? 'サインインできません / Signing in failed';
    }
  }

  async function signOut() {
    const current = await token();
    keep(null);
    await ask(SIGN_OUT, {}, current).catch(() => {});
    await show();
  }

  element('sign-in').addEventListener('submit', signIn);
  element('sign-out').addEventListener('click', signOut);
  element('token').addEventListener('change', show);
  resume();
  show();
  return { token };
})();
