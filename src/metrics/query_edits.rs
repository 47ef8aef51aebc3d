//! Changes to the filters of a question, value by value, as chips are added, turned and taken away.

use super::{Filter, FilterField, Query};

impl Query {
    /// Adds a value: only items with it (an alternative to the field's other values), or none of them. A value is never asked
    /// for and left out at once: the later choice holds.
    pub fn add_value(&mut self, field: FilterField, exclude: bool, contains: bool, value: &str) {
        self.remove_value(field, !exclude, contains, value);
        let same =
            |filter: &&mut Filter| filter.field == field && filter.exclude == exclude && filter.contains == contains;
        match self.filters.iter_mut().find(same) {
            Some(filter) if filter.values.iter().any(|known| known == value) => {}
            Some(filter) => filter.values.push(value.to_owned()),
            None => self.filters.push(Filter { field, exclude, contains, values: vec![value.to_owned()] }),
        }
    }

    /// Takes a value away; a filter without values goes with it.
    pub fn remove_value(&mut self, field: FilterField, exclude: bool, contains: bool, value: &str) {
        let same =
            |filter: &&mut Filter| filter.field == field && filter.exclude == exclude && filter.contains == contains;
        for filter in self.filters.iter_mut().filter(same) {
            filter.values.retain(|known| known != value);
        }
        self.filters.retain(|filter| !filter.values.is_empty());
    }

    /// Turns "only these" into "not these", and back.
    pub fn turn_value(&mut self, field: FilterField, exclude: bool, contains: bool, value: &str) {
        self.remove_value(field, exclude, contains, value);
        self.add_value(field, !exclude, contains, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CategoryField;

    const TYPE: FilterField = FilterField::Category(CategoryField::Type);

    fn links(query: &Query) -> Vec<String> {
        query.pairs().into_iter().map(|(key, value)| format!("{key}={value}")).collect()
    }

    #[test]
    fn values_are_added_turned_and_taken_away() {
        let mut query = Query::default();
        query.add_value(TYPE, false, false, "Bug");
        query.add_value(TYPE, false, false, "Story");
        query.add_value(TYPE, false, false, "Bug");
        assert_eq!(links(&query), ["f.type=Bug", "f.type=Story"]);
        query.turn_value(TYPE, false, false, "Bug");
        assert_eq!(links(&query), ["f.type=Story", "f.type=!Bug"]);
        query.add_value(TYPE, true, false, "Story");
        assert_eq!(links(&query), ["f.type=!Bug", "f.type=!Story"], "the later choice holds");
        query.turn_value(TYPE, true, false, "Story");
        query.remove_value(TYPE, true, false, "Bug");
        query.remove_value(TYPE, false, false, "Story");
        assert_eq!(query, Query::default());
    }
}
