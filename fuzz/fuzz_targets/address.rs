//! Any fragment is an address; written and read again it is the same one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline::address::Address;

fuzz_target!(|fragment: &str| {
    let (address, _problems) = Address::read(fragment);
    let (again, problems) = Address::read(&address.to_string());
    assert_eq!(again, address);
    assert!(problems.is_empty(), "our own address is not understood: {problems:?}");
});
