//! `cargo xtask npm` and `cargo xtask page`: the two things that are built to be given away.

use crate::args::Args;
use crate::build;
use crate::fail::Result;
use crate::page::{self, Effort};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::ui::{self, Steps};

pub(crate) const NPM_HELP: &str = "\
cargo xtask npm

Builds the npm package: target/npm/package/ and target/npm/rushes-<version>.tgz.";

pub(crate) const PAGE_HELP: &str = "\
cargo xtask page [--dev]

Builds the page into dist/, with .br and .gz beside every file that gets smaller.
Does nothing when no source of the page changed.

  --dev  unoptimised: large, but built in a fraction of the time";

/// Builds and packs the npm package.
pub(crate) fn npm(project: &Project, args: Args) -> Result<()> {
    args.end()?;
    setup::ensure(project, &Need::NPM)?;
    let tarball = Steps::new(1).run("Building the npm package", |progress| {
        build::npm(project, progress)
    })?;
    ui::line(format!(
        "{}\n{}",
        project.npm_package().display(),
        tarball.display()
    ));
    Ok(())
}

/// Builds the page.
pub(crate) fn page(project: &Project, mut args: Args) -> Result<()> {
    let (effort, title) = if args.flag(&["--dev"]) {
        (Effort::Dev, "Building the page (unoptimised)")
    } else {
        (Effort::Release, "Building the page (release)")
    };
    args.end()?;
    setup::ensure(project, &Need::PAGE)?;
    Steps::new(1).run(title, |progress| page::build(project, effort, progress))?;
    ui::line(project.page_dir().display().to_string());
    Ok(())
}
