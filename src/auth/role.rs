//! Roles: a set, not a hierarchy. Each role has permissions of its own; two roles have those of both.

use crate::terms::{Labelled, labelled};

labelled! {
    /// What somebody is trusted with (役割).
    Role {
        /// A partner organisation, such as an NPO (連携団体).
        Partner = ("連携団体", "れんけいだんたい", "いっしょに 活動する 団体", "Partner organization"),
        /// A care or medical professional (医療介護専門職).
        CareProfessional = ("医療介護専門職", "いりょうかいごせんもんしょく", "医療・介護の 仕事の 人", "Care professional"),
        /// A coordinator of everyday support, for the districts of the token (生活支援コーディネーター).
        Coordinator = ("生活支援コーディネーター", "せいかつしえんこーでぃねーたー", "地域の 助け合いを つなぐ 人", "Community support coordinator"),
        /// Who runs the directory (市担当者).
        Admin = ("市担当者", "したんとうしゃ", "市の 担当の 人", "City officer"),
    }
}

/// Any number of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// Whether a role is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// With one more.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | bit(role))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are there, in order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// As it is stored; the numbers never change their meaning.
    pub fn number(self) -> i16 {
        self.0.into()
    }

    /// Reads the stored number; an unknown bit grants nothing.
    pub fn of_number(number: i16) -> Self {
        Role::ALL.iter().copied().filter(|role| number & i16::from(bit(*role)) != 0).collect()
    }

    /// Every set there is.
    pub fn all_sets() -> impl Iterator<Item = Self> {
        (0..1 << Role::ALL.len()).map(Self)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

fn bit(role: Role) -> u8 {
    1 << role as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_place_of_its_own() {
        assert_eq!(Roles::all_sets().count(), 16);
        assert_eq!(Roles::of_number(64), Roles::NONE);
        for role in Role::ALL {
            let alone = Roles::NONE.with(*role);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [*role]);
            assert_eq!(Roles::of_number(alone.number()), alone);
        }
    }
}
