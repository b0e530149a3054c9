//! The program as an operator runs it: a process of its own, with requests over HTTP.

use crate::support::TestDatabase;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use ureq::Agent;

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The program, without the environment's settings of the developer.
pub fn yui(database: &str, arguments: &[&str]) -> Command {
    wrapped(&[], database, arguments)
}

fn wrapped(before: &[&str], database: &str, arguments: &[&str]) -> Command {
    let words: Vec<&str> = before.iter().copied().chain([env!("CARGO_BIN_EXE_yui")]).collect();
    let mut command = Command::new(words[0]);
    for name in ["DATABASE_URL", "YUI_LOG", "YUI_LOG_FORMAT", "YUI_SIGNING_KEY", "YUI_SIGNING_KEY_FILE"] {
        command.env_remove(name);
    }
    command.args(&words[1..]).args(["--database", database]).args(arguments).stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(database: &str, arguments: &[&str]) -> Output {
    yui(database, arguments).output().expect("the program starts")
}

/// The output of a command on both streams.
pub fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A token for the program of tests.
pub fn token(database: &str, roles: &[&str], organization: Option<&str>) -> String {
    let mut arguments = vec!["token", "issue", "--name", "tests"];
    roles.iter().for_each(|role| arguments.extend(["--role", role]));
    organization.iter().for_each(|code| arguments.extend(["--organization", code]));
    let output = run(database, &arguments);
    assert!(output.status.success(), "{}", told(&output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A server, which is killed when this is dropped.
pub struct Program {
    child: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Program {
    /// Starts a server and waits until it listens.
    pub fn serve(database: &str, keys: &Path, arguments: &[&str]) -> Self {
        Self::serve_under(&[], database, keys, arguments)
    }

    /// The same, with a program before it on the command line, such as `prlimit`.
    pub fn serve_under(before: &[&str], database: &str, keys: &Path, arguments: &[&str]) -> Self {
        let mut starting = Self::start(before, database, keys, arguments);
        assert!(starting.listens(), "{}", starting.log());
        starting
    }

    /// Starts a server and does not wait for anything.
    pub fn start(before: &[&str], database: &str, keys: &Path, arguments: &[&str]) -> Self {
        let keys = keys.display().to_string();
        let budgets = ["--budget-public", "0", "--budget-partner", "0", "--budget-signed-in", "0"];
        let fixed = ["serve", "--listen", "127.0.0.1:0", "--signing-key-file", &keys];
        let mut command = wrapped(before, database, &[&fixed[..], &budgets[..], arguments].concat());
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let log = Arc::<Mutex<String>>::default();
        let lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                written.lock().expect("nobody panics with the log").push_str(&format!("{line}\n"));
            }
        });
        Self { child, address: String::new(), log }
    }

    /// Waits until the server listens, or has ended.
    pub fn listens(&mut self) -> bool {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let log = self.log();
            if let Some(address) =
                log.split("listening").nth(1).and_then(|rest| rest.split("address=").nth(1))
            {
                let end = |c: char| !(c.is_ascii_digit() || c == '.' || c == ':');
                self.address = address.split(end).next().unwrap_or_default().to_owned();
                return true;
            }
            if self.child.try_wait().expect("a child").is_some() {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Waits until the server has logged a text.
    pub fn says(&self, text: &str) {
        let began = Instant::now();
        while !self.log().contains(text) {
            assert!(began.elapsed() < PATIENCE, "never logged {text:?}: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Everything the server has logged.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody panics with the log").clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks a document; the status, `Retry-After`, and the JSON.
    pub fn asks(&self, query: &str, variables: &Value, token: Option<&str>) -> (u16, Option<String>, Value) {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut request = agent()
            .post(format!("http://{}/graphql", self.address))
            .header("content-type", "application/json")
            .header("accept", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = request.send(body).unwrap_or_else(|cause| panic!("{cause}\n{}", self.log()));
        let retry =
            answer.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let text = answer.body_mut().read_to_string().expect("a body");
        let json = serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"));
        (answer.status().as_u16(), retry, json)
    }

    /// The JSON of an answer.
    pub fn answer(&self, query: &str, variables: &Value, token: Option<&str>) -> Value {
        self.asks(query, variables, token).2
    }

    /// Reads an address: status and text.
    pub fn get(&self, path: &str) -> (u16, String) {
        let answer = agent().get(format!("http://{}{path}", self.address)).call();
        let mut answer = answer.unwrap_or_else(|cause| panic!("{cause}\n{}", self.log()));
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("a body"))
    }

    /// Creates an API token; answers the acknowledged token, or the code of the error.
    pub fn makes_token(&self, name: &str, admin: &str) -> Result<String, String> {
        let create =
            "mutation($i: CreateApiTokenInput!) { createApiToken(input: $i) { token userErrors { code } } }";
        let input = json!({ "i": { "name": name, "roles": ["PARTNER"] } });
        let answer = self.answer(create, &input, Some(admin));
        match answer["data"]["createApiToken"]["token"].as_str() {
            Some(token) => Ok(token.to_owned()),
            None => Err(answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned()),
        }
    }

    /// Whether a token authenticates a viewer.
    pub fn knows(&self, token: &str) -> bool {
        self.asks("{ viewer { name } }", &json!({}), Some(token)).0 == 200
    }

    /// Waits until `/readyz` has a status; says how long that took.
    pub fn until_ready_is(&self, status: u16) -> Duration {
        let began = Instant::now();
        loop {
            let (seen, body) = self.get("/readyz");
            if seen == status {
                return began.elapsed();
            }
            assert!(began.elapsed() < PATIENCE, "/readyz stays {seen} {body}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().expect("a child");
        self.child.wait().expect("a child");
    }

    /// Ends it as an operator does, and waits.
    pub fn stop(mut self) -> String {
        signal(self.pid(), "TERM");
        let began = Instant::now();
        while self.child.try_wait().expect("a child").is_none() {
            assert!(began.elapsed() < PATIENCE, "it does not stop\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
        self.log()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            self.child.wait().expect("a child");
        }
    }
}

/// Sends a signal to a process.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(sent.expect("kill is there").success());
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_idle_connections(0)
        .build()
        .into()
}

/// Whether these tests may mount: a small disk is the real thing, which other accounts cannot have.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id is there");
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

/// A database with the demo in it, and a folder for the rest.
pub async fn demo() -> (TestDatabase, tempfile::TempDir) {
    let database = TestDatabase::with_demo().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    (database, folder)
}

/// A resource of the demo with a private number, and that number.
pub fn private(server: &Program, admin: &str) -> (String, String) {
    let query = "{ gatheringPlaces(first: 50) { nodes { id contacts { tel } } } }";
    let found = server.answer(query, &json!({}), Some(admin));
    let places = found["data"]["gatheringPlaces"]["nodes"].as_array().expect("places").clone();
    let number = |place: &Value| {
        let contacts = place["contacts"].as_array()?;
        let tel = contacts
            .iter()
            .filter_map(|contact| contact["tel"].as_str())
            .find(|tel| tel.starts_with("090"))?;
        Some((place["id"].as_str()?.to_owned(), tel.to_owned()))
    };
    places.iter().find_map(number).expect("a private number in the demo")
}
