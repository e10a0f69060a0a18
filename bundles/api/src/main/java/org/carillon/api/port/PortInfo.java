package org.carillon.api.port;

/**
 * A port as it was seen at one moment.
 *
 * @param id        of this run of the server; never used twice.
 * @param name      unique among the ports of its direction.
 * @param session   name of the session or driver that published it.
 * @param forwards  whether the server itself forwards what comes to this port.
 * @param events    that came from it or went to it.
 * @param dropped   events that it should have got, or that it could not hand in.
 */
public record PortInfo(int id, String name, Direction direction, String session, boolean forwards, long events,
        long dropped) {}
