//! Terms count only where something ties them to a person, in every language of the lists.

use portcullis::{Confidence, Report, Scanner};

fn scan(text: &[u8], least: Confidence) -> Report {
    let scanner = Scanner::builder().min_confidence(least).build().unwrap();
    scanner.scan(text).unwrap()
}

/// Detectors that find something in a text at medium confidence, in order of place.
fn found(text: &str) -> Vec<String> {
    let report = scan(text.as_bytes(), Confidence::Medium);
    report.findings().iter().map(|finding| finding.detector().to_owned()).collect()
}

/// What the findings of a text rest on.
fn evidence(text: &str) -> Vec<String> {
    let report = scan(text.as_bytes(), Confidence::Medium);
    let evidence = report.findings().iter().flat_map(|finding| finding.evidence().to_vec());
    evidence.map(|evidence| evidence.to_string()).collect()
}

const CONDITION: &str = "health.terms.conditions";
const MENTAL: &str = "health.terms.mental";
const SUBSTANCE: &str = "health.terms.substance-use";
const MEDICATION: &str = "health.terms.medications";
const PROCEDURE: &str = "health.terms.procedures";
const REPRODUCTIVE: &str = "health.terms.reproductive";
const HIV: &str = "health.terms.hiv-sti";
const GENETIC: &str = "health.terms.genetic";
const DISABILITY: &str = "health.terms.disability";
const ORIGIN: &str = "ethnic.origin";
const POLITICAL: &str = "political.opinion";
const RELIGION: &str = "religion.belief";
const UNION: &str = "tradeunion.membership";
const ORIENTATION: &str = "sexlife.orientation";

/// Statements about a person, by language and category.
const STATEMENTS: &[(&str, &str)] = &[
    // English
    ("member's religion: Muslim", RELIGION),
    ("She is pregnant.", REPRODUCTIVE),
    ("Her husband is HIV positive.", HIV),
    ("I was diagnosed with multiple sclerosis last year.", CONDITION),
    ("The patient suffers from depression.", MENTAL),
    ("I'm Jewish and cannot travel on Saturday.", RELIGION),
    ("The employee is a member of UNISON.", UNION),
    ("PMH: asthma", CONDITION),
    ("Meds:\n- ramipril 5 mg", MEDICATION),
    ("Ethnic group: [ ] White [x] Black", ORIGIN),
    (r#"{"ethnicity":"black caribbean"}"#, ORIGIN),
    (r#"{"diagnosis":{"code":"x","text":"asthma"}}"#, CONDITION),
    ("<religion>Hindu</religion>", RELIGION),
    ("name=x&sexualOrientation=lesbian", ORIENTATION),
    ("name,politicalParty\nJane Doe,Green Party\n", POLITICAL),
    ("Rebecca Miller was diagnosed with breast cancer.", CONDITION),
    // German
    ("Die Patientin leidet seit Jahren an Rheuma.", CONDITION),
    ("Beim Patienten wurde Asthma diagnostiziert.", CONDITION),
    ("Der Mitarbeiter ist an Krebs erkrankt.", CONDITION),
    ("Sie wird wegen einer bipolaren Störung behandelt.", MENTAL),
    ("Der Patient ist alkoholabhängig.", SUBSTANCE),
    ("Dem Patienten wurde Metformin verschrieben.", MEDICATION),
    ("Die Patientin unterzog sich einer Nierentransplantation.", PROCEDURE),
    ("Frau Schneider ist schwanger.", REPRODUCTIVE),
    ("positiv getestet auf HIV", HIV),
    ("Diagnose: Down-Syndrom", GENETIC),
    ("Die Mitarbeiterin ist schwerbehindert.", DISABILITY),
    ("Ethnische Zugehörigkeit: Sinti und Roma", ORIGIN),
    ("Er ist Mitglied der SPD.", POLITICAL),
    (r#"{"name":"Anna","konfession":"römisch-katholisch"}"#, RELIGION),
    ("Der Arbeitnehmer ist Mitglied der IG Metall.", UNION),
    ("Name;Sexuelle Orientierung\nJonas Vogt;schwul\n", ORIENTATION),
    // French
    ("Le patient est atteint de diabète de type 2.", CONDITION),
    ("Elle souffre d'un trouble bipolaire.", MENTAL),
    ("Le salarié est suivi pour alcoolisme.", SUBSTANCE),
    ("La patiente prend de la lévothyroxine.", MEDICATION),
    ("La patiente a subi une mastectomie.", PROCEDURE),
    ("Antécédents : fausse couche", REPRODUCTIVE),
    ("Mon mari est séropositif.", HIV),
    ("Le patient est atteint de trisomie 21.", GENETIC),
    ("La salariée est malentendante.", DISABILITY),
    ("Origine ethnique : Kabyle", ORIGIN),
    ("Il est adhérent du Parti socialiste.", POLITICAL),
    ("Religion : musulmane", RELIGION),
    ("Appartenance syndicale : CGT", UNION),
    ("Elle est lesbienne.", ORIENTATION),
    // Spanish
    ("El paciente padece diabetes tipo 2.", CONDITION),
    ("La empleada fue diagnosticada de esquizofrenia.", MENTAL),
    ("Mi hermano es alcohólico.", SUBSTANCE),
    ("El paciente toma metformina.", MEDICATION),
    ("La paciente fue sometida a quimioterapia.", PROCEDURE),
    ("Diagnóstico: endometriosis", REPRODUCTIVE),
    ("El paciente es portador del VIH.", HIV),
    ("Antecedentes familiares de síndrome de Down", GENETIC),
    ("Tipo de discapacidad: discapacidad auditiva", DISABILITY),
    ("Etnia: gitana", ORIGIN),
    ("Ella está afiliada al Partido Popular.", POLITICAL),
    ("Soy musulmana y necesito un lugar para rezar.", RELIGION),
    ("El trabajador está afiliado a CCOO.", UNION),
    ("Él es homosexual.", ORIENTATION),
    // Italian
    ("Il paziente è affetto da sclerosi multipla.", CONDITION),
    ("La dipendente soffre di disturbo bipolare.", MENTAL),
    ("Il paziente è in cura per alcolismo.", SUBSTANCE),
    ("La paziente assume levotiroxina.", MEDICATION),
    ("Il paziente è stato sottoposto a chemioterapia.", PROCEDURE),
    ("La collega è incinta.", REPRODUCTIVE),
    ("Il paziente è sieropositivo.", HIV),
    ("Anamnesi familiare di sindrome di Down", GENETIC),
    ("La dipendente è ipovedente.", DISABILITY),
    ("Origine etnica: curda", ORIGIN),
    ("Lui è iscritto al Partito Democratico.", POLITICAL),
    ("Religione: cattolica", RELIGION),
    ("La lavoratrice è iscritta alla CGIL.", UNION),
    ("Lui è bisessuale.", ORIENTATION),
    // Portuguese
    ("O paciente sofre de hipertensão.", CONDITION),
    ("A funcionária foi diagnosticada com transtorno bipolar.", MENTAL),
    ("O paciente está em tratamento para alcoolismo.", SUBSTANCE),
    ("O paciente toma metformina.", MEDICATION),
    ("A paciente foi submetida a quimioterapia.", PROCEDURE),
    ("Ela está grávida.", REPRODUCTIVE),
    ("O paciente testou positivo para HIV.", HIV),
    ("Diagnóstico: síndrome de Down", GENETIC),
    ("O funcionário é cadeirante.", DISABILITY),
    ("Raça/cor: parda", ORIGIN),
    ("Ele é filiado ao Partido dos Trabalhadores.", POLITICAL),
    ("Religião: evangélica", RELIGION),
    ("O trabalhador é sindicalizado na CUT.", UNION),
    ("Ela é lésbica.", ORIENTATION),
    // Dutch
    ("De patiënt lijdt aan suikerziekte.", CONDITION),
    ("Bij de patiënt is borstkanker vastgesteld.", CONDITION),
    ("Zij is gediagnosticeerd met een bipolaire stoornis.", MENTAL),
    ("De werknemer is alcoholist.", SUBSTANCE),
    ("De patiënt slikt omeprazol.", MEDICATION),
    ("De patiënte onderging een niertransplantatie.", PROCEDURE),
    ("Mijn collega is zwanger.", REPRODUCTIVE),
    ("De cliënt is seropositief.", HIV),
    ("Diagnose: syndroom van Down", GENETIC),
    ("De medewerker is slechthorend.", DISABILITY),
    ("Etnische afkomst: Moluks", ORIGIN),
    ("Hij is lid van de VVD.", POLITICAL),
    ("geloof: rooms-katholiek", RELIGION),
    ("De werknemer is lid van de FNV.", UNION),
    ("Seksuele geaardheid: biseksueel", ORIENTATION),
];

#[test]
fn a_statement_about_a_person_is_found() {
    for (text, detector) in STATEMENTS {
        assert!(found(text).iter().any(|id| id == detector), "{text}: {:?}", found(text));
    }
}

#[test]
fn the_evidence_names_list_and_tie() {
    for (text, expected) in [
        ("Konfession: katholisch", &["list:religion.de", "field:Konfession"][..]),
        ("Elle est enceinte.", &[]),
        ("La patiente souffre d'asthme.", &["list:health_conditions.fr", "phrase:souffre d'"]),
        ("nome;religione\nx;buddista\n", &["list:religion.it"]),
        ("Lei è iscritta al Partito Democratico", &["list:political.it", "subject:lei"]),
    ] {
        let evidence = evidence(text);
        assert!(
            expected.iter().all(|part| evidence.iter().any(|e| e == part)),
            "{text}: {evidence:?}"
        );
    }
}

#[test]
fn spelling_does_not_hide_a_term() {
    let nfd = "Le patient souffre de diabe\u{300}te.";
    for text in [
        "Le patient souffre de DIABETE.",
        "LE PATIENT SOUFFRE DE DIABÈTE",
        nfd,
        "Diagnostic : sclérose\r\n    en plaques",
        "Diagnose: chronisch obstruktive\n\tLungenerkrankung",
        "Der Patient leidet an chronischer Niereninsuffizienz.",
        "Die Patientin leidet an einer Diabeteserkrankung.",
        "Diagnose: Asthmaanfälle",
        "Diagnose: Hypertonie\u{a0}und Zoeliakie",
        "Diagnose: KNOCHENBRUECHE, SCHILDDRUESENKREBS",
        "Diagnosi: broncopneumopatia\ncronica\nostruttiva",
        "De patiënt heeft long\u{a0}covid.",
    ] {
        assert!(found(text).contains(&CONDITION.to_owned()), "{text:?}: {:?}", found(text));
    }
    let latin1 = b"La patiente souffre de diab\xe8te et d'\xe9pilepsie.";
    assert_eq!(scan(latin1, Confidence::Medium).findings().len(), 2);
    for text in ["Prescribed amoxicilline", "Medicación: levotiroxina", "Terapia: omeprazolo"] {
        assert_eq!(found(text), [MEDICATION], "{text}");
    }
}

#[test]
fn lists_of_names_are_evidence() {
    for text in [
        "Teilnehmer:\nAnna Schmidt – Diabetes\n",
        "Julia Weber: Asthma\nThomas Keller: Epilepsie\n",
        "Membres:\n1. Marie Dupont (CGT)\n",
        "Anna Schmidt;Diabetes\nThomas Keller;Epilepsie\n",
    ] {
        assert!(!found(text).is_empty(), "{text}");
        assert!(evidence(text).contains(&"subject:list of names".to_owned()), "{text}");
    }
    assert!(found("Thomas Keller: Epilepsie\n").is_empty());
    let beside_name = "Name: Anna Schmidt\nNotes: asthma";
    assert_eq!(evidence(beside_name)[1], "field:name");
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
        "Catholics are the largest religious group in the country.",
        "The Master Race: Literature, Cinema, and the Colonization of American Indians",
        // German
        "Menschen mit Diabetes sollten sich regelmäßig bewegen.",
        "Die SPD gewann die Wahl vor der CDU.",
        "Katholische Kirche und Judentum in der frühen Neuzeit",
        "Die IG Metall fordert acht Prozent mehr Lohn.",
        "Asthma ist eine chronische Erkrankung der Atemwege.",
        "Patienten mit Bluthochdruck sollen weniger Salz essen.",
        // French
        "Le diabète touche quatre millions de Français.",
        "La CGT appelle à la grève mardi.",
        "Le Parti socialiste a perdu les élections.",
        "Les catholiques fêtent Pâques.",
        "Les patients atteints de diabète doivent surveiller leur poids.",
        // Spanish
        "La diabetes es una enfermedad crónica.",
        "El Partido Popular ganó las elecciones.",
        "Los musulmanes celebran el ramadán.",
        "CCOO y UGT convocan una huelga general.",
        // Italian
        "Il diabete è una malattia cronica.",
        "Il Partito Democratico ha vinto le elezioni.",
        "I cattolici festeggiano la Pasqua.",
        "La CGIL proclama lo sciopero generale.",
        // Portuguese
        "A diabetes é uma doença crónica.",
        "O Partido Socialista venceu as eleições.",
        "Os católicos celebram a Páscoa.",
        "A CGTP convocou uma greve geral.",
        // Dutch
        "Diabetes is een chronische ziekte.",
        "De VVD won de verkiezingen.",
        "Katholieken vieren Pasen.",
        "De FNV roept op tot een staking.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_pronoun_in_a_story_is_nobody() {
    let story = "It was late in the evening when the carriage came up the hill, and the old house lay \
                 dark among its trees. The captain had not spoken since the ferry; he looked out into \
                 the rain and thought of the letters that he would have to write. ";
    let more = " and the village had long grown used to it, as villages do. When the bells rang, the \
                doors were shut and the lamps were lit, and nobody asked who was abroad at that hour.";
    for statement in ["He is a Methodist", "she is deaf", "he suffers from gout and asthma"] {
        assert_eq!(found(&format!("{story}{statement}{more}")), [""; 0], "{statement}");
        assert!(!found(&format!("Note: {statement}.")).is_empty() || statement.contains("deaf"));
    }
    let record = format!("Date of birth: 1 May. {story}He suffers from asthma{more}");
    assert_eq!(found(&record), [CONDITION]);
}
