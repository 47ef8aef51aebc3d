//! What kind of number a measure is, by its name.

/// The kind of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Percent.
    Share,
    /// Minutes of work.
    Effort,
    /// Anything else.
    Count,
}

impl Kind {
    /// The kind of a measure.
    pub(super) fn of(measure: &str) -> Self {
        let name = measure.to_lowercase();
        let name = name.trim();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if name.contains('%') || ends(&["coverage", "_density", "_ratio", " ratio", "_percent", " percent"]) {
            Self::Share
        } else if ends(&["sqale_index", "_effort", "technical_debt", "effort_to_reach_maintainability_rating_a"]) {
            Self::Effort
        } else {
            Self::Count
        }
    }

    /// Its unit in the plural.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::Share => "%",
            Self::Effort => "hours",
            Self::Count => "as counted",
        }
    }

    /// A value of the file in this unit.
    pub(super) const fn value(self, value: f64) -> f64 {
        match self {
            Self::Effort => value / 60.0,
            Self::Share | Self::Count => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_told_by_their_names() {
        for name in ["coverage", "new_coverage", "sqale_debt_ratio", "duplicated_lines_density", "Debt ratio", "Done %"]
        {
            assert_eq!(Kind::of(name), Kind::Share, "{name}");
        }
        for name in ["sqale_index", "reliability_remediation_effort", "new_technical_debt"] {
            assert_eq!(Kind::of(name), Kind::Effort, "{name}");
        }
        for name in ["ncloc", "code_smells", "sqale_rating", "lines_to_cover", ""] {
            assert_eq!(Kind::of(name), Kind::Count, "{name}");
        }
        assert!((Kind::Effort.value(90.0) - 1.5).abs() < 1e-9);
    }
}
