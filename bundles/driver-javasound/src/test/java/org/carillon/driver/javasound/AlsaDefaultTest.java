package org.carillon.driver.javasound;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Arrays;
import java.util.List;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import org.junit.jupiter.api.Test;

/** ALSA's own library, where there is one. */
class AlsaDefaultTest {
    private final Arena arena = Arena.ofAuto();

    private SymbolLookup alsa() {
        try {
            return SymbolLookup.libraryLookup("libasound.so.2", arena);
        } catch (IllegalArgumentException e) {
            return abort("no ALSA library here: " + e.getMessage());
        }
    }

    private int call(String name, Object... arguments) throws Throwable {
        MemoryLayout[] longs = new MemoryLayout[arguments.length];
        Arrays.fill(longs, JAVA_LONG);
        return (int) Linker.nativeLinker().downcallHandle(alsa().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, longs)).invokeWithArguments(arguments);
    }

    /** What ALSA's settings say now. */
    private long defaultCard() throws Throwable {
        MemorySegment result = arena.allocate(JAVA_LONG);
        call("snd_config_update_ref", result.address());
        call("snd_config_search", result.get(JAVA_LONG, 0), arena.allocateFrom("defaults.rawmidi.card").address(),
                result.address());
        assertEquals(0, call("snd_config_get_integer", result.get(JAVA_LONG, 0), result.address()));
        return result.get(JAVA_LONG, 0);
    }

    @Test
    void shouldNameNoCardThatThereIsAsTheDefaultOne() throws Throwable {
        AlsaDefault.remove();
        AlsaDefault.remove();

        assertEquals(255, defaultCard());
        List<String> names = Arrays.stream(MidiSystem.getMidiDeviceInfo()).map(MidiDevice.Info::getName).toList();
        assertEquals(List.of(), names.stream().filter(name -> name.endsWith("[default]")).toList());
        assertEquals(255, defaultCard());
    }
}
