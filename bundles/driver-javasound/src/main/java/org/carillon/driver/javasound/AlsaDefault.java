package org.carillon.driver.javasound;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.carillon.platform.Platform;

/**
 * Takes ALSA's default device for raw MIDI away from this process. It is the first one of the first card once more, and
 * Java opens and closes it whenever it counts devices, names one of them or opens one. Closing an output takes 60 ms,
 * and setting it up as long again, where the kernel's driver cannot tell when its last byte is out
 * (snd_rawmidi_drain_output in sound/core/rawmidi.c): a list with five outputs took 1.3 s on a machine with nothing
 * else to do, and opening one of them 0.3 s. Besides, a stream is taken for as long, and the list is another one as
 * soon as all of that card are. Without a default device a list takes milliseconds, and holds the same devices.
 */
final class AlsaDefault {
    /** ALSA has room for fewer. */
    private static final long NO_CARD = 255;
    private static final System.Logger LOG = System.getLogger(AlsaDefault.class.getName());
    /** The one that Java loads, too. */
    private static final String LIBRARY = "libasound.so.2";
    private static final String CARD = "defaults.rawmidi.card";

    // functions of alsa/conf.h; addresses are plain longs
    private final MethodHandle updateRef;
    private final MethodHandle search;
    private final MethodHandle setInteger;
    private final MethodHandle unref;

    private AlsaDefault() {
        SymbolLookup symbols = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        updateRef = link(symbols, "snd_config_update_ref", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        search = link(symbols, "snd_config_search", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        setInteger = link(symbols, "snd_config_set_integer", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        unref = link(symbols, "snd_config_unref", FunctionDescriptor.ofVoid(JAVA_LONG));
    }

    private static MethodHandle link(SymbolLookup symbols, String name, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), shape);
    }

    /**
     * Names a card that does not exist as the default one, until ALSA's files change and are read again. Where the
     * environment or a file names the default device in another way, and where native calls are denied, it stays, and
     * lists take as long as they do. Any thread.
     */
    static void remove() {
        if (Found.SETTINGS.isPresent()) {
            try {
                Found.SETTINGS.get().setCard(NO_CARD);
            } catch (Throwable thrown) {
                throw unexpected(thrown);
            }
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    private void setCard(long card) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_LONG);
            if ((int) updateRef.invokeExact(result.address()) >= 0) {
                long settings = result.get(JAVA_LONG, 0);
                if ((int) search.invokeExact(settings, arena.allocateFrom(CARD).address(), result.address()) == 0) {
                    int error = (int) setInteger.invokeExact(result.get(JAVA_LONG, 0), card);
                    LOG.log(Level.TRACE, "default card is set: error={0}", error);
                }
                unref.invokeExact(settings);
            }
        }
    }

    /** Holder: looked for once. */
    private static final class Found {
        static final Optional<AlsaDefault> SETTINGS = find();

        private static Optional<AlsaDefault> find() {
            if (!Platform.current().isNative()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new AlsaDefault());
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.DEBUG, "settings of ALSA cannot be had, devices are listed slowly: reason={0}", e);
                return Optional.empty();
            }
        }
    }
}
