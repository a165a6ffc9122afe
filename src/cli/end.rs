//! How a run ends.

use std::io;
use std::process::ExitCode;

use super::problem::Problem;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// No cause was found at or above `--fail-on`.
    Nothing,
    /// A cause was found at or above `--fail-on`.
    Found,
    /// The input or the arguments cannot be used.
    Unusable,
    /// There is nothing to judge: no request was found, or no cause fits the response.
    NothingToJudge,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Nothing => 0,
            Exit::Found => 1,
            Exit::Unusable => 2,
            Exit::NothingToJudge => 3,
        })
    }
}

/// Why a run stopped early.
pub(super) enum Stop {
    Problem(Problem),
    /// A complete error message.
    Message(String),
    /// The report could not be written.
    Write(io::Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
