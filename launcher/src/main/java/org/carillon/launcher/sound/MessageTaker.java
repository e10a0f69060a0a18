package org.carillon.launcher.sound;

/** Takes the messages of a song in order of their time. */
public interface MessageTaker {
    /**
     * A message of up to three bytes; unused data bytes are 0.
     *
     * @param timeNs from where the music starts.
     */
    void message(long timeNs, int status, int data1, int data2);

    /** A longer message: system exclusive, from F0 to F7. */
    default void longMessage(long timeNs, byte[] message) {}
}
