//! Makes the body of a hostile family and, unless told not to, decodes it: for counting the
//! instructions that it costs. `decode FAMILY SIZE [build]`

use std::env::args;

use wxkf_core::Inbound;

fn main() {
    let args: Vec<_> = args().skip(1).collect();
    let (_, body) = wxkf_tests::hostile::family(&args[0]).expect("a family");
    let body = body(args[1].parse().expect("a size"));
    if args.len() == 2 {
        std::hint::black_box(Inbound::decode_unverified(body.as_bytes()).is_ok());
    }
    std::hint::black_box(body);
}
