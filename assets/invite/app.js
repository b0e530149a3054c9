// Sets the password of whoever holds an invitation link. What stands behind # in its address never reaches a
// server's log; it is sent once, in the body of the mutation.
'use strict';

const form = document.getElementById('form');
const message = document.getElementById('message');
const secret = location.hash.slice(1);
// Neither the history nor whoever looks at the screen keeps it.
history.replaceState(null, '', location.pathname);

const MUTATION = `mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { email userErrors { code message } }
}`;
const VOID_LINK = `このリンクは使用済みか、期限が切れています。担当者に新しいリンクを頼んでください。
This link was used already, or it is too old. Ask for a new one.`;
const FAILED = `うまくいきませんでした。しばらくしてから、もう一度お試しください。
Something went wrong. Please try again later.`;

function problem(password, again) {
  const length = [...password.normalize('NFKC')].length;
  if (password !== again) {
    return '二つのパスワードが違います。\nThe two passwords differ.';
  }
  if (length < 12 || length > 128) {
    return `12文字以上128文字以内で入力してください(いま${length}文字)。\nUse 12 to 128 characters; there are ${length}.`;
  }
  return null;
}

async function accept(password) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: MUTATION, variables: { input: { secret, password } } }),
  });
  return (await answer.json()).data?.acceptInvitation;
}

function told(payload) {
  if (!payload) {
    return FAILED;
  }
  const wrong = payload.userErrors.filter((error) => error.code !== 'REFUSED');
  const reasons = wrong.map((error) => error.message).join('\n');
  return wrong.length === 0 ? VOID_LINK : `このパスワードは使えません。\nThis password cannot be used.\n${reasons}`;
}

function welcome(email) {
  form.remove();
  message.textContent = `パスワードを設定しました。${email} でサインインできます。
Your password is set. Sign in as ${email}.
`;
  const link = document.createElement('a');
  link.href = '/graphiql';
  link.textContent = '/graphiql';
  message.append(link);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const [password, again] = [form.password.value, form.again.value];
  const wrong = problem(password, again);
  message.textContent = wrong ?? '…';
  if (wrong) {
    return;
  }
  const button = form.querySelector('button');
  button.disabled = true;
  const payload = await accept(password).catch(() => null);
  button.disabled = false;
  if (payload?.email) {
    welcome(payload.email);
  } else {
    message.textContent = told(payload);
  }
});

form.hidden = secret === '';
if (secret === '') {
  message.textContent = `招待リンクをもう一度開いてください。
Open your invitation link again.`;
}
