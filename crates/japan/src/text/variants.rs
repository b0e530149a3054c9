//! Old and variant kanji that fold to a modern one, and radicals that PDF files contain in place of kanji.
//!
//! Only variants of one character: 斉 and 斎, 坂 and 阪, 巌 and 岩 stay distinct. Forms that NFKD unifies are
//! not listed.

use std::sync::LazyLock;

/// Groups of a modern form followed by the forms that fold to it, in the order of JIS X 0208.
const GROUPS: &str = "\
    亜亞 唖啞 悪惡 鯵鰺 圧壓 庵菴 囲圍 為爲 医醫 壱壹弌 稲稻 員貟 飲飮 陰隂 隠隱 厩廐廏 営營 曳曵 \
    栄榮 衛衞 詠咏 鋭銳 駅驛 悦悅 閲閱 円圓 園薗 焔焰 煙烟 縁緣 艶艷 塩鹽 奥奧 往徃 応應 横橫 欧歐 \
    殴毆 鴬鶯 鴎鷗 黄黃 沖冲 温溫 穏穩 仮假 価價 峨峩 画畫畵 会會 解觧 回囘 壊壞 懐懷 絵繪 概槪 \
    蓋盖葢 柿柹 蛎蠣 拡擴 撹攪 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴 竃竈 鎌鐮 噛嚙 勧勸 巻卷 寛寬 歓歡 \
    潅灌 缶罐 観觀 諌諫 鑑鑒 間閒 関關 陥陷 館舘 巌巖 贋贗 雁鴈 顔顏 喜㐂 既旣 帰歸 気氣 亀龜 偽僞 \
    宜冝 戯戲戱 犠犧 吉𠮷 却卻 脚腳 糾糺 旧舊 拠據 挙擧舉 虚虛 侠俠 協恊 峡峽 強强 挟挾 教敎 橋槗 \
    況况 狭狹 郷鄕鄉 尭堯 暁曉 倶俱 区區 躯軀 駆驅駈 桑桒 勲勳勛 薫薰 群羣 径徑 恵惠 掲揭 携攜擕 \
    渓溪谿 経經 継繼 繋繫 茎莖 蛍螢 軽輕 頚頸 鶏鷄雞 芸藝 撃擊 欠缺 決决 倹儉 券劵 剣劍劔劒剱 圏圈 \
    検檢 権權 献獻 研硏 県縣 険險 顕顯 験驗 鹸鹼 厳嚴 減减 戸戶 虎乕 鼓皷 呉吳 娯娛 効效 広廣 恒恆 \
    昂昻 晃晄 耕畊 鉱鑛礦砿 高髙 号號 麹麴 告吿 国國圀囯 黒黑 歳歲 済濟 砕碎 斎齋 剤劑 崎﨑嵜 桜櫻 \
    冊册 雑雜襍 皐皋 参參叄 惨慘 桟棧 産產 蚕蠶 讃讚 賛贊 残殘 姉姊 糸絲 歯齒 児兒 辞辭 叱𠮟 湿濕 \
    実實 屡屢 舎舍 写寫冩 釈釋 呪咒 寿壽 収收 秋秌穐龝 衆眾 従從 渋澁澀 獣獸 縦縱 粛肅 準凖 処處 \
    緒緖 叙敍敘 奨奬獎 将將 尚尙 床牀 昇曻 松枩枀 渉涉 焼燒 称稱 蒋蔣 証證 醤醬 乗乘 剰剩 場塲 壌壤 \
    嬢孃 条條 浄淨 状狀 畳疊疉 穣穰 譲讓 醸釀 嘱囑 職軄 触觸 寝寢 慎愼 晋晉 真眞 刃刄 尽盡 須湏 \
    図圖 厨廚 粋粹 翠翆 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 勢㔟 清淸 声聲 青靑 静靜 斉齊 税稅 脆脃 摂攝 \
    窃竊 説說 絶絕 蝉蟬 専專 戦戰 浅淺 潜潛濳 線綫 繊纖 船舩 賎賤 践踐 銭錢 禅禪 曽曾 蘇蘓 鼠鼡 \
    双雙 壮壯 捜搜 挿插揷 掻搔 曹曺 巣巢 争爭 痩瘦 窓窗窻 総總 聡聰 草艸 荘莊 装裝 騒騷 増增 臓臟 \
    蔵藏 即卽 属屬 続續 卒卆 堕墮 体體躰軆 対對 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 脱脫 単單 担擔 箪簞 \
    胆膽 団團 弾彈 断斷 恥耻 痴癡 稚穉 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 腸膓 勅敕 珍珎 鎮鎭 \
    鶴靍靎靏 逓遞 鉄鐵銕鐡 填塡 纏纒 転轉 顛顚 点點 伝傳 兎兔 砺礪 土圡 党黨 島嶋嶌嶹 盗盜 涛濤 灯燈 \
    当當 祷禱 闘鬪鬭 徳德 涜瀆 独獨 読讀 栃杤 届屆 呑吞 内內 縄繩 弐貳貮 迩邇 妊姙 祢禰 猫貓 年秊 \
    粘黏 嚢囊 悩惱 脳腦 覇霸 廃廢 拝拜 杯盃 梅楳 売賣 蝿蠅 柏栢 麦麥 函凾 発發 髪髮 抜拔 飯飰 晩晚 \
    蛮蠻 秘祕 彦彥 桧檜 姫姬 氷冰 浜濱濵 瓶甁 富冨 淵渕渊 払拂 仏佛 併倂 並竝 変變 辺邊邉 弁辨瓣辯 \
    舗舖 歩步 穂穗 宝寶寳 峰峯 萌萠 褒襃 豊豐 頬頰 没沒 本夲 翻飜 毎每 槙槇 万萬 満滿 脈脉 婿壻 \
    綿緜 面靣 麺麵 黙默 餅餠 戻戾 野埜 弥彌 薬藥 訳譯 柳栁 予豫 余餘 与與 誉譽 揺搖 様樣 謡謠 遥遙 \
    来來 莱萊 頼賴 乱亂 覧覽 裏裡 略畧 留畄 竜龍 両兩 涼凉 猟獵 糧粮 緑綠 隣鄰 塁壘 涙淚 励勵 礼禮 \
    隷隸 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 呂吕 炉爐 労勞 楼樓 蝋蠟 郎郞 禄祿 録錄 亘亙 湾灣 儘侭 凛凜 \
    壺壷 屏屛 弯彎 枡桝 檮梼 瑶瑤 筍笋 筝箏 籠篭 苺莓 藪薮 輌輛 鉤鈎 熙煕凞";

/// Groups for the CJK Radicals Supplement, which Unicode does not unify with the kanji.
const RADICALS: &str = "民⺠ 長⻑ 青⻘ 食⻝ 鬼⻤ 麦⻨ 黄⻩ 歯⻭ 竜⻯ 亀⻲ 西⻄ 角⻆ 虎⻁ 骨⻣ 斉⻫ 首⻡ 巳⺒ 月⺝ 雨⻗ 羊⺶ 王⺩ 竹⺮";

/// Forms by code point, where that fits into 16 bits; 0: there is no modern form. Text is folded character by character.
static MODERN: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut forms = vec![0; usize::from(u16::MAX) + 1];
    for (old, new) in pairs() {
        if let (Ok(old), Ok(new)) = (u16::try_from(u32::from(old)), u16::try_from(u32::from(new)))
            && let Some(form) = forms.get_mut(usize::from(old))
        {
            *form = new;
        }
    }
    forms
});

/// The forms that do not fit, with the modern ones.
static LARGE: LazyLock<Vec<(char, char)>> =
    LazyLock::new(|| pairs().filter(|(old, _)| u16::try_from(u32::from(*old)).is_err()).collect());

/// The modern form of `c`; `c` itself where there is none.
pub(crate) fn modern(c: char) -> char {
    let first_radical = '⺀';
    if c < first_radical {
        return c;
    }
    match MODERN.get(u32::from(c) as usize) {
        Some(0) => c,
        Some(form) => char::from_u32(u32::from(*form)).unwrap_or(c),
        None => LARGE.iter().find(|(old, _)| *old == c).map_or(c, |(_, new)| *new),
    }
}

/// Every form with the form it folds to.
fn pairs() -> impl Iterator<Item = (char, char)> {
    GROUPS.split(' ').chain(RADICALS.split(' ')).flat_map(|group| {
        let mut forms = group.chars();
        let new = forms.next();
        forms.filter_map(move |old| Some((old, new?)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn every_form_is_found() {
        for (old, new) in pairs() {
            assert_eq!(modern(old), new);
            assert_eq!(modern(new), new);
        }
        assert_eq!(modern('𠮷'), '吉');
        assert_eq!(modern('ア'), 'ア');
    }

    #[test]
    fn old_forms_become_the_new_one() {
        let old = "髙﨑嵜邉邊齋齊澤國廣櫻瀧濵濱眞醫藥榮惠學會冨峯嶋嶌壽龍鐵舘靏⺠⻑";
        let new = "高崎崎辺辺斎斉沢国広桜滝浜浜真医薬栄恵学会富峰島島寿竜鉄館鶴民長";
        assert_eq!(old.chars().map(modern).collect::<String>(), new);
    }

    #[test]
    fn look_alikes_and_unlisted_characters_stay() {
        for c in "斉斎坂阪岩巌高あAー🏠".chars() {
            assert_eq!(modern(c), c);
        }
    }

    #[test]
    fn a_form_is_listed_once_and_never_as_both_old_and_new() {
        let mut olds = HashSet::new();
        assert!(pairs().all(|(old, _)| olds.insert(old)));
        assert!(pairs().all(|(_, new)| !olds.contains(&new)));
        assert!(olds.len() > 500, "{} forms", olds.len());
    }

    #[test]
    fn every_form_survives_normalization() {
        for (old, new) in pairs() {
            for c in [old, new] {
                assert!(c.nfkd().eq([c]), "{c} U+{:04X}", u32::from(c));
            }
        }
    }
}
