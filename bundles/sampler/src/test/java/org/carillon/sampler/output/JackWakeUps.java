package org.carillon.sampler.output;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how punctually a JACK server calls Java, in the same words as the control in C (jack_control.c). Arguments:
 * seconds. Server by JACK_DEFAULT_SERVER.
 */
final class JackWakeUps {
    private JackWakeUps() {}

    public static void main(String[] arguments) {
        long lengthNs = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        try (JackOutput output = new JackOutput(OutputOptions.named("java").withAnyCollector())) {
            output.start((buffer, frames, startNs) -> Arrays.fill(buffer, 0, 2 * frames, 0));
            while (output.state() != OutputState.RUNNING) {
                LockSupport.parkNanos(1_000_000);
            }
            long xrunsBefore = output.statistics().backendXruns();
            long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < lengthNs) {
                LockSupport.parkNanos(20_000_000);
            }
            OutputStatistics statistics = output.statistics();
            DurationSummary errors = statistics.wakeUpError();
            System.out.println("{\"client\":\"java\",\"rateHz\":" + output.sampleRateHz() + ",\"blockFrames\":"
                    + output.blockFrames() + ",\"count\":" + errors.count() + ",\"p50Ns\":" + errors.p50Ns()
                    + ",\"p90Ns\":" + errors.p90Ns() + ",\"p99Ns\":" + errors.p99Ns() + ",\"p999Ns\":"
                    + errors.p999Ns() + ",\"maxNs\":" + errors.maxNs() + ",\"lateWakeUps\":"
                    + statistics.lateWakeUps() + ",\"overruns\":" + statistics.overruns() + ",\"backendXruns\":"
                    + (statistics.backendXruns() - xrunsBefore) + "}");
        }
    }
}
