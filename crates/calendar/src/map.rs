//! Maps for keys that a calendar names by the hundred thousand: addresses, UIDs.

/// A map whose hashing costs little. Seeded at random for each map, so that nobody can write a calendar in advance whose
/// keys all fall into one place.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;

/// The same without anything kept by the keys.
pub type Set<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;
