//! The connections: one can be ended without an answer, and the port closed for a while.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Between two tries to open the port again.
const RETRY: Duration = Duration::from_millis(50);

/// A way to end one connection. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Wire(CancellationToken);

impl Wire {
    /// Ends it: nothing more is read or written.
    pub(super) fn cut(&self) {
        self.0.cancel();
    }
}

impl Connected<IncomingStream<'_, Gated>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Gated>) -> Self {
        stream.io().wire.clone()
    }
}

/// A way to close the port. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Gate(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Ends every connection that was made since the port was last opened.
    all: CancellationToken,
    closed_until: Option<Instant>,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        // Every change under it is a single step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the port for that time and ends every connection.
    pub(super) fn close(&self, time: Duration) {
        let mut state = self.state();
        let until = Instant::now() + time;
        state.closed_until = Some(state.closed_until.map_or(until, |earlier| earlier.max(until)));
        state.all.cancel();
    }

    /// When it opens, if it is closed; otherwise what ends all connections.
    fn opened(&self) -> Result<CancellationToken, Instant> {
        let mut state = self.state();
        match state.closed_until {
            Some(until) if until > Instant::now() => return Err(until),
            Some(_) => {
                state.closed_until = None;
                state.all = CancellationToken::new();
            }
            None => {}
        }
        Ok(state.all.clone())
    }
}

/// A listener that can be closed for a while.
pub(crate) struct Gated {
    addr: SocketAddr,
    /// None while it is closed.
    listener: Option<TcpListener>,
    gate: Gate,
}

impl Gated {
    pub(super) fn new(listener: TcpListener, gate: Gate) -> io::Result<Self> {
        Ok(Self {
            addr: listener.local_addr()?,
            listener: Some(listener),
            gate,
        })
    }
}

impl Listener for Gated {
    type Io = Wired;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let all = match self.gate.opened() {
                Ok(all) => all,
                Err(until) => {
                    self.listener = None;
                    sleep_until(until).await;
                    continue;
                }
            };
            let listener = match &mut self.listener {
                Some(listener) => listener,
                none => match TcpListener::bind(self.addr).await {
                    Ok(listener) => none.insert(listener),
                    Err(error) => {
                        tracing::warn!(addr = %self.addr, %error, "the port cannot be opened again yet");
                        sleep(RETRY).await;
                        continue;
                    }
                },
            };
            tokio::select! {
                biased;
                () = all.cancelled() => {}
                (stream, addr) = Listener::accept(listener) => {
                    return (Wired::new(stream, all.child_token()), addr);
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.addr)
    }
}

/// A connection that can be ended from afar.
pub(crate) struct Wired {
    stream: TcpStream,
    wire: Wire,
    ended: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Wired {
    fn new(stream: TcpStream, token: CancellationToken) -> Self {
        Self {
            stream,
            ended: Box::pin(token.clone().cancelled_owned()),
            wire: Wire(token),
        }
    }

    /// An error once it was ended; until then whoever polls is woken by the end.
    fn alive(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        match self.ended.as_mut().poll(context) {
            Poll::Ready(()) => Err(io::ErrorKind::ConnectionAborted.into()),
            Poll::Pending => Ok(()),
        }
    }
}

impl AsyncRead for Wired {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.alive(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wired {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.alive(context)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
