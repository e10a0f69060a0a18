package org.carillon.sequencer;

import org.carillon.api.session.Source;

/** Takes everything, keeps only the number. */
final class SilentSource implements Source {
    long sent;

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "silent:out";
    }

    @Override
    public boolean send(long deadlineNs, int status, int data1, int data2) {
        sent++;
        return true;
    }

    @Override
    public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
        sent++;
        return true;
    }

    @Override
    public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
        sent++;
        return true;
    }

    @Override
    public void flush() {
        // nobody sleeps here
    }
}
