package org.carillon.launcher.command.complete;

/**
 * Something that may be typed at a place.
 *
 * @param word        the whole word, without quotation marks.
 * @param description in a few words; may be empty.
 */
public record Candidate(String word, String description) {}
