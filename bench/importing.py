"""Imports files while people sign in, record and withdraw a consent, read what is audited, and read without a token.

Each of them begins at fixed times, whether or not the one before has ended: a wait counts for everybody who would have waited.
"""

import datetime
import http.client
import json
import os
import re
import subprocess
import threading
import time

PORT, QUIET_SECONDS = 8190, 12
PASSWORD = "a password of the benchmark"
SALONS = "{ gatheringPlaces(first: 20) { nodes { id contacts { tel } } } }"
SIGN_IN = "mutation($i: SignInInput!) { signIn(input: $i) { userErrors { message } } }"
ACCEPT = "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { userErrors { message } } }"
RECORD = "mutation($i: RecordConsentInput!) { recordConsent(input: $i) { consent { id } userErrors { message } } }"
WITHDRAW = "mutation($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { userErrors { message } } }"
AUDITED = "{ liaisonSheets(first: 2) { nodes { institution { name } } } }"
PUBLIC = "{ resources(first: 20) { nodes { id name contacts { tel } } } }"


class People:
    def __init__(self, yui, database):
        self.yui, self.database, self.local, self.stopped = yui, database, threading.local(), False
        self.times = {}

    def run(self, *command):
        done = subprocess.run([self.yui, *command, "--database", self.database], capture_output=True, text=True)
        return done.stdout + done.stderr

    def ask(self, query, variables=None, token=None):
        connection = getattr(self.local, "connection", None) or http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        self.local.connection = connection
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            connection.request("POST", "/graphql", json.dumps({"query": query, "variables": variables or {}}), headers)
            return json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException) as cause:
            self.local.connection = None
            return {"errors": [repr(cause)]}

    def mutate(self, query, values, token=None):
        answer = self.ask(query, {"i": values}, token)
        (payload,) = (answer.get("data") or {"none": None}).values()
        return payload if payload and not payload["userErrors"] else None

    def prepare(self):
        token = lambda *role: re.search(r"yui_\S+", self.run("token", "issue", "--name", "bench", *role)).group(0)
        self.professional = token("--role", "CARE_PROFESSIONAL", "--organization", "MIHON-CM1")
        self.admin = token("--role", "ADMIN")
        invited = self.run("account", "invite", "--email", "bench@example.jp", "--name", "見本", "--role", "ADMIN")
        secret = re.search(r"/invite#([\w-]+)", invited).group(1)
        self.mutate(ACCEPT, {"secret": secret, "password": PASSWORD})
        salons = self.ask(SALONS, token=self.admin)["data"]["gatheringPlaces"]["nodes"]
        own = [(one["id"], c["tel"]) for one in salons for c in one["contacts"] if (c["tel"] or "").startswith("090")]
        (self.salon, self.number), self.consent = own[0], None

    def sign_in(self):
        return self.mutate(SIGN_IN, {"email": "bench@example.jp", "password": PASSWORD})

    def consents(self):
        if self.consent:
            line, self.consent = self.consent, None
            return self.mutate(WITHDRAW, {"id": line}, self.admin)
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date().isoformat()
        recorded = self.mutate(RECORD, {"resource": self.salon, "tel": self.number, "purpose": "PUBLIC_WEB", "subject": "PERSON",
                                        "method": "WRITTEN", "obtainedOn": today}, self.admin)
        self.consent = recorded and recorded["consent"]["id"]
        return recorded

    def audited(self):
        return "errors" not in self.ask(AUDITED, token=self.professional)

    def public(self):
        return "errors" not in self.ask(PUBLIC)

    def repeat(self, name, one, every):
        begins, times = time.monotonic(), self.times.setdefault(name, [])
        while not self.stopped:
            time.sleep(max(0, begins - time.monotonic()))
            answered = bool(one())
            times.append((begins, time.monotonic() - begins, answered))
            begins += every


def ready():
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    connection.request("GET", "/readyz")
    return connection.getresponse().status == 200


def measure(yui, folder, database, files, say):
    """`database`: an empty one, or none for a new SQLite file."""
    if database is None:
        database = f"{folder}/importing.db"
        for ending in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(database + ending):
                os.remove(database + ending)
    log = open(f"{folder}/importing.log", "w", encoding="utf-8")
    flags = ["--listen", f"127.0.0.1:{PORT}", "--budget-public", "0", "--budget-partner", "0", "--budget-signed-in", "0"]
    keys = ["--signing-key-file", f"{folder}/importing-keys.json"]
    server = subprocess.Popen([yui, "serve", "--demo", "--database", database, *flags, *keys], stdout=log, stderr=log)
    people = People(yui, database)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                if ready():
                    break
            except OSError:
                pass
            if time.monotonic() > deadline or server.poll() is not None:
                raise SystemExit(f"the server does not start: {folder}/importing.log")
            time.sleep(0.1)
        people.prepare()
        kinds = [("sign-in", people.sign_in, 1), ("consent", people.consents, 0.25), ("audited read", people.audited, 0.1),
                 ("anonymous read", people.public, 0.03)]
        threads = [threading.Thread(target=people.repeat, args=kind) for kind in kinds]
        for thread in threads:
            thread.start()
        time.sleep(QUIET_SECONDS)
        began = time.monotonic()
        for file in files:
            timed = ["/usr/bin/time", "-f", "%e s, %M KB"] if os.path.exists("/usr/bin/time") else []
            done = subprocess.run([*timed, yui, "import", "--database", database, "auto", file], capture_output=True, text=True)
            say(f"{os.path.basename(file)}: {done.stderr.strip().splitlines()[-1] if timed else 'done'}")
        ended = time.monotonic()
        time.sleep(1)
        people.stopped = True
        for thread in threads:
            thread.join()
    finally:
        people.stopped = True
        server.terminate()
        server.wait()
    say("| | quiet p50 | p99 | during n | failed | p50 | p95 | p99 | longest (ms) |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, times in people.times.items():
        quiet = [took for begin, took, _ in times if began - QUIET_SECONDS + 2 < begin < began]
        during = [(took, answered) for begin, took, answered in times if began <= begin <= ended]
        took = [one for one, _ in during]
        failed = sum(not answered for _, answered in during)
        say(f"| {name} | {share(quiet, 0.5)} | {share(quiet, 0.99)} | {len(took)} | {failed} | {share(took, 0.5)} | "
            f"{share(took, 0.95)} | {share(took, 0.99)} | {share(took, 1)} |")


def share(times, part):
    times = sorted(times)
    return f"{times[min(len(times) - 1, int(len(times) * part))] * 1000:.1f}" if times else "none"
