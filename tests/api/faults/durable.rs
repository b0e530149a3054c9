//! A power cut: only what the disk holds at the moment of an answer survives.

use super::program::{Program, demo, is_root, run, signal, token, told};
use crate::support::TestDatabase;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const MUTATIONS: usize = 20;

fn must(program: &str, arguments: &[&str]) {
    let output =
        Command::new(program).args(arguments).output().unwrap_or_else(|_| panic!("{program} is there"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", told(&output));
}

/// A disk in a file, whose copy shows the data that had reached it.
struct Image<'f>(&'f Path);

impl Image<'_> {
    fn shown(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn mount(&self, image: &str, at: &str) {
        fs::create_dir_all(self.0.join(at)).expect("a folder");
        must("mount", &["-o", "loop", &self.shown(image), &self.shown(at)]);
    }

    fn unmount(&self, at: &str) {
        must("umount", &["-l", &self.shown(at)]);
    }
}

#[actix_web::test]
async fn a_power_cut_loses_nothing_that_was_acknowledged() {
    if TestDatabase::is_postgres() {
        return; // Its own setting, fsync, which is on unless somebody turns it off.
    }
    if is_root() { on_a_disk_image().await } else { by_counting_syncs().await }
}

async fn on_a_disk_image() {
    let (database, folder) = demo().await;
    let disk = Image(folder.path());
    fs::write(folder.path().join("disk"), vec![0; 48 << 20]).expect("a disk");
    must("mkfs.ext4", &["-q", "-F", &disk.shown("disk")]);
    disk.mount("disk", "mounted");
    let file = disk.shown("mounted/yui.db");
    fs::copy(database.url(), &file).expect("the demo fits");
    let admin = token(&file, &["ADMIN"], None);
    let keys = folder.path().join("keys.json");
    let server = Program::serve(&file, &keys, &[]);
    let made: Vec<_> =
        (0..MUTATIONS).map(|n| server.makes_token(&format!("{n}"), &admin).expect("a token")).collect();
    // The plug is pulled here: nothing that only the kernel knows is in the copy.
    fs::copy(folder.path().join("disk"), folder.path().join("cut")).expect("a copy of the disk");
    server.kill();
    disk.mount("cut", "again");
    let kept = disk.shown("again/yui.db");
    let after = Program::serve(&kept, &keys, &[]);
    let there = made.iter().filter(|token| after.knows(token)).count();
    after.stop();
    let whole = run(&kept, &["check"]);
    disk.unmount("again");
    disk.unmount("mounted");
    assert_eq!(there, MUTATIONS, "acknowledged changes are gone");
    assert!(whole.status.success(), "{}", told(&whole));
}

async fn by_counting_syncs() {
    let (database, folder) = demo().await;
    let admin = token(database.url(), &["ADMIN"], None);
    let server = Program::serve(database.url(), &folder.path().join("keys.json"), &[]);
    let trace = folder.path().join("trace").display().to_string();
    let pid = server.pid().to_string();
    let strace = ["-f", "-p", &pid, "-e", "trace=fsync,fdatasync", "-o", &trace];
    let mut strace =
        Command::new("strace").args(strace).stderr(Stdio::null()).spawn().expect("strace is there");
    std::thread::sleep(Duration::from_secs(1));
    for n in 0..MUTATIONS {
        server.makes_token(&format!("{n}"), &admin).expect("a token");
    }
    signal(strace.id(), "INT");
    strace.wait().expect("strace ends");
    let synced = fs::read_to_string(&trace).expect("a trace").matches("sync(").count();
    assert!(synced >= MUTATIONS, "{synced} syncs for {MUTATIONS} acknowledged changes");
}
