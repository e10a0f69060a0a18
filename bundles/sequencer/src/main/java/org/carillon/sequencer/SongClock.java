package org.carillon.sequencer;

/** The line between server time and time in the music. */
final class SongClock {
    /** Thousandths of a percent. */
    static final long FULL_SPEED = 100_000;

    private long serverNs;
    private long songNs;
    private long speed = FULL_SPEED;
    /** The line before the last jump, which holds until that comes. */
    private long earlierServerNs;
    private long earlierSongNs;
    private long earlierSpeed = FULL_SPEED;

    /** From a date on the music is at another place or has another speed. */
    void jump(long atServerNs, long toSongNs, long toSpeed) {
        if (atServerNs != serverNs) {
            earlierServerNs = serverNs;
            earlierSongNs = songNs;
            earlierSpeed = speed;
        }
        serverNs = atServerNs;
        songNs = toSongNs;
        speed = toSpeed;
    }

    long speed() {
        return speed;
    }

    /** When something is due. */
    long deadlineNs(long atSongNs) {
        return serverNs + Saturated.scale(Math.max(0, atSongNs - songNs), FULL_SPEED, speed);
    }

    /** Where the music is by what is sent. */
    long songNs(long atServerNs) {
        return songNs + Saturated.scale(Math.max(0, atServerNs - serverNs), speed, FULL_SPEED);
    }

    /** Where the music is for who listens. */
    long heardNs(long nowNs) {
        return nowNs - serverNs >= 0
                ? songNs(nowNs)
                : earlierSongNs + Saturated.scale(Math.max(0, nowNs - earlierServerNs), earlierSpeed, FULL_SPEED);
    }
}
