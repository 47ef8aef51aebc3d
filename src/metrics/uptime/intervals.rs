//! Stretches of time: joined, cut and added up.

/// From a moment to before another, UTC milliseconds.
pub(super) type Stretch = (i64, i64);

/// A stretch of which a share (0 to 1) was down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Down {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) share: f64,
}

/// Joins stretches that overlap or touch; the answer rises and has no overlap.
pub(super) fn union(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::new();
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The parts of the first, which rises without overlap, that the second, which does too, does not cover.
pub(super) fn without(pieces: &[Down], covered: &[Stretch]) -> Vec<Down> {
    let mut rest = Vec::new();
    let mut next = 0;
    for piece in pieces {
        while covered.get(next).is_some_and(|&(_, to)| to <= piece.from) {
            next += 1;
        }
        let mut from = piece.from;
        for &(begin, end) in covered[next..].iter().take_while(|&&(begin, _)| begin < piece.to) {
            if from < begin {
                rest.push(Down { from, to: begin, ..*piece });
            }
            from = from.max(end);
        }
        if from < piece.to {
            rest.push(Down { from, ..*piece });
        }
    }
    rest
}

/// Milliseconds in all.
pub(super) fn length(stretches: &[Stretch]) -> i64 {
    stretches.iter().map(|&(from, to)| to - from).sum()
}

/// For each step between two neighbours of the rising `edges`, how many milliseconds of the stretches lie in it. The stretches
/// rise and do not overlap.
pub(super) fn by_step(stretches: impl Iterator<Item = Down>, edges: &[i64]) -> Vec<f64> {
    let mut sums = vec![0.0; edges.len().saturating_sub(1)];
    for Down { from, to, share } in stretches {
        let mut step = step_of(from, edges);
        while let (Some(&[begin, end]), Some(sum)) =
            (edges.get(step..).and_then(|rest| rest.first_chunk()), sums.get_mut(step))
        {
            if begin >= to {
                break;
            }
            *sum += share * (to.min(end) - from.max(begin)).max(0) as f64;
            step += 1;
        }
    }
    sums
}

/// Position of the step that holds a moment; the first for those before it.
pub(super) fn step_of(moment: i64, edges: &[i64]) -> usize {
    edges.partition_point(|&edge| edge <= moment).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn whole((from, to): Stretch) -> Down {
        Down { from, to, share: 1.0 }
    }

    #[test]
    fn overlaps_count_once_whatever_the_order() {
        assert_eq!(union(vec![(30, 40), (10, 20), (15, 25), (25, 28)]), [(10, 28), (30, 40)]);
        assert_eq!(length(&union(vec![(10, 20), (12, 13)])), 10);
    }

    #[test]
    fn what_is_covered_is_cut_out() {
        let rest = without(&[whole((0, 10)), whole((20, 30))], &[(2, 4), (8, 22), (40, 50)]);
        assert_eq!(rest, [whole((0, 2)), whole((4, 8)), whole((22, 30))]);
    }

    #[test]
    fn steps_share_a_stretch() {
        let edges = [0, 10, 20, 30];
        assert_eq!(by_step([whole((5, 25))].into_iter(), &edges), [5.0, 10.0, 5.0]);
        assert_eq!(by_step([Down { from: 0, to: 20, share: 0.5 }].into_iter(), &edges), [5.0, 5.0, 0.0]);
        assert_eq!(by_step([whole((-5, 5)), whole((29, 60))].into_iter(), &edges), [5.0, 0.0, 1.0]);
    }
}
