//! Charts as SVG: bars in groups, and lines. Both axes that carry values are logarithmic, since what is
//! compared differs by powers of ten.
//!
//! Colours are those of Okabe and Ito ("Color Universal Design", 2008), which people tell apart whatever
//! their eyes; ground and letters follow the reader's light or dark scheme.

use std::fmt::Write as _;

/// Bars side by side for each group.
pub struct Bars {
    /// What is shown.
    pub title: String,
    /// What the height says, with its unit.
    pub measure: &'static str,
    /// The groups' names.
    pub groups: Vec<String>,
    /// What stands beside each other in a group, with one value for each.
    pub series: Vec<(String, Vec<Option<f64>>)>,
}

/// Lines through points.
pub struct Lines {
    /// What is shown.
    pub title: String,
    /// What the height says, with its unit.
    pub measure: &'static str,
    /// What runs to the right, with its unit.
    pub along: &'static str,
    /// Places on the axis that have a name.
    pub marks: Vec<(f64, String)>,
    /// The lines with their points, from left to right.
    pub series: Vec<(String, Vec<(f64, f64)>)>,
}

impl Bars {
    /// Returns the picture, `None` where there is nothing to show.
    pub fn svg(&self) -> Option<String> {
        let values = self.series.iter().flat_map(|(_, values)| values.iter().flatten());
        let scale = Scale::steps(values.copied(), BOTTOM, TOP)?;
        let names: Vec<&str> = self.series.iter().map(|(name, _)| name.as_str()).collect();
        let mut body = heights(&scale, self.measure);
        let width = (RIGHT - LEFT) / self.groups.len() as f64;
        for (index, group) in self.groups.iter().enumerate() {
            let left = LEFT + width * index as f64;
            text(&mut body, left + width / 2.0, BOTTOM + 20.0, "middle", group);
            self.group(&mut body, index, left, width, &scale);
        }
        Some(picture(&self.title, &names, &body))
    }

    fn group(&self, body: &mut String, index: usize, left: f64, width: f64, scale: &Scale) {
        let gap = width * 0.1;
        let wide = (width - 2.0 * gap) / self.series.len() as f64;
        for (at, (name, values)) in self.series.iter().enumerate() {
            let Some(value) = values.get(index).copied().flatten() else { continue };
            let (x, y) = (left + gap + wide * at as f64, scale.at(value));
            let _ = writeln!(
                body,
                "<rect class=\"s{at}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
                 <title>{}: {}</title></rect>",
                wide * 0.92,
                BOTTOM - y,
                escaped(name),
                number(value)
            );
        }
    }
}

impl Lines {
    /// Returns the picture, `None` where there is nothing to show.
    pub fn svg(&self) -> Option<String> {
        let points = || self.series.iter().flat_map(|(_, points)| points);
        let up = Scale::steps(points().map(|point| point.1), BOTTOM, TOP)?;
        let along = Scale::tight(points().map(|point| point.0), LEFT + 30.0, RIGHT - 30.0)?;
        let names: Vec<&str> = self.series.iter().map(|(name, _)| name.as_str()).collect();
        let mut body = heights(&up, self.measure);
        for (value, name) in &self.marks {
            text(&mut body, along.at(*value), BOTTOM + 20.0, "middle", name);
        }
        text(&mut body, (LEFT + RIGHT) / 2.0, BOTTOM + 42.0, "middle", self.along);
        for (index, (name, points)) in self.series.iter().enumerate() {
            line(&mut body, index, name, points.iter().map(|p| (along.at(p.0), up.at(p.1), p.1)));
        }
        Some(picture(&self.title, &names, &body))
    }
}

/// Draws a line and its points; the third number of a point is what it stands for.
fn line(
    body: &mut String,
    index: usize,
    name: &str,
    points: impl Iterator<Item = (f64, f64, f64)> + Clone,
) {
    let path: Vec<String> = points.clone().map(|(x, y, _)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(body, "<polyline class=\"l{index}\" points=\"{}\"/>", path.join(" "));
    for (x, y, value) in points {
        let _ = writeln!(
            body,
            "<circle class=\"s{index}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"><title>{}: {}</title></circle>",
            escaped(name),
            number(value)
        );
    }
}

/// Where values lie along a stretch of the picture, by their logarithms.
struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// From the step below the least value to the step above the greatest, `None` without any value.
    fn steps(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Option<Scale> {
        let scale = Scale::tight(values, from, to)?;
        let mut below = STEPS.iter().rev().filter(|step| **step <= scale.low * 0.8);
        let mut above = STEPS.iter().filter(|step| **step >= scale.high);
        let (low, high) = (below.next(), above.next());
        Some(Scale { low: *low.unwrap_or(&scale.low), high: *high.unwrap_or(&scale.high), ..scale })
    }

    /// From the least value to the greatest.
    fn tight(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Option<Scale> {
        let values = values.filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = values.fold((f64::MAX, 0.0), |(low, high): (f64, f64), value| {
            (low.min(value), high.max(value))
        });
        (low <= high).then_some(Scale { low, high: high.max(low * 1.01), from, to })
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value / self.low).ln() / (self.high / self.low).ln();
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// The steps within; whole powers of ten only, where they are many.
    fn ticks(&self) -> Vec<f64> {
        let within = STEPS.iter().copied().filter(|step| (self.low..=self.high).contains(step));
        let ticks: Vec<f64> = within.collect();
        let few = ticks.len() <= 10;
        let is_power = |tick: &f64| (tick.log10() - tick.log10().round()).abs() < 1e-9;
        ticks.into_iter().filter(|tick| few || is_power(tick)).collect()
    }
}

/// 1, 2 and 5 of every power of ten that a speed or a time may have.
const STEPS: [f64; 30] = [
    1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1.0,
    2.0, 5.0, 10.0, 20.0, 50.0, 1e2, 2e2, 5e2, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4,
];

/// Draws the axis of heights, a line for each step, and what they say.
fn heights(scale: &Scale, measure: &str) -> String {
    let mut body = String::new();
    for tick in scale.ticks() {
        let y = scale.at(tick);
        let _ = writeln!(
            body,
            "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\"/>"
        );
        text(&mut body, LEFT - 8.0, y + 4.0, "end", &number(tick));
    }
    let middle = (TOP + BOTTOM) / 2.0;
    let _ = writeln!(
        body,
        "<text class=\"text\" transform=\"translate(18 {middle}) rotate(-90)\" \
         text-anchor=\"middle\">{}</text>",
        escaped(measure)
    );
    body
}

fn text(body: &mut String, x: f64, y: f64, anchor: &str, what: &str) {
    let _ = writeln!(
        body,
        "<text class=\"text\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        escaped(what)
    );
}

/// Puts a ground, a title and the names of the series around what is drawn.
fn picture(title: &str, names: &[&str], body: &str) -> String {
    let title = escaped(title);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\" aria-label=\"{title}\">\n<style>\n{}</style>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"28\">{title}</text>\n",
        style()
    );
    legend(&mut svg, names);
    let _ = write!(
        svg,
        "{body}<line class=\"axis\" x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{RIGHT}\" y2=\"{BOTTOM}\"/>\n</svg>\n"
    );
    svg
}

/// Writes the names of the series beside their colours, in as many lines as it takes.
fn legend(svg: &mut String, names: &[&str]) {
    let (mut x, mut y) = (LEFT, 42.0);
    for (index, name) in names.iter().enumerate() {
        // A letter of this size is about 6.6 wide.
        let wide = 36.0 + 6.6 * name.chars().count() as f64;
        if x + wide > WIDTH {
            (x, y) = (LEFT, y + 17.0);
        }
        let _ = writeln!(
            svg,
            "<rect class=\"s{index}\" x=\"{x:.1}\" y=\"{y}\" width=\"12\" height=\"12\"/>"
        );
        text(svg, x + 17.0, y + 11.0, "start", name);
        x += wide;
    }
}

fn style() -> String {
    let mut style = String::from(LIGHT);
    for (index, colour) in COLOURS.iter().enumerate() {
        let _ = writeln!(style, ".s{index} {{ fill: {colour}; }}");
        let _ = writeln!(style, ".l{index} {{ fill: none; stroke: {colour}; stroke-width: 2.5; }}");
    }
    style + DARK
}

const LIGHT: &str = "\
.ground { fill: #ffffff; }
.text { fill: #24292f; font: 12px sans-serif; }
.title { fill: #24292f; font: bold 15px sans-serif; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.axis { stroke: #57606a; stroke-width: 1; }
";
const DARK: &str = "\
@media (prefers-color-scheme: dark) {
.ground { fill: #0d1117; }
.text, .title { fill: #e6edf3; }
.grid { stroke: #30363d; }
.axis { stroke: #8b949e; }
}
";
/// As many as a picture may have series. Without black, which a dark ground swallows, and yellow, which a light one does.
pub const COLOURS: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c", "#a6761d"];

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 940.0;
const TOP: f64 = 104.0;
const BOTTOM: f64 = 384.0;

/// Returns a number in as many digits as are worth reading.
pub fn number(value: f64) -> String {
    match value.abs() {
        0.0 => "0".into(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => trimmed(format!("{value:.1}")),
        size if size >= 1.0 => trimmed(format!("{value:.2}")),
        size => trimmed(format!("{value:.*}", (2.0 - size.log10().floor()) as usize)),
    }
}

/// Takes away zeros that say nothing.
fn trimmed(number: String) -> String {
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> Bars {
        Bars {
            title: "A & <B> \"C\"".into(),
            measure: "GB/s",
            groups: vec!["english".into(), "dense".into()],
            series: vec![
                ("ours".into(), vec![Some(8.0), Some(1.5)]),
                ("theirs".into(), vec![Some(0.2), None]),
            ],
        }
    }

    /// The text of every element of this name and class.
    fn elements<'d>(svg: &roxmltree::Document<'d>, name: &str, class: &str) -> usize {
        let is_one = |node: &roxmltree::Node<'_, '_>| {
            node.has_tag_name(name) && node.attribute("class").is_some_and(|c| c.starts_with(class))
        };
        svg.descendants().filter(is_one).count()
    }

    #[test]
    fn bars_are_well_formed_and_all_there() {
        let svg = bars().svg().unwrap();
        let document =
            roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
        // Two in the legend, three bars.
        assert_eq!(elements(&document, "rect", "s"), 5);
        let title = document.descendants().find(|node| node.attribute("class") == Some("title"));
        assert_eq!(title.and_then(|node| node.text()), Some("A & <B> \"C\""));
        for label in ["GB/s", "english", "dense", "theirs", "0.1", "10"] {
            assert!(
                document.descendants().any(|node| node.text() == Some(label)),
                "{label}\n{svg}"
            );
        }
    }

    #[test]
    fn higher_values_stand_higher_by_their_logarithm() {
        let scale = Scale::steps([0.2, 9.0].into_iter(), BOTTOM, TOP).unwrap();
        assert_eq!((scale.low, scale.high), (0.1, 10.0));
        assert_eq!(scale.at(1.0), (BOTTOM + TOP) / 2.0);
        assert_eq!(scale.ticks(), [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]);
    }

    #[test]
    fn lines_are_well_formed_and_all_there() {
        let chart = Lines {
            title: "Size".into(),
            measure: "GB/s",
            along: "bytes",
            marks: vec![(1024.0, "1 KiB".into()), (4096.0, "4 KiB".into())],
            series: vec![("english".into(), vec![(1024.0, 1.0), (4096.0, 2.0)])],
        };
        let svg = chart.svg().unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(elements(&document, "polyline", "l"), 1);
        assert_eq!(elements(&document, "circle", "s"), 2);
    }

    #[test]
    fn nothing_makes_no_picture() {
        assert_eq!(Bars { series: Vec::new(), ..bars() }.svg(), None);
        let nothing = vec![("none".to_owned(), vec![None, Some(0.0)])];
        assert_eq!(Bars { series: nothing, ..bars() }.svg(), None);
    }

    #[test]
    fn numbers_have_the_digits_that_count() {
        let written = [0.0, 0.0123, 0.5, 1.25, 7.0, 12.34, 1234.5].map(number);
        assert_eq!(written, ["0", "0.0123", "0.5", "1.25", "7", "12.3", "1234"]);
    }
}
