//! Words, codes and numbers of cells.

use super::words::*;
use super::*;
use crate::gatherings::terms::{Activity, VenueType};
use crate::mutual_aid::terms::AidCategory;
use crate::terms::Answer;

#[test]
fn a_word_is_known_by_its_label_by_a_part_of_it_and_by_its_code() {
    assert_eq!(known("個人宅"), Ok(VenueType::PrivateHome));
    assert_eq!(known("公民館・自治会館・集会所"), Ok(VenueType::CommunityHall));
    assert_eq!(known("ごみ出し"), Ok(AidCategory::Garbage));
    assert_eq!(known("家事"), Ok(AidCategory::Housework));
    assert_eq!(known("tea_party"), Ok(Activity::TeaParty));
    assert_eq!((known("不明"), known("未確認")), (Ok(Answer::Unknown), Ok(Answer::Unknown)));
}

#[test]
fn an_unknown_word_is_told_the_words_there_are() {
    let Err(Flaw::NotOneOf { cell, words }) = known::<Activity>("お茶飲み") else {
        panic!("it is unknown")
    };
    assert_eq!(cell, "お茶飲み");
    assert!(words.0.contains(&"茶話会".to_owned()), "{words}");
}
