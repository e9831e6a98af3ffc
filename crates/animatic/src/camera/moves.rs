use super::words;

/// A camera move, as film crews name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Move {
    /// Towards the subject: push in, dolly in, zoom in.
    PushIn,
    /// Away from it: pull out, dolly out, zoom out.
    PullOut,
    /// Turning left on the spot.
    PanLeft,
    /// Turning right on the spot.
    PanRight,
    /// Turning up on the spot.
    TiltUp,
    /// Turning down on the spot.
    TiltDown,
    /// Sliding to the left.
    TruckLeft,
    /// Sliding to the right, also any tracking shot that names no side.
    TruckRight,
    /// Rising: crane, pedestal, boom.
    CraneUp,
    /// Sinking: crane, pedestal, boom.
    CraneDown,
    /// Around the subject, drifting left and closer.
    Orbit,
    /// Held by hand, a little unsteady.
    Handheld,
    /// Locked off.
    Static,
    /// Turning about the lens: roll, dutch angle.
    Roll,
}

impl Move {
    /// Every move, in the order in which a menu would show them.
    pub const ALL: [Self; 14] = [
        Self::PushIn,
        Self::PullOut,
        Self::PanLeft,
        Self::PanRight,
        Self::TiltUp,
        Self::TiltDown,
        Self::TruckLeft,
        Self::TruckRight,
        Self::CraneUp,
        Self::CraneDown,
        Self::Orbit,
        Self::Handheld,
        Self::Static,
        Self::Roll,
    ];

    /// The move that a prompt names first, in English or Chinese; `None` where it names none.
    ///
    /// Words count as whole words, in any inflection ("the camera slowly pushes in"); words that are often not about
    /// the camera ("she pulls out a map") only count where the camera is spoken of.
    ///
    /// ```
    /// use rushes_animatic::Move;
    ///
    /// assert_eq!(Move::from_words("A fox. The camera pans slowly to the left."), Some(Move::PanLeft));
    /// assert_eq!(Move::from_words("镜头缓缓拉远"), Some(Move::PullOut));
    /// assert_eq!(Move::from_words("An egg in a frying pan"), None);
    /// ```
    pub fn from_words(text: &str) -> Option<Self> {
        words::find(text)
    }

    /// The plainest words for it, in English: [`from_words`](Self::from_words) of them gives the move back.
    pub fn words(self) -> &'static str {
        match self {
            Self::PushIn => "push in",
            Self::PullOut => "pull out",
            Self::PanLeft => "pan left",
            Self::PanRight => "pan right",
            Self::TiltUp => "tilt up",
            Self::TiltDown => "tilt down",
            Self::TruckLeft => "truck left",
            Self::TruckRight => "truck right",
            Self::CraneUp => "crane up",
            Self::CraneDown => "crane down",
            Self::Orbit => "orbit around",
            Self::Handheld => "handheld",
            Self::Static => "static shot",
            Self::Roll => "camera roll",
        }
    }
}
