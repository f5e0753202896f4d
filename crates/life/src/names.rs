//! Names and titles, of many countries and languages.

/// Given names.
pub(crate) const GIVEN: [&str; 48] = [
    "Ana",
    "Ben",
    "Chidi",
    "Dana",
    "Eve",
    "Fatima",
    "Göran",
    "Hiro",
    "Ivy",
    "José",
    "Kofi",
    "Lucía",
    "Maya",
    "Noor",
    "Olga",
    "Petra",
    "Quentin",
    "Rosa",
    "Søren",
    "Tomás",
    "Uma",
    "Viktor",
    "Wanjiru",
    "Xin",
    "Yusuf",
    "Zoë",
    "Åsa",
    "Björn",
    "Chloé",
    "Dmitri",
    "Élodie",
    "Farid",
    "Gwen",
    "Hana",
    "Imani",
    "Jürgen",
    "Kenji",
    "Leïla",
    "Małgorzata",
    "Nkechi",
    "Ömer",
    "Priya",
    "Rania",
    "Siobhán",
    "Tuğba",
    "Václav",
    "Wei",
    "Yuki",
];

/// Family names.
pub(crate) const FAMILY: [&str; 32] = [
    "Müller", "Okafor", "Lind", "Tanaka", "García", "Chen", "Persson", "Haddad", "Novák", "Silva",
    "O'Neill", "Dubois", "Kowalska", "Ivanov", "Mensah", "Sharma", "Yılmaz", "Nguyen", "Smith",
    "Rossi", "Björk", "Mäkinen", "Costa", "Bianchi", "Adeyemi", "Khan", "Sato", "Larsen",
    "Fischer", "Moreau", "Brown", "Ferreira",
];

/// Titles of a 1:1; `{m}` the manager's and `{r}` the report's given name. Some say nothing of "1:1".
pub(crate) const ONE_ON_ONE: [&str; 20] = [
    "1:1 {m} / {r}",
    "1:1 {r} / {m}",
    "{m} <> {r} 1:1",
    "{r} 1-1",
    "1on1 {m}/{r}",
    "One-on-one: {r} & {m}",
    "Einzelgespräch {r}",
    "Jour fixe {m} – {r}",
    "Entretien individuel {r}",
    "Point hebdo {r}",
    "Tête-à-tête {m} / {r}",
    "Uno a uno {m} y {r}",
    "Individuell avstämning {r}",
    "面談 {r}",
    "1對1 {m} {r}",
    "{m} / {r}",
    "{r} + {m}",
    "Catch-up {m} / {r}",
    "Weekly check-in {r}",
    "Sync {r} / {m}",
];

/// Titles of meetings that press on a 1:1, by class.
pub(crate) const LEADERSHIP: [&str; 5] = [
    "Leadership meeting",
    "Executive briefing",
    "Board preparation",
    "Exec staff",
    "Comité de direction",
];
/// See [`LEADERSHIP`].
pub(crate) const CUSTOMER: [&str; 4] = [
    "Customer call: Acme",
    "Escalation with Northwind (customer)",
    "Kundentermin Contoso",
    "Sales review with client",
];
/// See [`LEADERSHIP`].
pub(crate) const STATUS: [&str; 4] = [
    "Project status",
    "Status update migration",
    "Statusrunde Plattform",
    "Steering status",
];
/// See [`LEADERSHIP`].
pub(crate) const TEAM: [&str; 4] = [
    "Team workshop",
    "Team planning",
    "Team retrospective",
    "Équipe : atelier",
];
/// See [`LEADERSHIP`].
pub(crate) const PERSONAL: [&str; 5] = [
    "Dentist",
    "Private appointment",
    "Zahnarzt (privat)",
    "School meeting (personal)",
    "Doctor",
];

/// The address of a name: lower case ASCII letters, `given.family`, or `given` alone.
pub(crate) fn mailbox(given: &str, family: &str) -> String {
    let plain = |name: &str| -> String {
        name.chars()
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'á' | 'ä' | 'å' | 'ã' | 'à' => 'a',
                'é' | 'è' | 'ë' => 'e',
                'í' | 'ï' | 'ı' => 'i',
                'ó' | 'ö' | 'ø' => 'o',
                'ú' | 'ü' => 'u',
                'ğ' => 'g',
                'ł' => 'l',
                'ç' => 'c',
                'ñ' => 'n',
                other => other,
            })
            .filter(char::is_ascii_lowercase)
            .collect()
    };
    if family.is_empty() {
        return plain(given);
    }
    format!("{}.{}", plain(given), plain(family))
}

/// A title with its names filled in.
pub(crate) fn titled(pattern: &str, manager: &str, report: &str) -> String {
    pattern.replace("{m}", manager).replace("{r}", report)
}
