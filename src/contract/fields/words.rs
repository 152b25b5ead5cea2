//! The words that lead to values.

use std::ops::Range;

use crate::contract::Level;
use crate::guide::Guide;
use crate::profile::{Places, Profile};

/// The longest step that leads somewhere, in bytes; a longer text only mentions the place.
const LONGEST_STEP: usize = 160;

/// Where a guide has the words that lead to values, looked up once for all of its blocks.
pub(super) struct Words {
    /// What announces values asked for at installation.
    account_announcements: Places,
    announcements: Places,
    /// What a step says before the names of what it asks for.
    pub(super) asks: Places,
    /// What names places of the platform ...
    reach: Places,
    /// ... and of its earlier console.
    legacy: Places,
    /// What saves the values.
    pub(super) save: Places,
    /// What announces a callback URL.
    callback: Places,
    /// What says that only some of the announced values are needed.
    pub(super) alternatives: Places,
}

impl Words {
    pub(super) fn of(guide: &Guide, profile: &Profile) -> Self {
        let text = guide.text.searchable();
        Self {
            account_announcements: profile.values.account_announcements.places_in(&text),
            announcements: profile.values.announcements.places_in(&text),
            asks: profile.values.steps.places_in(&text),
            reach: profile.steps.reach.places_in(&text),
            legacy: profile.steps.legacy.places_in(&text),
            save: profile.steps.saving().places_in(&text),
            callback: profile.callback.announcements.places_in(&text),
            alternatives: profile.values.optional.alternatives.places_in(&text),
        }
    }

    /// The level of the values that a part of the guide announces, if it does; `current` otherwise.
    pub(super) fn announced_level(&self, part: &Range<usize>, current: Option<Level>) -> Option<Level> {
        if self.account_announcements.any_within(part) {
            return Some(Level::Account);
        }
        self.announcements.any_within(part).then_some(current.unwrap_or(Level::Console))
    }

    /// Whether a step leads to where values are entered on the platform.
    pub(super) fn lead_to_platform(&self, step: &Range<usize>) -> bool {
        step.len() <= LONGEST_STEP
            && (self.reach.any_within(step) || self.legacy.any_within(step))
            && !self.callback.any_within(step)
    }
}
