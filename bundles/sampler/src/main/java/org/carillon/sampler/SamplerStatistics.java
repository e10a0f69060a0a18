package org.carillon.sampler;

/**
 * What a sampler has done since its start. The numbers are read one after the other while the audio thread goes on.
 *
 * @param frames        rendered.
 * @param xruns         times the output reported that a block came too late.
 * @param activeVoices  sounding at the end of the last block; those that fade out for others are not counted.
 * @param peakVoices    the most of them at the end of any block.
 * @param stolenVoices  faded out early because a note needed their place.
 * @param droppedEvents messages refused because too many waited.
 */
public record SamplerStatistics(long frames, long xruns, int activeVoices, int peakVoices, long stolenVoices,
        long droppedEvents) {}
