//! The tree: what is read, where it stands, and what is refused.

use connlint::testing::source::{FileId, SourceFile, Span};
use connlint::testing::tree::{Documents, Node, ProblemKind, ScalarStyle, Value, deserialize, json, yaml};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::data;

fn source(text: &str) -> SourceFile {
    SourceFile::new(FileId(0), "test", text)
}

fn read_yaml(text: &str) -> Documents {
    yaml::parse(&source(text), 0..text.len())
}

fn only(text: &str) -> Node {
    let mut read = read_yaml(text);
    assert!(read.problems.is_empty(), "{text}: {:?}", read.problems);
    assert_eq!(read.documents.len(), 1, "{text}");
    read.documents.remove(0)
}

/// All values, as `(source text, style)`, depth first.
fn extents(text: &str, node: &Node, out: &mut Vec<String>) {
    out.push(text[node.span.range()].to_owned());
    for item in node.items() {
        extents(text, item, out);
    }
    for entry in node.entries() {
        out.push(format!("{}:", &text[entry.key_span.range()]));
        extents(text, &entry.value, out);
    }
}

fn scalars(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    extents(text, &only(text), &mut out);
    out.remove(0);
    out
}

fn spans(node: &Node, out: &mut Vec<Span>) {
    out.push(node.span);
    node.items().iter().for_each(|item| spans(item, out));
    for entry in node.entries() {
        out.push(entry.key_span);
        spans(&entry.value, out);
    }
}

/// JSON has one kind of number: `450` and `450.00` are equal.
fn with_floats(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => number.as_f64().into(),
        serde_json::Value::Array(items) => items.into_iter().map(with_floats).collect(),
        serde_json::Value::Object(members) => {
            members.into_iter().map(|(key, value)| (key, with_floats(value))).collect()
        }
        other => other,
    }
}

#[test]
fn agrees_with_the_yaml_test_suite() {
    let suite = data::read("yaml-test-suite.jsonl");
    let mut failures = Vec::new();
    let (mut rejected, mut accepted, mut equal) = (0, 0, 0);
    for line in suite.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let text = case["yaml"].as_str().unwrap();
        let read = read_yaml(text);
        let syntax: Vec<_> = read.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax).collect();
        if case["error"].as_bool().unwrap() {
            rejected += usize::from(!syntax.is_empty());
            failures.extend(syntax.is_empty().then(|| format!("{id}: accepted")));
            continue;
        }
        accepted += usize::from(syntax.is_empty());
        failures.extend(syntax.iter().map(|problem| format!("{id}: rejected: {}", problem.message)));
        if let Some(expected) = case["json"].as_str() {
            let stream = serde_json::Deserializer::from_str(expected).into_iter::<serde_json::Value>();
            let expected: Vec<_> = stream.map(|value| with_floats(value.unwrap())).collect();
            let found: Vec<_> = read.documents.iter().map(|node| with_floats(node.to_json())).collect();
            equal += usize::from(found == expected);
            failures.extend((found != expected).then(|| format!("{id}: {found:?} is not {expected:?}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!((rejected, accepted, equal), (94, 308, 279));
}

#[test]
fn spans_are_those_of_the_value() {
    for (text, expected) in [
        ("a: b # c\n", vec!["a:", "b"]),
        ("a: \"b\" # c\n", vec!["a:", "\"b\""]),
        ("'a''b': 'c''d'  # e\n", vec!["'a''b':", "'c''d'"]),
        ("a: \"x\\\"y\"\n", vec!["a:", "\"x\\\"y\""]),
        ("a: &x !!str 5\n", vec!["a:", "5"]),
        ("a: !env  NAME\n", vec!["a:", "NAME"]),
        ("a: !<tag:x,1:y> NAME\n", vec!["a:", "NAME"]),
        ("a: |\n  one\n  two\n\n\nb: 1\n", vec!["a:", "|\n  one\n  two", "b:", "1"]),
        ("a: >-  # folded\n  one\n", vec!["a:", ">-  # folded\n  one"]),
        ("a: &x |+\n\nb: 1\n", vec!["a:", "|+", "b:", "1"]),
        ("- |\n x\n- 2\n", vec!["|\n x", "2"]),
        ("a:\nb:   # none\nc: 1\n", vec!["a:", "", "b:", "", "c:", "1"]),
        ("a: {x: 1, y, \"z\": } # e\n", vec!["a:", "{x: 1, y, \"z\": }", "x:", "1", "y:", "", "\"z\":", ""]),
        ("a: [1, [2]] # e\n", vec!["a:", "[1, [2]]", "1", "[2]", "2"]),
        ("a: [ 1, { b: c }, # e\n  2 ]\n", vec!["a:", "[ 1, { b: c }, # e\n  2 ]", "1", "{ b: c }", "b:", "c", "2"]),
        ("a: &x !y [ # e\n  1 ]\nb: 1\n", vec!["a:", "[ # e\n  1 ]", "1", "b:", "1"]),
        ("a: [b: c, d]\n", vec!["a:", "[b: c, d]", "b: c", "b:", "c", "d"]),
        ("a:\n- b\n- - c\n  - d\n# e\n", vec!["a:", "- b\n- - c\n  - d", "b", "- c\n  - d", "c", "d"]),
        ("a:\n  b: c\n\n# e\nd: 1\n", vec!["a:", "b: c", "b:", "c", "d:", "1"]),
        ("a: &x\n  b: c\n", vec!["a:", "b: c", "b:", "c"]),
        ("a: &x {b: c}\n", vec!["a:", "{b: c}", "b:", "c"]),
        ("a: one\n  two\n", vec!["a:", "one\n  two"]),
        ("? a\n: - b\n", vec!["a:", "- b", "b"]),
        ("é: ü # ß\nß: \"ö\"\n", vec!["é:", "ü", "ß:", "\"ö\""]),
        ("\u{feff}é: ü\n", vec!["é:", "ü"]),
    ] {
        assert_eq!(scalars(text), expected, "{text:?}");
        let crlf = text.replace('\n', "\r\n");
        let expected: Vec<_> = expected.iter().map(|part| part.replace('\n', "\r\n")).collect();
        assert_eq!(scalars(&crlf), expected, "{crlf:?}");
    }
}

#[test]
fn a_missing_value_stands_behind_its_colon() {
    let node = only("a: 1\nb:\nc:   # none\n");
    let at = |key| node.get(key).unwrap().span.range();
    assert_eq!((at("b"), at("c")), (7..7, 10..10));
    let list = only("-\n- a\n");
    assert_eq!(list.items()[0].span.range(), 1..1);
}

#[test]
fn a_part_of_a_file_keeps_the_offsets_of_the_file() {
    let text = "---\ntitle: \"é\"\n---\nbody: x: y\n";
    let read = yaml::parse(&source(text), 4..16);
    assert_eq!(&text[read.documents[0].get("title").unwrap().span.range()], "\"é\"");
}

#[test]
fn scalars_are_typed_by_the_core_schema() {
    let node = only("[no, yes, on, 0o17, 0x1F, 012, 1e3, .5, 2021-10-01, ~, True, '1', !!str 2, !env 3, +4, 1_000]");
    let expected = r#"["no","yes","on",15,31,12,1000.0,0.5,"2021-10-01",null,true,"1","2","3",4,"1_000"]"#;
    assert_eq!(node.to_json().to_string(), expected);
    assert!(matches!(&node.items()[5].value, Value::Number(text) if **text == *"012"));
    assert_eq!(node.items()[13].tag.as_deref(), Some("!env"));
    assert_eq!(node.items()[11].style, ScalarStyle::SingleQuoted);
}

#[test]
fn duplicates_are_kept_and_both_places_told() {
    let text = "a: 1\nb: 2\n\"a\": 3\n";
    let read = read_yaml(text);
    assert_eq!(read.documents[0].entries().len(), 3);
    assert_eq!(read.documents[0].to_json().to_string(), r#"{"b":2,"a":3}"#);
    let problem = &read.problems[0];
    assert_eq!(problem.kind, ProblemKind::DuplicateKey);
    assert_eq!((&text[problem.span.range()], problem.span.start), ("\"a\"", 10));
    assert_eq!(problem.related.as_ref().unwrap().0.range(), 0..1);
    let json = json::parse(&source("{\"a\": 1, \"a\": 2}"));
    assert_eq!(json.problems[0].kind, ProblemKind::DuplicateKey);
    assert_eq!(json.problems[0].span.range(), 9..12);
}

#[test]
fn merge_keys_bring_entries_with_their_own_places() {
    let text = "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\nmain:\n  <<: [*b, *o]\n  x: 0\n";
    let node = only(text);
    let main = node.get("main").unwrap();
    assert_eq!(main.to_json().to_string(), r#"{"x":0,"y":2,"z":4}"#);
    let merged = main.entry("y").unwrap();
    assert!(merged.merged && !main.entry("x").unwrap().merged);
    assert_eq!(&text[merged.key_span.start as usize..merged.value.span.end as usize], "y: 2");
}

#[test]
fn an_alias_stands_where_its_anchor_is() {
    let text = "a: &x hello\nb: *x\nc: 1\n";
    let node = only(text);
    assert_eq!(node.get("b").unwrap().span, node.get("a").unwrap().span);
    assert_eq!(node.span.range(), 0..text.len() - 1);
}

#[test]
fn what_explodes_is_refused() {
    let level = |n: usize| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "));
    let laughs = (1..12).map(level).collect::<Vec<_>>().concat();
    let merge = |n: usize| format!("a{n}: &a{n} {{<<: *a{}, k{n}: *a{}}}\n", n - 1, n - 1);
    let merges = (1..40).map(merge).collect::<Vec<_>>().concat();
    let chain = (1..100_000).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect::<Vec<_>>().concat();
    let steps = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<Vec<_>>().concat();
    for text in [
        format!("a0: &a0 [x, x]\n{laughs}"),
        format!("a0: &a0 {{k: 1}}\n{merges}"),
        format!("a0: &a0 [x]\n{chain}"),
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        steps,
        "&a [*a]".to_owned(),
    ] {
        let read = read_yaml(&text);
        assert_eq!(read.problems.len(), 1, "{}", &text[..60.min(text.len())]);
        assert_eq!(read.problems[0].kind, ProblemKind::Syntax);
    }
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("{}{}", "[".repeat(200), "]".repeat(200))] {
        assert_eq!(json::parse(&source(&text)).problems.len(), 1);
    }
}

#[test]
fn syntax_errors_are_told_in_plain_words_at_their_place() {
    for (text, place, message) in [
        ("a:\n\tb: 1\n", "\t", "tab in the indentation"),
        ("a: b: c\n", ":", "`:` and a space inside a value without quotes"),
        ("a: \"b\nc: d\n", "\"b", "unclosed quote before the next key"),
        ("a: \"b\n", "\"b", "unclosed quote"),
        ("a: @b\n", "@b", "unquoted value starts with `@`"),
        ("a: %b\n", "%b", "unquoted value starts with `%`"),
        ("a: *b\n", "*b", "alias without an anchor before it"),
        ("a: [1, 2\nb: 3\n", ":", "`:` without a key before it"),
        ("a: 1\n  b: 2\n", ":", "`:` and a space inside a value without quotes"),
        ("a:\n    b: 1\n  c: 2\n", "c:", "expected a key of the mapping"),
        ("a: 'b' c\n", "c", "text after the closing quote"),
        ("a: \"\\q\"\n", "", "unknown escape in a double-quoted string"),
        ("é: \"x\" y\n", "y", "text after the closing quote"),
    ] {
        let read = read_yaml(text);
        let problem = &read.problems[0];
        assert_eq!(problem.message, message, "{text:?}");
        if !place.is_empty() {
            assert_eq!(&text[problem.span.range()], place, "{text:?}");
        }
    }
}

#[test]
fn documents_before_an_error_are_kept() {
    let read = read_yaml("a: 1\n---\nb: [\n");
    assert_eq!((read.documents.len(), read.problems.len()), (1, 1));
}

#[test]
fn json_is_strict() {
    for text in [
        "", "{\"a\": 1,}", "[1,]", "// c\n1", "/* c */ 1", "{a: 1}", "{'a': 1}", "[1 2]", "[0x1]", "[+1]", "[.5]",
        "[5.]", "[NaN]", "[Infinity]", "[01]", "[\"\\x41\"]", "[\"a\tb\"]", "[\"a\nb\"]", "{\"a\" 1}", "{\"a\":}",
        "1 2", "[", "{", "]", "nul", "[\"\\u12\"]", "[-]", "[1,\u{2003}2]", "[1,\u{c}2]", "{\u{b}}", "[1e]", "\"a",
    ] {
        let read = json::parse(&source(text));
        assert_eq!(read.problems.len(), 1, "{text:?}");
        assert!(read.documents.is_empty(), "{text:?}");
    }
    let good = json::parse(&source("\u{feff}{\"é\": [1, -2.5e3, \"\\ud83d\\ude00\", null, true]}"));
    assert_eq!(good.documents[0].to_json().to_string(), r#"{"é":[1,-2500.0,"😀",null,true]}"#);
    assert_eq!(good.documents[0].entries()[0].key_span.range(), 4..8);
}

#[test]
fn a_json_text_reads_the_same_as_yaml() {
    let text = r#"{"Connector": "x", "n": [1, 2.5, "a\tb", {"k": null}], "t": true, "": []}"#;
    let twin = json::parse(&source(text));
    assert_eq!(twin.documents[0].to_json(), only(text).to_json());
    let (mut left, mut right) = (Vec::new(), Vec::new());
    spans(&twin.documents[0], &mut left);
    spans(&only(text), &mut right);
    assert_eq!(left, right);
}

#[test]
fn pointers_lead_to_nodes() {
    let node = only("a/b:\n  '0': [x, y]\n  m~n: 1\n'': 2\n");
    let found = |pointer: &str| node.at_pointer(pointer).map(|place| place.node.to_json().to_string());
    assert_eq!(found("/a~1b/0/1").as_deref(), Some("\"y\""));
    assert_eq!(found("/a~1b/m~0n").as_deref(), Some("1"));
    assert_eq!(found("/").as_deref(), Some("2"));
    assert_eq!(node.at_pointer("/a~1b").unwrap().entry.unwrap().key, "a/b");
    assert!(found("/a~1b/0/2").is_none() && found("/x").is_none() && found("x").is_none());
    assert!(node.at_pointer("").unwrap().entry.is_none());
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Settings {
    name: String,
    #[serde(default)]
    level: Option<u8>,
    #[serde(default)]
    kinds: Vec<Kind>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Fast,
    Slow,
}

#[test]
fn typed_data_is_read() {
    let settings: Settings = deserialize(&only("name: x\nlevel: 3\nkinds: [fast, slow]\n")).unwrap();
    assert_eq!(settings, Settings { name: "x".into(), level: Some(3), kinds: vec![Kind::Fast, Kind::Slow] });
}

#[test]
fn typed_data_errors_say_where() {
    for (text, place, message, help) in [
        ("name: 5\n", "5", "expected a string, found a number", None),
        ("level: 5\n", "level", "missing key `name`", None),
        ("name: x\nlevle: 5\n", "levle", "unknown key `levle`", Some("did you mean `level`?")),
        ("name: x\nlevel: 500\n", "500", "expected a number up to 255, found a number", None),
        ("name: x\nlevel: '5'\n", "'5'", "expected a number up to 255, found a string", None),
        ("name: x\nkinds: [fast, slwo]\n", "slwo", "unknown value `slwo`", Some("did you mean `slow`?")),
        ("name: x\nkinds: {a: b}\n", "{a: b}", "expected a list, found a mapping", None),
        ("name: x\nother: 1\n", "other", "unknown key `other`", Some("use one of `name`, `level`, `kinds`")),
    ] {
        let problem = deserialize::<Settings>(&only(text)).unwrap_err();
        assert_eq!((&text[problem.span.range()], problem.message.as_str()), (place, message), "{text}");
        assert_eq!(problem.help.as_deref(), help, "{text}");
    }
}

/// Every span in bounds and on character boundaries.
fn check_spans(text: &str, read: &Documents) {
    let mut all: Vec<Span> = read.problems.iter().map(|problem| problem.span).collect();
    all.extend(read.problems.iter().filter_map(|problem| problem.related.as_ref()).map(|(span, _)| *span));
    read.documents.iter().for_each(|node| spans(node, &mut all));
    for span in all {
        assert!(text.get(span.range()).is_some(), "{text:?}: {span:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_without_panic(text in r#"[a-c:\-?&*!|>'"\[\]{},#%@\\ \t\r\n\u{feff}é𝄞0-1<~.]{0,40}"#) {
        check_spans(&text, &read_yaml(&text));
        check_spans(&text, &json::parse(&source(&text)));
    }

    #[test]
    fn any_string_is_read_without_panic(text in any::<String>()) {
        check_spans(&text, &read_yaml(&text));
        check_spans(&text, &json::parse(&source(&text)));
    }
}
