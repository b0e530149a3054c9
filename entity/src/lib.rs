//! The tables as sea-orm sees them: one table per file, no methods, no GraphQL.

pub mod care_service;
pub mod contact_point;
pub mod coordinator;
pub mod coordinator_district;
pub mod district;
pub mod district_town;
pub mod enums;
pub mod identifier;
pub mod local_details;
pub mod map_cell;
pub mod medical_facility;
pub mod medical_facility_department;
pub mod municipality;
pub mod municipality_boundary;
pub mod official_record;
pub mod organization;
pub mod resource;
pub mod resource_district;
pub mod resource_tag;
pub mod schedule;
pub mod schedule_rule;
pub mod source;
pub mod town;
