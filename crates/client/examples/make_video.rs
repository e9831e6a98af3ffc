//! Makes one video and says where it is.
//!
//! Against a local server: `cargo run -p rushes-client --features native --example make_video -- http://127.0.0.1:7400
//! "A fox leaps a mossy log"`. The key, where one is needed, is taken from `NOVITA_API_KEY`.
#![expect(clippy::print_stdout, reason = "a program for people")]

use std::error::Error;

use rushes_client::{BaseUrl, Client, Config, Native, News, Secret, WaitOptions, Waited};
use rushes_core::exchange::Created;
use rushes_core::watch::Expectation;
use rushes_core::{Draft, Endpoint, check};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let base_url = BaseUrl::new(&arguments.next().ok_or("give a base URL and a prompt")?)?;
    let key = std::env::var("NOVITA_API_KEY")
        .ok()
        .map(|key| Secret::new(&key))
        .transpose()?;
    let client = Client::new(
        Native::new()?,
        Config {
            base_url,
            key,
            ..Config::default()
        },
    );

    let mut draft = Draft::new(Endpoint::TextToVideo);
    draft.prompt = arguments.next();
    let request = match check(draft.endpoint, draft.into()) {
        Ok(checked) => checked.request,
        Err(report) => {
            for issue in report.issues {
                println!("{}: {}", issue.path, issue.message);
            }
            return Err("nothing was sent".into());
        }
    };

    let task = match client.create(&request).await {
        Created::Accepted(task) => task,
        Created::Refused(failure) | Created::Unsure(failure) => return Err(failure.into()),
    };
    println!("task {task}");
    let expected = Expectation::prior(request.duration_secs());
    let waited = client
        .wait(
            &task,
            WaitOptions {
                expected,
                ..WaitOptions::default()
            },
            |news| match news {
                News::State { state, .. } => {
                    println!(
                        "{} {:.0} %",
                        state.status.as_str(),
                        state.progress_percent.unwrap_or(0.0)
                    );
                }
                News::Missed { failure, .. } => println!("{failure}"),
            },
        )
        .await;
    let Waited::Ended(state) = waited else {
        return Err("still going".into());
    };
    if let Some(failure) = state.failure() {
        return Err(failure.into());
    }
    state.videos.iter().for_each(|video| println!("{}", video.url));
    Ok(())
}
