//! Ranges of Internet addresses as they are written in settings:
//! `192.0.2.0/24`, `2001:db8::/32`, or one address.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

/// A range of addresses with a common prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    one: IpAddr,
    /// Length of the prefix in bits, at least 1: a range of all addresses is not accepted.
    alike: u32,
}

/// The error of a text that is not a range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkError;

impl Network {
    /// Whether an address lies in the range. An IPv4-mapped IPv6 address counts as IPv4.
    pub fn contains(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.one.is_ipv4()
            && (bits(address) ^ bits(self.one)).leading_zeros() >= self.alike
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, alike) = match text.trim().split_once('/') {
            Some((address, alike)) => (address, Some(alike)),
            None => (text.trim(), None),
        };
        let written: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let one = written.to_canonical();
        let longest = length(written);
        let alike = alike.map_or(Ok(longest), str::parse).map_err(|_| NetworkError)?;
        // An IPv4-mapped IPv6 address has a prefix of 96 bits before the IPv4 address.
        let in_front = longest - length(one);
        if alike > in_front && alike <= longest {
            Ok(Self { one, alike: alike - in_front })
        } else {
            Err(NetworkError)
        }
    }
}

fn length(address: IpAddr) -> u32 {
    if address.is_ipv4() { Ipv4Addr::BITS } else { u128::BITS }
}

/// The bits of an address, aligned to the left.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << (u128::BITS - Ipv4Addr::BITS),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(network: &str, address: &str) -> bool {
        let network: Network = network.parse().expect("a range");
        network.contains(address.parse().expect("an address"))
    }

    #[test]
    fn a_range_holds_what_begins_alike() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("192.0.2.128/25", "192.0.2.255", "192.0.2.127"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("192.0.2.7/24", "192.0.2.200", "192.0.3.7"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::1", "::1", "::2"),
            (" 128.0.0.0/1 ", "255.255.255.255", "127.0.0.1"),
        ] {
            assert!(holds(network, inside), "{network} holds {inside}");
            assert!(!holds(network, outside), "{network} does not hold {outside}");
        }
    }

    #[test]
    fn an_ipv4_address_written_in_ipv6_is_an_ipv4_address() {
        assert!(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(holds("::ffff:10.0.0.0/104", "10.1.2.3"));
        assert!(!holds("::/1", "10.1.2.3"));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for bad in
            ["", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0/8", "::/129", "proxy.example.jp"]
        {
            assert_eq!(bad.parse::<Network>(), Err(NetworkError), "{bad}");
        }
        for everything in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96"] {
            assert_eq!(everything.parse::<Network>(), Err(NetworkError), "{everything}");
        }
    }
}
