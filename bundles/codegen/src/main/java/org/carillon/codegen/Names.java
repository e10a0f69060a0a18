package org.carillon.codegen;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names can be written in all three languages. */
final class Names {
    static final int MAX_LENGTH = 60;
    private static final Pattern CLASS = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern MEMBER = Pattern.compile("[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*");
    private static final String OURS = "Wire";

    /** Words of the languages, names that their headers define as macros, and methods of every object. */
    private static final Set<String> RESERVED = words("""
            abstract alignas alignof and and_eq asm assert async atomic_cancel atomic_commit atomic_noexcept auto await
            bitand bitor bool boolean break byte case catch char char8_t char16_t char32_t class co_await co_return
            co_yield compl concept const const_cast consteval constexpr constinit continue decltype def default del
            delete do double dynamic_cast elif else enum errno except explicit export extends extern false final finally
            float for friend from global goto if implements import in inline instanceof int interface is lambda linux
            long major minor mutable namespace native new noexcept none nonlocal not not_eq null nullptr operator or
            or_eq package pass private protected public raise reflexpr register reinterpret_cast requires return short
            signed sizeof static static_assert static_cast stderr stdin stdout strictfp struct super switch synchronized
            template this thread_local throw throws transient true try typedef typeid typename union unix unsigned using
            virtual void volatile wchar_t while with xor xor_eq yield
            clone finalize getClass hashCode notify notifyAll toString wait self
            EOF NULL BUFSIZ NAN INFINITY
            """);

    /** What generated classes have beside their members. */
    private static final Set<String> METHODS = words("""
            classId encodedLength encoded_length encode decode readFrom read_from writeTo write_to length_of view
            """);

    /** Classes that generated code uses by their short names. */
    private static final Set<String> CLASSES = words("""
            Arrays ArithmeticException Enum Exception IllegalArgumentException IndexOutOfBoundsException IOException
            Integer List Long MemorySegment Object Objects Override Protocol Record RuntimeException String
            StandardCharsets System Throwable ValueError View False None True Channel Any ClassVar
            Union Buffer IndexError OverflowError UnicodeDecodeError UnicodeEncodeError Math Locale ValueLayout
            """);

    private Names() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    static void checkClass(Place place, String name, String where) {
        check(place, name, CLASS, "a name of letters and digits that begins with a capital", where);
        if (CLASSES.contains(name) || name.startsWith(OURS)) {
            throw new Wrong(place, "expected a name that generated code does not use itself" + where);
        }
    }

    static void checkMember(Place place, String name, String where) {
        check(place, name, MEMBER, "a name of letters, digits and single underscores that begins with a small letter",
                where);
        if (METHODS.contains(name)) {
            throw new Wrong(place, "expected a name that generated classes do not use themselves" + where);
        }
    }

    static void checkRequest(Place place, String name, String where) {
        check(place, name, MEMBER, "a name of letters, digits and single underscores that begins with a small letter",
                where);
    }

    private static void check(Place place, String name, Pattern pattern, String expected, String where) {
        if (!pattern.matcher(name).matches() || name.length() > MAX_LENGTH) {
            throw new Wrong(place, "expected " + expected + ", at most " + MAX_LENGTH + " characters" + where);
        }
        if (RESERVED.contains(name)) {
            throw new Wrong(place, "expected a name that is no word of Java, C++ or Python" + where);
        }
    }
}
