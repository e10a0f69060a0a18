package org.carillon.sampler;

/** What makes sound, a block at a time. Called by one audio thread at a time; does not wait and does not allocate. */
@FunctionalInterface
public interface BlockSource {
    /**
     * Fills a block.
     *
     * @param buffer  interleaved, {@code frames} times the channels; what was in it is overwritten. Full scale is ±1.
     * @param frames  of the block; at most what was agreed at start.
     * @param startNs time of the first frame, of {@link System#nanoTime()}; off line it is counted from 0.
     */
    void render(float[] buffer, int frames, long startNs);
}
