//! Core's watcher beside fixed intervals, in one simulation; what it prints is a list of reports for `cargo xtask bench`
//! (`crates/xtask/src/bench/report.rs` says what is in one).
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "simulated times are far below 2^52 milliseconds, and positive"
)]
#![expect(clippy::print_stdout, reason = "that is what it is for")]

mod plan;
mod poller;
mod world;

use plan::{Words, World};
use poller::{Fixed, Ours};
use serde_json::{Value, json};
use world::Log;

/// Tasks in the tab.
const TASKS: usize = 1_000;
/// Each world is simulated so often, with other draws.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;
/// The fixed intervals, in seconds: what other clients do, and a patient one.
const INTERVALS_SECS: [u64; 3] = [2, 3, 20];
/// More than anybody asks for: no limit.
const NO_LIMIT: u32 = 60_000;
/// By how much times differ: the slowest tenth takes half as long again as most.
const SPREAD: f64 = 0.35;

/// One comparison.
struct Case {
    name: &'static str,
    world: World,
    /// Reads a minute that all may make, ours and theirs.
    most: u32,
    /// Whether ours must be better than every two and every three seconds.
    is_held: bool,
}

fn cases() -> [Case; 7] {
    let world = World {
        pace: 1.0,
        spread: SPREAD,
        words: Words::Nothing,
        known: 20,
    };
    let case = |name, world, is_held| Case {
        name,
        world,
        most: NO_LIMIT,
        is_held,
    };
    let told = |step| World {
        words: Words::Percent(step),
        known: 0,
        ..world
    };
    let unknown = World { known: 0, ..world };
    let thrice = |world| World { pace: 3.0, ..world };
    [
        case("the provider says how far it is", told(1.0), true),
        case("it says so in steps of ten percent", told(10.0), true),
        case(
            "it says nothing, and the user has 20 takes of each kind",
            world,
            true,
        ),
        case("the same, three times as slow", thrice(world), false),
        case("it says nothing, and nothing is known yet", unknown, false),
        case(
            "the same, three times as slow as the prior says",
            thrice(unknown),
            false,
        ),
        Case {
            most: 600,
            ..case(
                "the provider says nothing, takes are known, and all may read 600 times a minute",
                world,
                false,
            )
        },
    ]
}

/// What all the simulations of one poller saw.
struct Seen {
    name: String,
    logs: Vec<Log>,
    late_ms: Vec<u64>,
}

impl Seen {
    fn new(name: String, logs: Vec<Log>) -> Self {
        let mut late_ms: Vec<u64> = logs.iter().flat_map(|log| log.late_ms.iter().copied()).collect();
        late_ms.sort_unstable();
        Self { name, logs, late_ms }
    }

    fn mean(&self, figure: impl Fn(&Log) -> f64) -> f64 {
        self.logs.iter().map(figure).sum::<f64>() / self.logs.len() as f64
    }

    fn reads_per_minute(&self) -> f64 {
        self.mean(Log::reads_per_minute)
    }

    /// The delay that so large a share (0 to 1) of the tasks stayed within, in seconds.
    fn late_secs(&self, share: f64) -> f64 {
        let at = (self.late_ms.len().saturating_sub(1) as f64 * share).round() as usize;
        self.late_ms.get(at).map_or(0.0, |ms| *ms as f64 / 1000.0)
    }

    fn line(&self) -> Value {
        let busiest = self
            .logs
            .iter()
            .map(Log::busiest_minute)
            .max()
            .unwrap_or_default();
        let reads = self.mean(|log| log.reads.len() as f64 / log.late_ms.len() as f64);
        let secs = |share| format!("{:.2} s", self.late_secs(share));
        json!([
            self.name,
            format!("{:.0}", self.reads_per_minute()),
            busiest.to_string(),
            format!("{reads:.1}"),
            secs(0.5),
            secs(0.9),
            secs(1.0),
        ])
    }
}

fn main() {
    let reports: Vec<Value> = cases().iter().map(compare).collect();
    println!("{}", Value::Array(reports));
}

/// All pollers in one world.
fn compare(case: &Case) -> Value {
    let mut all = vec![Seen::new("ours".to_owned(), run(case, None))];
    for secs in INTERVALS_SECS {
        all.push(Seen::new(format!("every {secs} s"), run(case, Some(secs))));
    }
    let (ours, theirs) = all.split_at(1);
    let rows: Vec<Value> = theirs
        .iter()
        .zip(INTERVALS_SECS)
        .flat_map(|(peer, secs)| rows(case, &ours[0], peer, secs))
        .collect();
    let head = [
        "",
        "reads a minute",
        "busiest minute",
        "reads a task",
        "median delay",
        "nine of ten within",
        "worst delay",
    ];
    let lines: Vec<Value> = all.iter().map(Seen::line).collect();
    json!({
        "title": format!("Watching {TASKS} tasks, simulated: {}", case.name),
        "tables": [{ "head": head, "lines": lines }],
        "rows": rows,
    })
}

fn run(case: &Case, every_secs: Option<u64>) -> Vec<Log> {
    let one = |seed| {
        let plans = case.world.plans(TASKS, seed);
        if let Some(secs) = every_secs {
            return world::simulate(&plans, case.world.words, &mut Fixed::new(secs * 1000, case.most));
        }
        let history = case.world.history(seed);
        let expected = plans.iter().map(|plan| history.expect(plan.kind)).collect();
        world::simulate(&plans, case.world.words, &mut Ours::new(case.most, expected))
    };
    SEEDS.map(one).collect()
}

/// What ours is of a peer's.
fn rows(case: &Case, ours: &Seen, peer: &Seen, secs: u64) -> Vec<Value> {
    let is_held = case.is_held && secs < 20;
    let row = |what: &str, unit: &str, figure: &dyn Fn(&Seen) -> f64, budget: Option<&str>| {
        let value = figure(peer);
        let mut row = json!({
            "name": format!("{}: {what}", peer.name),
            "value": rounded(value),
            "unit": unit,
            "ratio": rounded(figure(ours) / value),
        });
        if let Some(budget) = budget.filter(|_| is_held) {
            row["budget"] = json!(format!("watcher.{budget}"));
        }
        row
    };
    vec![
        row(
            "reads a minute",
            "",
            &Seen::reads_per_minute,
            Some("reads_to_fixed"),
        ),
        row(
            "median delay",
            "s",
            &|seen| seen.late_secs(0.5),
            Some("delay_to_fixed"),
        ),
        row("worst delay", "s", &|seen| seen.late_secs(1.0), None),
    ]
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
