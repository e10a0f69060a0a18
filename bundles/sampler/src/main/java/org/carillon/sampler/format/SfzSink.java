package org.carillon.sampler.format;

/** Takes what an SFZ file says, in its order. */
interface SfzSink {
    void header(String name, Place place) throws FormatException;

    void opcode(SfzOpcode opcode) throws FormatException;
}
