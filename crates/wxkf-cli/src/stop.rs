/// Why a command ends before its end.
pub(crate) enum Stop {
    Failed(String),
    Output(std::io::Error),
}

impl core::fmt::Display for Stop {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Failed(message) => f.write_str(message),
            Self::Output(error) => error.fmt(f),
        }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self::Failed(message)
    }
}

/// A developer is watching: everything that is known about the failure.
impl From<wxkf_core::Error> for Stop {
    fn from(error: wxkf_core::Error) -> Self {
        Self::Failed(format!("{error:?}"))
    }
}
