//! Terms count only where something ties them to a person.

use portcullis::Scanner;

/// Detectors that find something in a text at medium confidence, in order of place.
fn found(text: &str) -> Vec<String> {
    let scanner = Scanner::builder().build().unwrap();
    let report = scanner.scan(text.as_bytes()).unwrap();
    report.findings().iter().map(|finding| finding.detector().to_owned()).collect()
}

#[test]
fn a_statement_about_a_person_is_found() {
    for (text, detector) in [
        ("member's religion: Muslim", "religion.belief"),
        ("She is pregnant.", "health.terms.reproductive"),
        ("Her husband is HIV positive.", "health.terms.hiv-sti"),
        ("I was diagnosed with multiple sclerosis last year.", "health.terms.conditions"),
        ("The patient suffers from depression.", "health.terms.mental"),
        ("I'm Jewish and cannot travel on Saturday.", "religion.belief"),
        ("The employee is a member of UNISON.", "tradeunion.membership"),
        ("PMH: asthma", "health.terms.conditions"),
        ("Meds:\n- ramipril 5 mg", "health.terms.medications"),
        ("Ethnic group: [ ] White [x] Black", "ethnic.origin"),
        (r#"{"ethnicity":"black caribbean"}"#, "ethnic.origin"),
        (r#"{"diagnosis":{"code":"x","text":"asthma"}}"#, "health.terms.conditions"),
        ("<religion>Hindu</religion>", "religion.belief"),
        ("name=x&sexualOrientation=lesbian", "sexlife.orientation"),
        ("name,politicalParty\nJane Doe,Green Party\n", "political.opinion"),
    ] {
        assert_eq!(found(text), [detector], "{text}");
    }
}

#[test]
fn what_speaks_of_no_person_is_not() {
    for text in [
        "Patients with type 2 diabetes are advised to exercise.",
        "Treatment for asthma has improved over the years, doctors say in the report.",
        "All applicants are considered regardless of race, ethnicity, religion or disability.",
        "We welcome Muslim, Jewish and Christian applicants, gay and lesbian colleagues.",
        "We do not process data such as religion (for example Catholic or Muslim).",
        "Religion: ______\nEthnic group: [ ] White [ ] Black [ ] Asian\nDiagnosis:\n",
        "The Liberal Democrats won the seat from the Conservatives last night.",
        "The archbishop said that the Catholic Church welcomes migrants.",
        "Price list: MRI scan 420.00; hip replacement 8,900.00; HIV test 40.00",
        "let result = std::fs::read(path)?; // what is disabled stays so",
        "\u{201c}He is a Freemason,\u{201d} said the countess, laughing.",
        "a great depression of the terrain",
        "the annual diabetes conference in Lyon",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}
