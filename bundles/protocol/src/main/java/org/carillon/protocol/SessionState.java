package org.carillon.protocol;

/** What became of a session, as its memory tells its client. The order is part of the session memory. */
public enum SessionState {
    /** Not open yet. */
    NEW,
    /** Events flow. */
    OPEN,
    /** Ended by its client. */
    CLOSED,
    /** Ended because the server stops. */
    STOPPED,
    /** Ended because its client broke the rules of the protocol. */
    VIOLATED,
    /** Ended by a person. */
    KICKED,
    /** Ended because its client went on asking beyond its quota, or did not read the answers. */
    EXCEEDED;

    private static final SessionState[] STATES = values();

    /** The state with this number; a number that is unknown here is an end for a reason that is: {@link #STOPPED}. */
    static SessionState of(int number) {
        return number >= 0 && number < STATES.length ? STATES[number] : STOPPED;
    }

    /** Whether the session is over. */
    public boolean isEnd() {
        return compareTo(OPEN) > 0;
    }
}
