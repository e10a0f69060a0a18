package org.carillon.launcher.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.carillon.api.port.CarillonException;
import org.carillon.sampler.builtin.BuiltInInstrument;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.format.Loaded;
import org.carillon.sampler.format.Notice;
import org.carillon.sampler.format.Place;
import org.carillon.sampler.format.SoundFontReader;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;
import org.carillon.sequencer.Sequence;

/**
 * The instrument that plays, and what is to be said about it.
 *
 * @param notices what sounds otherwise than its file says.
 */
public record Orchestra(String name, Instrument instrument, List<Notice> notices) {
    private static final int PERCUSSION_CHANNEL = 9;
    private static final int CONTROL = 0xB0;
    private static final int PROGRAM = 0xC0;
    private static final int BANK_HIGH = 0;
    private static final int BANK_LOW = 32;
    private static final int BANK_UNIT = 128;
    private static final int CHANNELS = 16;
    private static final String BUILT_IN = "built-in";

    /** The one that needs no file. */
    public static Orchestra builtIn() {
        return new Orchestra(BUILT_IN, BuiltInInstrument.create(), List.of());
    }

    /**
     * Loads one for a song: of a sound font only the programs that the song asks for.
     *
     * @param file null for the built-in one.
     */
    public static Orchestra of(Path file, Sequence song) {
        return file == null ? builtIn() : load(file, programs(song));
    }

    /** Loads all of a file or folder; null for the built-in one. */
    public static Orchestra of(Path file) {
        return file == null ? builtIn() : load(file, Set.of());
    }

    private static Orchestra load(Path file, Set<Integer> wanted) {
        try {
            Set<Integer> programs = new TreeSet<>(wanted);
            List<Notice> notices = new ArrayList<>();
            if (isSoundFont(file) && !wanted.isEmpty()) {
                Set<Integer> there = SoundFontReader.programs(file).stream()
                        .map(program -> InstrumentLoader.program(program.bank(), program.number()))
                        .collect(Collectors.toSet());
                programs.retainAll(there);
                if (programs.isEmpty()) {
                    notices.add(new Notice(Notice.Kind.MISSING, new Place(file.toString(), 0, -1),
                            "no program of the song is there, its first one plays: programs=" + there.size()));
                }
            }
            Loaded loaded = InstrumentLoader.load(file, programs);
            notices.addAll(loaded.notices());
            return new Orchestra(file.toString(), loaded.instrument(), notices);
        } catch (NoSuchFileException e) {
            throw failed("instrument must exist: file=" + file);
        } catch (IOException e) {
            throw failed("instrument cannot be loaded: " + e.getMessage());
        }
    }

    private static boolean isSoundFont(Path file) {
        return !Files.isDirectory(file) && file.toString().toLowerCase(Locale.ROOT).endsWith(".sf2");
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }

    /** Every program that the sampler may look for while it plays the song; most of them need not be there. */
    static Set<Integer> programs(Sequence song) {
        Set<Integer> wanted = new TreeSet<>();
        int[] high = new int[CHANNELS];
        int[] low = new int[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            want(wanted, channel, 0, 0, 0);
        }
        SongMessages.play(song, Performance.PLAIN, SongMessages.WHOLE, (timeNs, status, data1, data2) -> {
            int channel = status & 0xF;
            switch (status & 0xF0) {
                case CONTROL -> {
                    high[channel] = data1 == BANK_HIGH ? data2 : high[channel];
                    low[channel] = data1 == BANK_LOW ? data2 : low[channel];
                }
                case PROGRAM -> want(wanted, channel, high[channel], low[channel], data1);
                default -> {
                    // chooses no program
                }
            }
        });
        return wanted;
    }

    /** As the sampler looks: for channel 10 the percussion bank, else the bank by both controllers, by one, or none. */
    private static void want(Set<Integer> wanted, int channel, int high, int low, int number) {
        if (channel == PERCUSSION_CHANNEL) {
            wanted.add(InstrumentLoader.program(Program.PERCUSSION_BANK, number));
            wanted.add(InstrumentLoader.program(Program.PERCUSSION_BANK, 0));
        }
        for (int bank : new int[]{high * BANK_UNIT + low, high, low, 0}) {
            wanted.add(InstrumentLoader.program(bank, number));
        }
    }
}
