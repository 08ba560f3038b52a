//! Corpora that are made line by line.

use super::template::Filler;
use super::{numbers, text};
use crate::Random;

/// Returns lines of the logs of servers, systems and programs.
pub fn logs(bytes: usize) -> Vec<u8> {
    let mut filler = Filler::of("logs");
    written("", bytes, || filler.any(LOGS))
}

/// Returns orders in delimited text.
pub fn records(bytes: usize) -> Vec<u8> {
    let mut filler = Filler::of("records");
    written(RECORDS_HEADER, bytes, || filler.fill(RECORD))
}

/// Returns objects in JSON, one a line.
pub fn api(bytes: usize) -> Vec<u8> {
    let mut filler = Filler::of("api");
    written("", bytes, || filler.any(API))
}

/// Returns bytes of every value.
pub fn random(bytes: usize) -> Vec<u8> {
    let mut random = Random::of(1, &["random"]);
    let words = (0..bytes.div_ceil(8)).flat_map(|_| random.draw().to_le_bytes());
    words.take(bytes).collect()
}

/// Returns lines with a card, a social security number and an IBAN each.
pub fn dense(bytes: usize) -> Vec<u8> {
    let mut filler = Filler::of("dense");
    written("", bytes, || {
        let random = filler.random();
        let [card, ssn, iban] =
            [numbers::card, numbers::ssn, numbers::iban].map(|make| make(random));
        filler.fill(&format!("{NAME},{card},{ssn},{iban},‹date›,‹d:3›.‹z:2:100›\n"))
    })
}

/// Returns log lines of which every `every`th is a violation, and how many of them are.
pub fn violations(every: Option<usize>, bytes: usize) -> (Vec<u8>, u64) {
    let mut filler = Filler::of("violations");
    let mut line = 0;
    let text = written("", bytes, || {
        line += 1;
        match every {
            Some(every) if line % every == 0 => {
                let card = numbers::card(filler.random());
                filler.fill(&format!("‹date› ‹time› charge card number {card} for order ‹word›\n"))
            }
            _ => filler.any(LOGS),
        }
    });
    let lines = text.iter().filter(|byte| **byte == b'\n').count();
    let violations = every.map_or(0, |every| lines / every);
    (text, violations as u64)
}

/// Returns 1024 bytes of JSON as a form sends them.
pub fn form() -> Vec<u8> {
    let mut filler = Filler::of("form");
    let mut text = filler.fill(FORM).into_bytes();
    text.resize(1022, b' ');
    text.extend_from_slice(b"\"}");
    text
}

/// Returns 64 bytes of text as a field holds them.
pub fn field() -> Vec<u8> {
    b"Please leave the parcel with the neighbours at the blue door, ok".to_vec()
}

/// Returns a head and pieces behind it, to the last line that fits.
fn written(head: &str, bytes: usize, mut piece: impl FnMut() -> String) -> Vec<u8> {
    let mut text = head.as_bytes().to_vec();
    while text.len() <= bytes {
        text.extend_from_slice(piece().as_bytes());
    }
    text::truncated(text, bytes)
}

/// Lines as they stand in the logs of web servers, systems, databases and services.
const LOGS: &[&str] = &[
    "‹ip› - - [‹z:2:28›/Nov/2026:‹time› +0000] \"GET ‹path›?page=‹n:90›&t=‹d:6› HTTP/1.1\" ‹200|200|200|304|404› \
     ‹n:90000› \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\" 0.‹z:3:999›\n",
    "‹ip› - - [‹z:2:28›/Nov/2026:‹time› +0000] \"POST ‹path› HTTP/2.0\" ‹200|201|204|500› ‹n:4000› \
     \"https://www.example.com‹path›\" \"curl/8.5.0\" 0.‹z:3:999›\n",
    "Nov ‹1|2›‹n:9› ‹time› ‹word›‹n:40› sshd[‹n:32000›]: Failed password for invalid user ‹word› from ‹ip› \
     port ‹n:65000› ssh2\n",
    "Nov ‹1|2›‹n:9› ‹time› ‹word›‹n:40› kernel: [‹d:6›.‹z:6:999999›] ‹word›: ‹word› ‹word› on cpu ‹n:64›, \
     flags 0x‹x:8›, ‹n:4096› pages\n",
    "Nov ‹1|2›‹n:9› ‹time› ‹word›‹n:40› systemd[1]: ‹Started|Stopped|Reloaded› ‹Word› ‹word› ‹word›.\n",
    "‹date› ‹time›,‹z:3:999› INFO  [‹word›-pool-‹n:16›] com.example.‹word›.‹Word›‹Word›: ‹Word› ‹word› in ‹n:900› ms, \
     ‹n:12000› rows, ‹n:90›.‹n:10› %\n",
    "‹date› ‹time›,‹z:3:999› ‹WARN|ERROR› [main] com.example.‹word›.‹Word›‹Word›: ‹text›\n",
    "\tat com.example.‹word›.‹Word›‹Word›.‹word›(‹Word›‹Word›.java:‹n:900›)\n",
    "\tat org.example.‹word›.‹word›.‹Word›$‹Word›.‹word›(‹Word›.java:‹n:2000›)\n",
    "{\"ts\":\"‹date›T‹time›.‹z:3:999›Z\",\"level\":\"‹info|info|debug|warn›\",\"msg\":\"‹word› ‹word› ‹word›\",\
     \"trace\":\"‹x:32›\",\"ms\":‹n:2000›}\n",
    "081109 ‹z:6:235959› ‹n:40000› INFO dfs.DataNode$PacketResponder: PacketResponder ‹n:3› for block \
     blk_‹x:16› terminating\n",
    "‹date›T‹time›.‹z:6:999999›Z ‹ip›:‹n:65000› ‹ip›:443 0.‹z:6:999999› 0.‹z:6:999999› 200 200 ‹n:900› ‹n:90000› \
     \"GET https://api.example.com:443‹path› HTTP/1.1\"\n",
    "‹date› ‹time›.‹z:3:999› UTC [‹n:32000›] LOG:  duration: ‹n:900›.‹z:3:999› ms  statement: SELECT ‹word›, ‹word› \
     FROM ‹word› WHERE ‹word› > ‹n:5000› ORDER BY ‹word› LIMIT ‹n:200›\n",
    "I‹d:4› ‹time›.‹z:6:999999› ‹n:32000› ‹word›.cc:‹n:2000›] ‹Word› ‹word› ‹word› (‹n:50› of ‹n:900›)\n",
    "‹x:2›:‹x:2›:‹x:2› ‹word› ‹n:100›/‹n:100› rx=‹d:5› tx=‹d:5› err=‹n:9› drop=‹n:9› load=0.‹z:2:99› 1.‹z:2:99›\n",
];

const RECORDS_HEADER: &str = "order_id,placed_at,batch,customer,street,city,sku,quantity,unit_price,total,\
                              tracking,contact,weight_g,ip,status\n";
const RECORD: &str = "‹u:10›,‹date›T‹time›.‹z:3:999›Z,‹d:6›,‹Anna|Ben|Carla|Dan|Eva|Finn|Greta|Hugo|Ida|Jan› \
     ‹Ash|Birch|Cole|Drake|Elm|Frost|Grove|Hale|Ivey|Jarvis›,‹n:900› ‹Mill|Oak|Station|Church|River|Park› \
     ‹Road|Lane|Street›,‹Springfield|Ashford|Riverton|Lakewood|Fairview›,‹AX|BR|CT|DW›-‹d:5›,‹n:20›,‹n:900›.‹z:2:99›,\
     ‹n:9000›.‹z:2:99›,‹u:13,15,16,16,18›,‹word›.‹word›@example.com,‹d:5›,‹ip›,‹shipped|pending|delivered|returned›\n";
const NAME: &str =
    "‹Anna|Ben|Carla|Dan|Eva|Finn|Greta|Hugo› ‹Ash|Birch|Cole|Drake|Elm|Frost|Grove|Hale›";

/// Objects as services send them: a message, an event of a repository, a measurement, a shape on a map, a
/// product.
const API: &[&str] = &[
    "{\"id\":\"‹d:1›‹x:23›\",\"created_at\":\"‹date›T‹time›Z\",\"text\":\"‹text› ‹text›\",\"lang\":\"en\",\
     \"entities\":{\"hashtags\":[{\"text\":\"‹word›\",\"indices\":[‹n:40›,‹n:140›]}],\"urls\":[]},\
     \"retweets\":‹n:900›,\"favourites\":‹n:9000›,\"truncated\":false,\"in_reply_to\":null,\
     \"author\":{\"handle\":\"‹word›_‹word›\",\"followers\":‹n:90000›,\"verified\":‹true|false›}}\n",
    "{\"type\":\"‹Push|Watch|Fork|Issues›Event\",\"actor\":{\"login\":\"‹word›‹n:90›\",\"url\":\
     \"https://api.example.com/users/‹word›\",\"avatar\":\"‹x:32›\"},\"repo\":\"‹word›/‹word›-‹word›\",\"public\":true,\
     \"commits\":[{\"sha\":\"‹x:40›\",\"message\":\"‹text›\",\"distinct\":true}],\"size\":‹n:20›}\n",
    "{\"event_id\":\"‹uuid›\",\"device\":\"‹word›-‹n:400›\",\"reading\":{\"celsius\":‹n:40›.‹z:6:999999›,\"volts\":3.‹z:9:999999999›,\
     \"rpm\":[‹d:4›,‹d:4›,‹d:4›]},\"tags\":[\"‹word›\",\"‹word›\"],\"ok\":‹true|true|false›}\n",
    "{\"type\":\"Polygon\",\"coordinates\":[[-‹n:90›.‹z:13:9999999999999›,‹n:80›.‹z:13:9999999999999›],\
     [-‹n:90›.‹z:13:9999999999999›,‹n:80›.‹z:13:9999999999999›],[-‹n:90›.‹z:14:99999999999999›,‹n:80›.‹z:14:99999999999999›]],\
     \"zone\":\"‹Word›-‹n:90›\"}\n",
    "{\"sku\":\"‹AX|BR|CT›-‹d:5›\",\"summary\":\"‹Word› ‹word› ‹word›\",\"details\":\"‹text› ‹text› ‹text›\",\
     \"price\":{\"amount\":\"‹n:900›.‹z:2:99›\",\"currency\":\"EUR\"},\"stock\":‹n:5000›,\
     \"images\":[\"https://img.example.com/‹x:16›.jpg\",\"https://img.example.com/‹x:16›.jpg\"]}\n",
    "{\"page\":‹n:90›,\"per_page\":50,\"total\":‹n:9000›,\"took_ms\":‹n:90›,\"request\":\"‹uuid›\",\"warnings\":[],\"next\":\
     \"https://api.example.com‹path›?cursor=‹x:24›\"}\n",
];

/// A form as a web page sends it; blanks fill it up.
const FORM: &str = "{\"form\":\"contact\",\"locale\":\"en-GB\",\"submitted\":\"‹date›T‹time›Z\",\"session\":\"‹uuid›\",\
     \"subject\":\"‹Word› ‹word› ‹word›\",\"topic\":\"delivery\",\"order\":\"‹AX|BR|CT›-‹d:5›\",\"newsletter\":false,\
     \"rating\":4,\"message\":\"‹text› ‹text› ‹text› ‹text› ‹text› ‹text› ‹text› ‹text› ‹text›";
