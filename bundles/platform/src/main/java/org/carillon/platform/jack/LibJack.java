package org.carillon.platform.jack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of libjack, named as in {@code jack/jack.h} without their prefix. Addresses are plain longs, so that
 * no call makes an object. No handle is critical: the server's answer may take its time.
 */
final class LibJack {
    private static final String PROPERTY = "carillon.jack.library";
    private static final String LIBRARY = System.getProperty(PROPERTY, "libjack.so.0");
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup(LIBRARY, Arena.global());

    static final MethodHandle CLIENT_OPEN = link("jack_client_open",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(3));
    static final MethodHandle CLIENT_CLOSE = link("jack_client_close", intOf(JAVA_LONG));
    static final MethodHandle GET_CLIENT_NAME = link("jack_get_client_name", longOf(JAVA_LONG));
    static final MethodHandle ACTIVATE = link("jack_activate", intOf(JAVA_LONG));
    static final MethodHandle DEACTIVATE = link("jack_deactivate", intOf(JAVA_LONG));
    static final MethodHandle GET_SAMPLE_RATE = link("jack_get_sample_rate", intOf(JAVA_LONG));
    static final MethodHandle GET_BUFFER_SIZE = link("jack_get_buffer_size", intOf(JAVA_LONG));
    static final MethodHandle SET_BUFFER_SIZE = link("jack_set_buffer_size", intOf(JAVA_LONG, JAVA_INT));
    static final MethodHandle IS_REALTIME = link("jack_is_realtime", intOf(JAVA_LONG));

    static final MethodHandle SET_PROCESS_CALLBACK = link("jack_set_process_callback", setCallback());
    static final MethodHandle SET_XRUN_CALLBACK = link("jack_set_xrun_callback", setCallback());
    static final MethodHandle SET_BUFFER_SIZE_CALLBACK = link("jack_set_buffer_size_callback", setCallback());
    static final MethodHandle SET_SAMPLE_RATE_CALLBACK = link("jack_set_sample_rate_callback", setCallback());
    static final MethodHandle ON_INFO_SHUTDOWN = link("jack_on_info_shutdown",
            FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_LONG));

    static final MethodHandle PORT_REGISTER = link("jack_port_register",
            longOf(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle PORT_UNREGISTER = link("jack_port_unregister", intOf(JAVA_LONG, JAVA_LONG));
    static final MethodHandle PORT_NAME = link("jack_port_name", longOf(JAVA_LONG));
    static final MethodHandle PORT_GET_BUFFER = link("jack_port_get_buffer", longOf(JAVA_LONG, JAVA_INT));
    static final MethodHandle GET_PORTS = link("jack_get_ports", longOf(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle CONNECT = link("jack_connect", intOf(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle DISCONNECT = link("jack_disconnect", intOf(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle FREE = link("jack_free", FunctionDescriptor.ofVoid(JAVA_LONG));

    /** All memory, for strings and buffers that the library owns: no segment has to be made for them. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    static {
        silence("jack_set_error_function");
        silence("jack_set_info_function");
    }

    private LibJack() {}

    /** Why there is no library for this process; empty when there is one. */
    static Optional<String> obstacle() {
        return Obstacle.FOUND;
    }

    /** A string of the library; empty for none. */
    static String string(long address) {
        return address == 0 ? "" : MEMORY.getString(address);
    }

    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    private static FunctionDescriptor intOf(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    private static FunctionDescriptor longOf(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_LONG, arguments);
    }

    private static FunctionDescriptor setCallback() {
        return FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG);
    }

    private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), shape, options);
    }

    /**
     * Keeps the library from writing to the standard streams; while a server is away that would be lines per second.
     * It wants a function of one string; strlen is one that does no harm, and needs no way into Java from a real-time
     * thread.
     */
    private static void silence(String setter) {
        try {
            link(setter, FunctionDescriptor.ofVoid(ADDRESS))
                    .invokeExact(LINKER.defaultLookup().findOrThrow("strlen"));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Holder: a class whose making has failed once cannot be asked again why. */
    private static final class Obstacle {
        static final Optional<String> FOUND = find();

        private static Optional<String> find() {
            try {
                return LibJack.MEMORY == null ? Optional.of("no memory") : Optional.empty();
            } catch (ExceptionInInitializerError e) {
                Throwable cause = e.getCause();
                return Optional.of(switch (cause) {
                    case IllegalCallerException denied ->
                        "native access denied, start with --enable-native-access=ALL-UNNAMED";
                    case IllegalArgumentException missing ->
                        "no JACK library, install libjack-jackd2-0 or pipewire-jack: library="
                                + System.getProperty(PROPERTY, "libjack.so.0");
                    default -> "JACK library not usable, " + cause;
                });
            }
        }
    }
}
