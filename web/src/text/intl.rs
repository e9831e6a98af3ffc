//! Numbers and dates by the browser's tables.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Intl::NumberFormat, Object, Reflect};
use wasm_bindgen::JsValue;

use super::format::Style;

/// The functions that write, made once for each locale: making one costs a hundred times what writing does.
struct Tables {
    plain: Function,
    tenths: Function,
    dollars: Function,
    day: Function,
    moment: Function,
}

thread_local! {
    static TABLES: RefCell<Option<Tables>> = const { RefCell::new(None) };
}

/// Options for `Intl`, by name.
fn options(named: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in named {
        // Never fails on a plain object.
        drop(Reflect::set(&options, &JsValue::from_str(name), value));
    }
    options
}

impl Tables {
    fn of(locale: &str) -> Self {
        let locales = Array::of1(&locale.into());
        let number = |named: &[(&str, JsValue)]| NumberFormat::new(&locales, &options(named)).format();
        let date = |named: &[(&str, JsValue)]| DateTimeFormat::new(&locales, &options(named)).format();
        let (least, most) = ("minimumFractionDigits", "maximumFractionDigits");
        Self {
            plain: number(&[]),
            tenths: number(&[(least, 1.into()), (most, 1.into())]),
            dollars: number(&[
                ("style", "currency".into()),
                ("currency", "USD".into()),
                (least, 2.into()),
                (most, 6.into()),
            ]),
            // A day without an hour is one of Greenwich for JavaScript.
            day: date(&[("dateStyle", "medium".into()), ("timeZone", "UTC".into())]),
            moment: date(&[("dateStyle", "medium".into()), ("timeStyle", "short".into())]),
        }
    }
}

pub(super) fn follow(locale: &str) {
    TABLES.set(Some(Tables::of(locale)));
}

fn write(table: fn(&Tables) -> &Function, value: &JsValue) -> Option<String> {
    TABLES.with_borrow_mut(|tables| {
        let tables = tables.get_or_insert_with(|| Tables::of("en"));
        table(tables).call1(&JsValue::UNDEFINED, value).ok()?.as_string()
    })
}

pub(super) fn number(value: f64, style: Style) -> String {
    let table: fn(&Tables) -> &Function = match style {
        Style::Plain => |tables| &tables.plain,
        Style::Tenths => |tables| &tables.tenths,
        Style::Dollars => |tables| &tables.dollars,
    };
    // Writing a number never throws.
    write(table, &value.into()).unwrap_or_default()
}

pub(super) fn day(iso: &str) -> String {
    let date = Date::new(&iso.into());
    // What is no date throws, and stays as it is.
    write(|tables| &tables.day, &date).unwrap_or_else(|| iso.to_owned())
}

pub(super) fn moment(unix_ms: u64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "checked to be a date that JavaScript knows"
    )]
    let unix_ms = unix_ms as f64;
    write(|tables| &tables.moment, &unix_ms.into()).unwrap_or_default()
}
