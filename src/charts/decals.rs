//! Patterns over filled marks, so that series are told apart without their colours (`decal=1` in the address).

use std::f64::consts::FRAC_PI_2;
use std::f64::consts::FRAC_PI_4;

use charming::component::{Decal, DecalItem};
use charming::datatype::CompositeValue;
use charming::element::Symbol;

use super::Palette;

/// One pattern for each colour of the palette, in the order of the series; the swatches of the legend show the same
/// (`style/components.css`). They are drawn in the colour of the card, which every series colour stands out from.
pub(super) fn decals(palette: &Palette) -> Decal {
    let lines = |rotation: f64, gap: f64| pattern(palette, Symbol::Rect, [1.0, 0.0], [1.5, gap]).rotation(rotation);
    Decal::new().show(true).decals(vec![
        lines(-FRAC_PI_4, 4.0),
        pattern(palette, Symbol::Circle, [4.0, 3.0], [4.0, 3.0]).symbol_size(0.8),
        lines(0.0, 4.0),
        lines(FRAC_PI_2, 4.0),
        lines(FRAC_PI_4, 7.0),
        pattern(palette, Symbol::Rect, [4.0, 4.0], [4.0, 4.0]),
    ])
}

/// Lengths drawn and left out in turn, in CSS pixels.
fn pattern(palette: &Palette, symbol: Symbol, across: [f64; 2], down: [f64; 2]) -> DecalItem {
    let lengths = |of: [f64; 2]| CompositeValue::Array(of.map(Into::into).to_vec());
    DecalItem::new()
        .symbol(symbol)
        .color(palette.background.as_str())
        .dash_array_x(lengths(across))
        .dash_array_y(lengths(down))
}
