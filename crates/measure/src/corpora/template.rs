//! Lines with places for what changes from one to the next.

use super::{numbers, text};
use crate::Random;

/// Fills places in templates. A place stands in angle quotes, `‹kind:argument›`, because every other sign is
/// in use in logs or JSON:
///
/// | | |
/// | --- | --- |
/// | `‹d:6›` | six digits, the first not 0 |
/// | `‹n:500›` | a number below 500 |
/// | `‹z:3:500›` | the same, in three digits at least |
/// | `‹x:8›` | eight hexadecimal digits |
/// | `‹u:13,16›` | thirteen or sixteen digits without Luhn's |
/// | `‹date›`, `‹time›`, `‹uuid›`, `‹ip›`, `‹path›` | what they say |
/// | `‹word›`, `‹Word›`, `‹text›` | a word of the novels, so with a capital, a line of them |
/// | `‹a|b|c›` | one of these |
pub struct Filler {
    random: Random,
    words: Vec<&'static str>,
    sentences: Vec<&'static str>,
}

impl Filler {
    /// Returns the filler whose choices belong to a name.
    pub fn of(name: &str) -> Filler {
        let words = text::words();
        Filler { random: Random::of(1, &[name]), words, sentences: text::sentences() }
    }

    /// Returns the numbers that its choices are made with.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// Returns one of the templates, filled.
    pub fn any(&mut self, templates: &[&str]) -> String {
        let template = self.random.word(templates);
        self.fill(template)
    }

    /// Returns a template, filled.
    pub fn fill(&mut self, template: &str) -> String {
        let (mut filled, mut rest) = (String::new(), template);
        while let Some((before, (place, behind))) =
            rest.split_once('‹').and_then(|(before, tail)| Some((before, tail.split_once('›')?)))
        {
            filled.push_str(before);
            self.place(place, &mut filled);
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    fn place(&mut self, place: &str, out: &mut String) {
        let mut parts = place.split(':');
        let kind = parts.next().unwrap_or_default();
        let random = &mut self.random;
        let arguments: Vec<usize> = parts.map(|part| one_of(random, part)).collect();
        let argument = |at: usize| arguments.get(at).copied().unwrap_or_default();
        match kind {
            "d" => out.push_str(&numbers::digits(random, argument(0))),
            "u" => out.push_str(&numbers::unchecked(random, argument(0))),
            "n" => out.push_str(&random.below(argument(0)).to_string()),
            "z" => {
                let (width, end) = (argument(0), argument(1));
                out.push_str(&format!("{:0width$}", random.below(end)));
            }
            "x" => out.push_str(&hexadecimal(random, argument(0))),
            "word" => out.push_str(random.word(&self.words)),
            "text" => out.push_str(random.word(&self.sentences)),
            "Word" => out.push_str(&capitalised(random.word(&self.words))),
            _ => self.composed(place, out),
        }
    }

    /// Fills what is made of other places.
    fn composed(&mut self, place: &str, out: &mut String) {
        let template = match place {
            "date" => "2026-‹01|02|03|04|05|06|07|08|09|10|11|12›-‹1|2›‹n:9›",
            "time" => "‹0|1›‹n:10›:‹z:2:60›:‹z:2:60›",
            "uuid" => "‹x:8›-‹x:4›-4‹x:3›-‹8|9|a|b›‹x:3›-‹x:12›",
            "ip" => "‹10|172.16|192.168›.‹n:256›.‹n:256›.‹n:255›",
            "path" => "/‹word›/‹word›-‹word›/‹word›",
            choices => {
                let choices: Vec<&str> = choices.split('|').collect();
                return out.push_str(self.random.word(&choices));
            }
        };
        out.push_str(&self.fill(template));
    }
}

/// Returns one of the numbers between commas.
fn one_of(random: &mut Random, list: &str) -> usize {
    let numbers: Vec<&str> = list.split(',').collect();
    random.word(&numbers).parse().unwrap_or_default()
}

fn hexadecimal(random: &mut Random, length: usize) -> String {
    (0..length).filter_map(|_| char::from_digit(random.below(16) as u32, 16)).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_the_rest_stays() {
        let mut filler = Filler::of("test");
        let line = filler.fill("a {‹d:4›} ‹x:3› ‹z:5:10› ‹on|on› ‹u:16› z");
        let parts: Vec<&str> = line.split(' ').collect();
        assert_eq!(
            (parts[0], parts[1].len(), parts[2].len(), parts[4]),
            ("a", 6, 3, "on"),
            "{line}"
        );
        assert!(parts[3].starts_with("0000") && parts[5].len() == 16, "{line}");
        assert_eq!(filler.fill("‹uuid›").len(), 36);
        assert_eq!(filler.fill("‹date›T‹time›Z").len(), 20);
        assert!(!filler.fill("‹ip› ‹path› ‹Word› ‹text›").contains(['‹', '›']));
    }
}
