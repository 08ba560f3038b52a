//! `peers` with one more engine: Datadog's Sensitive Data Scanner. It takes the options of `peers`.

use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use clap::Parser;
use dd_sds::{RegexRuleConfig, RootRuleConfig, RuleConfig, Scanner, SecondaryValidator};
use peers::ids::{Id, Tally};
use peers::options::Options;
use peers::peer::{Peer, Row};

/// What this program was built with.
const LOCK: &str = include_str!("../Cargo.lock");
/// Bytes of an event. The engine's time grows with the square of the matches in one, and its users send
/// log lines; one event for a whole payload would be slower by far.
const EVENT: usize = 64 * 1024;

fn main() -> ExitCode {
    match peers::run(&Options::parse(), LOCK, datadog) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("peers-datadog: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The engine, with a payload in events.
struct Datadog {
    row: Row,
    scanner: Scanner,
    events: Vec<String>,
    ids: usize,
}

fn datadog(ids: &Rc<[Id]>) -> Result<Vec<Box<dyn Peer>>, String> {
    let rules: Vec<_> = ids.iter().map(rule).collect();
    let checked = ids.iter().filter(|id| validator(&id.name).is_some()).count();
    let scanner = Scanner::builder(&rules).build().map_err(|error| format!("datadog: {error}"))?;
    let asked = format!(
        "the {} id regexes, {checked} of them with its own validator (it has none that fits US SSN, ITIN and EIN, NIE, MRZ), no \
         keywords; events of 64 KiB of text, made before",
        ids.len()
    );
    let version = peers::locked_version(LOCK, "dd-sensitive-data-scanner");
    let (engine, task, mode) = ("datadog-sds", "ids", "events");
    let row = Row { engine, version, task, mode, asked, ..Row::default() };
    Ok(vec![Box::new(Datadog { row, scanner, events: Vec::new(), ids: ids.len() })])
}

fn rule(id: &Id) -> RootRuleConfig<Arc<dyn RuleConfig>> {
    let rule = RegexRuleConfig::new(&id.pattern).with_validator(validator(&id.name));
    RootRuleConfig::new(rule.build())
}

/// Returns the validator that the engine has for an identifier.
fn validator(name: &str) -> Option<SecondaryValidator> {
    Some(match name {
        "ca.sin" => SecondaryValidator::LuhnChecksum,
        "us.aba" => SecondaryValidator::AbaRtnChecksum,
        "gb.nhs" => SecondaryValidator::NhsCheckDigit,
        "gb.nino" => SecondaryValidator::UkNinoFormatCheck,
        "iban" => SecondaryValidator::IbanChecker,
        "de.tax" => SecondaryValidator::Mod11_10checksum,
        "fr.nir" => SecondaryValidator::FranceSsnChecksum,
        "it.cf" => SecondaryValidator::ItalianNationalIdChecksum,
        "es.dni" => SecondaryValidator::SpanishDniChecksum,
        "br.cpf" => SecondaryValidator::BrazilianCpfChecksum,
        "br.cnpj" => SecondaryValidator::BrazilianCnpjChecksum,
        "in.aadhaar" => SecondaryValidator::VerhoeffChecksum,
        card if card.starts_with("card.") => SecondaryValidator::LuhnChecksum,
        _ => return None,
    })
}

impl Peer for Datadog {
    fn row(&self) -> &Row {
        &self.row
    }

    /// Makes events of text. What is no UTF-8 becomes replacement characters.
    fn prepare(&mut self, payload: &[u8]) -> usize {
        let chunks = payload.chunks(EVENT);
        self.events = chunks.map(|chunk| String::from_utf8_lossy(chunk).into_owned()).collect();
        payload.len()
    }

    fn scan(&mut self, _payload: &[u8]) -> Result<Tally, String> {
        let mut tally = Tally::of(self.ids);
        for event in &mut self.events {
            let found = self.scanner.scan(event).map_err(|error| error.to_string())?;
            found.iter().for_each(|found| tally.add(found.rule_index));
        }
        Ok(tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_counted() {
        let ids: Rc<[Id]> = peers::ids::parse_ids(peers::IDS).unwrap().into();
        let mut peers = datadog(&ids).unwrap();
        let text = b"4111 1111 1111 1111, 4111 1111 1111 1112, GB29NWBK60161331926819";
        peers[0].prepare(text);
        let tally = peers[0].scan(text).unwrap();
        assert_eq!(tally.ids.iter().sum::<u64>(), 2, "{tally:?}");
        assert_eq!(peers[0].scan(text).unwrap(), tally);
    }
}
