//! A container: what its reader finds is scanned member by member, each as a payload of its own.

use std::sync::Arc;

use super::Session;
use crate::collector::Harvest;
use crate::coverage::{Gap, GapReason};
use crate::extract::{Flow, Format, Members, Reader, Unread, ZIP};
use crate::limits::Limits;
use crate::policy::Action;
use crate::scanner::Plan;
use crate::sink::{Ignore, Sink};

/// Characters of a member's name that a place keeps.
const LONGEST_NAME: usize = 200;
/// Name of what follows on a container that has ended.
const BEHIND: &str = "behind the end";

/// Where a payload or a member of one stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Names of containers and members, joined by `!/`; none for the payload.
    pub(super) path: Option<Arc<str>>,
    /// Containers that it stands in.
    depth: u32,
}

impl Place {
    /// Returns the place of a payload.
    pub(super) fn payload() -> Place {
        Place { path: None, depth: 0 }
    }

    /// Returns the names of containers and members, nothing for the payload.
    pub(super) fn path(&self) -> &str {
        self.path.as_deref().unwrap_or_default()
    }

    /// Returns the place of a member.
    fn of(&self, name: &str) -> Place {
        let within = self.path.as_ref().map(|path| format!("{path}!/{name}"));
        let path = within.map_or_else(|| name.into(), Into::into);
        Place { path: Some(path), depth: self.depth + 1 }
    }

    /// Returns the place of the name of what stands here.
    fn name(&self) -> Place {
        Place { path: Some(format!("{}!name", self.path()).into()), depth: self.depth }
    }
}

/// What all members of a payload may still take.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    bytes: u64,
    members: u64,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Budget {
        Budget { bytes: limits.unpacked_bytes, members: limits.members }
    }
}

/// A container that is read as it arrives.
pub(super) struct Unpacking {
    /// None once the container has ended or cannot be read any further.
    reader: Option<Box<dyn Reader>>,
    read: Read,
    /// Why the rest was not read.
    unread: Option<GapReason>,
}

/// What the members of a container came to, and the one that is open.
struct Read {
    member: Option<Box<Session>>,
    found: Harvest,
    gaps: Vec<Gap>,
    /// Members that were opened.
    count: u64,
}

/// Where the reader of a container puts its members.
struct View<'v> {
    read: &'v mut Read,
    plan: &'v Arc<Plan>,
    place: &'v Place,
    budget: &'v mut Budget,
    sink: &'v mut dyn Sink,
}

/// What a payload or a member came to.
pub(super) struct Closed {
    pub(super) found: Harvest,
    pub(super) gaps: Vec<Gap>,
}

impl Unpacking {
    /// Opens what begins as a format; `gap` says what else is in it that no reader knows.
    pub(super) fn open(
        plan: &Plan,
        place: &Place,
        head: &[u8],
        gap: Option<GapReason>,
    ) -> Result<Option<Unpacking>, Unread> {
        let Some(format) = plan.format(head) else { return Ok(None) };
        if place.depth >= plan.options.limits.depth {
            return Err(Unread(GapReason::Limit));
        }
        Ok(Some(Unpacking::of(format, place, gap)))
    }

    fn of(format: &dyn Format, place: &Place, gap: Option<GapReason>) -> Unpacking {
        // An office document is more than the archive that it lies in, for whoever knows archives alone.
        let gap = gap.filter(|gap| *gap == GapReason::Document && format.name() == ZIP);
        let whole = |reason| Gap::new(place.path(), 0, 0, reason);
        let gaps = gap.map(whole).into_iter().collect();
        let read = Read { member: None, found: Harvest::new(0), gaps, count: 0 };
        Unpacking { reader: Some(format.reader()), read, unread: None }
    }

    /// Takes the next bytes of the container.
    pub(super) fn push(
        &mut self,
        plan: &Arc<Plan>,
        place: &Place,
        bytes: &[u8],
        (budget, sink): (&mut Budget, &mut dyn Sink),
    ) {
        let mut view = View { read: &mut self.read, plan, place, budget, sink };
        let flow = match &mut self.reader {
            Some(reader) => reader.push(bytes, &mut view),
            None if self.unread.is_some() => return,
            None => view.write(bytes).map(|()| Flow::More),
        };
        let flow = flow.and_then(|flow| {
            let Flow::Ended(left) = flow else { return Ok(()) };
            self.reader = None;
            let from = bytes.len().saturating_sub(left);
            view.open(BEHIND)?;
            view.write(bytes.get(from..).unwrap_or_default())
        });
        if let Err(Unread(reason)) = flow {
            self.fail(reason);
        }
    }

    fn fail(&mut self, reason: GapReason) {
        self.reader = None;
        self.unread = Some(reason);
    }

    /// Ends the container, of which so many bytes were read.
    pub(super) fn finish(
        mut self,
        plan: &Arc<Plan>,
        place: &Place,
        bytes: u64,
        (budget, sink): (&mut Budget, &mut dyn Sink),
    ) -> Closed {
        let mut view = View { read: &mut self.read, plan, place, budget, sink };
        let ended = self.reader.take().map_or(Ok(()), |mut reader| reader.finish(&mut view));
        let closed = view.end();
        if let Err(Unread(reason)) = ended.and(closed) {
            self.fail(reason);
        }
        let Read { found, mut gaps, .. } = self.read;
        gaps.iter_mut().filter(|gap| gap.path == place.path()).for_each(|gap| gap.end = bytes);
        gaps.extend(self.unread.map(|reason| Gap::new(place.path(), 0, bytes, reason)));
        Closed { found, gaps }
    }

    /// Returns the strictest action that has fired so far.
    pub(super) fn action_so_far(&self, plan: &Plan) -> Action {
        let gaps = self.read.gaps.iter().map(Gap::reason).chain(self.unread);
        let unread = gaps.map(|reason| plan.policy.unscannable(reason)).max();
        let open = self.read.member.as_ref().map(|member| member.action_so_far());
        let found = self.read.found.tally.action_so_far(&plan.compiled);
        unread.max(open).unwrap_or(Action::Accept).max(found)
    }

    /// Returns how many bytes of past chunks the members hold.
    pub(super) fn carried(&self) -> usize {
        self.read.member.as_ref().map_or(0, |member| member.carried_bytes())
    }

    /// Returns whether a sink has stopped the scan.
    pub(super) fn is_stopped(&self) -> bool {
        let member = self.read.member.as_ref();
        self.read.found.stopped || member.is_some_and(|member| member.is_stopped())
    }
}

impl View<'_> {
    /// Ends what is open, if anything is.
    fn end(&mut self) -> Result<(), Unread> {
        let Some(member) = self.read.member.take() else { return Ok(()) };
        let closed = member.close(self.budget, self.sink);
        self.join(closed);
        self.go_on()
    }

    fn join(&mut self, closed: Closed) {
        self.read.found.absorb(self.plan, closed.found);
        self.read.gaps.extend(closed.gaps);
    }

    /// Returns an error where nothing that follows counts any more.
    fn go_on(&self) -> Result<(), Unread> {
        let decided = self.read.found.decided.is_some();
        let ended = decided || self.read.found.stopped;
        if ended { Err(Unread(GapReason::Decided)) } else { Ok(()) }
    }

    /// Returns the session of the next member.
    fn member(&mut self, name: &str) -> Result<Session, Unread> {
        self.end()?;
        let members = self.budget.members.checked_sub(1);
        self.budget.members = members.ok_or(Unread(GapReason::Limit))?;
        self.read.count += 1;
        let place = self.named(name);
        self.go_on()?;
        Ok(Session::at(Arc::clone(self.plan), place))
    }

    /// Scans the name of a member, and returns the place that shows it: its number where the name itself holds
    /// what is prohibited.
    fn named(&mut self, name: &str) -> Place {
        let shown: String = name.chars().map(shown).take(LONGEST_NAME).collect();
        let place = self.place.of(&shown);
        let name = name.as_bytes();
        let closed = scan_name(self.plan, &place, name, (self.budget, &mut Ignore));
        if closed.found.findings.is_empty() && closed.found.omitted == 0 {
            return place;
        }
        let place = self.place.of(&format!("member {}", self.read.count));
        let closed = scan_name(self.plan, &place, name, (self.budget, self.sink));
        self.join(closed);
        place
    }
}

/// Scans the name of what stands at a place.
fn scan_name(
    plan: &Arc<Plan>,
    place: &Place,
    name: &[u8],
    (budget, sink): (&mut Budget, &mut dyn Sink),
) -> Closed {
    let mut session = Session { is_text: true, ..Session::at(Arc::clone(plan), place.name()) };
    session.feed(name, budget, sink);
    session.close(budget, sink)
}

/// Returns a character of a name as it is shown: no control character, and no mark that joins places.
fn shown(character: char) -> char {
    if character.is_control() || character == '!' { '\u{fffd}' } else { character }
}

impl Members for View<'_> {
    fn open(&mut self, name: &str) -> Result<(), Unread> {
        let member = self.member(name)?;
        self.read.member = Some(member.into());
        Ok(())
    }

    fn text(&mut self, name: &str) -> Result<(), Unread> {
        let member = self.member(name)?;
        self.read.member = Some(Session { is_text: true, ..member }.into());
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        let Some(member) = &mut self.read.member else { return Ok(()) };
        let room = usize::try_from(self.budget.bytes).unwrap_or(usize::MAX);
        let examined = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.budget.bytes -= examined.len() as u64;
        member.feed(examined, self.budget, self.sink);
        if examined.len() < bytes.len() { Err(Unread(GapReason::Limit)) } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Unread> {
        self.end()
    }

    fn gap(&mut self, name: &str, reason: GapReason) {
        let place = if name.is_empty() { self.place.clone() } else { self.named(name) };
        self.read.gaps.push(Gap::new(place.path(), 0, 0, reason));
    }

    fn room(&self) -> usize {
        self.plan.options.limits.kept_bytes
    }
}
