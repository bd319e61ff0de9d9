"""What follows the figures of a page: made at once, sent when the browser has drawn the figures."""

from __future__ import annotations

from time import monotonic, sleep

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, get_script_run_ctx

# In seconds. By then a browser on two slow cores has drawn that the script runs, and then the figures.
_FRAMES = 0.1


class Following:
    """The messages of this run from now on, held back until a few frames after `since`, of the monotonic clock.

    A browser draws all that has come in one go, and two charts take it as long as everything else: figures that came
    alone are seen after half the time. The rest comes no later for it: while the browser draws the figures, the page
    asks its other questions and makes its charts.
    """

    def __init__(self, context: ScriptRunContext, since: float) -> None:
        self._context = context
        self._send = context._enqueue
        self._until = since + _FRAMES
        self._held: list[ForwardMsg] = []
        context._enqueue = self._hold

    def _hold(self, message: ForwardMsg) -> None:
        # As sending would: a run that the reader's next click makes needless ends here.
        self._context.yield_check()
        self._held.append(message)
        if monotonic() >= self._until:
            self.release()

    def wait(self) -> None:
        """Until the figures are drawn."""
        if self._held:
            sleep(max(self._until - monotonic(), 0.0))

    def release(self) -> None:
        """Send what is held back, and all that comes after it at once."""
        self._context._enqueue = self._send
        held, self._held = self._held, []
        for message in held:
            self._send(message)


def following(since: float) -> Following | None:
    """Hold back what this run sends from now on; None where no page is run for anybody, as in a test of a part."""
    context = get_script_run_ctx(suppress_warning=True)
    return Following(context, since) if context else None
