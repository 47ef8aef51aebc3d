//! Sorting with one program for all types. The standard library's sorts are built again for every type and every key, three to
//! six kilobytes each: they were a fifth of the engine's code, which a first visit waits for. Where the order is that of plain
//! numbers they are as small, and where a hundred thousand items are compared they are faster: there they are used.

use std::cmp::Ordering;

/// Sorts a list; equals keep their order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = ordered(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    arrange(list, order);
}

/// Sorts a list by a key, which is worked out for every comparison; equals keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts a long list by a day or another small number; equals keep their order.
pub fn sort_by_number<T>(list: &mut [T], number: impl Fn(&T) -> i32) {
    // The position below the number: all differ, and equal numbers stay as they are.
    let mut order: Vec<i64> =
        (0_u32..).zip(&*list).map(|(at, item)| (i64::from(number(item)) << 32) | i64::from(at)).collect();
    order.sort_unstable();
    arrange(list, order.into_iter().map(|place| (place & 0xFFFF_FFFF) as usize).collect());
}

/// The positions of a list in its order.
fn ordered(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

/// Puts at each place the item whose position stands there.
fn arrange<T>(list: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            list.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_library(list in prop::collection::vec((-4..4_i32, any::<u8>()), 0..60)) {
            let mut expected = list.clone();
            expected.sort_by_key(|&(number, _)| number);
            let (mut by_key, mut by_number) = (list.clone(), list.clone());
            sort_by_key(&mut by_key, |&(number, _)| number);
            prop_assert_eq!(&by_key, &expected);
            sort_by_number(&mut by_number, |&(number, _)| number);
            prop_assert_eq!(&by_number, &expected);
            let mut falling = list.clone();
            expected = list;
            expected.sort_by(|a, b| b.cmp(a));
            sort_by(&mut falling, |a, b| b.cmp(a));
            prop_assert_eq!(falling, expected);
        }
    }

    #[test]
    fn the_ends_of_the_numbers_are_in_order() {
        let mut list = [0, i32::MAX, -1, i32::MIN, 1];
        sort_by_number(&mut list, |&number| number);
        assert_eq!(list, [i32::MIN, -1, 0, 1, i32::MAX]);
    }
}
