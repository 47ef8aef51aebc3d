//! Chances, shares and grades as people write them: `40 %`, `0.4`, `2` of 5, `low`. Which of them a column holds is decided
//! for the whole column.

/// What the bare numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) enum Scale {
    /// 0 to 1; a share may be more.
    Fraction,
    /// 0 to 100.
    Percent,
    /// Grades from 1 to 5.
    Grades,
}

/// Words for grades, lower case; position + 1 = the grade.
const GRADES: [&[&str]; 5] = [
    &["very low", "rare", "negligible", "insignificant"],
    &["low", "unlikely", "minor"],
    &["medium", "moderate", "possible"],
    &["high", "likely", "major"],
    &["very high", "almost certain", "critical", "severe", "catastrophic"],
];

fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn grade_of_word(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    (1_u8..).zip(GRADES).find_map(|(grade, words)| words.contains(&text.as_str()).then_some(f64::from(grade)))
}

impl Scale {
    /// The scale of a column of chances or grades. Whole numbers up to 5 are grades, larger ones percent; numbers up to 1
    /// of which one is not whole, or is 0, are fractions.
    pub(in crate::importers) fn of_grades<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut largest, mut below_one) = (0.0_f64, false);
        for text in texts {
            let Some(number) = number(text) else { continue };
            if text.contains('%') {
                return Self::Percent;
            }
            largest = largest.max(number);
            below_one |= number < 1.0;
        }
        if largest > 5.0 {
            Self::Percent
        } else if below_one && largest <= 1.0 {
            Self::Fraction
        } else {
            Self::Grades
        }
    }

    /// The scale of a column of shares of a working day, where 1.2 is more than a whole one.
    pub(in crate::importers) fn of_shares<'a>(mut texts: impl Iterator<Item = &'a str>) -> Self {
        let is_percent = texts.any(|text| text.contains('%') || number(text).is_some_and(|number| number > 2.0));
        if is_percent { Self::Percent } else { Self::Fraction }
    }

    /// A cell as a chance or share: 1 = 100 %. Grades are the middles of five equal bands: 10, 30, 50, 70, 90 %.
    /// `None` when it is no number of this scale.
    pub(in crate::importers) fn fraction(self, text: &str) -> Option<f64> {
        let grade = |grade: f64| (1.0..=5.0).contains(&grade).then(|| (grade * 2.0 - 1.0) / 10.0);
        match (grade_of_word(text), number(text)) {
            (Some(word), _) => grade(word),
            (None, None) => None,
            (None, Some(number)) if number < 0.0 => None,
            (None, Some(number)) if self == Self::Percent || text.contains('%') => Some(number / 100.0),
            (None, Some(number)) if self == Self::Grades => grade(number),
            (None, Some(number)) => Some(number),
        }
    }

    /// A cell as a grade from 1 to 5. Percent and fractions are spread over the grades evenly: 20 % = 1, 100 % = 5.
    pub(in crate::importers) fn grade(self, text: &str) -> Option<f64> {
        if let Some(word) = grade_of_word(text) {
            return Some(word);
        }
        let number = number(text)?;
        let grade = if self == Self::Percent || text.contains('%') {
            number / 20.0
        } else if self == Self::Fraction {
            number * 5.0
        } else {
            number
        };
        (0.0..=5.0).contains(&grade).then(|| grade.max(1.0))
    }

    /// In words, for the import result.
    pub(in crate::importers) const fn words(self) -> &'static str {
        match self {
            Self::Fraction => "as fractions: 1 = 100 %",
            Self::Percent => "as percent",
            Self::Grades => "as grades from 1 to 5",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_decides_what_a_bare_number_is() {
        for (texts, scale) in [
            (&["1", "3", "5"][..], Scale::Grades),
            (&["1"], Scale::Grades),
            (&["0.1", "1"], Scale::Fraction),
            (&["5", "40"], Scale::Percent),
            (&["5 %", "1"], Scale::Percent),
            (&["low", "high"], Scale::Grades),
        ] {
            assert_eq!(Scale::of_grades(texts.iter().copied()), scale, "{texts:?}");
        }
        assert_eq!(Scale::of_shares(["0.5", "1.2"].into_iter()), Scale::Fraction);
        assert_eq!(Scale::of_shares(["50", "1"].into_iter()), Scale::Percent);
    }

    #[test]
    fn cells_are_read_on_the_scale_of_their_column() {
        assert_eq!(Scale::Grades.fraction("1"), Some(0.1));
        assert_eq!(Scale::Grades.fraction("5"), Some(0.9));
        assert_eq!(Scale::Grades.fraction("6"), None);
        assert_eq!(Scale::Percent.fraction("1"), Some(0.01));
        assert_eq!(Scale::Fraction.fraction("0,25"), Some(0.25));
        assert_eq!(Scale::Fraction.fraction("80 %"), Some(0.8));
        assert_eq!(Scale::Grades.fraction("High"), Some(0.7));
        assert_eq!(Scale::Grades.fraction("-1"), None);
        assert_eq!((Scale::Percent.grade("100"), Scale::Percent.grade("40 %")), (Some(5.0), Some(2.0)));
        assert_eq!(
            (Scale::Grades.grade("4"), Scale::Grades.grade("9"), Scale::Grades.grade("x")),
            (Some(4.0), None, None)
        );
    }
}
