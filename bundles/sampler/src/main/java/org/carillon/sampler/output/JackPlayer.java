package org.carillon.sampler.output;

import org.carillon.platform.jack.JackCycle;
import org.carillon.platform.jack.JackPort;

/** The audio thread's part of {@link JackOutput}: what it plays is swapped in one piece. */
final class JackPlayer implements JackCycle {
    /**
     * What a cycle does.
     *
     * @param ports        one for each channel.
     * @param renderer     null for silence.
     * @param sampleRateHz of the renderer.
     * @param blockFrames  the most that the source expects; a longer cycle is silent until it has been told.
     */
    record Part(JackPort[] ports, Renderer renderer, int sampleRateHz, int blockFrames) {
        Part silent() {
            return new Part(ports, null, sampleRateHz, blockFrames);
        }
    }

    private static final Part NOTHING = new Part(new JackPort[0], null, 1, 0);

    private volatile Part part = NOTHING;

    void play(Part newPart) {
        part = newPart;
    }

    @Override
    public void run(int frames, long startNs) {
        Part now = part;
        Renderer renderer = now.renderer();
        if (renderer == null || frames > now.blockFrames()) {
            for (JackPort port : now.ports()) {
                port.silence(frames);
            }
            return;
        }
        renderer.begin(frames, now.sampleRateHz());
        renderer.fill(frames, startNs);
        JackPort[] ports = now.ports();
        for (int channel = 0; channel < ports.length; channel++) {
            ports[channel].write(renderer.buffer(), channel, ports.length, frames);
        }
        renderer.end(frames);
    }
}
