//! Which rules are about the same thing, for the end of each rule's page. The topics are data: `topics.txt`, where a
//! line names the rules about one topic; a rule may be in several.

/// The names of the rules that share a topic with the rule `name`, each once, in the order of the topics.
pub fn related(name: &str) -> Vec<&'static str> {
    let topics = include_str!("topics.txt").lines().filter(|line| !line.starts_with('#'));
    let of_name = topics.filter(|topic| topic.split(' ').any(|other| other == name));
    let mut found: Vec<&'static str> = Vec::new();
    for other in of_name.flat_map(|topic| topic.split(' ')).filter(|other| *other != name) {
        if !found.contains(&other) {
            found.push(other);
        }
    }
    found
}
