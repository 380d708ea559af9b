//! The tree that a push is read into: what a node is, and what it is written as.

use wxkf_core::{Code, Inbound, NodeKind, to_json};

fn read(body: &str) -> Inbound {
    Inbound::decode_unverified(body.as_bytes()).unwrap()
}

/// The texts of all elements of a name, and what they are.
fn all(body: &str, name: &str) -> Vec<(NodeKind, Option<String>)> {
    let inbound = read(body);
    let tree = inbound.tree();
    tree.all(name).map(|node| (node.kind(), node.text().map(String::from))).collect()
}

fn texts(texts: &[&str]) -> Vec<(NodeKind, Option<String>)> {
    texts.iter().map(|text| (NodeKind::Text, Some((*text).into()))).collect()
}

#[test]
fn all_of_one_name_are_found_however_they_are_written() {
    assert_eq!(all("<xml><A>1</A><B>2</B><A>3</A></xml>", "A"), texts(&["1", "3"]));
    assert_eq!(all("<xml><A>1</A><B>2</B><A>3</A></xml>", "B"), texts(&["2"]));
    assert_eq!(all("<xml><A>1</A></xml>", "C"), []);
    assert_eq!(all("<xml><A><C>1</C></A></xml>", "C"), []);
    assert_eq!(all(r#"{"A":["1","3"],"B":"2"}"#, "A"), texts(&["1", "3"]));
    assert_eq!(all(r#"{"A":[],"B":"2","A":["3"],"A":"4"}"#, "A"), texts(&["3", "4"]));
    assert_eq!(all(r#"{"A":[],"B":"2"}"#, "A"), []);
    assert_eq!(all(r#"{"A":[["1"]]}"#, "A"), [(NodeKind::Array, None)]);
}

#[test]
fn those_of_one_name_are_written_where_the_first_of_them_stands() {
    for (body, json) in [
        ("<xml><B>1</B><A>2</A><B>3</B></xml>", r#"{"B":["1","3"],"A":"2"}"#),
        (
            "<xml><B>1</B><A>2</A><B>3</B><A>4</A><C/></xml>",
            r#"{"B":["1","3"],"A":["2","4"],"C":""}"#,
        ),
        ("<xml><L><I>1</I><I><J>2</J></I></L></xml>", r#"{"L":{"I":["1",{"J":"2"}]}}"#),
        (r#"{"a":1,"b":[true,null],"a":{"c":1.50}}"#, r#"{"a":[1,{"c":1.50}],"b":[true,null]}"#),
    ] {
        assert_eq!(to_json(&read(body).tree()), json, "{body}");
    }
}

#[test]
fn what_others_would_take_for_another_field_stands_once() {
    for name in [
        "ToUserName",
        "FromUserName",
        "CreateTime",
        "MsgType",
        "Event",
        "EventKey",
        "MsgId",
        "MsgID",
        "Content",
        "InfoType",
        "AppId",
        "Encrypt",
    ] {
        for twice in [
            format!("<xml><{name}>1</{name}><A>2</A><{name}>3</{name}></xml>"),
            format!("<xml><{name}>1</{name}><A x='1'>2</A><{name}>1</{name}></xml>"),
            format!(r#"{{"{name}":"1","a":2,"{name}":"1"}}"#),
        ] {
            let error = Inbound::decode_unverified(twice.as_bytes()).unwrap_err();
            assert_eq!(error.code(), Code::BodyMalformed, "{twice}");
            assert_eq!(error.field(), Some(name), "{twice}");
        }
        // Below the top nobody is led astray.
        read(&format!("<xml><A><{name}>1</{name}><{name}>2</{name}></A></xml>"));
    }
    read("<xml><Other>1</Other><Other>2</Other></xml>");
}

#[test]
fn the_shape_of_a_tree_is_printed_without_its_texts() {
    let inbound = read("<xml><A>what was said</A><L><I>1</I></L></xml>");
    assert_eq!(
        format!("{:?}", inbound.tree()),
        r#"Node { name: "xml", kind: Element, children: [Node { name: "A", kind: Text, length: 13 }, Node { name: "L", kind: Element, children: [Node { name: "I", kind: Text, length: 1 }] }] }"#
    );
}
