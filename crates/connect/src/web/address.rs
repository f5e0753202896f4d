//! Which network addresses a calendar may be fetched from.
//!
//! A feed's address often comes from somebody else, and a public name can lead anywhere. Only globally reachable
//! unicast addresses are asked (IANA's special-purpose registries, RFC 6890), unless the user allows private ones.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// In words: "an address of this machine".
    pub(crate) kind: &'static str,
    /// Whether the user may allow it. Never so for addresses where no calendar can be.
    pub(crate) may_be_allowed: bool,
}

const fn inside(kind: &'static str) -> Option<Refusal> {
    Some(Refusal {
        kind,
        may_be_allowed: true,
    })
}

const fn never(kind: &'static str) -> Option<Refusal> {
    Some(Refusal {
        kind,
        may_be_allowed: false,
    })
}

/// The reason not to ask `ip`, or `None` if it is a public address.
pub(crate) fn refusal(ip: IpAddr) -> Option<Refusal> {
    match ip {
        IpAddr::V4(ip) => refusal_v4(ip),
        IpAddr::V6(ip) => refusal_v6(ip),
    }
}

fn refusal_v4(ip: Ipv4Addr) -> Option<Refusal> {
    match ip.octets() {
        // Where clouds hand out a machine's own credentials.
        [169, 254, 169, 254] | [100, 100, 100, 200] => never("a cloud's metadata address"),
        [0, ..] => never("an address of no host"),
        [127, ..] => inside("an address of this machine"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => inside("a private address"),
        [169, 254, ..] => inside("a link-local address"),
        [100, 64..=127, ..] => inside("an address behind a provider's NAT"),
        [192, 0, 0, _] | [198, 18..=19, ..] => inside("a special-purpose address"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => {
            never("an address for documentation")
        }
        [224..=239, ..] => never("a multicast address"),
        [240..=255, ..] => never("a reserved address"),
        _ => None,
    }
}

fn refusal_v6(ip: Ipv6Addr) -> Option<Refusal> {
    let s = ip.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        refusal_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => never("an address of no host"),
        [0, 0, 0, 0, 0, 0, 0, 1] => inside("an address of this machine"),
        // IPv4-mapped and IPv4-compatible (RFC 4291 §2.5.5), NAT64 (RFC 6052), 6to4 (RFC 3056): what they lead to counts.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0x64, 0xff9b, 1, ..] => inside("a local NAT64 address"),
        // Teredo hides the address it leads to (RFC 4380).
        [0x2001, 0, ..] => never("a Teredo address"),
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => never("a cloud's metadata address"),
        [0xfc00..=0xfdff, ..] => inside("a private address"),
        [0xfe80..=0xfebf, ..] => inside("a link-local address"),
        [0xfec0..=0xfeff, ..] => inside("a site-local address"),
        [0xff00..=0xffff, ..] => never("a multicast address"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => never("an address for documentation"),
        [0x2000..=0x3fff, ..] => None,
        // Nothing else is handed out as global unicast (RFC 4291 §2.4).
        _ => never("a reserved address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(ip: &str) -> &'static str {
        match refusal(ip.parse().expect("an address")) {
            None => "public",
            Some(Refusal {
                may_be_allowed: true,
                ..
            }) => "inside",
            Some(_) => "never",
        }
    }

    #[test]
    fn only_public_addresses_are_asked() {
        fn check(expected: &str, addresses: &[&str]) {
            for ip in addresses {
                assert_eq!(may(ip), expected, "{ip}");
            }
        }
        check(
            "public",
            &[
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "::ffff:8.8.8.8",
            ],
        );
        check(
            "inside",
            &[
                "127.0.0.1",
                "127.8.8.8",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "100.127.0.1",
                "198.18.0.1",
                "::1",
                "fc00::1",
                "fdab::1",
                "fe80::1",
                "fec0::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "64:ff9b:1::1",
            ],
        );
        check(
            "never",
            &[
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "100.100.100.200",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "192.0.2.1",
                "203.0.113.9",
                "::",
                "ff02::1",
                "fd00:ec2::254",
                "2001:db8::1",
                "2001::1",
                "::ffff:169.254.169.254",
                "2002:a9fe:a9fe::",
                "4000::1",
                "5f00::1",
            ],
        );
    }
}
