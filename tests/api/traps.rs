//! Traps that other systems fell into, each as a test (section 5 of the notes on peers keeps the numbers).

use crate::demo::city;
use crate::support::viewers::Viewer;
use crate::support::world::World;
use crate::support::{App, Graph, Person};
use entity::contact_point;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use yui::auth::Role;

/// 1. PlaceCal skips its limits when the text of a document holds `__schema`.
#[actix_web::test]
async fn trap_1_a_comment_does_not_switch_limits_off() {
    let app = App::start().await;
    let deep = "nodes { organization { parent { ".to_owned() + &"parent { ".repeat(20);
    let deep = format!("{deep} name {} }} }} }}", "}".repeat(20));
    for text in ["", "# __schema\n", "# IntrospectionQuery\n"] {
        let document = format!("{text}query IntrospectionQuery {{ resources {{ {deep} }} }}");
        let answer = app.as_anonymous().ask(&document).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED", "{text}{answer}");
    }
    let beside = format!("{{ __schema {{ queryType {{ name }} }} resources {{ {deep} }} }}");
    let answer = app.as_anonymous().ask(&beside).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
}

/// 2. async-graphql's `visible` hides a field from introspection, and the field still answers.
#[actix_web::test]
async fn trap_2_what_is_refused_is_in_the_schema_and_what_is_not_in_it_is_not_answered() {
    let world = World::create().await;
    let known = world.app.as_anonymous().data("{ __type(name: \"ContactPoint\") { fields { name } } }").await;
    let mut known: Vec<&str> = known["__type"]["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .map(|field| field["name"].as_str().expect("a name"))
        .collect();
    let graph = Graph::read();
    let mut all = graph.fields("ContactPoint");
    known.sort_unstable();
    all.sort_unstable();
    assert_eq!(known, all, "everybody sees the same schema");
    let ask = "{ careFacilities(text: \"しるし丙事業所\") { nodes { contacts { label personName visibility { value } } } } }";
    let answer = world.app.as_anonymous().ask(ask).await;
    let contacts = &answer["data"]["careFacilities"]["nodes"][0]["contacts"];
    let contacts = contacts.as_array().expect("contacts");
    assert!(!contacts.is_empty());
    for contact in contacts {
        assert_eq!((&contact["personName"], &contact["visibility"]), (&Value::Null, &Value::Null));
    }
    let codes = answer["errors"].as_array().expect("errors").iter().map(|e| &e["extensions"]["code"]);
    assert!(codes.clone().all(|code| code == "UNAUTHENTICATED"));
    assert_eq!(codes.count(), 2, "one for each field, not one for each contact");
}

/// 3. Limits on depth and complexity break GraphiQL's own introspection.
#[actix_web::test]
async fn trap_3_graphiql_reads_the_schema_in_spite_of_the_limits() {
    let app = App::start().await;
    let script = app.get("/graphiql/graphiql-4.1.2.js").await.body;
    assert!(script.contains("IntrospectionQuery"), "the script that asks is the one that is served");
    let of_type = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
        kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }";
    let introspection = format!(
        "query IntrospectionQuery {{ __schema {{ queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }}
           types {{ ...FullType }} directives {{ name description locations args {{ ...InputValue }} }} }} }}
         fragment FullType on __Type {{ kind name description
           fields(includeDeprecated: true) {{ name description args {{ ...InputValue }} type {{ ...TypeRef }}
             isDeprecated deprecationReason }}
           inputFields {{ ...InputValue }} interfaces {{ ...TypeRef }}
           enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }}
           possibleTypes {{ ...TypeRef }} }}
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue }}
         fragment TypeRef on __Type {{ {of_type} }}"
    );
    let answer = app.as_anonymous().data(&introspection).await;
    let types = answer["__schema"]["types"].as_array().expect("types");
    assert!(types.iter().any(|ty| ty["name"] == "ContactPoint"));
}

/// 4. A hidden value is guessed by filtering, sorting and counting on it: `tests/api/probe.rs` tries every
/// argument that takes text; here the number is guessed digit by digit, with the API as an oracle: it answers as if
/// the number had never been entered.
#[actix_web::test]
async fn trap_4_no_filter_is_an_oracle() {
    let world = World::create().await;
    let count = async |viewer: Viewer, text: &str| {
        let ask = "query($text: String) { resources(text: $text, orderBy: NAME) { totalCount
            facets { kinds { count } } edges { cursor } } suggest(text: $text) { text } }";
        let answer = viewer.of(&world.app).data_with(ask, json!({ "text": text })).await;
        format!("{viewer:?} {answer}")
    };
    let hidden = "0235-00-2005";
    let beginnings = (1..=hidden.len()).filter_map(|length| hidden.get(..length));
    let endings = (0..hidden.len()).filter_map(|start| hidden.get(start..));
    let guesses: Vec<&str> = beginnings.chain(endings).filter(|guess| *guess != "-").collect();
    let viewers = [Viewer::Anonymous, Viewer::Partner, Viewer::CoordinatorElsewhere];
    let mut with_it = Vec::new();
    for viewer in viewers {
        for guess in &guesses {
            with_it.push(count(viewer, guess).await);
        }
    }
    let number = contact_point::Column::Phone.eq(hidden);
    let gone = contact_point::Entity::delete_many().filter(number);
    assert_eq!(gone.exec(world.app.databases().writer()).await.expect("it goes").rows_affected, 1);
    let mut without = Vec::new();
    for viewer in viewers {
        for guess in &guesses {
            without.push(count(viewer, guess).await);
        }
    }
    assert_eq!(with_it, without);
    let nothing = count(Viewer::Anonymous, "0235-00-9999").await;
    assert_eq!(count(Viewer::Anonymous, hidden).await, nothing, "the number itself finds nothing");
}

/// 5. PlaceCal checks `hidden` on one edge, and forgets the others and the totals.
#[actix_web::test]
async fn trap_5_no_edge_leads_to_a_hidden_record_and_no_total_counts_it() {
    let world = World::create().await;
    let ask = "{ districts(municipalityCode: \"062031\") { code supportCenter { name } desks { name } }
        consultationDesks { totalCount nodes { name } }
        supportCoordinators { supportCenter { name } } }";
    for viewer in [Viewer::Anonymous, Viewer::CareProfessional, Viewer::CoordinatorElsewhere] {
        let answer = viewer.of(&world.app).data(ask).await;
        let text = answer.to_string();
        for hidden in ["しるし甲", "しるし己"] {
            assert!(!text.contains(hidden), "{viewer:?} {hidden}: {text}");
        }
        let desks = &answer["consultationDesks"];
        assert_eq!(desks["totalCount"], json!(desks["nodes"].as_array().map(Vec::len)), "{viewer:?}");
    }
}

/// 6. Permission is checked in the list, and forgotten where the same record is nested below another: no path
/// through the graph leads to a sheet of another institution, nor to a trace of one.
#[actix_web::test]
async fn trap_6_no_way_round_leads_to_a_sheet() {
    let world = World::create().await;
    let sheet =
        "... on MedicalFacility { liaisonSheet { physicians { physician { name } channels { target } } } }";
    let ask = format!(
        "{{ resources(text: \"しるし丙医院\") {{ totalCount nodes {{ {sheet} }} facets {{ kinds {{ count }} }} }}
            suggest(text: \"しるし丙医院\") {{ resource {{ {sheet} }} }}
            map(bounds: {{ south: 38.5, west: 139.7, north: 38.9, east: 139.9 }}, zoom: 18) {{ pins {{ resource {{ name }} }} }}
            byDoctor: resources(text: \"しるし丙の医師\") {{ totalCount }}
            byNumber: suggest(text: \"0235-77-1001\") {{ text }} }}"
    );
    for viewer in [
        Viewer::Anonymous,
        Viewer::Partner,
        Viewer::CareProfessional,
        Viewer::CoordinatorHere,
        Viewer::ForeignMember,
        Viewer::Owner,
        Viewer::Admin,
        Viewer::Listed,
    ] {
        let answer = viewer.of(&world.app).ask(&ask).await;
        let reads = viewer.sheets().contains(&entity::enums::PublicationState::Published);
        assert_eq!(answer.to_string().contains("0235-77-1001"), reads, "{viewer:?}: {answer}");
        assert_eq!(answer["data"]["byDoctor"]["totalCount"], 0, "{viewer:?}");
        assert_eq!(answer["data"]["byNumber"], json!([]), "{viewer:?}");
        assert_eq!(answer["data"]["resources"]["totalCount"], 1, "{viewer:?}");
    }
}

/// 7. Ohana publishes the mail addresses of its administrators.
#[actix_web::test]
async fn trap_7_nobody_but_an_administrator_learns_who_administers() {
    let app = App::start().await;
    let admin = app.as_person(&Person::with(&[Role::Admin]));
    let invite = "mutation { inviteAccount(input: { email: \"kanri@example.jp\", name: \"見本 管理\", roles: [ADMIN] }) {
        userErrors { message } } }";
    assert_eq!(admin.data(invite).await["inviteAccount"]["userErrors"], json!([]));
    let ask = "{ accounts { nodes { email name } } auditLog { nodes { subject things { nodeId } changes { after } } } viewer { name } }";
    assert!(admin.data(ask).await.to_string().contains("kanri@example.jp"));
    for person in
        [Person::default(), Person::with(&[Role::Partner, Role::CareProfessional, Role::Coordinator])]
    {
        let answer = app.as_person(&person).ask(ask).await;
        assert_eq!(answer["data"]["accounts"], Value::Null);
        assert_eq!(answer["data"]["auditLog"], Value::Null);
        assert!(!answer.to_string().contains("kanri"), "{answer}");
    }
    assert!(!app.as_anonymous().ask(ask).await.to_string().contains("kanri"));
}

/// 8. Streetlives takes the weekday in UTC and the time in local time: Monday morning in Japan is still Sunday.
#[actix_web::test]
async fn trap_8_monday_half_past_eight_in_japan_is_monday() {
    let city = city().await;
    let ask = "{ monday: consultationDesks(filter: { desk: { topics: [SUPPORT_CENTER] }, openAt: \"2026-11-30T08:30:00+09:00\" }) {
            totalCount nodes { openState(at: \"2026-11-30T08:30:00+09:00\") { state { value } } } }
        sameInstant: consultationDesks(filter: { desk: { topics: [SUPPORT_CENTER] }, openAt: \"2026-11-29T23:30:00Z\" }) { totalCount }
        sunday: consultationDesks(filter: { desk: { topics: [SUPPORT_CENTER] }, openAt: \"2026-11-29T08:30:00+09:00\" }) { totalCount } }";
    let answer = city.as_anonymous().data(ask).await;
    let monday = answer["monday"]["totalCount"].as_i64().expect("a number");
    assert!(monday > 0, "{answer}");
    assert_eq!(answer["sameInstant"]["totalCount"], monday);
    assert_eq!(answer["sunday"]["totalCount"], 0);
    let states = answer["monday"]["nodes"].as_array().expect("desks");
    assert!(states.iter().all(|desk| desk["openState"]["state"]["value"] == "OPEN"), "{answer}");
}
