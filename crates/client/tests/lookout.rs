//! Many tasks under one lookout, in simulated time.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Duration;

use rushes_client::{Lookout, News, Transport};
use rushes_core::exchange::Read;
use rushes_core::watch::{Expectation, Outlook};
use support::{Scripted, answer, id, state};

#[tokio::test(start_paused = true)]
async fn a_lookout_watches_many_and_takes_on_and_lets_go_while_it_runs() {
    let transport = Scripted::new(
        vec![answer(200, r#"{"task":{"status":"TASK_STATUS_PROCESSING"}}"#)],
        5_000,
    );
    let lookout = Lookout::new(transport.client());
    let seen = Mutex::new(Vec::new());
    let running = lookout.run(|news| {
        let News::State { id, outlook, .. } = news else {
            panic!("{news:?}")
        };
        assert!(matches!(outlook, Outlook::Watching { slow: false, .. }));
        seen.lock().expect("lock").push(id);
        ControlFlow::Continue(())
    });
    let other = lookout.clone();
    let steering = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        for task in ["a", "b", "c"] {
            other.watch(id(task), 3_600_000, Expectation::default());
        }
        // All three are read at once: each answer takes five seconds, none waits for another.
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(*seen.lock().expect("lock"), [id("a"), id("b"), id("c")]);
        other.forget(&id("b"));
        other.set_online(false);
        let looks = transport.gets();
        tokio::time::sleep(Duration::from_mins(5)).await;
        assert_eq!(transport.gets(), looks, "offline");
        other.set_online(true);
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(seen.lock().expect("lock")[3..], [id("a"), id("c")]);
        assert_eq!((other.len(), other.outlook(&id("b"))), (2, Outlook::Unwatched));
        other.look_now(&id("c"));
        tokio::time::sleep(Duration::from_millis(5_500)).await;
        assert_eq!(seen.lock().expect("lock")[5..], [id("c")]);
    };
    tokio::select! {
        () = running => panic!("nothing broke it off"),
        () = steering => {}
    }
}

#[tokio::test(start_paused = true)]
async fn reads_under_way_when_a_run_ends_are_made_again_by_the_next() {
    let transport = Scripted::new(vec![state("PROCESSING"), state("SUCCEED")], 5_000);
    let lookout = Lookout::new(transport.client());
    lookout.watch(id("t-1"), 3_600_000, Expectation::default());
    tokio::select! {
        () = lookout.run(|news| panic!("{news:?}")) => panic!("nothing broke it off"),
        () = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
    assert_eq!(transport.gets(), 1, "one was under way");
    lookout.run(|_| ControlFlow::Break(())).await;
    assert_eq!(transport.gets(), 2);
    assert!(
        (6_000..6_010).contains(&transport.now_ms()),
        "at once, not after two minutes"
    );

    // Broken off by the news of one, the look at the other is given back as well.
    lookout.watch(id("t-2"), 3_600_000, Expectation::default());
    lookout.look_now(&id("t-1"));
    lookout.run(|_| ControlFlow::Break(())).await;
    assert_eq!(transport.gets(), 4);
    let before_ms = transport.now_ms();
    lookout.run(|_| ControlFlow::Break(())).await;
    assert!(
        transport.now_ms() - before_ms < 6_000,
        "{}",
        transport.now_ms() - before_ms
    );
}

#[tokio::test(start_paused = true)]
async fn a_look_asked_for_is_made_once_within_the_budget() {
    const ALL: u32 = 60;
    let transport = Scripted::new(
        vec![answer(200, r#"{"task":{"status":"TASK_STATUS_PROCESSING"}}"#)],
        10,
    );
    let lookout = Lookout::new(transport.client());
    let news = Mutex::new(Vec::new());
    for number in 0..200 {
        lookout.watch(id(&format!("w-{number}")), 3_600_000, Expectation::default());
    }
    let running = lookout.run(|told| {
        let (News::State { id, .. } | News::Missed { id, .. }) = told;
        news.lock().expect("lock").push(id);
        ControlFlow::Continue(())
    });
    let (other, asked) = (lookout.clone(), id("asked"));
    let asking = async {
        // The budget is used up by the others: the look takes its turn behind those that wait already.
        tokio::time::sleep(Duration::from_secs(30)).await;
        let both = futures_util::future::join(other.look_once(&asked), other.look_once(&asked)).await;
        assert!(
            matches!(both, (Some(Read::State(_)), Some(Read::State(_)))),
            "{both:?}"
        );
        let minutes = u32::try_from(transport.now_ms() / 60_000).expect("minutes") + 1;
        let reads = u32::try_from(transport.gets()).expect("reads");
        assert!(reads <= minutes * ALL, "{reads} in {minutes} minutes");
        tokio::time::sleep(Duration::from_mins(20)).await;
    };
    tokio::select! {
        () = running => panic!("nothing broke it off"),
        () = asking => {}
    }
    let looks = transport.0.sent.lock().expect("lock");
    assert_eq!(
        looks.iter().filter(|sent| sent.contains("task_id=asked")).count(),
        1
    );
    assert!(!news.lock().expect("lock").contains(&asked));
    assert_eq!(
        (lookout.len(), lookout.outlook(&asked)),
        (200, Outlook::Unwatched)
    );
}

#[tokio::test(start_paused = true)]
async fn a_look_asked_for_ends_with_the_run_and_with_the_wish() {
    let transport = Scripted::new(vec![state("PROCESSING")], 5_000);
    let lookout = Lookout::new(transport.client());
    let other = lookout.clone();
    let run_a_while = async {
        let over = tokio::time::timeout(Duration::from_secs(1), lookout.run(|news| panic!("{news:?}"))).await;
        assert!(over.is_err(), "nothing broke it off");
    };
    let task = id("t-1");
    let (told, ()) = futures_util::future::join(other.look_once(&task), run_a_while).await;
    assert_eq!(told, None, "nobody looks any more");
    assert!(lookout.is_empty());

    let wish = tokio::time::timeout(Duration::from_secs(1), other.look_once(&task)).await;
    assert!(wish.is_err(), "nothing runs");
    assert!(lookout.is_empty(), "taken back");

    // Watched meanwhile, it stays watched.
    let (asking, watching) = (other.look_once(&task), async {
        lookout.watch(task.clone(), 0, Expectation::default());
        lookout.run(|_| ControlFlow::Break(())).await;
    });
    let (told, ()) = futures_util::future::join(asking, watching).await;
    assert!(matches!(told, Some(Read::State(_))), "{told:?}");
    assert_eq!(lookout.len(), 1);
}
