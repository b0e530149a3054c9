//! Permissions of the files that the program creates.

use super::program::{Program, demo, run, token, told, yui};
use crate::support::TestDatabase;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|_| panic!("{} is there", path.display())).permissions().mode() & 0o777
}

#[actix_web::test]
async fn everything_with_data_in_it_is_for_its_owner_only() {
    let (database, folder) = demo().await;
    let folder = folder.path();
    let written = [
        (vec!["audit", "export"], "audit.jsonl"),
        (vec!["template", "liaison"], "forms.xlsx"),
        (vec!["template", "liaison"], "forms.csv"),
    ];
    for (arguments, file) in written {
        let out = folder.join(file);
        // Under an account that hides nothing by itself.
        let shown = out.display().to_string();
        let command = yui(database.url(), &[&arguments[..], &["--out", &shown]].concat());
        let output = openly(&command).output().expect("sh is there");
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        assert_eq!(mode(&out), 0o600, "{file}");
    }
    if TestDatabase::is_postgres() {
        return; // The files of the database are its server's.
    }
    let file = folder.join("fresh.db");
    let shown = file.display().to_string();
    let output = openly(&yui(&shown, &["migrate"])).output().expect("sh is there");
    assert!(output.status.success(), "{}", told(&output));
    let server = Program::serve(&shown, &folder.join("keys.json"), &["--demo"]);
    let admin = token(&shown, &["ADMIN"], None);
    server.makes_token("one", &admin).expect("a token");
    for ending in ["", "-wal", "-shm", "-lock"] {
        assert_eq!(mode(Path::new(&format!("{shown}{ending}"))), 0o600, "{ending}");
    }
    assert!(!server.log().contains("chmod 600"), "{}", server.log());
    server.stop();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("others may read");
    let server = Program::serve(&shown, &folder.join("keys.json"), &[]);
    assert!(server.log().contains("chmod 600"), "{}", server.log());
}

/// The same command with a umask that takes nothing away.
fn openly(command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", "umask 0; exec \"$@\"", "sh"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

#[actix_web::test]
async fn an_instance_beside_others_does_not_make_keys_of_its_own() {
    let (database, folder) = demo().await;
    let invite = ["account", "invite", "--email", "a@example.jp", "--name", "見本", "--role", "ADMIN"];
    let first = folder.path().join("first.json");
    Program::serve(database.url(), &first, &[]).stop();
    assert!(run(database.url(), &invite).status.success());
    let second = folder.path().join("second.json");
    let mut other = Program::start(&[], database.url(), &second, &[]);
    if TestDatabase::is_postgres() {
        assert!(!other.listens(), "{}", other.log());
        std::thread::sleep(std::time::Duration::from_millis(100));
        assert!(other.log().contains("Copy that file from another instance"), "{}", other.log());
        assert!(!second.exists());
        Program::serve(database.url(), &first, &[]).stop();
        // The recovery for an operator who has lost the keys.
        let shown = second.display().to_string();
        let made = run(database.url(), &["token", "rotate-key", "--signing-key-file", &shown]);
        assert!(made.status.success(), "{}", told(&made));
        Program::serve(database.url(), &second, &[]).stop();
    } else {
        // One machine, and the operator named another file.
        assert!(other.listens(), "{}", other.log());
    }
}

/// Before the first account there is nothing yet that a second key would break.
#[actix_web::test]
async fn an_instance_with_other_keys_than_the_last_one_warns() {
    let (database, folder) = demo().await;
    let served = |name: &str| Program::serve(database.url(), &folder.path().join(name), &[]).stop();
    let warns = |log: &str| log.contains("other signing keys");
    assert!(!warns(&served("first.json")));
    assert!(!warns(&served("first.json")));
    assert!(warns(&served("second.json")));
    // Rotation adds a key: tokens signed with the former one stay valid.
    let second = folder.path().join("second.json").display().to_string();
    assert!(run(database.url(), &["token", "rotate-key", "--signing-key-file", &second]).status.success());
    assert!(!warns(&served("second.json")));
}
