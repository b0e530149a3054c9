"""Makes a table of the same shape as the prepared one of the peers' benchmark, from word lists and one seed.

The files are the same: place.tsv, organization.tsv, bench.sqlite, params-*.jsonl. Positions lie in towns whose sizes
follow a power law, so that a box of 3 km holds a few rows in the country and a thousand in a large town.
"""

import json
import math
import random
import sqlite3

ROWS, ORGANIZATIONS, TOWNS, PARAMETERS, SEED = 323_201, 61_974, 1_700, 2_000, 20250601
KINDS = [("診療所", 61745, "クリニック"), ("薬局", 58362, "薬局"), ("歯科診療所", 50838, "歯科医院"),
         ("訪問介護", 34141, "ヘルパーステーション"), ("通所介護", 29141, "デイサービスセンター"),
         ("地域密着型通所介護", 20553, "デイサービス"), ("介護老人福祉施設", 10251, "特別養護老人ホーム"),
         ("介護老人保健施設", 9970, "介護老人保健施設"), ("通所リハビリテーション", 9447, "デイケア"),
         ("病院", 7250, "病院"), ("福祉用具貸与", 10850, "福祉用具"),
         ("小規模多機能型居宅介護", 7304, "小規模多機能ホーム"), ("訪問リハビリテーション", 6948, "訪問リハビリ"),
         ("特定施設入居者生活介護（有料老人ホーム）", 6403, "有料老人ホーム")]
WORDS = ("さくら ひまわり あおば 若葉 緑風 光生 愛の 恵愛 清流 松寿 白鳥 双葉 大樹 千歳 青空 みどり 中央 東部 南 北 内科 外科 小児科 "
         "眼科 皮膚科 整形外科 まつもと さわやか やすらぎ なごみ 佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 結 和").split()
KANA = "サクラ ヒマワリ アオバ ワカバ リョクフウ コウセイ アイノ ケイアイ セイリュウ ショウジュ ナカムラ タナカ ヤマダ".split()
PLACES = "本町 中央 栄町 旭町 泉町 緑町 桜台 東町 西町 南町 北町 大手町 駅前 美原町 青葉台".split()
FORMS = "医療法人社団 医療法人 社会福祉法人 株式会社 有限会社 合同会社 特定非営利活動法人".split()
TERMS = "さく 内科 薬局 歯科 愛の 眼科 訪問 デイ 小児 皮膚 整形 病院 中央 東部 青空 外科 ひま まつ さわ 佐藤".split()


def make(folder, prefectures):
    """prefectures: (name, south, west, north, east) of each."""
    rnd = random.Random(SEED)
    towns = []
    for n in range(TOWNS):
        size = (n // len(prefectures) + 1) ** -0.9
        towns.append(town(rnd, prefectures, n, size, 1))
    fill(folder, rnd, towns, ROWS)


def grow(folder, prefectures, rows, most):
    """So many rows on a share of the area of the most: the same density, the same mixture of towns."""
    rnd = random.Random(SEED)
    ranks = TOWNS // len(prefectures)
    sizes = [(n * 7919 % ranks + 1) ** -0.9 for n in range(TOWNS * rows // ROWS)]
    fill(folder, rnd, [town(rnd, prefectures, n, size, math.sqrt(rows / most)) for n, size in enumerate(sizes)], rows)


def town(rnd, prefectures, n, size, side):
    name, south, west, north, east = prefectures[n % len(prefectures)]
    # The middle of the box: its edges are sea more often than not.
    at = lambda low, high: (low + high) / 2 + (high - low) * side * rnd.uniform(-0.25, 0.25)
    return name, f"{rnd.choice(WORDS)}{n}市", (at(south, north), at(west, east)), size, 0.01 + 0.05 * size


def fill(folder, rnd, towns, count):
    chosen = rnd.choices(towns, [town[3] for town in towns], k=count)
    kinds = rnd.choices(KINDS, [kind[1] for kind in KINDS], k=count)
    organizations = [f"{rnd.choice(FORMS)}{rnd.choice(WORDS)}{rnd.choice(WORDS)}会{n:05d}" for n in range(count // 5)]
    organizations = organizations[:ORGANIZATIONS * count // ROWS]
    rows = []
    for id, ((prefecture, town, (lat, lng), _, spread), (kind, _, word)) in enumerate(zip(chosen, kinds), 1):
        name = f"{rnd.choice(WORDS)}{rnd.choice(WORDS)}{word}"
        address = f"{prefecture}{town}{rnd.choice(PLACES)}{rnd.randint(1, 9)}-{rnd.randint(1, 40)}-{rnd.randint(1, 30)}"
        care = word not in ("クリニック", "薬局", "歯科医院", "病院")
        rows.append((id, kind, name, "".join(rnd.choices(KANA, k=3)) if rnd.random() < 0.8 else None, prefecture, address,
                     round(rnd.gauss(lat, spread), 7), round(rnd.gauss(lng, spread), 7),
                     f"0{rnd.randint(11, 99)}-{rnd.randint(200, 999)}-{rnd.randint(1000, 9999)}",
                     f"https://www.example.jp/{id}" if rnd.random() < 0.5 else None,
                     "平日,土曜日" if care else None, None, rnd.randint(5, 120) if care else None,
                     rnd.randint(1, len(organizations))))
    write(folder, rows, organizations)
    write_parameters(folder, rows)


def write(folder, rows, organizations):
    show = lambda v: "\\N" if v is None else repr(v) if isinstance(v, float) else str(v)
    with open(f"{folder}/place.tsv", "w", encoding="utf-8") as file:
        file.writelines("\t".join(map(show, row)) + "\n" for row in rows)
    with open(f"{folder}/organization.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{n}\t{name}\n" for n, name in enumerate(organizations, 1))
    db = sqlite3.connect(f"{folder}/bench.sqlite")
    db.executescript("""
        CREATE TABLE organization(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE place(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, kana TEXT, pref TEXT NOT NULL,
          address TEXT NOT NULL, lat DOUBLE NOT NULL, lng DOUBLE NOT NULL, tel TEXT, url TEXT, days TEXT, note TEXT,
          capacity INTEGER, organization_id BIGINT NOT NULL REFERENCES organization(id));""")
    db.executemany("INSERT INTO organization VALUES(?,?)", enumerate(organizations, 1))
    db.executemany(f"INSERT INTO place VALUES({','.join('?' * 14)})", rows)
    db.executescript("CREATE INDEX place_lat_lng ON place(lat, lng, kind); CREATE INDEX place_pref ON place(pref, id); ANALYZE;")
    db.commit()
    db.close()


def box(row, km):
    lat, lng = row[6:8]
    dy = km / 2 / 111.195
    dx = dy / math.cos(math.radians(lat))
    return dict(minLat=round(lat - dy, 6), maxLat=round(lat + dy, 6), minLng=round(lng - dx, 6), maxLng=round(lng + dx, 6))


def write_parameters(folder, rows):
    rnd = random.Random(SEED + 1)
    here = lambda: rnd.choice(rows)
    matching = [row for row in rows if any(term in row[2] for term in TERMS)]

    def text():
        row = rnd.choice(matching)
        return dict(pref=row[4], term=rnd.choice([term for term in TERMS if term in row[2]]))

    sets = {"viewport": lambda: box(here(), 3), "city": lambda: box(here(), 30),
            "byid": lambda: dict(id=here()[0]), "text": text}
    for name, one in sets.items():
        with open(f"{folder}/params-{name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(one(), ensure_ascii=False) + "\n" for _ in range(PARAMETERS))
