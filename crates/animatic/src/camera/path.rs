//! What a move shows at each moment.

use super::Move;
use crate::maths::{cos_turns, ease, mix, noise, sin_turns};

/// What the camera shows of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct View {
    /// Middle of the view, as a share of the picture's width right of its middle.
    pub(crate) x: f32,
    /// Middle of the view, as a share of the picture's height below its middle.
    pub(crate) y: f32,
    /// 1 shows the whole picture, 2 a half of it each way.
    pub(crate) zoom: f32,
    /// Turns of the camera, clockwise.
    pub(crate) roll: f32,
}

impl View {
    /// The whole picture, straight.
    pub(crate) const WHOLE: Self = Self {
        x: 0.0,
        y: 0.0,
        zoom: 1.0,
        roll: 0.0,
    };

    /// Whether the camera is turned about its lens at all.
    pub(crate) fn is_rolled(&self) -> bool {
        self.roll.abs() > 1e-6
    }

    /// The nearest view that shows nothing beyond the picture's edges.
    fn inside(self) -> Self {
        let slack = (0.5 - 0.5 / self.zoom).max(0.0);
        Self {
            x: self.x.clamp(-slack, slack),
            y: self.y.clamp(-slack, slack),
            ..self
        }
    }

    /// The view of a layer at `depth` (0 far away, 1 the subject, more is nearer than it).
    pub(crate) fn at_depth(self, depth: f32) -> Self {
        Self {
            x: self.x * depth,
            y: self.y * depth,
            zoom: 1.0 + (self.zoom - 1.0) * depth,
            roll: self.roll,
        }
    }
}

/// Where the shots of a sequence look, so that each cut is seen: the whole, then closer here and there.
const FRAMINGS: [View; 5] = [
    View::WHOLE,
    View {
        x: -0.11,
        y: -0.04,
        zoom: 1.5,
        roll: 0.0,
    },
    View {
        x: 0.12,
        y: 0.05,
        zoom: 1.38,
        roll: 0.0,
    },
    View {
        x: 0.0,
        y: -0.08,
        zoom: 1.75,
        roll: 0.0,
    },
    View {
        x: -0.05,
        y: 0.06,
        zoom: 1.22,
        roll: 0.0,
    },
];

/// One shot's camera.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    pub(crate) camera: Move,
    framing: View,
    /// Width over height of the picture: a roll must not bare its corners.
    ratio: f32,
    /// Length in seconds: an unsteady hand shakes by the second, not by the shot.
    seconds: f32,
    seed: u64,
}

impl Path {
    /// The path of shot number `index` (from 0).
    pub(crate) fn new(camera: Move, index: usize, ratio: f32, seconds: f32, seed: u64) -> Self {
        Self {
            camera,
            framing: FRAMINGS[index % FRAMINGS.len()],
            ratio,
            seconds,
            seed,
        }
    }

    /// Zoom in the middle of the shot: how fine the picture has to be.
    pub(crate) fn typical_zoom(&self) -> f32 {
        self.view(0.5).zoom
    }

    /// What is shown at `t`, 0 (first frame) to 1 (last frame), never beyond the picture's edges.
    pub(crate) fn view(&self, t: f32) -> View {
        let moved = self.moved(t);
        View {
            x: self.framing.x + moved.x / self.framing.zoom,
            y: self.framing.y + moved.y / self.framing.zoom,
            zoom: self.framing.zoom * moved.zoom,
            roll: moved.roll,
        }
        .inside()
    }

    /// What is shown of the end picture at `t`: the same motion, timed so that it shows the whole at 1.
    pub(crate) fn arriving(&self, t: f32) -> View {
        let (now, end) = (self.view(t), self.view(1.0));
        let (x, y) = ((now.x - end.x) * 0.8, (now.y - end.y) * 0.8);
        // Mirrored edges stand in where a push arrives from outside; sideways there is picture enough.
        let room = 1.0 + 2.0 * x.abs().max(y.abs());
        View {
            x,
            y,
            zoom: (now.zoom / end.zoom).max(room),
            roll: now.roll - end.roll,
        }
    }

    /// The move alone, over a picture that is seen whole.
    fn moved(&self, t: f32) -> View {
        let e = ease(t);
        let across = |from: f32, zoom: f32| View {
            x: mix(from, -from, e),
            zoom,
            ..View::WHOLE
        };
        let along = |from: f32, zoom: f32| View {
            y: mix(from, -from, e),
            zoom,
            ..View::WHOLE
        };
        match self.camera {
            Move::PushIn => View {
                zoom: mix(1.0, 1.18, e),
                ..View::WHOLE
            },
            Move::PullOut => View {
                zoom: mix(1.18, 1.0, e),
                ..View::WHOLE
            },
            Move::PanLeft => across(0.068, 1.16),
            Move::PanRight => across(-0.068, 1.16),
            Move::TiltUp => along(0.068, 1.16),
            Move::TiltDown => along(-0.068, 1.16),
            Move::TruckLeft => across(0.09, 1.22),
            Move::TruckRight => across(-0.09, 1.22),
            Move::CraneUp => View {
                zoom: mix(1.2, 1.14, e),
                ..along(0.06, 1.0)
            },
            Move::CraneDown => View {
                zoom: mix(1.14, 1.2, e),
                ..along(-0.06, 1.0)
            },
            Move::Orbit => View {
                zoom: mix(1.14, 1.24, e),
                ..across(0.06, 1.0)
            },
            Move::Handheld => self.unsteady(t),
            Move::Static => View::WHOLE,
            Move::Roll => self.rolled(e),
        }
    }

    /// Two hands breathing: slow drift with a little tremble on top.
    fn unsteady(&self, t: f32) -> View {
        let seconds = t * self.seconds;
        let sway = |lane: u64| {
            noise(self.seed ^ lane, seconds * 0.9) * 0.011
                + noise(self.seed ^ (lane + 7), seconds * 3.1) * 0.0035
        };
        View {
            x: sway(1),
            y: sway(2),
            zoom: 1.06 + noise(self.seed ^ 3, seconds * 0.5) * 0.008,
            roll: 0.0,
        }
    }

    fn rolled(&self, e: f32) -> View {
        // 6 degrees in all, from one side to the other.
        let widest = 3.0 / 360.0;
        let long = self.ratio.max(1.0 / self.ratio);
        let zoom = cos_turns(widest) + long * sin_turns(widest) + 0.01;
        View {
            zoom,
            roll: mix(-widest, widest, e),
            ..View::WHOLE
        }
    }
}
