package org.carillon.launcher.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a measurement says, as a finding beside the others.
 *
 * @param wakeUps empty where nothing was measured.
 */
record Measurement(Finding finding, Optional<WakeUps> wakeUps) {
    private static final double NS_PER_US = 1_000;
    /** Advised and no more: a machine that is busy for a moment has not failed. */
    private static final Subject SUBJECT = Subject.advised("measured");

    /** Nothing was measured. */
    static Measurement none(String reason) {
        return new Measurement(SUBJECT.unknown(reason), Optional.empty());
    }

    /** Passes where the shortest block is safe, warns otherwise. */
    static Measurement of(WakeUps wakeUps) {
        return new Measurement(judge(wakeUps), Optional.of(wakeUps));
    }

    private static Finding judge(WakeUps wakeUps) {
        if (!wakeUps.isEnough()) {
            return SUBJECT.unknown("too few wake-ups to judge: wake_ups=" + wakeUps.lateness().count());
        }
        Optional<Integer> safe = WakeUps.LENGTHS.stream()
                .filter(frames -> wakeUps.safety(frames) == BlockSafety.SAFE).findFirst();
        if (safe.equals(Optional.of(WakeUps.LENGTHS.getFirst()))) {
            return SUBJECT.pass(words(wakeUps));
        }
        return safe.isPresent()
                ? SUBJECT.warn(words(wakeUps), "let the sound server take blocks of " + safe.get()
                        + " frames, or mend what stands above and measure again", "")
                : SUBJECT.lacking(words(wakeUps), "mend what stands above, end other programs, measure again", "");
    }

    /** Each length up to the first that is safe; those beyond are safe too. */
    private static String words(WakeUps wakeUps) {
        List<String> words = new ArrayList<>();
        for (int frames : WakeUps.LENGTHS) {
            BlockSafety safety = wakeUps.safety(frames);
            words.add(frames + " frames: " + safety.word());
            if (safety == BlockSafety.SAFE) {
                break;
            }
        }
        return String.join(", ", words);
    }

    /** The figures in one line; empty where there are none. */
    String figures() {
        return wakeUps.map(each -> String.format(Locale.ROOT,
                "wake_ups=%d in %d s at %s, late p50=%.0f p99=%.0f p99.9=%.0f max=%.0f us; %d voices, block p99=%.0f us"
                        + "; xruns=%d",
                each.lateness().count(), each.seconds(),
                each.fifoPriority() > 0 ? "SCHED_FIFO " + each.fifoPriority() : "normal priority",
                us(each.lateness().p50Ns()), us(each.lateness().p99Ns()), us(each.lateness().p999Ns()),
                us(each.lateness().maxNs()), each.voices(), us(each.render().p99Ns()), each.xruns())).orElse("");
    }

    static double us(long ns) {
        return ns / NS_PER_US;
    }
}
