"""Measures a release build of Yui on 323,201 facilities: see `scripts/bench --help` and bench/README.md."""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import check
import importing
import made_data
import repeated
from peers import PEERS, Peer

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
TMP = os.environ.get("BENCH_TMP", "/tmp/yui-bench")
PEERS_HOME = os.path.abspath(os.environ.get("YUI_BENCH_DIR", os.path.join(ROOT, "..", "shared", "bench")))
DATA, RUN, DATABASE = f"{TMP}/data", f"{TMP}/run", f"{TMP}/yui.db"
CHECKED = 20
# Liaison sheets are for care professionals: whoever asks for them shows a token that the server is told to believe.
ISSUER, SECRET = "https://id.example.jp/bench", "the secret of the benchmark, known to everybody"
SIGNED_IN = ("R1", "R2")
PEER_WORKLOADS = ("W1", "W2", "W3", "W4", "W5", "W6")
# Resources of `--growth`, and the workloads that it compares.
GROWN = (32_000, 1_000_000)
GROWTH = ("W1", "W2", "W3", "W4", "W5", "W6", "M14", "M11", "M5", "O1c", "O2", "O3")


def say(text):
    print(text, flush=True)


def sh(command, **options):
    """Runs a command; its output is shown only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}")
    return done.stdout.strip()


# ---- what is needed ------------------------------------------------------------------------------
def need_wrk():
    if shutil.which("wrk"):
        return
    say("wrk is missing; installing the Debian package")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if subprocess.run([*as_root, "apt-get", "install", "-y", "wrk"], capture_output=True).returncode != 0:
        sh([*as_root, "apt-get", "update"])
        sh([*as_root, "apt-get", "install", "-y", "wrk"])


def build(*wanted):
    say("building in release mode")
    sh(["cargo", "build", "--release", "--locked", "--example", "bench_load", "--example", "bench_liaison", *wanted], cwd=ROOT)
    target = json.loads(sh(["cargo", "metadata", "--format-version", "1", "--no-deps", "--offline"], cwd=ROOT))["target_directory"]
    return f"{target}/release"


def boxes_of_prefectures():
    lines = open(f"{ROOT}/crates/japan/assets/prefectures.tsv", encoding="utf-8").read().splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(c[1], *map(float, c[3:7])) for c in cells]


def prepare_data():
    origin = "peers" if os.path.exists(f"{PEERS_HOME}/prepare_data.py") else "made"
    stamp = f"{DATA}/origin"
    if os.path.exists(stamp) and open(stamp).read() == origin:
        return origin
    shutil.rmtree(DATA, ignore_errors=True)
    os.makedirs(DATA)
    if origin == "peers":
        say(f"preparing the table with {PEERS_HOME}/prepare_data.py")
        sh([sys.executable, f"{PEERS_HOME}/prepare_data.py"], env=dict(os.environ, BENCH_TMP=TMP))
    else:
        say(f"{PEERS_HOME} is absent: making a table of the same shape")
        made_data.make(DATA, boxes_of_prefectures())
    with open(stamp, "w") as file:
        file.write(origin)
    return origin


def load_database(release, reload):
    """Loads the table, again when what is stored, or how, has changed."""
    stamp, digest = f"{DATABASE}.stamp", digest_of_table()
    if not reload and os.path.exists(stamp) and open(stamp).read() == digest:
        return None
    for suffix in ("", "-wal", "-shm", ".stamp"):
        if os.path.exists(DATABASE + suffix):
            os.remove(DATABASE + suffix)
    return fill(release, DATABASE, stamp, digest)


def load_postgres(release, url):
    """The same into an empty PostgreSQL database; what is in it already is used when it is the same."""
    name = hashlib.sha256(url.encode()).hexdigest()[:12]
    stamp, digest = f"{TMP}/postgres-{name}.stamp", digest_of_table()
    if os.path.exists(stamp) and open(stamp).read() == digest:
        return None
    return fill(release, url, stamp, digest)


def fill(release, database, stamp, digest):
    say("loading the table into a Yui database")
    start = time.monotonic()
    sh([f"{release}/examples/bench_load", DATA, database])
    sh([f"{release}/examples/bench_liaison", database])
    with open(stamp, "w") as file:
        file.write(digest)
    return time.monotonic() - start


def digest_of_table():
    digest = hashlib.sha256(str(os.path.getsize(f"{DATA}/place.tsv")).encode())
    sources = ["examples/bench_load.rs", "examples/bench_liaison.rs", "src/liaison/facts.rs", "src/search_index.rs", "crates/japan/src/values/cell.rs", "crates/hours/src/schedule.rs"]
    for folder in ("migration/src", "entity/src", "crates/japan/src/text", "crates/japan/src/codes"):
        for path, _, names in os.walk(f"{ROOT}/{folder}"):
            sources += [os.path.relpath(f"{path}/{name}", ROOT) for name in names]
    for path in sorted(sources):
        digest.update(open(f"{ROOT}/{path}", "rb").read())
    return digest.hexdigest()


def token():
    """For a care professional of the office that `bench_liaison` puts on every list."""
    part = lambda value: base64.urlsafe_b64encode(value).rstrip(b"=")
    claims = {"iss": ISSUER, "aud": "yui", "sub": "bench", "exp": int(time.time()) + 86_400, "roles": ["CARE_PROFESSIONAL"], "org": "BENCH"}
    text = b".".join(part(json.dumps(value).encode()) for value in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (text + b"." + part(hmac.new(SECRET.encode(), text, "sha256").digest())).decode()


# ---- servers -------------------------------------------------------------------------------------
class Server:
    """A server of ours or a peer's, of one process or several, on a free port of 127.0.0.1. `environment` takes the port."""

    def __init__(self, name, command, environment, ready):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.token = None
        self.name, self.base = name, f"http://127.0.0.1:{self.port}"
        environment = {key: str(value) for key, value in environment(self.port).items()}
        log = open(f"{RUN}/{name}.log", "wb")
        start = time.monotonic()
        self.process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log, cwd=RUN)
        while not ready(self):
            if self.process.poll() is not None or time.monotonic() - start > 60:
                self.stop()
                sys.exit(f"{name} does not start: see {RUN}/{name}.log")
            time.sleep(0.001)
        self.started_in = time.monotonic() - start

    def get(self, path):
        try:
            with urllib.request.urlopen(self.base + path, timeout=1) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return None

    def post(self, body):
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(f"{self.base}/graphql", data=body.encode(), headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def ask(self, query, variables):
        answer = json.loads(self.post(json.dumps({"query": query, "variables": variables})))
        if answer.get("errors"):
            raise ValueError(f"GraphQL errors: {answer['errors']}")
        return answer["data"]

    def processes(self):
        """The process that was started and all that it has started."""
        children = {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                parent = int(open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
        found, waiting = [], [self.process.pid]
        while waiting:
            found.append(waiting.pop())
            waiting += children.get(found[-1], [])
        return found

    def memory(self):
        """Resident, the same with each page of a file counted once however often it is mapped, and what is no file."""
        texts = [open(f"/proc/{process}/smaps_rollup").read() for process in self.processes()]
        total = lambda key: sum(int(re.search(rf"^{key}:\s+(\d+)", text, re.M)[1]) for text in texts) // 1024
        return {"resident": total("Rss"), "once": total("Pss"), "anonymous": total("Anonymous")}

    def cpu_seconds(self):
        ticks = 0
        for process in self.processes():
            cells = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
            ticks += int(cells[11]) + int(cells[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self):
        processes = self.processes()
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for process in processes:
                try:
                    os.kill(process, sign)
                except ProcessLookupError:
                    pass
            try:
                self.process.wait(10)
                return
            except subprocess.TimeoutExpired:
                pass


def start_yui(release, database=None, name="yui"):
    command = [f"{release}/yui", "serve", "--database", database or DATABASE, "--budget-public", "0", "--budget-signed-in", "0",
               "--idp-issuer", ISSUER, "--idp-audience", "yui", "--idp-algorithm", "HS256", "--idp-secret", SECRET]
    return Server(name, command, lambda port: {"YUI_LISTEN": f"127.0.0.1:{port}"}, lambda server: server.get("/readyz") == 200)


def start_peer(peer):
    return Server(peer.name, peer.command(), peer.environment, peer.is_ready)


# ---- requests and load ---------------------------------------------------------------------------
def query_of(workload):
    return open(f"{HERE}/queries/{check.WORKLOADS[workload][0]}.graphql", encoding="utf-8").read().strip()


def lines_of(truth, workload):
    query, (_, parameters, _) = query_of(workload), check.WORKLOADS[workload]
    bodies = ({"query": query, "variables": truth.variables(workload, p)} for p in truth.parameters[parameters])
    return [json.dumps(body, ensure_ascii=False, separators=(",", ":")) for body in bodies]


def check_yui(server, truth, workload):
    """Compares answers with plain SQL."""
    for p in truth.parameters[check.WORKLOADS[workload][1]][:CHECKED]:
        data = server.ask(query_of(workload), truth.variables(workload, p))
        if bad := truth.wrong(workload, p, data, server.ask):
            sys.exit(f"Yui answers {workload} wrongly for {p}: {bad}")


def sizes(server, lines):
    """Sends every request once, or as many as 15 seconds allow; gives the sizes of the answers."""
    found, start = [], time.monotonic()
    for line in lines:
        if time.monotonic() - start > 15:
            break
        answer = server.post(line)
        if answer.startswith(b'{"errors"') or b'"errors":[' in answer[-2000:]:
            sys.exit(f"{server.name} answers with errors: {answer[-500:]!r}")
        found.append(len(answer))
    return found


def wrk(server, lines, connections, seconds):
    file, out = f"{RUN}/lines", f"{RUN}/out.json"
    with open(file, "w", encoding="utf-8") as opened:
        opened.write("\n".join(lines) + "\n")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", f"{HERE}/wrk.lua", server.base]
    before = server.cpu_seconds()
    sh(command, env=dict(os.environ, BENCH_LINES=file, BENCH_OUT=out, BENCH_TOKEN=server.token or ""))
    result = json.load(open(out))
    result["cpu"] = (server.cpu_seconds() - before) / result["seconds"]
    return result


def together(runs):
    """Several short runs as one."""
    total = lambda key: sum(run[key] for run in runs)
    return {"rate": total("requests") / total("seconds"), "p50": statistics.median(run["p50"] for run in runs),
            "p99": max(run["p99"] for run in runs), "errors": total("errors"), "requests": total("requests"),
            "bytes": total("bytes") / max(1, total("requests")), "cpu": statistics.mean(run["cpu"] for run in runs)}


def measure(servers, seconds, rounds):
    """Loads each server in turn, in several rounds, so that all meet the same moods of the machine."""
    for server, lines in servers:
        wrk(server, lines, 16, min(seconds, 2))
    results = {server.name: {} for server, _ in servers}
    for connections in (16, 1):
        runs = {server.name: [] for server, _ in servers}
        for _ in range(rounds):
            for server, lines in servers:
                runs[server.name].append(wrk(server, lines, connections, seconds // rounds))
        for name, several in runs.items():
            results[name][connections] = together(several)
    return results


# ---- the report ----------------------------------------------------------------------------------
def rate(value):
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def milliseconds(value):
    """0 is what wrk says when not one answer came in time."""
    return "-" if value == 0 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(rows):
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for n, row in enumerate(rows):
        cells = [cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        say("  ".join(cells).rstrip())
        if n == 0:
            say("  ".join("-" * width for width in widths))


def report(results, beside):
    head = ["", "workload", "req/s", "p50 ms", "p99 ms", "1 conn: req/s", "p50 ms", "p99 ms", "bytes", "cores"]
    rows = [head + [cell for name in beside for cell in (name, "ratio", "1 conn", "ratio")]]
    for workload, result in results["workloads"].items():
        yui = result["yui"]
        row = [workload, check.WORKLOADS[workload][2]]
        for connections in (16, 1):
            run = yui[connections]
            row += [rate(run["rate"]), milliseconds(run["p50"]), milliseconds(run["p99"])]
        row += [f"{result['body']:,.0f}", f"{yui[16]['cpu']:.1f}"]
        for peer in map(result.get, beside):
            for connections in (16, 1):
                row += [rate(peer[connections]["rate"]), f"{yui[connections]['rate'] / peer[connections]['rate']:.2f}"] if peer else ["", ""]
        rows.append(row)
    say("")
    table(rows)
    say("")
    for name in ("yui", *beside):
        idle, load = results["memory"][name]
        say(f"{name}: ready after {results['started_in'][name] * 1000:.0f} ms; memory {idle['resident']} MB idle, "
            f"{load['resident']} MB after the load ({load['once']} MB with mapped files counted once, {load['anonymous']} MB without)")


def run(arguments, release, truth, origin):
    os.makedirs(RUN, exist_ok=True)
    load = os.getloadavg()[0]
    if load > 0.5:
        say(f"WARNING: the machine is busy (load {load:.1f}): the figures will be too low")
    peers = [Peer(name, PEERS_HOME, TMP, say, sh) for name in dict.fromkeys(arguments.beside)]
    starts = []
    for _ in range(3):
        yui = start_yui(release)
        starts.append(yui.started_in)
        if len(starts) < 3:
            yui.stop()
    started = {"yui": statistics.median(starts)}
    servers, ours = [yui], [yui]
    try:
        if arguments.postgres:
            ours.append(start_yui(release, arguments.postgres, "yui on PostgreSQL"))
            started[ours[1].name] = ours[1].started_in
        for peer in peers:
            servers.append(start_peer(peer))
            started[peer.name] = servers[-1].started_in
        time.sleep(1)
        memory = {server.name: [server.memory()] for server in ours + servers[1:]}
        workloads = {}
        for workload in arguments.only or check.WORKLOADS:
            for own in ours:
                own.token = token() if workload in SIGNED_IN else None
                check_yui(own, truth, workload)
            lines = lines_of(truth, workload)[: 500 if arguments.quick else None]
            found = sizes(yui, lines)
            body = statistics.mean(found)
            loaded = [(own, lines) for own in ours]
            for peer, other in zip(peers, servers[1:]):
                if workload in PEER_WORKLOADS:
                    peer.check(other, workload, CHECKED)
                    loaded.append((other, peer.lines(workload)[: len(lines)]))
            result = measure(loaded, 2 if arguments.quick else 8, 1 if arguments.quick else 2)
            workloads[workload] = {**result, "body": body}
            for name, runs in result.items():
                if failed := sum(run["errors"] for run in runs.values()):
                    sys.exit(f"{name} failed {failed} requests of {workload}")
            say(f"{workload} {check.WORKLOADS[workload][2]}: " +
                ", ".join(f"{name} {rate(runs[16]['rate'])}/s, alone {rate(runs[1]['rate'])}/s" for name, runs in result.items()))
            # Several times through the list the mean must be that of the list, plus a few hundred bytes of headers.
            sent = result["yui"][16]
            if sent["requests"] > 2 * len(lines) == 2 * len(found) and not body * 0.97 < sent["bytes"] < body * 1.03 + 600:
                sys.exit(f"{workload}: {sent['bytes']:.0f} bytes an answer under load, {body:.0f} before")
        for server in ours + servers[1:]:
            memory[server.name].append(server.memory())
    finally:
        for server in ours + servers[1:]:
            server.stop()
    results = {"when": time.strftime("%F %T"), "data": origin, "load_before": load, "started_in": started, "memory": memory,
               "workloads": workloads}
    with open(f"{TMP}/results.json", "w") as file:
        json.dump(results, file, indent=1)
    report(results, [own.name for own in ours[1:]] + [peer.name for peer in peers])


def repeated_gets(arguments, release, truth):
    """Repeated public GET of W1 beside nginx before Mercurius, with both logs on."""
    os.makedirs(RUN, exist_ok=True)
    servers, loaded = [start_yui(release)], []
    try:
        time.sleep(1)
        loaded.append((servers[0], repeated.paths(lines_of(truth, "W1"))))
        if os.path.exists(f"{PEERS_HOME}/servers.json"):
            peer = Peer("mercurius", PEERS_HOME, TMP, say, sh)
            servers.append(start_peer(peer))
            servers.append(repeated.nginx_before(servers[1].base, repeated.need_nginx(say, sh), RUN, Server))
            loaded.append((servers[2], repeated.paths(peer.lines("W1"))))
        else:
            say(f"{PEERS_HOME} has no peers; say where they are with YUI_BENCH_DIR")
        for server, lines in loaded:
            found = [repeated.body_of(server, line) for line in lines]
            if any(b'"errors"' in body for body, _ in found):
                sys.exit(f"{server.name} answers with errors")
            if server.name == "yui" and not all(tag for _, tag in found):
                sys.exit("Yui does not keep an answer")
            say(f"{server.name}: {statistics.mean(len(body) for body, _ in found):,.0f} bytes an answer")
        results = measure(loaded, 2 if arguments.quick else 8, 1 if arguments.quick else 2)
        for name, runs in results.items():
            say(f"GET {name}: {rate(runs[16]['rate'])}/s, p99 {milliseconds(runs[16]['p99'])} ms; alone {rate(runs[1]['rate'])}/s")
    finally:
        for server in reversed(servers):
            server.stop()


def seen(release):
    """How long two servers take to answer what another program has committed."""
    os.makedirs(RUN, exist_ok=True)
    servers = [start_yui(release), start_yui(release)]
    servers[1].name = "yui, another instance"
    try:
        time.sleep(1)
        repeated.seen_after(servers, DATABASE, say)
    finally:
        for server in servers:
            server.stop()


def growth(release):
    """The same questions to 32,000 and to 1,000,000 made resources of equal density: how much longer they take."""
    global DATA, DATABASE
    os.makedirs(RUN, exist_ok=True)
    medians = {}
    for rows in GROWN:
        DATA, DATABASE = f"{TMP}/grown-{rows}", f"{TMP}/grown-{rows}.db"
        if not os.path.exists(f"{DATA}/bench.sqlite"):
            say(f"making {rows:,} resources")
            os.makedirs(DATA, exist_ok=True)
            made_data.grow(DATA, boxes_of_prefectures(), rows, max(GROWN))
        load_database(release, False)
        truth = check.Truth(DATA, DATABASE)
        yui = start_yui(release)
        try:
            say(f"{rows:,} resources: ready after {yui.started_in:.1f} s")
            for workload in GROWTH:
                lines = lines_of(truth, workload)[:200]
                sizes(yui, lines)
                medians[workload, rows] = wrk(yui, lines, 1, 2)["p50"]
        finally:
            yui.stop()
    few, many = GROWN
    table([["workload", f"{few:,}: p50 ms", f"{many:,}: p50 ms", "times"]]
          + [[w, milliseconds(medians[w, few]), milliseconds(medians[w, many]), f"{medians[w, many] / medians[w, few]:.2f}"] for w in GROWTH])


def plans(release, truth):
    # Those two ask about every resource of the country; nothing but looking at each can answer them.
    limited = [workload for workload in check.WORKLOADS if workload not in ("O1", "O1c")]
    requests = "".join(f"{workload}\t{lines_of(truth, workload)[0]}\n" for workload in limited)
    return subprocess.run([f"{release}/examples/bench_plans", DATABASE], input=requests.encode()).returncode


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.split(":")[0] + ".")
    parser.add_argument("--quick", action="store_true", help="2 seconds for each figure instead of 8")
    parser.add_argument("--beside", choices=list(PEERS), action="append", default=[], help="also load this peer, in turn with Yui; may be given several times")
    parser.add_argument("--plans", action="store_true", help="print how SQLite finds the rows; fails when a large table is read from end to end")
    parser.add_argument("--only", metavar="W1,W5", type=lambda text: text.split(","), help="some workloads")
    parser.add_argument("--get", action="store_true", help="measure repeated public queries over GET beside nginx before Mercurius")
    parser.add_argument("--seen", action="store_true", help="measure how long another program's commit takes to be seen")
    parser.add_argument("--growth", action="store_true", help="compare 32,000 made resources with 1,000,000 of the same density (3 GB, 10 minutes)")
    parser.add_argument("--postgres", metavar="URL", help="also load Yui on this PostgreSQL database, which is empty or was filled by this option")
    parser.add_argument("--importing", metavar="FILE", nargs="+", help="import files into a new database, or an empty one of --postgres, while people sign in, record consents and read")
    parser.add_argument("--reload", action="store_true", help="load the database again")
    arguments = parser.parse_args()
    if unknown := set(arguments.only or ()) - set(check.WORKLOADS):
        parser.error(f"no workload {', '.join(unknown)}: there are {', '.join(check.WORKLOADS)}")
    if arguments.beside and not os.path.exists(f"{PEERS_HOME}/servers.json"):
        parser.error(f"{PEERS_HOME} has no peers; say where they are with YUI_BENCH_DIR")
    os.makedirs(TMP, exist_ok=True)
    if not (arguments.plans or arguments.importing):
        need_wrk()
    release = build("--example", "bench_plans") if arguments.plans else build("--bin", "yui")
    if arguments.growth:
        return growth(release)
    if arguments.importing:
        os.makedirs(RUN, exist_ok=True)
        return importing.measure(f"{release}/yui", RUN, arguments.postgres, arguments.importing, say)
    origin = prepare_data()
    if took := load_database(release, arguments.reload):
        say(f"loaded in {took:.0f} s, {os.path.getsize(DATABASE) >> 20} MB")
    if arguments.postgres and (took := load_postgres(release, arguments.postgres)):
        say(f"loaded into PostgreSQL in {took:.0f} s")
    truth = check.Truth(DATA, DATABASE)
    if arguments.plans:
        sys.exit(plans(release, truth))
    if arguments.get:
        repeated_gets(arguments, release, truth)
    if arguments.seen:
        seen(release)
    if not (arguments.get or arguments.seen):
        run(arguments, release, truth, origin)


if __name__ == "__main__":
    main()
