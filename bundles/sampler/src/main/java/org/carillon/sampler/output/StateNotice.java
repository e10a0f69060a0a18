package org.carillon.sampler.output;

import java.util.Optional;

/** The state of an output, and the telling of it. A listener that fails is kept from doing harm. */
final class StateNotice {
    private volatile OutputState state = OutputState.READY;
    private volatile OutputListener listener = OutputListener.NONE;
    private volatile Throwable failure;

    OutputState state() {
        return state;
    }

    void listenTo(OutputListener newListener) {
        listener = newListener;
    }

    void change(OutputState newState, String notice) {
        if (state != newState && state != OutputState.CLOSED) {
            state = newState;
            tell(() -> listener.stateChanged(newState, notice));
        }
    }

    void changeFormat(int sampleRateHz, int blockFrames) {
        tell(() -> listener.formatChanged(sampleRateHz, blockFrames));
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
