package org.carillon.sequencer;

import java.util.List;

/**
 * What was read.
 *
 * @param name   of the file, as messages name it.
 * @param damage what is wrong with the file, in the order in which it was found; empty for a sound one.
 */
public record MidiFile(String name, Sequence sequence, List<Damage> damage) {}
