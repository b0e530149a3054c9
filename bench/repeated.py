"""Repeated public queries over GET, beside nginx as the cache before Mercurius; and how long another program's commit takes
to be seen. Parts of `scripts/bench --get` and `--seen`."""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

# Requests that are sent again and again: as many as a map site has at a busy hour.
DIFFERENT = 50

NGINX = """
worker_processes 2;
error_log {run}/nginx-error.log;
pid {run}/nginx.pid;
daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log {run}/nginx-access.log;
  client_body_temp_path {run}/nginx-body;
  proxy_temp_path {run}/nginx-proxy;
  fastcgi_temp_path {run}/nginx-fastcgi;
  uwsgi_temp_path {run}/nginx-uwsgi;
  scgi_temp_path {run}/nginx-scgi;
  proxy_cache_path {run}/nginx-cache keys_zone=answers:10m max_size=512m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {behind};
      proxy_cache answers;
      proxy_cache_valid 200 10m;
      proxy_ignore_headers Cache-Control Expires Vary Set-Cookie;
    }}
  }}
}}
"""


def need_nginx(say, sh):
    """The path of nginx, installed where it is missing."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found:
        return found
    say("nginx is missing; installing the Debian package")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    sh([*as_root, "apt-get", "install", "-y", "--no-install-recommends", "nginx-light"])
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def paths(lines):
    """Requests by POST as paths of a GET."""
    def path(line):
        body = json.loads(line)
        variables = json.dumps(body.get("variables", {}), ensure_ascii=False, separators=(",", ":"))
        return "/graphql?" + urllib.parse.urlencode({"query": body["query"], "variables": variables})
    return [path(line) for line in lines[:DIFFERENT]]


def nginx_before(behind, program, run, server):
    """nginx as a cache before a server, as a server."""
    for name in ("nginx-cache", "nginx-access.log"):
        shutil.rmtree(f"{run}/{name}", ignore_errors=True)

    def write(port):
        with open(f"{run}/nginx.conf", "w") as file:
            file.write(NGINX.format(run=run, port=port, behind=behind))
        return {}

    return server("nginx", [program, "-c", f"{run}/nginx.conf", "-p", run], write, lambda one: one.get("/") is not None)


def body_of(server, path):
    request = urllib.request.Request(server.base + path, headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = answer.read()
        return body, answer.headers.get("ETag")


def seen_after(servers, database, say, rounds=60):
    """Commits of another program to an SQLite database, and how long each server takes to answer what they changed."""
    connection = sqlite3.connect(database, isolation_level=None, timeout=30)
    connection.execute("PRAGMA busy_timeout = 30000")
    key, name = connection.execute("SELECT id, name FROM resource WHERE state = 3 ORDER BY id LIMIT 1").fetchone()
    uuid = connection.execute("SELECT hex(uuid) FROM resource WHERE id = ?", (key,)).fetchone()[0]
    query = "{ resources(text: " + json.dumps(name, ensure_ascii=False) + ", first: 20) { nodes { name alias } } }"
    path = "/graphql?" + urllib.parse.urlencode({"query": query})
    waits = {server.name: [] for server in servers}
    try:
        for turn in range(rounds):
            mark = f"bench {turn}"
            connection.execute("UPDATE resource SET alias = ? WHERE id = ?", (mark, key))
            committed = time.monotonic()
            waiting = list(servers)
            while waiting:
                for server in list(waiting):
                    if mark.encode() in body_of(server, path)[0]:
                        waits[server.name].append((time.monotonic() - committed) * 1000)
                        waiting.remove(server)
                if time.monotonic() - committed > 10:
                    sys.exit(f"a commit was not seen after 10 seconds ({uuid})")
    finally:
        connection.execute("UPDATE resource SET alias = NULL WHERE id = ?", (key,))
        connection.close()
    for name, found in waits.items():
        found.sort()
        say(f"{name}: another program's commit is seen after {statistics.median(found):.0f} ms (p99 {found[int(len(found) * 0.99)]:.0f} ms, "
            f"{len(found)} commits)")
    return waits
