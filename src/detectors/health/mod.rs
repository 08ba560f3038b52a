//! Numbers of patients and providers, codes of what they have and are given, and what was measured.

mod diagnoses;
mod dosage;
mod drugs;
mod frames;
mod genes;
mod genomes;
mod ids;
mod measures;
mod messages;
mod procedures;
mod vocabularies;

use crate::detectors::Detector;

/// Every detector of this folder.
pub(crate) static ALL: &[&Detector] = &[
    &ids::NHS,
    &ids::NPI,
    &ids::MBI,
    &ids::DEA,
    &diagnoses::ICD10,
    &diagnoses::ICD10CM,
    &diagnoses::ICD9CM,
    &diagnoses::ICD11,
    &vocabularies::SNOMED,
    &vocabularies::LOINC,
    &procedures::CPT,
    &procedures::HCPCS,
    &procedures::NATIONAL,
    &drugs::NDC,
    &drugs::ATC,
    &dosage::PRESCRIPTION,
    &measures::BLOOD_TYPE,
    &measures::VITALS,
    &genes::HGVS,
    &genomes::VCF,
    &messages::HL7V2,
    &messages::FHIR,
    &messages::CCDA,
    &messages::X12,
    &messages::NCPDP,
    &messages::DICOM,
    &ids::MRN,
];
