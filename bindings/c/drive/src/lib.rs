//! Any bytes as a sequence of calls of the C ABI, as a careless program would make them: handles and
//! results that are NULL, buffers without bytes, texts that are none, steps in any order. What no program may
//! do (to use what was freed) it does not do.
#![expect(unsafe_code, reason = "this is what C calls")]

mod calls;
mod program;

use program::Program;

/// Any sequence of calls ends; each says a status that has a name, writes JSON of that code and nothing else
/// if it fails, and writes no error if it does not; and everything is freed in the end.
pub fn drive(data: &[u8]) {
    let mut program = Program::new(data);
    calls::begin(&mut program);
    while let Some(operation) = program.byte() {
        calls::make(&mut program, operation);
    }
}
