package org.carillon.sampler.voice;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;

/** An instrument made ready to play. Made by any thread; played by the audio thread of one sampler. */
public final class PatchSet {
    private static final int PERCUSSION_CHANNEL = 9;
    private static final int PROGRAMS = 128;
    private static final int BANK_UNIT = 128;

    private final int[] addresses;
    private final Patch[] patches;
    private final Patch first;
    private final boolean hasPercussion;

    /** Works out what can be before a note comes. */
    public PatchSet(Instrument instrument, int sampleRateHz) {
        SortedMap<Integer, Patch> sorted = new TreeMap<>();
        Patch firstPatch = null;
        for (Program program : instrument.programs()) {
            List<Layer> layers = program.regions().stream().map(region -> new Layer(region, sampleRateHz)).toList();
            Patch patch = new Patch(layers);
            sorted.putIfAbsent(address(program.bank(), program.number()), patch);
            firstPatch = firstPatch == null ? patch : firstPatch;
        }
        first = firstPatch;
        addresses = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
        patches = sorted.values().toArray(new Patch[0]);
        hasPercussion = instrument.programs().stream().anyMatch(p -> p.bank() == Program.PERCUSSION_BANK);
    }

    private static int address(int bank, int number) {
        return bank * PROGRAMS + number;
    }

    /** The patch that a channel plays; never null. */
    Patch find(int channel, int bankHigh, int bankLow, int number) {
        if (channel == PERCUSSION_CHANNEL && hasPercussion) {
            Patch kit = at(Program.PERCUSSION_BANK, number);
            return kit != null ? kit : firstNonNull(at(Program.PERCUSSION_BANK, 0), first);
        }
        Patch patch = null;
        int bank = bankHigh * BANK_UNIT + bankLow;
        if (bank != Program.PERCUSSION_BANK) {
            patch = at(bank, number);
        }
        // many instruments count their banks by one of the two controllers alone
        patch = firstNonNull(patch, at(bankHigh, number));
        patch = firstNonNull(patch, at(bankLow, number));
        patch = firstNonNull(patch, at(bank, number));
        return firstNonNull(firstNonNull(patch, at(0, number)), first);
    }

    private static Patch firstNonNull(Patch one, Patch other) {
        return one != null ? one : other;
    }

    private Patch at(int bank, int number) {
        int index = Arrays.binarySearch(addresses, address(bank, number));
        return index >= 0 ? patches[index] : null;
    }
}
