//! Hostile bodies cost no more than a few ordinary ones: counted in instructions, not in time.

use std::process::Command;

use wxkf_core::Inbound;
use wxkf_core::api::{self, Response};
use wxkf_tests::hostile::{FAMILIES, Family, PLAIN};

/// How many times the instructions of an ordinary byte a hostile one may cost.
const MOST: f64 = 4.0;
const MIB: usize = 1 << 20;

/// Instructions per byte, as valgrind counts them, without those that make the body.
fn cost((family, body): &Family) -> f64 {
    let count = |more: &[&str]| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(env!("CARGO_BIN_EXE_decode"))
            .args([*family, &MIB.to_string()])
            .args(more)
            .output()
            .unwrap();
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        let count = report.split("Collected : ").nth(1).expect("callgrind reports a total");
        count.split_whitespace().next().unwrap().parse::<f64>().unwrap()
    };
    (count(&[]) - count(&["build"])) / body(MIB).len() as f64
}

#[test]
fn no_family_costs_more_than_four_times_a_plain_body() {
    let probe =
        Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/probe")).arg("valgrind").output();
    let probe = probe.unwrap();
    if !probe.status.success() {
        let said = String::from_utf8_lossy(&probe.stdout);
        assert!(std::env::var_os("WXKF_REQUIRE_ALL").is_none_or(|all| all != "1"), "{said}");
        println!(
            "ABSENT the cost of hostile input: {}",
            said.trim_start_matches("ABSENT ").trim_end()
        );
        return;
    }
    let plain: Vec<_> = PLAIN.iter().map(cost).collect();
    let costs: Vec<_> = std::thread::scope(|scope| {
        let halves: Vec<_> = FAMILIES
            .chunks(FAMILIES.len().div_ceil(2))
            .map(|half| {
                scope.spawn(|| {
                    half.iter().map(|family| (family.0, cost(family))).collect::<Vec<_>>()
                })
            })
            .collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    println!("plain: xml {:.1}, json {:.1} instructions a byte", plain[0], plain[1]);
    let mut too_much = Vec::new();
    for (name, cost) in costs {
        let plain = if name.starts_with("xml") { plain[0] } else { plain[1] };
        println!("{name}: {cost:.1}, {:.2} times plain", cost / plain);
        if cost > MOST * plain {
            too_much.push(name);
        }
    }
    assert!(too_much.is_empty(), "{too_much:?}");
}

/// Whatever the size, there is an answer, and it is the sender who is at fault.
#[test]
fn every_family_ends_in_an_answer_at_any_size() {
    for (name, make) in PLAIN.iter().chain(FAMILIES) {
        for size in [0, 1, 7, 100, 4096, MIB] {
            let body = make(size);
            if let Err(error) = Inbound::decode_unverified(body.as_bytes()) {
                assert_eq!(error.origin().name(), "peer", "{name}");
            }
            // The same as the answer of a call, and as the parameters of one.
            let answer = Response::new(200, body.as_bytes());
            if let Err(error) = api::decode("customservice.getkflist", answer) {
                assert_eq!(error.origin().name(), "platform", "{name}");
            }
            let error = api::request("message.custom.send", &body).unwrap_err();
            assert_eq!(error.origin().name(), "caller", "{name}");
            assert!(error.field().is_some_and(|field| field.len() < 100), "{name}");
        }
    }
}
