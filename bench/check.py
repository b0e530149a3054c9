"""Compares answers with plain SQL on the table the database was loaded from, and knows the parameters."""

import base64
import datetime
import json
import random
import sqlite3
import unicodedata

# Workload: its query, its parameters, what it is.
WORKLOADS = {
    "W1": ("W1", "viewport", "box of 3 km: 100 x 10 fields"),
    "W2": ("W2", "viewport", "the same boxes: 20 x 5 fields"),
    "W3": ("W3", "viewport", "the same boxes: 50 + organization"),
    "W4": ("W4", "byid", "one by id: 10 fields"),
    "W5": ("W5", "text", "2 characters in a prefecture: 20"),
    "W6": ("W6", "city", "box of 30 km: count by category"),
    "M14": ("Map", "viewport", "map, zoom 14, boxes of 3 km"),
    "M11": ("Map", "city", "map, zoom 11, boxes of 30 km"),
    "M5": ("Map", "japan", "map, zoom 5, all of Japan"),
    "M11u": ("MapUnlocated", "city", "zoom 11 with unlocatedCount"),
    "O1": ("O1", "instant", "open at an instant, all of Japan: 20"),
    "O1c": ("O1c", "instant", "the same, counted"),
    "O2": ("O2", "opencity", "open at an instant, box of 30 km: 20 + count"),
    "O3": ("O3", "opencity", "calendar of a day, box of 30 km: 20"),
    "R1": ("R1", "reach", "reachableNow, 3,000 institutions x 3 physicians: 20 + counts"),
    "R2": ("R2", "reach", "the same by phone, one department (10 %): 20 + counts"),
}
ZOOMS = {"M14": 14, "M11": 11, "M5": 5, "M11u": 11}
MEDICAL = ("病院", "診療所", "歯科診療所", "薬局")
KIND_TAGS = {"MEDICAL_FACILITY": 4, "CARE_FACILITY": 5}
ORGANIZATION_TAG = 32
IN_BOX = "+lat BETWEEN :minLat AND :maxLat AND +lng BETWEEN :minLng AND :maxLng"


def opaque(tag, key):
    return base64.urlsafe_b64encode(bytes([tag]) + key).rstrip(b"=").decode()


def same_digits(one, other):
    # A zero that a spreadsheet dropped is put back when a number is stored.
    digits = lambda text: "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text or ""))).lstrip("0")
    return digits(one) == digits(other)


class Truth:
    """The table, and the ids the loaded database gives its rows."""

    def __init__(self, data, database):
        self.table = sqlite3.connect(f"file:{data}/bench.sqlite?mode=ro", uri=True)
        self.table.row_factory = sqlite3.Row
        loaded = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        rows = loaded.execute("SELECT id, kind, uuid, categories, prefecture_code FROM resource ORDER BY id").fetchall()
        self.ids = {id: opaque(kind, key) for id, kind, key, _, _ in rows}
        self.numbers = {public: id for id, public in self.ids.items()}
        self.organizations = {id: opaque(ORGANIZATION_TAG, key) for id, key in loaded.execute("SELECT id, uuid FROM organization")}
        self.categories, self.prefectures = {}, {}
        kinds = self.table.execute("SELECT kind, pref FROM place ORDER BY id")
        for (kind, pref), (_, _, _, category, code) in zip(kinds, rows):
            self.categories[kind] = category
            self.prefectures[pref] = code
        self.parameters = {s: [json.loads(line) for line in open(f"{data}/params-{s}.jsonl", encoding="utf-8")]
                           for s in ("viewport", "byid", "text", "city")}
        rnd = random.Random(5)
        move = lambda: round(rnd.uniform(0, 0.5), 4)
        self.parameters["japan"] = [dict(minLat=24 - move(), maxLat=46 + move(), minLng=122 - move(), maxLng=154 + move())
                                    for _ in range(50)]

        # Instants of ten days, cut to minutes; the rules are repeated every week.
        instant = lambda: f"2026-11-{rnd.randint(10, 19)}T{rnd.randint(0, 23):02}:{rnd.randint(0, 59):02}:00+09:00"
        self.parameters["instant"] = [{"at": instant()} for _ in range(200)]
        self.parameters["opencity"] = [{**p, "at": instant()} for p in self.parameters["city"]]
        self.counted = False
        # Two thirds in office hours of weekdays, the rest anywhere in the week.
        office = lambda: f"2026-11-{rnd.choice((9, 10, 11, 12, 13)):02}T{rnd.randint(8, 17):02}:{rnd.randint(0, 59):02}:00+09:00"
        self.parameters["reach"] = [{"at": instant() if n % 3 == 0 else office()} for n in range(200)]
        self.entries = [(json.loads(reach), "department:04003" in tags.split(" ")) for reach, tags in loaded.execute(
            "SELECT reach, (SELECT group_concat(tag, ' ') FROM liaison_entry_tag WHERE entry_id = liaison_entry.id) FROM liaison_entry")]
        self.rules = dict(loaded.execute("SELECT resource_id, body FROM schedule JOIN schedule_rule ON schedule_rule.id = rule_id"))

    def variables(self, workload, p):
        if workload in ("O1", "O1c", "R1", "R2"):
            return {"at": p["at"]}
        if workload in ("O2", "O3"):
            when = {"at": p["at"]} if workload == "O2" else {"day": p["at"][:10]}
            return {**when, "bounds": dict(south=p["minLat"], north=p["maxLat"], west=p["minLng"], east=p["maxLng"])}
        if workload == "W4":
            return {"id": self.ids[p["id"]]}
        if workload == "W5":
            return {"prefecture": self.prefectures[p["pref"]], "text": p["term"]}
        bounds = dict(south=p["minLat"], north=p["maxLat"], west=p["minLng"], east=p["maxLng"])
        return {"bounds": bounds, **({"zoom": ZOOMS[workload]} if workload in ZOOMS else {})}

    def open_at(self, place, at):
        """Reads the simple rules of the benchmark: days, then times."""
        return self.holds(self.rules[place], at)

    def holds(self, body, at):
        days, times = json.loads(body)["rule"]["HOURS"].split(" ")
        names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
        covered = set()
        for part in days.split(","):
            first, _, last = part.partition("-")
            covered.update(range(names.index(first), names.index(last or first) + 1))
        when = datetime.datetime.fromisoformat(at)
        return when.weekday() in covered and any(a <= when.strftime("%H:%M") < b for a, b in (t.split("-") for t in times.split(",")))

    def _o1(self, p, data, ask):
        found = [self.numbers[node["id"]] for node in data["resources"]["nodes"]]
        wanted = []
        for place in self.rules_in_order():
            if len(wanted) == 20:
                break
            if self.open_at(place, p["at"]):
                wanted.append(place)
        states = {node["openState"]["state"]["value"] for node in data["resources"]["nodes"]}
        return None if found == wanted and states <= {"OPEN"} else f"{found} {states}, not {wanted}"

    def _o1c(self, p, data, ask):
        if self.counted:
            return None
        self.counted = True
        wanted = sum(self.open_at(place, p["at"]) for place in self.rules)
        found = data["resources"]["totalCount"]
        return None if found == wanted else f"{found}, not {wanted}"

    def _o2(self, p, data, ask):
        inside = [row["id"] for row in self.rows(f"SELECT id FROM place WHERE {IN_BOX} ORDER BY id", p)]
        wanted = [place for place in inside if self.open_at(place, p["at"])]
        found = [self.numbers[node["id"]] for node in data["resources"]["nodes"]]
        count = data["resources"]["totalCount"]
        return None if (found, count) == (wanted[:20], len(wanted)) else f"{found} of {count}, not {wanted[:20]} of {len(wanted)}"

    def _o3(self, p, data, ask):
        nodes = data["occurrences"]["nodes"]
        inside = {row["id"] for row in self.rows(f"SELECT id FROM place WHERE {IN_BOX}", p)}
        wrong = [n for n in nodes if self.numbers[n["resource"]["id"]] not in inside
                 or not self.open_at(self.numbers[n["resource"]["id"]], f"{n['date']}T{n['start']}:00+09:00")]
        in_order = [n["start"] for n in nodes] == sorted(n["start"] for n in nodes)
        return None if not wrong and in_order else f"{wrong[:1]} in order: {in_order}"

    def reachable(self, reach, channels, at):
        avoided = any(self.holds(body, at) for body in reach.get("a", ()))
        open_now = any(self.holds(body, at) for channel, _, bodies in reach["c"] if channel in channels for body in bodies)
        return open_now and not avoided

    def _r1(self, p, data, ask):
        return self.counts(p, data["reachableNow"], [reach for reach, _ in self.entries], ("PHONE", "FAX"))

    def _r2(self, p, data, ask):
        return self.counts(p, data["reachableNow"], [reach for reach, of_department in self.entries if of_department], ("PHONE",))

    def counts(self, p, found, entries, channels):
        wanted = sum(self.reachable(reach, channels, p["at"]) for reach in entries)
        if (found["reachableCount"], found["totalCount"], found["unknownCount"]) != (wanted, len(entries), 0):
            return f"{found['reachableCount']} of {found['totalCount']} and {found['unknownCount']} unknown, not {wanted} of {len(entries)}"
        now = [node["standing"]["value"] for node in found["nodes"]]
        return None if now == ["NOW"] * min(20, wanted) + ["LATER"] * (20 - min(20, wanted)) else f"{now} with {wanted} reachable"

    def rules_in_order(self):
        return sorted(self.rules)

    def rows(self, sql, p):
        return self.table.execute(sql, p).fetchall()

    def wrong(self, workload, p, data, ask):
        """What is wrong with an answer, or None. `ask` sends another query where one answer does not tell all."""
        return getattr(self, "_" + WORKLOADS[workload][0].lower())(p, data, ask)

    def differing(self, place, node):
        kind = "MEDICAL_FACILITY" if place["kind"] in MEDICAL else "CARE_FACILITY"
        location = node.get("location", {})
        position = location.get("position") or {}
        pairs = {
            "id": (node["id"], self.ids[place["id"]]),
            "kind": (node["kind"]["value"], kind),
            "name": (node["name"], place["name"]),
            "nameKana": (node.get("nameKana", place["kana"]), place["kana"]),
            "url": (node.get("url", place["url"]), place["url"]),
            "prefecture": (location.get("prefecture", {}).get("name", place["pref"]), place["pref"]),
            "address": (location.get("address", place["address"]), place["address"]),
            "latitude": (position.get("latitude", place["lat"]), place["lat"]),
            "longitude": (position.get("longitude", place["lng"]), place["lng"]),
        }
        for field, (got, wanted) in pairs.items():
            if got != wanted:
                return f"{field} of place {place['id']}: {got!r}, wanted {wanted!r}"
        if "contacts" in node and not same_digits("".join(c["tel"] or "" for c in node["contacts"]), place["tel"]):
            return f"contacts of place {place['id']}: {node['contacts']}, wanted {place['tel']}"
        return None

    def listed(self, p, nodes, limit):
        wanted = self.rows(f"SELECT * FROM place WHERE {IN_BOX} ORDER BY id LIMIT {limit}", p)
        if len(nodes) != len(wanted):
            return f"{len(nodes)} rows, wanted {len(wanted)}"
        return next(filter(None, map(self.differing, wanted, nodes)), None)

    def _w1(self, p, data, _):
        return self.listed(p, data["resources"]["nodes"], 100)

    def _w2(self, p, data, _):
        return self.listed(p, data["resources"]["nodes"], 20)

    def _w3(self, p, data, _):
        nodes = data["resources"]["nodes"]
        bad = self.listed(p, nodes, 50)
        for node in [] if bad else nodes:
            sql = "SELECT o.id, o.name FROM place p JOIN organization o ON o.id = p.organization_id WHERE p.id = ?"
            id, name = self.rows(sql, (self.numbers[node["id"]],))[0]
            if node["organization"] != {"id": self.organizations[id], "name": name}:
                return f"organization {node['organization']}, wanted {name}"
        return bad

    def _w4(self, p, data, _):
        return self.differing(self.rows("SELECT * FROM place WHERE id = :id", p)[0], data["resource"])

    def _w5(self, p, data, ask):
        """Every row whose name contains the term must be among the matches; other fields may match too."""
        wanted = {row["id"] for row in self.rows("SELECT id FROM place WHERE +pref = :pref AND instr(name, :term)", p)}
        query = ("query($text: String!, $prefecture: String!, $after: String) { resources(text: $text, first: 100, after: $after, "
                 "filter: { prefectureCodes: [$prefecture] }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }")
        found, after = [], None
        while True:
            page = ask(query, {**self.variables("W5", p), "after": after})["resources"]
            found += [self.numbers[node["id"]] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        if len(set(found)) != len(found) or len(found) != page["totalCount"]:
            return f"{len(found)} rows on all pages, {len(set(found))} different, totalCount {page['totalCount']}"
        if not wanted <= set(found):
            return f"{len(wanted - set(found))} of {len(wanted)} rows are not found, such as place {min(wanted - set(found))}"
        first = [self.numbers[node["id"]] for node in data["resources"]["nodes"]]
        if first != found[:20]:
            return "the first page is not the beginning of the list"
        return None

    def _w6(self, p, data, _):
        wanted = {}
        for kind, count in self.rows(f"SELECT kind, count(*) FROM place WHERE {IN_BOX} GROUP BY kind", p):
            wanted[self.categories[kind]] = wanted.get(self.categories[kind], 0) + count
        got = {group["code"]: group["count"] for group in data["resources"]["facets"]["categories"]}
        return None if got == wanted else f"{got}, wanted {wanted}"

    def _map(self, p, data, _):
        view = data["map"]
        [[wanted]] = self.rows(f"SELECT count(*) FROM place WHERE {IN_BOX}", p)
        total = len(view["pins"]) + sum(cluster["count"] for cluster in view["clusters"])
        if total != wanted:
            return f"{total} things on the map, wanted {wanted}"
        if any(sum(kind["count"] for kind in cluster["kinds"]) != cluster["count"] for cluster in view["clusters"]):
            return "the kinds of a cluster do not add up"
        for pin in view["pins"]:
            node = pin["resource"] | {"location": {"position": pin["position"]}}
            place = self.rows("SELECT * FROM place WHERE id = ?", (self.numbers[node["id"]],))[0]
            if bad := self.differing(place, node):
                return bad
        return None

    def _mapunlocated(self, p, data, ask):
        if data["map"]["unlocatedCount"] != 0:
            return "every place has a position"
        return self._map(p, data, ask)
