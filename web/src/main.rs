//! Starts the page: everything else is in the library beside it, so that its plain parts are tested natively.

fn main() {
    rushes_web::start();
}
