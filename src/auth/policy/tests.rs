//! The policy: as a table that a person can review, and the rules that hold across it.

use super::*;
use crate::auth::{Permissions, Roles};
use crate::terms::Labelled;
use chrono::NaiveDate;
use sea_orm::Iterable;
use std::fmt::Write;

/// Every kind of viewer of the table, left to right.
fn viewers() -> Vec<(&'static str, Permissions)> {
    let holding = |roles: &[Role]| Permissions {
        roles: roles.iter().copied().collect::<Roles>(),
        districts: if roles.contains(&Role::Coordinator) { vec![1] } else { Vec::new() },
        ..Permissions::public(NaiveDate::MIN)
    };
    vec![
        ("anonymous", Permissions::public(NaiveDate::MIN)),
        ("member", Permissions { organization: Some(1), ..Permissions::public(NaiveDate::MIN) }),
        ("partner", holding(&[Role::Partner])),
        ("care", holding(&[Role::CareProfessional])),
        ("care+office", Permissions { organization: Some(1), ..holding(&[Role::CareProfessional]) }),
        (
            "institution",
            Permissions {
                organization: Some(1),
                runs_facilities: true,
                ..holding(&[Role::CareProfessional])
            },
        ),
        ("coordinator", holding(&[Role::Coordinator])),
        ("part+coord", holding(&[Role::Partner, Role::Coordinator])),
        ("admin", holding(&[Role::Admin])),
    ]
}

fn word(scope: RowScope) -> &'static str {
    match (scope.anywhere, scope.own_district, scope.owner) {
        (true, ..) => "yes",
        (_, true, true) => "own",
        (_, true, false) => "district",
        (_, _, true) => "owner",
        _ => "-",
    }
}

fn read(scope: LiaisonScope) -> &'static str {
    match (scope.anywhere, scope.listed, scope.owner) {
        (true, ..) => "yes",
        (_, true, true) => "listed/own",
        (_, true, false) => "listed",
        (_, _, true) => "owner",
        _ => "-",
    }
}

fn line(table: &mut String, thing: &str, cells: impl Iterator<Item = &'static str>) {
    write!(table, "{thing:<32}").expect("a String takes everything");
    for cell in cells {
        write!(table, "{cell:<13}").expect("a String takes everything");
    }
    table.truncate(table.trim_end().len());
    table.push('\n');
}

#[test]
fn the_policy_is_what_was_agreed() {
    let viewers = viewers();
    let mut table = String::new();
    line(&mut table, "", viewers.iter().map(|(name, _)| *name));
    for state in PublicationState::iter() {
        let thing = format!("know of a record: {state:?}");
        line(&mut table, &thing, viewers.iter().map(|(_, permissions)| word(record(permissions, state))));
    }
    for visibility in Visibility::iter() {
        let thing = format!("read: {visibility:?}");
        line(&mut table, &thing, viewers.iter().map(|(_, permissions)| word(reads(permissions, visibility))));
    }
    line(
        &mut table,
        "read a liaison sheet",
        viewers.iter().map(|(_, permissions)| read(sheets(permissions))),
    );
    for audience in Audience::ALL {
        let thing = format!("audience: {audience:?}");
        line(
            &mut table,
            &thing,
            viewers.iter().map(|(_, permissions)| read(heard_by(permissions, *audience))),
        );
    }
    line(
        &mut table,
        "speak for an institution",
        viewers.iter().map(|(_, permissions)| read(keeps(permissions))),
    );
    for action in Action::ALL {
        let thing = format!("do: {action:?}");
        line(
            &mut table,
            &thing,
            viewers.iter().map(|(_, permissions)| word(row_scope(permissions, *action))),
        );
    }
    insta::assert_snapshot!(table, @r"
                                    anonymous    member       partner      care         care+office  institution  coordinator  part+coord   admin
    know of a record: Draft         -            owner        -            -            owner        owner        district     district     yes
    know of a record: Published     yes          yes          yes          yes          yes          yes          yes          yes          yes
    know of a record: Suspended     yes          yes          yes          yes          yes          yes          yes          yes          yes
    know of a record: Ended         yes          yes          yes          yes          yes          yes          yes          yes          yes
    know of a record: Withdrawn     -            owner        -            -            owner        owner        district     district     yes
    read: Public                    yes          yes          yes          yes          yes          yes          yes          yes          yes
    read: Partner                   -            owner        yes          yes          yes          yes          yes          yes          yes
    read: CareProfessional          -            owner        -            yes          yes          yes          -            -            yes
    read: Coordinator               -            owner        -            -            owner        owner        district     district     yes
    read: Admin                     -            -            -            -            -            -            -            -            yes
    read a liaison sheet            -            -            -            listed       listed       listed/own   -            -            yes
    audience: AllCareProfessionals  -            -            -            yes          yes          yes          -            -            yes
    audience: Listed                -            -            -            listed       listed       listed/own   -            -            yes
    audience: Public                yes          yes          yes          yes          yes          yes          yes          yes          yes
    speak for an institution        -            -            -            -            -            owner        -            -            yes
    do: ReadAudit                   -            -            -            -            -            -            -            -            yes
    do: ManageAccounts              -            -            -            -            -            -            -            -            yes
    do: ManageApiTokens             -            -            -            -            -            -            -            -            yes
    do: RecordConsent               -            -            -            -            -            -            district     district     yes
    ");
}

#[test]
fn the_public_sees_nothing_unreviewed_or_withdrawn_and_no_contact_that_is_not_public() {
    let public = Permissions::public(NaiveDate::MIN);
    for hidden in [PublicationState::Draft, PublicationState::Withdrawn] {
        assert!(!record(&public, hidden).exists(), "{hidden:?}");
    }
    for hidden in
        [Visibility::Partner, Visibility::CareProfessional, Visibility::Coordinator, Visibility::Admin]
    {
        assert!(!reads(&public, hidden).exists(), "{hidden:?}");
    }
}

#[test]
fn a_role_opens_what_it_opens_whatever_else_somebody_holds() {
    for roles in Roles::all_sets() {
        let permissions = Permissions { roles, districts: vec![1], ..Permissions::public(NaiveDate::MIN) };
        let care = roles.has(Role::CareProfessional) || roles.has(Role::Admin);
        assert_eq!(reads(&permissions, Visibility::CareProfessional).exists(), care, "{roles:?}");
    }
}
