//! Lines of access logs whose status is in a column apart from the request: before it, or far after it.

use crate::capture::words::is_status;
use crate::text::offset_in;

/// How far from the request its columns are, in bytes.
const FURTHEST: usize = 600;

/// The status in the columns in front of a request: its place and its number. HAProxy and the load balancers of AWS write
/// it after the times that the parts of the call took.
pub(super) fn status_before(line: &str) -> Option<(usize, u16)> {
    let from = line.ceil_char_boundary(line.len().saturating_sub(FURTHEST));
    let columns = columns(&line[from..]);
    columns.windows(3).enumerate().find_map(|(at, three)| {
        let [(_, time), (place, status), (_, next)] = three else { return None };
        let follows_times = is_timers(time)
            || is_seconds(time) && at.checked_sub(1).is_some_and(|before| is_seconds(columns[before].1));
        let is_number = next.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()) || *next == "-";
        Some((from + place, code(status)?)).filter(|_| follows_times && is_number)
    })
}

/// The status in the columns after a target, as IIS writes them: query, port, user, address, client, referrer, status,
/// substatus, code of Windows, time.
pub(super) fn status_behind(line: &str) -> Option<(usize, u16)> {
    let columns = columns(&line[..line.floor_char_boundary(FURTHEST)]);
    let [_, (_, port), _, (_, address), _, rest @ ..] = columns.as_slice() else { return None };
    let is_port = (2..=5).contains(&port.len()) && is_number(port);
    let is_address = address.len() >= 3
        && address.contains(['.', ':'])
        && address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':'));
    let at = rest.iter().position(|(_, column)| code(column).is_some())?;
    let only_numbers = rest[at..].iter().all(|(_, column)| is_number(column));
    let (place, status) = rest[at];
    Some((place, code(status)?)).filter(|_| is_port && is_address && only_numbers && rest.len() >= at + 3)
}

fn columns(line: &str) -> Vec<(usize, &str)> {
    let start = |column: &str| offset_in(line, column);
    line.split_ascii_whitespace().map(|column| (start(column), column)).collect()
}

fn is_number(column: &str) -> bool {
    !column.is_empty() && column.bytes().all(|b| b.is_ascii_digit())
}

fn code(column: &str) -> Option<u16> {
    column.parse().ok().filter(|code| column.len() == 3 && is_status(*code))
}

/// `10/0/30/69/109`.
fn is_timers(column: &str) -> bool {
    let parts = column.split('/');
    parts.clone().count() >= 4 && parts.into_iter().all(|part| is_number(part.trim_start_matches(['-', '+'])))
}

/// `0.086`, or `-1` where a part of the call was not reached.
fn is_seconds(column: &str) -> bool {
    column == "-1" || column.split_once('.').is_some_and(|(whole, rest)| is_number(whole) && is_number(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_with_a_status() {
        assert_eq!(
            status_before("lb haproxy[1]: 10.0.1.2:33 web/a 10/0/30/69/109 401 2750 - - \"").map(|s| s.1),
            Some(401)
        );
        assert_eq!(
            status_before("app/lb/50 10.0.0.1:28 10.0.0.2:80 0.086 0.048 0.037 200 401 0 57 \""),
            Some((52, 200))
        );
        assert_eq!(status_before("app/lb/50 10.0.0.1:28 - -1 -1 -1 503 - 0 57 \"").map(|s| s.1), Some(503));
        assert_eq!(status_behind(" - 443 - 10.0.0.1 okhttp/4.9 - 401 0 0 12").map(|s| s.1), Some(401));
        assert_eq!(status_behind(" a=b 80 jane ::1 x - 200 0 0"), Some((21, 200)));
    }

    #[test]
    fn other_numbers() {
        for line in ["took 0.086 401 times", "on 1/2/2026 401 2", "10/0/30/69/109 4010 2", "0.1 0.2 401 orders "] {
            assert_eq!(status_before(line), None, "{line}");
        }
        for line in [" - 443 - 10.0.0.1 x - 401 orders", " took 443 ms for 401 0 0 12", ""] {
            assert_eq!(status_behind(line), None, "{line}");
        }
    }
}
