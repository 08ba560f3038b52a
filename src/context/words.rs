//! Words that say what a value is not, and words for the person that a text speaks of.

use crate::terms::language::Language;

/// Bytes between such a word and the value that it speaks against.
pub(super) const NEGATIVE_REACH: usize = 12;

/// Names of what is no prohibited identifier, by the reason that the evidence gives.
pub(crate) static NEGATIVE: &[(&str, &[&str])] = &[
    (
        "order-id",
        &["Bestellnummer","Bestellung","Auftragsnummer","Rechnungsnummer","numéro de commande","commande","facture","numéro de facture","número de pedido","pedido","factura","numero d'ordine","ordine","fattura","fatura","bestelnummer","bestelling","factuurnummer",
            "order",
            "order id",
            "order no",
            "order number",
            "purchase order",
            "po number",
            "invoice",
        ],
    ),
    ("tracking", &["Sendungsnummer","Sendungsverfolgung","numéro de suivi","número de seguimiento","numero di tracciamento","número de rastreio","código de rastreamento","trackingnummer","tracking", "tracking number", "shipment", "consignment", "waybill", "parcel"]),
    ("device", &["imei", "imsi", "iccid", "meid", "device id", "mac address", "firmware"]),
    (
        "timestamp",
        &["Zeitstempel","horodatage","marca de tiempo","data e ora","carimbo de data","tijdstempel","timestamp", "time", "ts", "epoch", "created at", "updated at", "date", "datetime"],
    ),
    (
        "identifier",
        &["Artikelnummer","Seriennummer","Aktenzeichen","Ticketnummer","Vorgangsnummer","numéro de série","numéro de dossier","référence","número de serie","número de expediente","referencia","numero di serie","numero di pratica","riferimento","número de série","número do processo","referência","artikelnummer","serienummer","dossiernummer","kenmerk",
            "id",
            "uuid",
            "guid",
            "request id",
            "session id",
            "trace id",
            "span id",
            "transaction id",
            "id str",
            "ticket",
            "case",
            "serial",
            "serial number",
            "sku",
            "part",
            "part no",
            "part number",
            "item",
            "product",
            "article",
            "batch",
            "lot",
            "ean",
            "upc",
            "gtin",
            "isbn",
            "issn",
            "barcode",
            "build",
            "commit",
            "revision",
            "reference",
            "ref",
            "message id",
            "event id",
            "nonce",
            "seed",
            "sequence",
            "offset",
            "inode",
            "version",
        ],
    ),
    (
        "telephone",
        &["Telefon","Telefonnummer","Handy","Mobil","Rufnummer","téléphone","portable","teléfono","móvil","telefono","cellulare","telefone","telemóvel","celular","telefoon","telefoonnummer","mobiel","phone", "telephone", "tel", "mobile", "fax", "cell", "call", "whatsapp", "contact no"],
    ),
    (
        "amount",
        &["Betrag","Summe","Preis","Menge","Anzahl","montant","prix","quantité","importe","precio","cantidad","importo","prezzo","quantità","valor total","preço","quantidade","bedrag","prijs","aantal","amount", "price", "total", "balance", "qty", "quantity", "size", "bytes", "duration"],
    ),
    ("hash", &["hash", "checksum", "md5", "sha1", "sha256", "digest", "etag", "token"]),
    ("place", &["lat", "lon", "lng", "latitude", "longitude", "coordinates"]),
];

/// Nouns for one person, in a record or a sentence about that person.
pub(crate) static SUBJECTS: &[(Language, &[&str])] = &[
    (Language::English, &["patient","employee","applicant","client","customer","student","pupil","resident","claimant","donor","respondent","participant","policyholder","subscriber","next of kin","insured","year old","candidate","staff member","colleague","co-worker","worker","trainee","intern","service user","inpatient","outpatient","beneficiary","complainant","tenant","volunteer","detainee","data subject","asylum seeker",]),
    (Language::German, &["Patient","Patientin","Mitarbeiter","Mitarbeiterin","Arbeitnehmer","Arbeitnehmerin","Angestellter","Angestellte","Beschäftigter","Bewerber","Bewerberin","Kunde","Kundin","Klient","Klientin","Versicherter","Versicherte","Versicherungsnehmer","Versicherungsnehmerin","Antragsteller","Antragstellerin","Schüler","Schülerin","Student","Studentin","Auszubildender","Auszubildende","Bewohner","Bewohnerin","Proband","Probandin","Spender","Spenderin","Kollege","Kollegin","jähriger","jährige","Mandant","Mandantin","Geschädigter","Mieter","Mieterin","Betroffener","Teilnehmer","Teilnehmerin","Leistungsempfänger",]),
    (Language::French, &["patient","patiente","salarié","salariée","employé","employée","collaborateur","collaboratrice","assuré","assurée","candidat","candidate","client","cliente","élève","étudiant","étudiante","résident","résidente","demandeur","demandeuse","agent","stagiaire","bénéficiaire","allocataire","adhérent","adhérente","intéressé","intéressée","collègue","locataire","participant","participante","apprenti","apprentie","usager","sujet âgé","ayant droit",]),
    (Language::Spanish, &["paciente","empleado","empleada","trabajador","trabajadora","solicitante","cliente","clienta","alumno","alumna","estudiante","asegurado","asegurada","candidato","candidata","residente","beneficiario","beneficiaria","interesado","interesada","compañero de trabajo","compañera de trabajo","becario","becaria","usuario","usuaria","participante","titular","demandante",]),
    (Language::Italian, &["paziente","dipendente","lavoratore","lavoratrice","candidato","candidata","cliente","assistito","assistita","assicurato","assicurata","studente","studentessa","alunno","alunna","richiedente","collaboratore","collaboratrice","collega","tirocinante","degente","ospite","utente","partecipante","beneficiario","beneficiaria","interessato","interessata","ricoverato","impiegato","impiegata",]),
    (Language::Portuguese, &["paciente","utente","funcionário","funcionária","empregado","empregada","trabalhador","trabalhadora","colaborador","colaboradora","candidato","candidata","cliente","aluno","aluna","estudante","segurado","segurada","requerente","beneficiário","beneficiária","residente","estagiário","estagiária","colega","doente","participante","titular","servidor","servidora",]),
    (Language::Dutch, &["patiënt","patiënte","werknemer","werkneemster","medewerker","medewerkster","sollicitant","cliënt","cliënte","klant","leerling","student","studente","bewoner","bewoonster","verzekerde","aanvrager","aanvraagster","collega","stagiair","stagiaire","deelnemer","deelneemster","betrokkene","personeelslid","kandidaat","donor","huurder","jarige",]),
];

/// What letters and records about persons say, and novels and encyclopaedias do not.
pub(crate) static RECORDS: &[&str] = &["patient","employee","applicant","policyholder","claimant","patientin","mitarbeiter","arbeitnehmer","versicherter","versicherte","bewerber","salarié","employé","paciente","empleado","empleada","trabajador","paziente","dipendente","funcionário","utente","patiënt","werknemer","medewerker","cliënt","kind regards","best regards","warm regards","HR","human resources","line manager","sick leave","payroll","date of birth","DOB","next of kin","GP","outpatient","admission date","discharge date","employee id","patient id","staff number","mit freundlichen Grüßen","viele Grüße","sehr geehrte","sehr geehrter","Personalabteilung","Krankmeldung","Geburtsdatum","geb am","Hausarzt","cordialement","date de naissance","né le","née le","ressources humaines","arrêt maladie","médecin traitant","saludos cordiales","atentamente","fecha de nacimiento","recursos humanos","baja médica","cordiali saluti","distinti saluti","data di nascita","nato il","nata il","risorse umane","medico curante","atenciosamente","com os melhores cumprimentos","data de nascimento","met vriendelijke groet","met vriendelijke groeten","geboortedatum","personeelszaken","ziekmelding","huisarts",];

/// Names of fields that say nothing about what they hold, so that what stands around them counts.
static GENERIC: &[&str] = &[
    "value",
    "val",
    "v",
    "number",
    "no",
    "num",
    "code",
    "text",
    "display",
    "content",
    "note",
    "notes",
    "comment",
    "description",
    "message",
    "body",
    "data",
    "field",
    "td",
    "span",
    "p",
    "b",
    "div",
    "li",
    "answer",
    "bemerkung",
    "bemerkungen",
    "notiz",
    "anmerkung",
    "remarque",
    "remarques",
    "commentaire",
    "observaciones",
    "nota",
    "notas",
    "note mediche",
    "osservazioni",
    "observações",
    "opmerking",
    "opmerkingen",
    "remarks",
    "details",
    "reason",
    "info",
];

/// Returns whether a field's name says nothing about what it holds.
pub(super) fn is_generic(name: &[u8]) -> bool {
    GENERIC.iter().any(|generic| name.eq_ignore_ascii_case(generic.as_bytes()))
}
