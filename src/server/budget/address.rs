//! From which address a request comes, as far as that can be believed.

use actix_web::HttpRequest;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// What budgets tell apart: an address of IPv4, the first 64 bits of one of IPv6. A household gets
/// at least those 64 bits, and each of its machines may use as many of the addresses below as it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    /// All 32 bits.
    V4(u32),
    /// The first 64 of 128 bits.
    V6(u64),
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => Self::V6((address.to_bits() >> 64) as u64),
        }
    }
}

/// Those who may say for whom they ask.
pub(in crate::server) struct Proxies(Vec<IpNet>);

impl Proxies {
    pub(in crate::server) fn new(trusted: Vec<IpNet>) -> Self {
        Self(trusted)
    }

    /// The address of whoever sent a request.
    pub(in crate::server) fn address(&self, request: &HttpRequest) -> Address {
        let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        if !self.trust(peer) {
            return peer.into();
        }
        let lines = request.headers().get_all(FORWARDED_FOR);
        let lines: Vec<&str> = lines.map(|line| line.to_str().unwrap_or_default()).collect();
        self.sender(peer, &lines).into()
    }

    /// Each proxy adds, on the right, who asked it. So the list is believed from the right, as far as
    /// those who wrote it are trusted; what stands left of that was written by anybody.
    fn sender(&self, peer: IpAddr, forwarded_for: &[&str]) -> IpAddr {
        let mut sender = peer;
        for part in forwarded_for.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trust(sender) {
                break;
            }
            let Some(before) = read(part.trim()) else { break };
            sender = before;
        }
        sender
    }

    /// An IPv4 address written in IPv6 is an IPv4 address.
    fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Some proxies add the port, and then brackets around an address of IPv6.
fn read(part: &str) -> Option<IpAddr> {
    let bare = part.strip_prefix('[').and_then(|part| part.strip_suffix(']')).unwrap_or(part);
    bare.parse().ok().or_else(|| part.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.1";

    /// The address that is believed of a request which a proxy in 10.0.0.0/8 or fd00::/8 handed on.
    fn believed(peer: &str, forwarded_for: &[&str]) -> String {
        let networks = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("a range"));
        let proxies = Proxies::new(networks.to_vec());
        proxies.sender(peer.parse().expect("an address"), forwarded_for).to_string()
    }

    #[test]
    fn without_trust_the_header_is_ignored() {
        assert_eq!(believed("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        let nobody = Proxies::new(Vec::new());
        let peer = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
        assert_eq!(nobody.sender(peer, &["198.51.100.1"]), peer);
    }

    #[test]
    fn a_trusted_proxy_says_who_asked() {
        assert_eq!(believed(PROXY, &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(believed(PROXY, &["198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(believed(PROXY, &["198.51.100.1", "10.0.0.2,10.0.0.3"]), "198.51.100.1");
        assert_eq!(believed("fd00::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(believed(PROXY, &["198.51.100.1:4711, [fd00::2]:443, [fd00::3]"]), "198.51.100.1");
        assert_eq!(believed("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn a_range_of_ipv6_holds_no_ipv4_address() {
        let proxies = Proxies::new(vec!["::/1".parse().expect("a range")]);
        assert!(proxies.trust("::1".parse().expect("an address")));
        assert!(!proxies.trust("::ffff:10.1.2.3".parse().expect("an address")));
    }

    #[test]
    fn what_the_caller_writes_in_front_is_not_believed() {
        assert_eq!(believed(PROXY, &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(believed(PROXY, &["10.0.0.9, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(believed(PROXY, &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(believed(PROXY, &["x, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
    }

    #[test]
    fn what_is_no_address_ends_the_walk() {
        for bad in ["", "unknown", "_hidden", "198.51.100.1 ", "198.51.100", "fe80::1%eth0", "[198.51.100.1"]
        {
            let line = format!("198.51.100.1, {bad}x");
            assert_eq!(believed(PROXY, &[&line]), PROXY, "{bad}");
        }
        assert_eq!(believed(PROXY, &["198.51.100.1,,10.0.0.2"]), "10.0.0.2");
        assert_eq!(believed(PROXY, &["198.51.100.1", ""]), PROXY);
    }

    #[test]
    fn when_everybody_is_trusted_the_first_one_asked() {
        assert_eq!(believed(PROXY, &["10.0.0.7, 10.0.0.2"]), "10.0.0.7");
        assert_eq!(believed(PROXY, &[]), PROXY);
    }

    #[test]
    fn addresses_of_one_household_are_one() {
        let address = |text: &str| Address::from(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::1"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
    }
}
